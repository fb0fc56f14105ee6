import Lanes

/// What an `act_network` is. All its parameters are one block: for each layer its weights row after row, then its biases.
public struct Network {
  let type: act_type, loss: act_loss, delta: Double
  let initializer: act_initializer, seed: UInt64
  /// How many layers of weights there are; one more size, and one function less.
  let layers: Int
  let sizes: UnsafeMutablePointer<Int>
  let functions: UnsafeMutablePointer<act_function>
  let count: Int
  public let parameters: UnsafeMutableRawPointer
  /// Complete epochs, and steps, trained so far.
  var epochs: UInt64 = 0, steps: UInt64 = 0
  var memory = OptimizerMemory()

  var inputs: Int { sizes[0] }
  var outputs: Int { sizes[layers] }
  var element: Int { size(of: type) }
  /// Bytes of an array of all parameters, which vectors may go beyond the end of.
  var bytes: Int { paddedBytes(count, type) }

  /// Where a layer's weights begin, and its biases.
  func weights(_ layer: Int) -> Int {
    var start = 0
    for l in 0..<layer { start += (sizes[l] + 1) * sizes[l + 1] }
    return start
  }
  func biases(_ layer: Int) -> Int { weights(layer) + sizes[layer] * sizes[layer + 1] }

  func function(_ layer: Int) -> LayerFunction? {
    layer < layers - 1 ? LayerFunction.checked(functions + layer).1 : nil
  }
}

/// What an optimiser remembers from step to step.
struct OptimizerMemory {
  var optimizer = ACT_SGD, isUsed = false
  var first: UnsafeMutableRawPointer? = nil, second: UnsafeMutableRawPointer? = nil
  /// β₁ᵗ and β₂ᵗ.
  var power1 = 1.0, power2 = 1.0

  mutating func forget() {
    free(first)
    free(second)
    self = OptimizerMemory()
  }
}

/// Bytes for so many elements, rounded up to what vectors may read and write.
func paddedBytes(_ count: Int, _ type: act_type) -> Int {
  count.rounded(upTo: Int(ACT_TRAINING_PADDING)) * size(of: type)
}
extension Int {
  /// The next multiple of the step.
  func rounded(upTo step: Int) -> Int { (self + step - 1) / step * step }
}
/// Zeros, aligned to cache lines.
func zeros(_ bytes: Int) -> UnsafeMutableRawPointer? {
  guard let p = aligned_alloc(64, (max(bytes, 1) + 63) & ~63) else { return nil }
  memset(p, 0, bytes)
  return p
}

extension UnsafeMutablePointer where Pointee == Network {
  func free() {
    var memory = pointee.memory
    memory.forget()
    Lanes.free(pointee.sizes)
    Lanes.free(pointee.functions)
    Lanes.free(pointee.parameters)
    Lanes.free(self)
  }
}

// MARK: Made and looked at

public func createNetwork(
  _ count: Int, _ sizes: UnsafePointer<Int>?, _ activations: UnsafePointer<act_function>?,
  _ options: UnsafePointer<act_network_options>?, _ out: UnsafeMutablePointer<OpaquePointer?>?
) -> act_status {
  guard let out, let sizes else { return ACT_ERROR_NULL }
  var o = act_network_options()
  setDefaults(&o)
  if let options {
    guard options.pointee.size == MemoryLayout<act_network_options>.size else { return ACT_ERROR_OPTIONS }
    o = options.pointee
  }
  guard o.type == ACT_F64 || o.type == ACT_F32, o.loss.rawValue <= ACT_HUBER.rawValue,
    o.initializer.rawValue <= ACT_LECUN_NORMAL.rawValue, o.huber_delta > 0, o.huber_delta < .infinity
  else { return ACT_ERROR_OPTIONS }
  guard count >= 2, count <= 1 << 16 else { return ACT_ERROR_NETWORK }
  let (status, made) = emptyNetwork(count, sizes, activations, o)
  guard let made else { return status }
  made.initialize()
  out.pointee = OpaquePointer(made)
  return ACT_OK
}

/// A network whose parameters are 0.
func emptyNetwork(
  _ count: Int, _ sizes: UnsafePointer<Int>, _ activations: UnsafePointer<act_function>?, _ o: act_network_options
) -> (act_status, UnsafeMutablePointer<Network>?) {
  var total = 0
  for l in 0..<count {
    guard sizes[l] > 0 else { return (ACT_ERROR_NETWORK, nil) }
    guard sizes[l] < addressSpace else { return (ACT_ERROR_SIZE, nil) }
    if l == 0 { continue }
    let (weights, overflow) = (sizes[l - 1] + 1).multipliedReportingOverflow(by: sizes[l])
    guard !overflow, weights < addressSpace / 8 - total else { return (ACT_ERROR_SIZE, nil) }
    total += weights
  }
  if count > 2 {
    guard let activations else { return (ACT_ERROR_NULL, nil) }
    for l in 0..<count - 2 {
      let status = LayerFunction.checked(activations + l).0
      guard status == ACT_OK else { return (status, nil) }
    }
  }
  let network = malloc(MemoryLayout<Network>.size), ofSizes = malloc(count * MemoryLayout<Int>.size)
  let functions = malloc(count * MemoryLayout<act_function>.size), parameters = zeros(paddedBytes(total, o.type))
  guard let network, let ofSizes, let functions, let parameters else {
    free(network)
    free(ofSizes)
    free(functions)
    free(parameters)
    return (ACT_ERROR_MEMORY, nil)
  }
  let made = network.bindMemory(to: Network.self, capacity: 1)
  made.initialize(
    to: Network(
      type: o.type, loss: o.loss, delta: o.huber_delta, initializer: o.initializer, seed: o.seed, layers: count - 1,
      sizes: ofSizes.bindMemory(to: Int.self, capacity: count),
      functions: functions.bindMemory(to: act_function.self, capacity: count), count: total, parameters: parameters))
  for l in 0..<count { made.pointee.sizes[l] = sizes[l] }
  if let activations, count > 2 {
    for l in 0..<count - 2 { made.pointee.functions[l] = activations[l] }
  }
  return (ACT_OK, made)
}

public func setDefaults(_ o: inout act_network_options) {
  o = act_network_options(
    size: MemoryLayout<act_network_options>.size, type: ACT_F32, loss: ACT_CROSS_ENTROPY, huber_delta: 1,
    initializer: ACT_INITIALIZER_FOR_ACTIVATION, seed: 0)
}

/// Copies as much of the defaults as the caller has room for.
public func fill<T>(_ options: UnsafeMutablePointer<T>?, _ size: Int, with defaults: T) -> act_status {
  guard let options else { return ACT_ERROR_NULL }
  guard size == MemoryLayout<T>.size else { return ACT_ERROR_OPTIONS }
  options.pointee = defaults
  return ACT_OK
}

/// The network that a handle stands for.
@inline(__always) public func network(_ handle: OpaquePointer?) -> UnsafeMutablePointer<Network>? {
  handle.map { UnsafeMutablePointer($0) }
}
public func freeNetwork(_ handle: OpaquePointer?) { network(handle)?.free() }

public func describe(_ handle: OpaquePointer?, _ info: UnsafeMutablePointer<act_network_info>?) -> act_status {
  guard let n = network(handle)?.pointee, let info else { return ACT_ERROR_NULL }
  guard info.pointee.size == MemoryLayout<act_network_info>.size else { return ACT_ERROR_OPTIONS }
  info.pointee = act_network_info(
    size: info.pointee.size, type: n.type, loss: n.loss, huber_delta: n.delta, initializer: n.initializer, seed: n.seed,
    layers: n.layers, inputs: n.inputs, outputs: n.outputs, parameters: n.count, epochs: n.epochs, steps: n.steps)
  return ACT_OK
}
public func describeLayer(
  _ handle: OpaquePointer?, _ layer: Int, _ nIn: UnsafeMutablePointer<Int>?, _ nOut: UnsafeMutablePointer<Int>?,
  _ f: UnsafeMutablePointer<act_function>?
) -> act_status {
  guard let n = network(handle)?.pointee else { return ACT_ERROR_NULL }
  guard layer >= 0, layer < n.layers else { return ACT_ERROR_NETWORK }
  nIn?.pointee = n.sizes[layer]
  nOut?.pointee = n.sizes[layer + 1]
  if let f {
    if layer < n.layers - 1 {
      f.pointee = n.functions[layer]
    } else {
      f.pointee = Catalogue.function(named: ("identity" as StaticString).cString)!
    }
  }
  return ACT_OK
}
public func weights(_ handle: OpaquePointer?, _ layer: Int, biases: Bool) -> UnsafeMutableRawPointer? {
  guard let n = network(handle)?.pointee, layer >= 0, layer < n.layers else { return nil }
  return n.parameters + (biases ? n.biases(layer) : n.weights(layer)) * n.element
}

extension StaticString {
  var cString: UnsafePointer<CChar> { UnsafeRawPointer(utf8Start).assumingMemoryBound(to: CChar.self) }
}

// MARK: Its first weights

extension UnsafeMutablePointer where Pointee == Network {
  /// Draws the weights, each by its place in its layer.
  fileprivate func initialize() {
    let n = pointee, generator = Generator(seed: n.seed)
    for l in 0..<n.layers {
      let (isNormal, variance) = n.distribution(l)
      let scale = (isNormal ? variance : 3 * variance).squareRoot(), start = n.parameters + n.weights(l) * n.element
      for i in 0..<n.sizes[l] * n.sizes[l + 1] {
        let w = scale * (isNormal ? generator.normal(i, layer: l) : generator.uniform(i, layer: l))
        if n.type == ACT_F64 {
          start.assumingMemoryBound(to: Double.self)[i] = w
        } else {
          start.assumingMemoryBound(to: Float.self)[i] = Float(w)
        }
      }
    }
  }
}
extension Network {
  fileprivate func distribution(_ layer: Int) -> (isNormal: Bool, variance: Double) {
    let nIn = Double(sizes[layer]), nOut = Double(sizes[layer + 1])
    switch initializer == ACT_INITIALIZER_FOR_ACTIVATION ? fitting(layer) : initializer {
    case ACT_GLOROT_NORMAL: return (true, 2 / (nIn + nOut))
    case ACT_HE_UNIFORM: return (false, 2 / nIn)
    case ACT_HE_NORMAL: return (true, 2 / nIn)
    case ACT_LECUN_UNIFORM: return (false, 1 / nIn)
    case ACT_LECUN_NORMAL: return (true, 1 / nIn)
    default: return (false, 2 / (nIn + nOut))
    }
  }
  /// The initialiser that is right for the layer's function.
  private func fitting(_ layer: Int) -> act_initializer {
    guard let function = function(layer) else { return ACT_GLOROT_UNIFORM }
    let info = functions[layer].info!.pointee
    if strcmp(info.name, ("selu" as StaticString).cString) == 0 { return ACT_LECUN_NORMAL }
    let left = function.value(at: -2), right = function.value(at: 2)
    return info.saturates_right == 0 && left.magnitude < right.magnitude / 2 ? ACT_HE_UNIFORM : ACT_GLOROT_UNIFORM
  }
}
