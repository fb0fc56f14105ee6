import Lanes

/// The memory of a batch on its way through a network: all that a step needs, allocated at once.
struct Workspace {
  let network: UnsafeMutablePointer<Network>
  /// Samples go through at most so many at a time: a larger batch in parts, which changes no bit.
  let capacity: Int
  let threads: Int
  private let block: UnsafeMutableRawPointer
  let x: UnsafeMutableRawPointer, y: UnsafeMutableRawPointer
  /// For each layer what goes into its function, and what comes out: the last layer's are the same.
  private let sums: UnsafeMutablePointer<UnsafeMutableRawPointer>, values: UnsafeMutablePointer<UnsafeMutableRawPointer>
  private let slopes: UnsafeMutableRawPointer, others: UnsafeMutableRawPointer
  let gradient: UnsafeMutableRawPointer
  private let lossScratch: UnsafeMutableRawPointer, scratch: UnsafeMutableRawPointer
  private let scratchStep: Int
  var dropout = 0.0

  static let mostRows = 1024

  /// nil: there is not enough memory.
  init?(_ network: UnsafeMutablePointer<Network>, rows: Int, gradients: Bool) {
    let n = network.pointee, rows = max(1, min(rows, Workspace.mostRows)), type = n.type
    var widest = 0
    for l in 0...n.layers { widest = max(widest, n.sizes[l]) }
    let threads = Threads.count, step = Product.scratchBytes(columns: widest, type)
    var bytes = 2 * n.layers * MemoryLayout<UnsafeMutableRawPointer>.size
    func reserve(_ more: Int) -> Int {
      let start = (bytes + 63) & ~63
      bytes = start + more
      return start
    }
    func bytesOfRows(_ columns: Int) -> Int { (paddedBytes(rows * columns, type) + 63) & ~63 }
    let atX = reserve(bytesOfRows(n.inputs)), atY = reserve(max(bytesOfRows(n.outputs), rows * 8))
    var ofLayers = gradients ? bytesOfRows(n.outputs) : 2 * bytesOfRows(widest)
    if gradients {
      for l in 1..<n.layers { ofLayers += 2 * bytesOfRows(n.sizes[l]) }
    }
    var atLayer = reserve(ofLayers)
    let atSlopes = reserve(gradients ? bytesOfRows(widest) : 0), atOthers = reserve(gradients ? bytesOfRows(widest) : 0)
    let atGradient = reserve(gradients ? n.bytes : 0)
    let atLoss = reserve(bytesOfRows(n.outputs) + 2 * paddedBytes(rows, ACT_F64)), atScratch = reserve(threads * step)
    guard let block = zeros(bytes) else { return nil }

    self.network = network
    capacity = rows
    self.threads = threads
    self.block = block
    x = block + atX
    y = block + atY
    sums = block.bindMemory(to: UnsafeMutableRawPointer.self, capacity: 2 * n.layers)
    values = sums + n.layers
    slopes = block + atSlopes
    others = block + atOthers
    gradient = block + atGradient
    lossScratch = block + atLoss
    scratch = block + atScratch
    scratchStep = step
    for l in 0..<n.layers {
      if gradients {
        sums[l] = block + atLayer
        atLayer += bytesOfRows(n.sizes[l + 1])
        values[l] = l == n.layers - 1 ? sums[l] : block + atLayer
        atLayer += bytesOfRows(n.sizes[l + 1])
      } else {
        sums[l] = block + (atLayer + l % 2 * bytesOfRows(widest))
        values[l] = sums[l]
      }
    }
  }
  func free() { Lanes.free(block) }

  /// The last layer's outputs.
  var outputs: UnsafeMutableRawPointer { sums[network.pointee.layers - 1] }
  /// A hidden layer's sums.
  func sums(_ layer: Int) -> UnsafeMutableRawPointer { sums[layer] }
  /// Memory that is free between steps, of `capacity` times the widest layer.
  var spare: UnsafeMutableRawPointer { slopes }

  private func run(_ product: Product) {
    product.run(parts: product.parts(atMost: min(threads, Threads.count)), scratch: scratch, step: scratchStep)
  }

  /// From x to the outputs, which go to `out` if that is given. With `step`, units are dropped out.
  func forward(_ rows: Int, _ x: UnsafeRawPointer, to out: UnsafeMutableRawPointer? = nil, step: UInt64? = nil) {
    let n = network.pointee
    var input = x, start = 0
    for l in 0..<n.layers {
      let (nIn, nOut) = (n.sizes[l], n.sizes[l + 1]), isLast = l == n.layers - 1
      let w = n.parameters + start * n.element, to = isLast ? out ?? sums[l] : sums[l]
      run(
        Product(
          type: n.type, m: rows, n: nOut, k: nIn, a: Matrix(input, row: nIn), b: Matrix(w, row: nOut),
          bias: UnsafeRawPointer(w + nIn * nOut * n.element), c: to, function: n.function(l), y: isLast ? nil : values[l]))
      if !isLast, let step { drop(values[l], rows * nOut, layer: l, step) }
      input = UnsafeRawPointer(values[l])
      start += (nIn + 1) * nOut
    }
  }

  private func drop(_ x: UnsafeMutableRawPointer, _ count: Int, layer: Int, _ step: UInt64) {
    guard dropout > 0 else { return }
    let generator = Generator(seed: network.pointee.seed)
    if network.pointee.type == ACT_F64 {
      generator.dropOut(x.assumingMemoryBound(to: Double.self), count, rate: dropout, layer: layer, step: step)
    } else {
      generator.dropOut(x.assumingMemoryBound(to: Float.self), count, rate: dropout, layer: layer, step: step)
    }
  }

  /// The sum of the samples' losses, divided by `divisor` samples; the gradient of that goes where backward() takes it from.
  func loss(_ rows: Int, _ y: UnsafeRawPointer, of divisor: Int, gradient: Bool) -> Double {
    let n = network.pointee, terms = n.loss == ACT_CROSS_ENTROPY ? divisor : divisor * n.outputs
    var job = act_loss_job(
      type: n.type, loss: n.loss, delta: n.delta, samples: rows, outputs: n.outputs, z: outputs, y: y, scale: 1 / Double(terms),
      gradient: gradient ? slopes : nil, scratch: lossScratch, sum: 0)
    Processor.run(&job)
    return job.sum / Double(terms)
  }

  /// From the gradient of the outputs to those of all parameters; these go on from what is there if `accumulates`.
  func backward(_ rows: Int, _ x: UnsafeRawPointer, accumulates: Bool, step: UInt64? = nil) {
    let n = network.pointee
    var (dz, other) = (slopes, others), start = n.count
    for l in stride(from: n.layers - 1, through: 0, by: -1) {
      let (nIn, nOut) = (n.sizes[l], n.sizes[l + 1])
      start -= (nIn + 1) * nOut
      let input = Matrix(l == 0 ? x : UnsafeRawPointer(values[l - 1]), row: nIn), slopes = Matrix(dz, row: nOut)
      let dw = gradient + start * n.element
      var weights = Product(type: n.type, m: nIn, n: nOut, k: rows, a: input.transposed, b: slopes, c: dw)
      var biases = Product(sumOfRows: slopes, rows, nOut, n.type, to: dw + nIn * nOut * n.element)
      weights.accumulates = accumulates
      biases.accumulates = accumulates
      run(weights)
      run(biases)
      guard l > 0 else { return }
      let w = Matrix(n.parameters + start * n.element, row: nOut)
      let function = n.function(l - 1)!
      var inputs = Product(type: n.type, m: rows, n: nIn, k: nOut, a: slopes, b: w.transposed, c: other)
      if let step, dropout > 0 {
        run(inputs)
        drop(other, rows * nIn, layer: l - 1, step)
        function.run(n.type, rows * nIn, sums[l - 1], times: other, to: other)
      } else {
        (inputs.function, inputs.x, inputs.y) = (function, UnsafeRawPointer(sums[l - 1]), other)
        run(inputs)
      }
      (dz, other) = (other, dz)
    }
  }
}
