import Activations
import CActivations
import Testing

/// Every function of the catalogue, with 1 for a parameter that has no default.
private let every: [Activation] = try! Activation.all.map { f in
  let missing = f.parameters.filter { $0.value == nil }.map { ($0.name, 1.0) }
  return try Activation(named: f.name, parameters: Dictionary(uniqueKeysWithValues: missing))
}

private typealias C<T> = (UnsafePointer<act_function>?, Int, UnsafePointer<T>?, UnsafeMutablePointer<T>?) -> act_status
private typealias CWithGradient<T> =
  (UnsafePointer<act_function>?, Int, UnsafePointer<T>?, UnsafePointer<T>?, UnsafeMutablePointer<T>?) -> act_status

@Suite struct ArrayTests {
  /// Arrays of any length give what their elements give alone.
  @Test(arguments: every) func lengths(f: Activation) {
    func check<T: ActivationElement>(_ some: [T]) {
      for f in [f, f.fast] {
        let y = some.map { f($0) }, slopes = some.map { f.derivative(at: $0) }
        let gradient = Array(some.reversed()), dx = zip(some, gradient).map { f.backward($0, gradient: $1) }
        for n in Array(0...17) + [127, 128, 129, some.count] {
          let x = Array(some.prefix(n))
          #expect(same(f(x), Array(y.prefix(n))), "\(f), \(n) elements")
          #expect(same(f.derivative(at: x), Array(slopes.prefix(n))), "\(f), \(n) elements")
          #expect(same(f.backward(x, gradient: Array(gradient.prefix(n))), Array(dx.prefix(n))), "\(f), \(n) elements")
        }
      }
    }
    check(samples(of: Double.self))
    check(samples(of: Float.self))
    #if !((os(macOS) || targetEnvironment(macCatalyst)) && arch(x86_64))
    check(samples(of: Float16.self))
    #endif
  }

  /// The bits are those of the C interface.
  @Test(arguments: every) func interface(f: Activation) {
    for f in [f, f.fast] {
      var c = act_function()
      #expect(act_function_named(f.name, &c) == ACT_OK)
      for p in f.parameters { #expect(act_function_set(&c, p.name, p.value!) == ACT_OK) }
      #expect(act_function_set_accuracy(&c, f.accuracy == .fast ? ACT_FAST : ACT_EXACT) == ACT_OK)

      let doubles = samples(of: Double.self), floats = samples(of: Float.self)
      expect(f, doubles, act_forward_f64, act_derivative_f64, act_backward_f64)
      expect(f, floats, act_forward_f32, act_derivative_f32, act_backward_f32)

      func expect<T: ActivationElement>(
        _ f: Activation, _ x: [T], _ forward: C<T>, _ derivative: C<T>, _ backward: CWithGradient<T>
      ) {
        var y = x
        #expect(forward(&c, x.count, x, &y) == ACT_OK)
        #expect(same(f(x), y), "\(f)")
        #expect(derivative(&c, x.count, x, &y) == ACT_OK)
        #expect(same(f.derivative(at: x), y), "\(f)")
        let dy = Array(x.reversed())
        #expect(backward(&c, x.count, x, dy, &y) == ACT_OK)
        #expect(same(f.backward(x, gradient: dy), y), "\(f)")
      }
    }
  }

  /// Into another buffer, and into their own.
  @Test func buffers() {
    let f = Activation.sigmoid, x = samples(of: Float.self), dy = Array(x.reversed())
    var y = x, slopes = x, dx = x, dx2 = dy
    x.withUnsafeBufferPointer { x in
      dy.withUnsafeBufferPointer { dy in
        var other = [Float](repeating: 0, count: x.count)
        other.withUnsafeMutableBufferPointer { f(x, into: $0) }
        #expect(same(other, f(Array(x))))
        other.withUnsafeMutableBufferPointer { f.derivative(at: x, into: $0) }
        #expect(same(other, f.derivative(at: Array(x))))
        other.withUnsafeMutableBufferPointer { f.backward(x, gradient: dy, into: $0) }
        #expect(same(other, f.backward(Array(x), gradient: Array(dy))))
        dx.withUnsafeMutableBufferPointer { f.backward(UnsafeBufferPointer($0), gradient: dy, into: $0) }
        dx2.withUnsafeMutableBufferPointer { f.backward(x, gradient: UnsafeBufferPointer($0), into: $0) }
      }
    }
    y.withUnsafeMutableBufferPointer { f(UnsafeBufferPointer($0), into: $0) }
    slopes.withUnsafeMutableBufferPointer { f.derivative(at: UnsafeBufferPointer($0), into: $0) }
    #expect(same(y, f(x)) && same(slopes, f.derivative(at: x)))
    #expect(same(dx, f.backward(x, gradient: dy)) && same(dx2, dx))
    f(UnsafeBufferPointer<Double>(start: nil, count: 0), into: UnsafeMutableBufferPointer(start: nil, count: 0))
  }

  /// With any number of threads, from many tasks at once.
  @Test func threads() async {
    let before = Activation.threadCount
    defer { Activation.threadCount = before }
    #expect(before >= 1)
    let x = (0..<200_000).map { Float($0) * 1e-4 - 10 }
    Activation.threadCount = 1
    let alone = Activation.tanh(x)
    Activation.threadCount = 3
    #expect(Activation.threadCount == 3)
    await withTaskGroup(of: [Float].self) { group in
      for _ in 0..<8 { group.addTask { Activation.tanh(x) } }
      for await y in group { #expect(same(y, alone)) }
    }
  }
}

/// What a call must not be given ends the program and says why.
@Suite struct PreconditionTests {
  @Test func gradientOfAnotherLength() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Activation.tanh.backward([1.0, 2, 3], gradient: [1])
    }
    expect(result, "tanh: x has 3 elements, the gradient has 1")
  }
  @Test func resultOfAnotherLength() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var x: [Float] = [1, 2, 3]
      x.withUnsafeMutableBufferPointer { Activation.relu.fast(UnsafeBufferPointer($0), into: .init(rebasing: $0[..<2])) }
    }
    expect(result, "relu.fast: x has 3 elements, the result has room for 2")
  }
  @Test func overlap() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var x: [Float] = [1, 2, 3]
      x.withUnsafeMutableBufferPointer { x in
        Activation.relu.derivative(at: .init(rebasing: UnsafeBufferPointer(x)[1...]), into: .init(rebasing: x[..<2]))
      }
    }
    expect(result, "relu: input and output overlap without being the same array")
  }
  @Test func slope() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Activation.leakyReLU(negativeSlope: .nan)
    }
    expect(result, "negative_slope of leaky_relu must be finite, not nan")
  }
  @Test func threadCount() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) { Activation.threadCount = 0 }
    expect(result, "Activation.threadCount must be from 1 to 256, not 0")
  }

  private func expect(_ result: ExitTest.Result?, _ message: String) {
    let said = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(said.contains(message))
  }
}

/// Numbers of all sizes, zeros, infinities and NaN.
private func samples<T: ActivationElement>(of type: T.Type) -> [T] {
  let edges: [T] = [0, -0.0, 1, -1, .infinity, -.infinity, .nan, .leastNonzeroMagnitude, .greatestFiniteMagnitude]
  let sizes = stride(from: T.leastNormalMagnitude.exponent, through: T.greatestFiniteMagnitude.exponent, by: 1).suffix(300)
  let spread = sizes.enumerated().map { i, exponent in
    T(sign: i % 3 == 0 ? .minus : .plus, exponent: exponent, significand: 1 + T(i % 61) / 61)
  }
  return edges + (-150...150).map { T($0) / 8 } + spread
}

/// Whether the bits are the same; NaN has one pattern.
private func same<T: ActivationElement>(_ a: [T], _ b: [T]) -> Bool {
  a.count == b.count && zip(a, b).allSatisfy { $0 == $1 && $0.sign == $1.sign || $0.isNaN && $1.isNaN && $0.sign == $1.sign }
}
