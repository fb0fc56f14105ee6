import Activations
import Testing

@Suite struct ValueTests {
  /// Values and derivatives by MPFR, rounded to double.
  @Test(arguments: [
    (Activation.tanh, -0.375, -0x1.6ef53de8c8fbp-2, 0x1.be3fbb015a592p-1),
    (.tanh, 1, 0x1.85efab514f394p-1, 0x1.ae0dc0f990c45p-2),
    (.tanh, 20, 1, 0x1.39792499b1a24p-56),
    (.sigmoid, -0.375, 0x1.a11c01bf10222p-2, 0x1.ee69e31db6156p-3),
    (.sigmoid, 1, 0x1.764d4f5d5a2bdp-1, 0x1.92a946fa34394p-3),
    (.sigmoid, 20, 0x1.ffffffee4b79bp-1, 0x1.1b48654b9f942p-29),
    (.relu, -0.375, 0, 0),
    (.relu, 20, 20, 1),
    (.leakyReLU, -0.375, -0x1.eb851eb851eb8p-9, 0.01),
    (.leakyReLU, 20, 20, 1),
    (.leakyReLU(negativeSlope: 0.5), -0.375, -0.1875, 0.5),
    (.bentIdentity, -0.375, -0x1.5d2f0aea3d6b9p-2, 0x1.a61cc62d84d61p-1),
    (.bentIdentity, 1, 0x1.3504f333f9de6p0, 0x1.5a827999fcef3p0),
    (.bentIdentity, 20, 0x1.d8332b04aa547p4, 0x1.7fd71ddc24554p0),
    (.identity, -0.375, -0.375, 1),
    (.prelu(weight: 0.25), -0.375, -0.09375, 0.25),
    (.softsign, -0.375, -0x1.1745d1745d174p-2, 0x1.0ecf56be69c90p-1),
    (.softshrink, -0.75, -0.25, 1),
    (.softshrink(lambda: 0.25), -0.375, -0.125, 1),
    (.hardshrink, -0.375, 0, 0),
    (.hardshrink(lambda: 0.25), -0.375, -0.375, 1),
    (.hardtanh, 20, 1, 0),
    (.hardtanh(minimum: 0, maximum: 30), 20, 20, 1),
    (.hardsigmoid, -0.375, 0.4375, 0x1.5555555555555p-3),
    (.hardswish, -0.375, -0.1640625, 0.375),
    (.relu6, 20, 6, 0),
    (.threshold(1, value: -2), 0.5, -2, 0),
    (.squaredReLU, 20, 400, 40),
    (.squareplus, 1.5, 2, 0.8),
    (.squareplus(b: 1), 0, 0.5, 0.5),
    (.sinusoid, -0.375, -0x1.7710255764214p-2, 0x1.dc6b7eb995912p-1),
    (.sinusoid, 1, 0x1.aed548f090ceep-1, 0x1.14a280fb5068cp-1),
    (.sinusoid, 20, 0x1.d36d8f55d3cep-1, 0x1.a1e043964a83fp-2),
  ])
  func known(f: Activation, x: Double, value: Double, slope: Double) {
    func expect(_ got: Double, _ want: Double, ulp: Double) {
      #expect((got - want).magnitude <= ulp * want.ulp, "\(f) at \(x)")
    }
    expect(f(x), value, ulp: 1)
    expect(f.derivative(at: x), slope, ulp: 1)
    expect(f.backward(x, gradient: -8), -8 * slope, ulp: 1)
    expect(f.fast(x), value, ulp: 4)
    expect(f.fast.derivative(at: x), slope, ulp: 4)
    expect(f.fast.backward(x, gradient: -8), -8 * slope, ulp: 4)
    // Correctly rounded.
    #expect(f(Float(x)) == Float(value))
    #expect(f.derivative(at: Float(x)) == Float(slope))
    #expect(f.backward(Float(x), gradient: -8) == Float(-8 * slope))
    #if !((os(macOS) || targetEnvironment(macCatalyst)) && arch(x86_64))
    #expect(f(Float16(x)) == Float16(value))
    #expect(f.derivative(at: Float16(x)) == Float16(slope))
    #expect(f.backward(Float16(x), gradient: -8) == Float16(-8 * slope))
    #endif
  }

  @Test(arguments: Activation.all.filter(\.isComplete)) func notANumber(f: Activation) {
    for f in [f, f.fast] {
      #expect(f(Double.nan).isNaN && f.derivative(at: Float.nan).isNaN)
      #expect(f.backward(Double.nan, gradient: 1).isNaN && f.backward(Float(1), gradient: .nan).isNaN)
    }
  }

  @Test func limits() {
    let infinity = Double.infinity
    #expect(Activation.tanh([-infinity, infinity]) == [-1, 1])
    #expect(Activation.sigmoid([-infinity, infinity]) == [0, 1])
    #expect(Activation.relu([-infinity, infinity]) == [0, infinity])
    #expect(Activation.leakyReLU([-infinity, infinity]) == [-infinity, infinity])
    #expect(Activation.bentIdentity([-infinity, infinity]) == [-infinity, infinity])
    #expect(Activation.bentIdentity.derivative(at: [-infinity, infinity]) == [0.5, 1.5])
    #expect(Activation.tanh.derivative(at: [-infinity, infinity]) == [0, 0])
    #expect(Activation.sinusoid(infinity).isNaN)
  }

  @Test func kinks() {
    #expect(Activation.relu.derivative(at: [-0.0, 0.0]) == [0, 0])
    #expect(Activation.leakyReLU(negativeSlope: 0.3).derivative(at: [-0.0, 0.0]) == [0.3, 0.3])
    #expect(Activation.hardtanh.derivative(at: [-1, 0, 1]) == [0, 1, 0])
    #expect(Activation.hardshrink(lambda: 0.1).derivative(at: [0.1, Double(0.1).nextUp]) == [0, 1])
    #expect(Activation.hardshrink(lambda: 0.1)(Float(0.1)) == 0.1)
    #expect(Activation.hardswish.derivative(at: [-3, 3]) == [0, 1])
  }

  @Test func zeros() {
    for f in [Activation.tanh, .leakyReLU, .bentIdentity, .sinusoid] {
      #expect(f(-0.0).sign == .minus && f(-0.0) == 0 && f(Float(0)).sign == .plus && f(Float(0)) == 0, "\(f)")
    }
  }
}
