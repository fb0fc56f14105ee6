import Activations
import CActivations
import Foundation
import Testing

/// Numbers from −1 to 1, the same in every run.
private func numbers<T: NetworkElement>(_ count: Int, _ type: T.Type = T.self, seed: UInt64 = 1) -> [T] {
  var state = seed
  return (0..<count).map { _ in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return T(Int64(bitPattern: state) >> 40) / 8_388_608
  }
}

@Suite struct DenseTests {
  /// Each sum is one chain of fused multiply-adds, from 0 and in order; then the bias is added.
  @Test func chains() {
    func check<T: NetworkElement>(_ type: T.Type) {
      let (batch, inputs, outputs) = (5, 19, 37)
      let x: [T] = numbers(batch * inputs), w: [T] = numbers(inputs * outputs, seed: 2), b: [T] = numbers(outputs, seed: 3)
      let layer = Dense<T>(inputs: inputs, outputs: outputs, weights: w, biases: b, activation: .tanh)
      var z: [T] = []
      for r in 0..<batch {
        for j in 0..<outputs {
          var sum: T = 0
          for k in 0..<inputs { sum.addProduct(x[r * inputs + k], w[k * outputs + j]) }
          z.append(sum + b[j])
        }
      }
      let (sums, values) = layer.forward(x)
      #expect(sums == z && values == Activation.tanh(z) && layer(x) == values)
      for r in 0..<batch {
        #expect(layer(Array(x[r * inputs..<(r + 1) * inputs])) == Array(values[r * outputs..<(r + 1) * outputs]))
      }

      let dy: [T] = numbers(batch * outputs, seed: 4), dz = Activation.tanh.backward(z, gradient: dy)
      let gradients = layer.gradients(x, sums: sums, gradient: dy)
      for k in 0..<inputs {
        var dx: T = 0, dw: T = 0
        for j in 0..<outputs { dx.addProduct(dz[j], w[k * outputs + j]) }
        for r in 0..<batch { dw.addProduct(x[r * inputs + k], dz[r * outputs]) }
        #expect(gradients.inputs[k] == dx && gradients.weights[k * outputs] == dw)
      }
      #expect(gradients.biases[0] == (0..<batch).reduce(0) { $0 + dz[$1 * outputs] })
    }
    check(Float.self)
    check(Double.self)
  }
  @Test func wrongShape() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Dense<Float>(inputs: 2, outputs: 3, weights: [1, 2, 3])
    }
    let said = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(said.contains("3 weights instead of 2·3"))
  }
}

@Suite struct NetworkTests {
  private let x: [Float] = [0, 0, 0, 1, 1, 0, 1, 1], labels = [0, 1, 1, 0]

  @Test func learnsExclusiveOr() throws {
    let network = try Network<Float>([2, 8, 2], activation: .tanh, seed: 1)
    var losses: [Double] = []
    try network.fit(x, labels: labels, .init(epochs: 200, learningRate: 0.05)) {
      losses.append($0.loss)
      return $0.epoch < 150
    }
    #expect(losses.count == 150 && losses[149] < losses[0] / 10)
    #expect(network.predict(x) == labels)
    #expect(try network.loss(x, labels: labels) < 0.1)
  }

  /// The weights are those that C gets.
  @Test func interface() throws {
    let gelu = try Activation(named: "gelu").fast, network = try Network<Float>([2, 8, 2], activation: gelu, seed: 7)
    try network.fit(x, labels: labels, .init(epochs: 5, batchSize: 2, optimizer: .sgd(momentum: 0.9), learningRate: 0.1))

    var f = act_function(), c: OpaquePointer? = nil, options = act_network_options(), fit = act_fit_options()
    #expect(act_function_named("gelu", &f) == ACT_OK && act_function_set_accuracy(&f, ACT_FAST) == ACT_OK)
    #expect(act_network_options_init(&options, MemoryLayout<act_network_options>.size) == ACT_OK)
    #expect(act_fit_options_init(&fit, MemoryLayout<act_fit_options>.size) == ACT_OK)
    options.seed = 7
    (fit.epochs, fit.batch_size, fit.optimizer, fit.momentum, fit.learning_rate) = (5, 2, ACT_SGD, 0.9, 0.1)
    #expect(act_network_create(3, [2, 8, 2], &f, &options, &c) == ACT_OK)
    #expect(act_network_fit_f32(c, 4, x, labels.map(Int64.init), &fit) == ACT_OK)
    let weights = act_network_weights(c, 1).assumingMemoryBound(to: Float.self)
    #expect(Array(UnsafeBufferPointer(start: weights, count: 16)) == network[1].weights)
    act_network_free(c)
  }

  @Test func layers() throws {
    let network = try Network<Double>([3, 4, 2], activations: [.leakyReLU(negativeSlope: 0.3)], loss: .huber(delta: 0.5), seed: 3)
    #expect(network.layerCount == 2 && network.inputs == 3 && network.outputs == 2)
    #expect(network[0].activation == .leakyReLU(negativeSlope: 0.3) && network[1].activation == .identity)
    let x: [Double] = numbers(12), y: [Double] = numbers(8, seed: 5)
    #expect(network.forward(x) == network[1](network[0](x)))
    let (loss, gradients) = try network.gradients(x, targets: y)
    var layer = network[0]
    layer.weights[5] += 1e-6
    network[0] = layer
    #expect(abs((try network.loss(x, targets: y) - loss) / 1e-6 - gradients[0].weights[5]) < 1e-5)
    #expect(gradients.count == 2 && gradients[1].biases.count == 2)
  }

  @Test func saving() throws {
    let path = "/tmp/activations_network_\(UInt64.random(in: 0...UInt64.max))"
    let network = try Network<Float>([2, 8, 2], activation: .sigmoid, seed: 1)
    try network.fit(x, labels: labels)
    try network.save(to: path, withTraining: true)
    let loaded = try Network<Float>(contentsOf: path)
    try network.fit(x, labels: labels)
    try loaded.fit(x, labels: labels)
    #expect(network[0].weights == loaded[0].weights && network[1].biases == loaded[1].biases)
    let wrongType = #expect(throws: NetworkError.self) { try Network<Double>(contentsOf: path) }
    #expect(wrongType?.description == "\(path): its weights are no Doubles")
    #expect(throws: NetworkError.self) { try Network<Float>(contentsOf: path + "/none") }
    #expect(throws: NetworkError.self) { try network.save(to: "/nonexistent/folder/network") }
    try FileManager.default.removeItem(atPath: path)
  }

  @Test func badInput() throws {
    #expect(throws: NetworkError.self) { try Network<Float>([2], activation: .tanh) }
    #expect(throws: NetworkError.self) { try Network<Float>([2, 0, 1], activation: .tanh) }
    #expect(throws: NetworkError.self) { try Network<Float>([2, -3, 1], activation: .tanh) }
    #expect(throws: NetworkError.self) { try Network<Float>([2, 3, 1], activations: []) }
    let network = try Network<Float>([2, 3, 2], activation: .tanh)
    let tooFew = #expect(throws: NetworkError.self) { try network.fit(x, labels: [0, 1, 1]) }
    #expect(tooFew?.description == "3 labels for 4 samples")
    #expect(throws: NetworkError.self) { try network.fit(x, labels: [0, 1, 2, 0]) }
    #expect(throws: NetworkError.self) { try network.fit(x, targets: x) }
    #expect(throws: NetworkError.self) { try network.fit([1, .nan], labels: [0]) }
    #expect(throws: NetworkError.self) { try network.fit(x, labels: labels, .init(epochs: -1)) }
    #expect(throws: NetworkError.self) { try network.fit(x, labels: labels, .init(learningRate: -1)) }
    #expect(throws: NetworkError.self) { try network.loss([1, 2, 3], labels: [0]) }
  }
}
