import Lanes

/// The network of the textbooks, which learns from one sample at a time: see act_online_fit_f64. To go through the weights is
/// what takes the time, so it is done once a sample: they learn from one while they are multiplied by the next. For that they
/// are copied to aligned rows, and once more transposed, for the way back.
private struct OnlineNetwork {
  let function: LayerFunction
  let layers: Int
  let sizes: UnsafePointer<Int>
  let weights: UnsafePointer<UnsafeMutablePointer<Double>?>
  private let block: UnsafeMutablePointer<Double>
  private let rows: UnsafeMutablePointer<Double>, columns: UnsafeMutablePointer<Double>
  /// What goes into each layer, now and for the sample before; its sums, their gradient and that times the rate.
  private var values: UnsafeMutablePointer<Double>, before: UnsafeMutablePointer<Double>
  private let sums: UnsafeMutablePointer<Double>, deltas: UnsafeMutablePointer<Double>, steps: UnsafeMutablePointer<Double>
  /// Whether the weights have yet to learn from the sample before.
  private var isPending = false

  /// nil: there is not enough memory.
  init?(
    _ function: LayerFunction, _ layers: Int, _ sizes: UnsafePointer<Int>, _ weights: UnsafePointer<UnsafeMutablePointer<Double>?>
  ) {
    var total = 0, ofRows = 0, ofColumns = 0
    for l in 0...layers {
      total += whole(sizes[l])
      if l < layers { ofRows += sizes[l] * padded(sizes[l + 1]) }
      if l > 0 && l < layers { ofColumns += sizes[l + 1] * padded(sizes[l]) }
    }
    let elements = 5 * total + ofRows + ofColumns
    guard let block = zeros(elements * 8)?.bindMemory(to: Double.self, capacity: elements) else { return nil }
    (self.function, self.layers, self.sizes, self.weights, self.block) = (function, layers, sizes, weights, block)
    (values, before, sums) = (block, block + total, block + 2 * total)
    (deltas, steps, rows) = (block + 3 * total, block + 4 * total, block + 5 * total)
    columns = rows + ofRows
    var row = rows, column = columns
    for l in 0..<layers {
      let w = weights[l]!, (m, n) = (sizes[l], sizes[l + 1])
      for i in 0..<m { memcpy(row + i * padded(n), w + i * n, n * 8) }
      row += m * padded(n)
      if l == 0 { continue }
      for j in 0..<n {
        for i in 0..<m { column[j * padded(m) + i] = w[i * n + j] }
      }
      column += n * padded(m)
    }
  }
  func free() { Lanes.free(block) }

  private func pass(
    _ w: UnsafeMutablePointer<Double>, _ m: Int, _ n: Int, _ u: UnsafePointer<Double>, _ d: UnsafePointer<Double>,
    _ x: UnsafePointer<Double>?, to z: UnsafeMutablePointer<Double>?
  ) {
    var job = act_pass_job(m: m, n: padded(n), w: w, u: isPending ? u : nil, d: d, x: x, z: z)
    Processor.run(&job)
  }

  /// What comes out for a sample.
  func forward(_ x: UnsafePointer<Double>) -> UnsafeMutablePointer<Double> {
    memcpy(values, x, (sizes[0] - 1) * 8)
    values[sizes[0] - 1] = 1
    var at = 0, row = rows
    for l in 0..<layers {
      let (m, n) = (sizes[l], sizes[l + 1]), next = at + whole(m)
      pass(row, m, n, before + at, steps + next, values + at, to: sums + next)
      function.run(ACT_F64, whole(n), sums + next, to: values + next)
      for j in n..<whole(n) { values[next + j] = 0 }
      row += m * padded(n)
      at = next
    }
    return values + at
  }

  mutating func learn(_ x: UnsafePointer<Double>, _ y: UnsafePointer<Double>, _ rate: Double) {
    let output = forward(x)
    var at = output - values, column = columns
    let end = at + whole(sizes[layers])
    for j in 0..<sizes[layers] { deltas[at + j] = y[j] - output[j] }
    function.run(ACT_F64, end - at, sums + at, times: deltas + at, to: deltas + at)
    for l in 1..<layers { column += sizes[l + 1] * padded(sizes[l]) }
    for l in stride(from: layers - 1, to: 0, by: -1) {
      let (m, n) = (sizes[l], sizes[l + 1]), into = at - whole(m)
      column -= n * padded(m)
      pass(column, n, m, steps + at, before + into, deltas + at, to: deltas + into)
      function.run(ACT_F64, at - into, sums + into, times: deltas + into, to: deltas + into)
      at = into
    }
    for i in whole(sizes[0])..<end { steps[i] = deltas[i] * rate }
    (values, before) = (before, values)
    isPending = true
  }

  /// The weights learn from the last sample, and go back to where they came from.
  func finish() {
    var at = 0, row = rows
    for l in 0..<layers {
      let w = weights[l]!, (m, n) = (sizes[l], sizes[l + 1]), next = at + whole(m)
      if isPending { pass(row, m, n, before + at, steps + next, nil, to: nil) }
      for i in 0..<m {
        for j in 0..<n {
          let x = row[i * padded(n) + j]
          w[i * n + j] = x == x ? x : .nan
        }
      }
      row += m * padded(n)
      at = next
    }
  }
}
/// The length of a row of weights for n outputs; and that of a layer's values, of which functions take whole vectors. What is
/// beyond n is 0, or multiplied by what is.
private func padded(_ n: Int) -> Int { n.rounded(upTo: Int(ACT_PASS_PADDING)) }
private func whole(_ n: Int) -> Int { n.rounded(upTo: Int(ACT_VECTOR_PADDING)) }

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
  guard var network, let sizes else { return status }
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
  network.finish()
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
