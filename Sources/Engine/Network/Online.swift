import Lanes

/// The network of the textbooks, which learns from one sample at a time: see act_online_fit_f64.
private struct OnlineNetwork {
  let function: LayerFunction
  let layers: Int
  let sizes: UnsafePointer<Int>
  let weights: UnsafePointer<UnsafeMutablePointer<Double>?>
  /// What goes into each layer; its sums; their gradient; and memory for the products.
  private let values: UnsafeMutablePointer<Double>, sums: UnsafeMutablePointer<Double>, deltas: UnsafeMutablePointer<Double>
  private let scratch: UnsafeMutableRawPointer
  private let block: UnsafeMutableRawPointer

  /// nil: there is not enough memory.
  init?(_ function: LayerFunction, _ layers: Int, _ sizes: UnsafePointer<Int>, _ weights: UnsafePointer<UnsafeMutablePointer<Double>?>)
  {
    var widest = 0, total = 0
    for l in 0...layers {
      widest = max(widest, sizes[l])
      total += padded(sizes[l])
    }
    guard let block = zeros(3 * total * 8 + Product.scratchBytes(columns: widest, ACT_F64)) else { return nil }
    (self.function, self.layers, self.sizes, self.weights, self.block) = (function, layers, sizes, weights, block)
    values = block.bindMemory(to: Double.self, capacity: 3 * total)
    sums = values + total
    deltas = sums + total
    scratch = block + 3 * total * 8
  }
  func free() { Lanes.free(block) }

  private func multiply(_ m: Int, _ n: Int, _ k: Int, _ a: Matrix, _ b: Matrix, to c: UnsafeMutablePointer<Double>, adds: Bool = false) {
    var job = act_product_job(
      type: ACT_F64, m: m, n: n, k: k, a: a.start, a_row: a.row, a_column: a.column, b: b.start, b_row: b.row,
      b_column: b.column, bias: nil, c: c, c_row: n, accumulates: adds ? 1 : 0, scratch: scratch)
    Processor.run(&job)
  }

  /// What comes out for a sample.
  func forward(_ x: UnsafePointer<Double>) -> UnsafeMutablePointer<Double> {
    memcpy(values, x, (sizes[0] - 1) * 8)
    values[sizes[0] - 1] = 1
    var at = 0
    for l in 0..<layers {
      let (nIn, nOut) = (sizes[l], sizes[l + 1]), next = at + padded(nIn)
      multiply(1, nOut, nIn, Matrix(values + at, row: 1), Matrix(weights[l], row: nOut), to: sums + next)
      function.run(ACT_F64, nOut, sums + next, to: values + next)
      at = next
    }
    return values + at
  }

  func learn(_ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, _ rate: Double) {
    let output = forward(x), end = output - values
    for j in 0..<sizes[layers] { deltas[end + j] = y[j] - output[j] }
    var at = end
    for l in stride(from: layers, to: 0, by: -1) {
      function.run(ACT_F64, sizes[l], sums + at, times: deltas + at, to: deltas + at)
      let before = at - padded(sizes[l - 1])
      if l > 1 {
        multiply(
          sizes[l - 1], 1, sizes[l], Matrix(weights[l - 1], row: sizes[l]), Matrix(deltas + at, row: 1), to: deltas + before)
      }
      at = before
    }
    at = 0
    for l in 0..<layers {
      let next = at + padded(sizes[l])
      for j in 0..<sizes[l + 1] { deltas[next + j] *= rate }
      multiply(
        sizes[l], sizes[l + 1], 1, Matrix(values + at, row: 1, column: 1), Matrix(deltas + next, row: sizes[l + 1]), to: weights[l]!,
        adds: true)
      at = next
    }
  }
}
private func padded(_ n: Int) -> Int { (n + 7) & ~7 }

extension Matrix {
  fileprivate init(_ start: UnsafeMutablePointer<Double>?, row: Int, column: Int = 1) {
    self.init(UnsafeRawPointer(start), row: row, column: column)
  }
}

/// Whether sizes, weights and samples can be used, and the network of them.
private func checked(
  _ f: UnsafePointer<act_function>?, _ count: Int, _ sizes: UnsafePointer<Int>?,
  _ weights: UnsafePointer<UnsafeMutablePointer<Double>?>?, _ samples: Int, _ x: UnsafeRawPointer?, _ y: UnsafeRawPointer?,
  changes: Bool
) -> (act_status, OnlineNetwork?) {
  let (status, function) = LayerFunction.checked(f)
  guard let function else { return (status, nil) }
  guard let sizes, let weights else { return (ACT_ERROR_NULL, nil) }
  guard count >= 2, count <= 1 << 16 else { return (ACT_ERROR_NETWORK, nil) }
  for l in 0..<count {
    guard sizes[l] > 0 else { return (ACT_ERROR_NETWORK, nil) }
    guard sizes[l] < addressSpace / 64 / count else { return (ACT_ERROR_SIZE, nil) }
  }
  for l in 0..<count - 1 {
    var regions = Regions(type: ACT_F64)
    if sizes[0] > 1 { regions.read(x, samples, sizes[0] - 1) }
    if changes {
      regions.read(y, samples, sizes[count - 1])
    } else {
      regions.read(weights[l], sizes[l], sizes[l + 1])
    }
    for other in 0..<(changes ? l : 0) {
      var pair = regions
      pair.read(weights[other], sizes[other], sizes[other + 1])
      if let w = weights[l] { pair.write(w, sizes[l], sizes[l + 1]) }
      guard pair.status == ACT_OK else { return (pair.status, nil) }
    }
    if changes {
      guard let w = weights[l] else { return (ACT_ERROR_NULL, nil) }
      regions.write(w, sizes[l], sizes[l + 1])
    } else if let y {
      regions.write(UnsafeMutableRawPointer(mutating: y), samples, sizes[count - 1])
    } else if samples > 0 {
      return (ACT_ERROR_NULL, nil)
    }
    guard regions.status == ACT_OK else { return (regions.status, nil) }
  }
  guard let network = OnlineNetwork(function, count - 1, sizes, weights) else { return (ACT_ERROR_MEMORY, nil) }
  return (ACT_OK, network)
}

public func fitOnline(
  _ f: UnsafePointer<act_function>?, _ count: Int, _ sizes: UnsafePointer<Int>?,
  _ weights: UnsafePointer<UnsafeMutablePointer<Double>?>?, _ samples: Int, _ x: UnsafePointer<Double>?,
  _ y: UnsafePointer<Double>?, _ rate: Double, _ steps: Int, _ order: UnsafePointer<Int64>?,
  _ poll: (@convention(c) (UnsafeMutableRawPointer?, Int, Int) -> Int32)?, _ context: UnsafeMutableRawPointer?
) -> act_status {
  guard samples >= 0, steps >= 0 else { return ACT_ERROR_SIZE }
  guard rate.isFinite else { return ACT_ERROR_OPTIONS }
  if steps > 0 {
    guard let order else { return ACT_ERROR_NULL }
    for i in 0..<steps where order[i] < 0 || order[i] >= Int64(samples) { return ACT_ERROR_LABEL }
  }
  let (status, network) = checked(f, count, sizes, weights, samples, x, y, changes: true)
  guard let network, let sizes else { return status }
  defer { network.free() }
  guard steps > 0, let order, let y else { return ACT_OK }
  let nIn = sizes[0] - 1, nOut = sizes[count - 1]
  // A network that has no inputs but the 1 has no x.
  let x = x ?? y
  var clock = Clock()
  for i in 0..<steps {
    let sample = Int(order[i])
    network.learn(x + sample * nIn, y + sample * nOut, rate)
    if let poll, i % 64 == 63, clock.isDue, poll(context, 1, i + 1) != 0 { break }
  }
  return ACT_OK
}

public func predictOnline(
  _ f: UnsafePointer<act_function>?, _ count: Int, _ sizes: UnsafePointer<Int>?,
  _ weights: UnsafePointer<UnsafePointer<Double>?>?, _ samples: Int, _ x: UnsafePointer<Double>?,
  _ y: UnsafeMutablePointer<Double>?
) -> act_status {
  guard samples >= 0 else { return ACT_ERROR_SIZE }
  let mutable = weights.map { UnsafeRawPointer($0).assumingMemoryBound(to: UnsafeMutablePointer<Double>?.self) }
  let (status, network) = checked(f, count, sizes, mutable, samples, x, y, changes: false)
  guard let network, let sizes else { return status }
  defer { network.free() }
  guard samples > 0, let y else { return ACT_OK }
  let x = x ?? UnsafePointer(y)
  for i in 0..<samples {
    memcpy(y + i * sizes[count - 1], network.forward(x + i * (sizes[0] - 1)), sizes[count - 1] * 8)
  }
  return ACT_OK
}
