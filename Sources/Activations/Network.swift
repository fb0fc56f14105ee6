internal import CActivations

/// Why a network could not be made, trained, saved or loaded.
public struct NetworkError: Error, Hashable, CustomStringConvertible {
  public let description: String

  init(_ description: String) { self.description = description }
  static func check(_ status: act_status, _ what: String) throws {
    guard status == ACT_OK else { throw NetworkError("\(what): \(String(cString: act_status_string(status)))") }
  }
}

/// A network of dense layers, with all that it takes to train it.
///
///     let network = try Network<Float>([64, 100, 10], activation: .tanh, seed: 1)
///     try network.fit(x, labels: labels, .init(epochs: 20))
///     let classes = network.predict(x)
///
/// Matrices are arrays, row after row. The last layer is linear under the loss. A seed and data make the same weights on every
/// processor, with every number of threads.
public final class Network<Element: NetworkElement> {
  private let handle: OpaquePointer

  /// How far outputs are from what they should be: each the mean that PyTorch's loss of that name takes.
  public enum Loss: Hashable, Sendable {
    /// Softmax inside, over labels.
    case crossEntropy
    /// Sigmoid inside, over targets from 0 to 1.
    case binaryCrossEntropy
    case squaredError
    case huber(delta: Double)
  }
  /// How weights are drawn; biases begin as 0.
  public enum Initializer: Hashable, Sendable {
    /// What is right for the layer's activation function.
    case forActivation
    case glorotUniform, glorotNormal, heUniform, heNormal, leCunUniform, leCunNormal
  }

  /// - Parameters:
  ///   - sizes: Inputs, hidden layers, outputs.
  ///   - activations: One for each hidden layer.
  /// - Throws: `NetworkError`: the sizes make no network, an activation lacks a parameter, or there is not enough memory.
  public init(
    _ sizes: [Int], activations: [Activation], loss: Loss = .crossEntropy, initializer: Initializer = .forActivation,
    seed: UInt64 = 0
  ) throws {
    guard sizes.count >= 2, activations.count == sizes.count - 2 else {
      throw NetworkError("\(activations.count) activations for the layer sizes \(sizes): each hidden layer has one")
    }
    var options = act_network_options()
    try NetworkError.check(act_network_options_init(&options, MemoryLayout<act_network_options>.size), "options")
    options.type = Element._activationType.c
    options.loss = loss.c
    if case .huber(let delta) = loss { options.huber_delta = delta }
    options.initializer = initializer.c
    options.seed = seed
    var made: OpaquePointer? = nil
    let functions = activations.map(\.function)
    try NetworkError.check(act_network_create(sizes.count, sizes, functions, &options, &made), "layer sizes \(sizes)")
    handle = made!
  }
  /// All hidden layers with the same activation function.
  public convenience init(
    _ sizes: [Int], activation: Activation, loss: Loss = .crossEntropy, initializer: Initializer = .forActivation,
    seed: UInt64 = 0
  ) throws {
    try self.init(
      sizes, activations: Array(repeating: activation, count: max(sizes.count - 2, 0)), loss: loss, initializer: initializer,
      seed: seed)
  }
  /// The network that was saved there.
  public init(contentsOf path: String) throws {
    var made: OpaquePointer? = nil, why: UnsafePointer<CChar>? = nil
    let status = act_network_load(path, &made, &why)
    if let why { throw NetworkError("\(path): \(String(cString: why))") }
    try NetworkError.check(status, path)
    handle = made!
    guard info.type == Element._activationType.c else {
      throw NetworkError("\(path): its weights are no \(Element.self)s")
    }
  }
  deinit { act_network_free(handle) }

  private var info: act_network_info {
    var info = act_network_info()
    info.size = MemoryLayout<act_network_info>.size
    let status = act_network_describe(handle, &info)
    precondition(status == ACT_OK)
    return info
  }
  /// How many layers of weights there are.
  public var layerCount: Int { info.layers }
  public var inputs: Int { info.inputs }
  public var outputs: Int { info.outputs }

  /// A layer as it is now; set, its weights and biases become the network's.
  ///
  /// - Precondition: There is such a layer, and its sizes stay.
  public subscript(layer: Int) -> Dense<Element> {
    get {
      let (inputs, outputs, f) = about(layer)
      let w = act_network_weights(handle, layer)!.assumingMemoryBound(to: Element.self)
      let b = act_network_biases(handle, layer)!.assumingMemoryBound(to: Element.self)
      return Dense(
        inputs: inputs, outputs: outputs, weights: Array(UnsafeBufferPointer(start: w, count: inputs * outputs)),
        biases: Array(UnsafeBufferPointer(start: b, count: outputs)), activation: f)
    }
    set {
      let (inputs, outputs, _) = about(layer)
      precondition(newValue.inputs == inputs && newValue.outputs == outputs, "layer \(layer) has \(inputs)·\(outputs) weights")
      let w = act_network_weights(handle, layer)!.assumingMemoryBound(to: Element.self)
      let b = act_network_biases(handle, layer)!.assumingMemoryBound(to: Element.self)
      for i in 0..<inputs * outputs { w[i] = newValue.weights[i] }
      for i in 0..<outputs { b[i] = newValue.biases.isEmpty ? 0 : newValue.biases[i] }
    }
  }
  private func about(_ layer: Int) -> (inputs: Int, outputs: Int, Activation) {
    var inputs = 0, outputs = 0, f = act_function()
    let status = act_network_layer(handle, layer, &inputs, &outputs, &f)
    precondition(status == ACT_OK, "the network has no layer \(layer)")
    return (inputs, outputs, Activation(f))
  }

  // MARK: Using it

  /// The last layer's outputs for each row of `x`.
  public func forward(_ x: [Element]) -> [Element] {
    let samples = rows(of: x)
    var y = [Element](repeating: 0, count: samples * outputs)
    let status = x.withUnsafeBytes { x in
      y.withUnsafeMutableBytes { y in
        call(
          { act_network_predict_f32(handle, samples, x.of(Float.self), y.of(Float.self)) },
          { act_network_predict_f64(handle, samples, x.of(Double.self), y.of(Double.self)) })
      }
    }
    precondition(status == ACT_OK, "Network: \(String(cString: act_status_string(status)))")
    return y
  }
  /// The class of each row of `x`: the largest output's.
  public func predict(_ x: [Element]) -> [Int] {
    let n = outputs, y = forward(x)
    return (0..<y.count / n).map { row in (0..<n).reduce(0) { y[row * n + $1] > y[row * n + $0] ? $1 : $0 } }
  }
  /// The loss over samples with labels, or with targets: `outputs` for each.
  public func loss(_ x: [Element], labels: [Int]) throws -> Double { try evaluate(x, .labels(labels), gradients: false).loss }
  public func loss(_ x: [Element], targets: [Element]) throws -> Double {
    try evaluate(x, .targets(targets), gradients: false).loss
  }
  /// The loss and the gradients of each layer's weights and biases.
  public func gradients(_ x: [Element], labels: [Int]) throws -> (loss: Double, [(weights: [Element], biases: [Element])]) {
    try evaluate(x, .labels(labels), gradients: true)
  }
  public func gradients(_ x: [Element], targets: [Element]) throws -> (loss: Double, [(weights: [Element], biases: [Element])]) {
    try evaluate(x, .targets(targets), gradients: true)
  }

  private func evaluate(_ x: [Element], _ y: Targets, gradients: Bool) throws -> (
    loss: Double, [(weights: [Element], biases: [Element])]
  ) {
    let samples = try y.check(self, x)
    var loss = 0.0, all = [Element](repeating: 0, count: gradients ? info.parameters : 0)
    let status = x.withUnsafeBytes { x in
      y.withPointer { y in
        all.withUnsafeMutableBytes { g in
          if gradients {
            call(
              { act_network_gradients_f32(handle, samples, x.of(Float.self), y, g.of(Float.self), &loss) },
              { act_network_gradients_f64(handle, samples, x.of(Double.self), y, g.of(Double.self), &loss) })
          } else {
            call(
              { act_network_loss_f32(handle, samples, x.of(Float.self), y, &loss) },
              { act_network_loss_f64(handle, samples, x.of(Double.self), y, &loss) })
          }
        }
      }
    }
    try NetworkError.check(status, "loss")
    guard gradients else { return (loss, []) }
    var at = 0
    return (
      loss,
      (0..<layerCount).map { layer in
        let (inputs, outputs, _) = about(layer), biases = at + inputs * outputs
        defer { at = biases + outputs }
        return (Array(all[at..<biases]), Array(all[biases..<biases + outputs]))
      }
    )
  }

  // MARK: Training it

  /// How a network is trained.
  public struct Training: Sendable {
    public enum Optimizer: Sendable {
      case sgd(momentum: Double = 0, nesterov: Bool = false)
      case adam(beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8)
      case adamW(beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8)
      case rmsProp(alpha: Double = 0.99, momentum: Double = 0, epsilon: Double = 1e-8)
    }
    /// How the learning rate goes on from epoch to epoch.
    public enum Schedule: Sendable {
      case constant
      case step(epochs: Int = 10, factor: Double = 0.1)
      case exponential(factor: Double = 0.95)
      /// Down to so much of it in the end.
      case cosine(to: Double = 0)
      case linear(to: Double = 0)
    }
    public var epochs = 10, batchSize = 32, shuffles = true
    public var optimizer = Optimizer.adam(), learningRate = 0.001
    /// nil: 0.01 for AdamW, else 0.
    public var weightDecay: Double? = nil
    public var dropout = 0.0
    /// The most that the gradient's norm, and each of its elements, may be; nil: anything.
    public var normLimit: Double? = nil, valueLimit: Double? = nil
    public var schedule = Schedule.constant, warmupEpochs = 0
    /// The share of the samples that is held out.
    public var validation = 0.0
    /// After how many epochs without a better loss by `minimalGain` training ends, with the best one's weights; nil: never.
    public var patience: Int? = nil, minimalGain = 0.0

    public init(epochs: Int = 10, batchSize: Int = 32, optimizer: Optimizer = .adam(), learningRate: Double = 0.001) {
      (self.epochs, self.batchSize, self.optimizer, self.learningRate) = (epochs, batchSize, optimizer, learningRate)
    }
  }
  /// How training goes, after an epoch.
  public struct Progress: Sendable {
    /// From 1.
    public let epoch: Int
    public let loss: Double
    public let validationLoss: Double?
    public let learningRate: Double, gradientNorm: Double
    /// Whether a loss or a weight is not finite.
    public let hasDiverged: Bool
    /// The shares of each hidden layer's units whose derivative is 0, or nearly so, for all samples looked at.
    public let dead: [Double], saturated: [Double]
  }

  /// Trains the network with labels, from 0 to outputs − 1, from the weights it has; another call goes on where it ended.
  ///
  /// - Parameter progress: Called after each epoch; false ends training.
  /// - Throws: `NetworkError`: data, labels or options are not allowed. The network is unchanged then.
  public func fit(_ x: [Element], labels: [Int], _ training: Training = Training(), progress: ((Progress) -> Bool)? = nil) throws {
    try fit(x, .labels(labels), training, progress)
  }
  /// The same with targets, `outputs` for each sample.
  public func fit(_ x: [Element], targets: [Element], _ training: Training = Training(), progress: ((Progress) -> Bool)? = nil)
    throws
  {
    try fit(x, .targets(targets), training, progress)
  }

  private func fit(_ x: [Element], _ y: Targets, _ training: Training, _ progress: ((Progress) -> Bool)?) throws {
    let samples = try y.check(self, x)
    var options = try training.c
    var callback: Report = { progress?(Progress($0.pointee)) ?? true }
    let status = x.withUnsafeBytes { x in
      y.withPointer { y in
        withUnsafeMutablePointer(to: &callback) { callback in
          if progress != nil {
            options.context = UnsafeMutableRawPointer(callback)
            options.progress = report
          }
          return call(
            { act_network_fit_f32(handle, samples, x.of(Float.self), y, &options) },
            { act_network_fit_f64(handle, samples, x.of(Double.self), y, &options) })
        }
      }
    }
    try NetworkError.check(status, "fit")
  }

  // MARK: Keeping it

  /// Writes a safetensors file; the old one stays whole until the new one is.
  ///
  /// - Parameter withTraining: Also the optimiser's memory: after loading, training goes on with the same bits.
  public func save(to path: String, withTraining: Bool = false) throws {
    try NetworkError.check(act_network_save(handle, path, withTraining ? 1 : 0), path)
  }

  // MARK: -

  private func rows(of x: [Element]) -> Int {
    let n = inputs
    precondition(x.count % n == 0, "Network: \(x.count) elements are no rows of \(n) inputs")
    return x.count / n
  }
  private func call(_ single: () -> act_status, _ double: () -> act_status) -> act_status {
    Element._activationType == .float32 ? single() : double()
  }

  /// What belongs to the samples.
  private enum Targets {
    case labels([Int]), targets([Element])

    /// How many samples there are, if x and this fit the network.
    func check(_ network: Network, _ x: [Element]) throws -> Int {
      guard x.count % network.inputs == 0 else { throw NetworkError("\(x.count) elements are no rows of \(network.inputs) inputs") }
      let samples = x.count / network.inputs
      switch self {
      case .labels(let labels):
        guard network.info.loss == ACT_CROSS_ENTROPY else { throw NetworkError("this loss needs targets, not labels") }
        guard labels.count == samples else { throw NetworkError("\(labels.count) labels for \(samples) samples") }
      case .targets(let targets):
        guard network.info.loss != ACT_CROSS_ENTROPY else { throw NetworkError("the cross-entropy needs labels, not targets") }
        guard targets.count == samples * network.outputs else {
          throw NetworkError("\(targets.count) targets for \(samples) samples with \(network.outputs) outputs")
        }
      }
      return samples
    }
    func withPointer<R>(_ body: (UnsafeRawPointer?) -> R) -> R {
      switch self {
      case .labels(let labels): labels.map(Int64.init).withUnsafeBytes { body($0.baseAddress) }
      case .targets(let targets): targets.withUnsafeBytes { body($0.baseAddress) }
      }
    }
  }
}

private typealias Report = (UnsafePointer<act_progress>) -> Bool

/// What C calls after each epoch.
private func report(_ context: UnsafeMutableRawPointer?, _ progress: UnsafePointer<act_progress>?) -> Int32 {
  context!.assumingMemoryBound(to: Report.self).pointee(progress!) ? 0 : 1
}

extension UnsafeRawBufferPointer {
  fileprivate func of<T>(_ type: T.Type) -> UnsafePointer<T>? { baseAddress?.assumingMemoryBound(to: type) }
}
extension UnsafeMutableRawBufferPointer {
  fileprivate func of<T>(_ type: T.Type) -> UnsafeMutablePointer<T>? { baseAddress?.assumingMemoryBound(to: type) }
}

extension Network.Loss {
  fileprivate var c: act_loss {
    switch self {
    case .crossEntropy: ACT_CROSS_ENTROPY
    case .binaryCrossEntropy: ACT_BINARY_CROSS_ENTROPY
    case .squaredError: ACT_SQUARED_ERROR
    case .huber: ACT_HUBER
    }
  }
}
extension Network.Initializer {
  fileprivate var c: act_initializer {
    switch self {
    case .forActivation: ACT_INITIALIZER_FOR_ACTIVATION
    case .glorotUniform: ACT_GLOROT_UNIFORM
    case .glorotNormal: ACT_GLOROT_NORMAL
    case .heUniform: ACT_HE_UNIFORM
    case .heNormal: ACT_HE_NORMAL
    case .leCunUniform: ACT_LECUN_UNIFORM
    case .leCunNormal: ACT_LECUN_NORMAL
    }
  }
}
extension Network.Progress {
  fileprivate init(_ p: act_progress) {
    (epoch, loss) = (p.epoch, p.loss)
    validationLoss = p.validation_loss.isNaN ? nil : p.validation_loss
    (learningRate, gradientNorm, hasDiverged) = (p.learning_rate, p.gradient_norm, p.diverged != 0)
    dead = Array(UnsafeBufferPointer(start: p.dead, count: p.hidden))
    saturated = Array(UnsafeBufferPointer(start: p.saturated, count: p.hidden))
  }
}
extension Network.Training {
  fileprivate var c: act_fit_options {
    get throws {
      var o = act_fit_options()
      try NetworkError.check(act_fit_options_init(&o, MemoryLayout<act_fit_options>.size), "options")
      guard epochs >= 0, batchSize > 0, warmupEpochs >= 0, patience ?? 1 > 0 else {
        throw NetworkError(
          "\(epochs) epochs, batches of \(batchSize), \(warmupEpochs) to warm up: none may be negative, or a batch 0")
      }
      (o.epochs, o.batch_size, o.shuffle, o.learning_rate) = (epochs, batchSize, shuffles ? 1 : 0, learningRate)
      switch optimizer {
      case .sgd(let momentum, let nesterov):
        (o.optimizer, o.momentum, o.nesterov) = (ACT_SGD, momentum, nesterov ? 1 : 0)
      case .adam(let beta1, let beta2, let epsilon):
        (o.optimizer, o.beta1, o.beta2, o.epsilon) = (ACT_ADAM, beta1, beta2, epsilon)
      case .adamW(let beta1, let beta2, let epsilon):
        (o.optimizer, o.beta1, o.beta2, o.epsilon) = (ACT_ADAMW, beta1, beta2, epsilon)
      case .rmsProp(let alpha, let momentum, let epsilon):
        (o.optimizer, o.alpha, o.momentum, o.epsilon) = (ACT_RMSPROP, alpha, momentum, epsilon)
      }
      if let weightDecay { o.weight_decay = weightDecay }
      (o.dropout, o.clip_norm, o.clip_value) = (dropout, normLimit ?? 0, valueLimit ?? 0)
      switch schedule {
      case .constant: o.schedule = ACT_CONSTANT
      case .step(let epochs, let factor): (o.schedule, o.schedule_epochs, o.schedule_factor) = (ACT_STEP, epochs, factor)
      case .exponential(let factor): (o.schedule, o.schedule_factor) = (ACT_EXPONENTIAL, factor)
      case .cosine(let end): (o.schedule, o.schedule_factor) = (ACT_COSINE, end)
      case .linear(let end): (o.schedule, o.schedule_factor) = (ACT_LINEAR, end)
      }
      (o.warmup_epochs, o.validation, o.patience, o.min_delta) = (warmupEpochs, validation, patience ?? 0, minimalGain)
      return o
    }
  }
}
