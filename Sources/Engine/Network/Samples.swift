import Lanes

/// Samples of a network's inputs and what belongs to them: labels for the cross-entropy, else targets.
struct Samples {
  let count: Int
  let x: UnsafeRawPointer, y: UnsafeRawPointer
  let xBytes: Int, yBytes: Int

  init(_ network: Network, _ count: Int, _ x: UnsafeRawPointer, _ y: UnsafeRawPointer) {
    (self.count, self.x, self.y) = (count, x, y)
    xBytes = network.inputs * network.element
    yBytes = network.loss == ACT_CROSS_ENTROPY ? 8 : network.outputs * network.element
  }

  /// Copies some of them, in their order or another.
  func gather(_ order: UnsafePointer<UInt32>?, _ first: Int, _ rows: Int, to workspace: Workspace) {
    guard let order else {
      memcpy(workspace.x, x + first * xBytes, rows * xBytes)
      memcpy(workspace.y, y + first * yBytes, rows * yBytes)
      return
    }
    for i in 0..<rows {
      let sample = Int(order[first + i])
      memcpy(workspace.x + i * xBytes, x + sample * xBytes, xBytes)
      memcpy(workspace.y + i * yBytes, y + sample * yBytes, yBytes)
    }
  }

  /// Whether they lie somewhere, every number is finite and every label one of the outputs.
  static func check(_ network: Network, _ count: Int, _ x: UnsafeRawPointer?, _ y: UnsafeRawPointer?) -> act_status {
    if count == 0 { return ACT_OK }
    var regions = Regions(type: network.type)
    regions.read(x, count, network.inputs)
    if network.loss != ACT_CROSS_ENTROPY { regions.read(y, count, network.outputs) }
    guard regions.status == ACT_OK else { return regions.status }
    guard let x, let y, count < 1 << 32 else { return y == nil ? ACT_ERROR_NULL : ACT_ERROR_SIZE }
    guard areFinite(x, count * network.inputs, network.type) else { return ACT_ERROR_DATA }
    if network.loss != ACT_CROSS_ENTROPY {
      return areFinite(y, count * network.outputs, network.type) ? ACT_OK : ACT_ERROR_DATA
    }
    let labels = y.assumingMemoryBound(to: Int64.self)
    for i in 0..<count where labels[i] < 0 || labels[i] >= Int64(network.outputs) { return ACT_ERROR_LABEL }
    return ACT_OK
  }
  private static func areFinite(_ p: UnsafeRawPointer, _ count: Int, _ type: act_type) -> Bool {
    var found = false
    if type == ACT_F64 {
      let bits = p.assumingMemoryBound(to: UInt64.self)
      for i in 0..<count { found = (bits[i] & 0x7ff0_0000_0000_0000 == 0x7ff0_0000_0000_0000) || found }
    } else {
      let bits = p.assumingMemoryBound(to: UInt32.self)
      for i in 0..<count { found = (bits[i] & 0x7f80_0000 == 0x7f80_0000) || found }
    }
    return !found
  }
}

extension Workspace {
  /// The mean loss of some samples.
  func loss(_ samples: Samples, _ order: UnsafePointer<UInt32>?, _ first: Int, _ count: Int) -> Double {
    var sum = 0.0, done = 0
    while done < count {
      let rows = min(capacity, count - done)
      samples.gather(order, first + done, rows, to: self)
      forward(rows, x)
      sum += loss(rows, y, of: count, gradient: false)
      done += rows
    }
    return sum
  }
  /// The mean loss of a batch and its gradient.
  func gradients(_ samples: Samples, _ order: UnsafePointer<UInt32>?, _ first: Int, _ count: Int, step: UInt64? = nil) -> Double {
    var sum = 0.0, done = 0
    while done < count {
      let rows = min(capacity, count - done)
      samples.gather(order, first + done, rows, to: self)
      forward(rows, x, step: step)
      sum += loss(rows, y, of: count, gradient: true)
      backward(rows, x, accumulates: done > 0, step: step)
      done += rows
    }
    return sum
  }
}

/// The last layer's outputs.
public func predict(
  _ handle: OpaquePointer?, _ type: act_type, _ count: Int, _ x: UnsafeRawPointer?, _ y: UnsafeMutableRawPointer?
) -> act_status {
  guard let network = network(handle) else { return ACT_ERROR_NULL }
  let n = network.pointee
  guard n.type == type else { return ACT_ERROR_TYPE }
  guard count >= 0 else { return ACT_ERROR_SIZE }
  if count == 0 { return ACT_OK }
  guard let x, let y else { return ACT_ERROR_NULL }
  var regions = Regions(type: type)
  regions.read(x, count, n.inputs)
  regions.read(n.parameters, 1, n.count)
  regions.write(y, count, n.outputs)
  guard regions.status == ACT_OK else { return regions.status }
  guard let workspace = Workspace(network, rows: min(count, 256), gradients: false) else { return ACT_ERROR_MEMORY }
  var done = 0
  while done < count {
    let rows = min(workspace.capacity, count - done)
    workspace.forward(rows, x + done * n.inputs * n.element, to: y + done * n.outputs * n.element)
    done += rows
  }
  workspace.free()
  return ACT_OK
}

/// The loss, and its gradients if there is somewhere to put them.
public func evaluate(
  _ handle: OpaquePointer?, _ type: act_type, _ count: Int, _ x: UnsafeRawPointer?, _ y: UnsafeRawPointer?,
  gradients: UnsafeMutableRawPointer?, wantsGradients: Bool, _ loss: UnsafeMutablePointer<Double>?
) -> act_status {
  guard let network = network(handle), wantsGradients ? gradients != nil : loss != nil else { return ACT_ERROR_NULL }
  let n = network.pointee
  guard n.type == type else { return ACT_ERROR_TYPE }
  guard count >= 0 else { return ACT_ERROR_SIZE }
  let status = Samples.check(n, count, x, y)
  guard status == ACT_OK else { return status }
  if let gradients {
    var regions = Regions(type: type)
    regions.read(n.parameters, 1, n.count)
    if count > 0 { regions.read(x, count, n.inputs) }
    if count > 0 && n.loss != ACT_CROSS_ENTROPY { regions.read(y, count, n.outputs) }
    regions.write(gradients, 1, n.count)
    guard regions.status == ACT_OK else { return regions.status }
  }
  guard count > 0, let x, let y else {
    loss?.pointee = 0
    if let gradients { memset(gradients, 0, n.count * n.element) }
    return ACT_OK
  }
  guard let workspace = Workspace(network, rows: min(count, 256), gradients: wantsGradients) else { return ACT_ERROR_MEMORY }
  let samples = Samples(n, count, x, y)
  let result = wantsGradients ? workspace.gradients(samples, nil, 0, count) : workspace.loss(samples, nil, 0, count)
  loss?.pointee = result
  if let gradients { memcpy(gradients, workspace.gradient, n.count * n.element) }
  workspace.free()
  return ACT_OK
}
