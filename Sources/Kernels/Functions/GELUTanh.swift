/// The usual approximation of GELU: x·(1 + tanh u)/2 is x·σ(2u). c is the double nearest to 0.044715.
enum GELUTanh: ActivationFunction {
  static var about: About {
    About(
      name: "gelu_tanh",
      formula: "x·σ(2u), u = √(2/π)·(x + 0.044715·x³)", derivative: "σ(2u)·(1 + 2x·u′·σ(−2u)), u′ = √(2/π)·(1 + 0.134145·x²)",
      formulaLaTeX: "x\\,\\sigma(2u), \\quad u = \\sqrt{\\tfrac{2}{\\pi}}\\,(x + 0.044715\\,x^3)",
      derivativeLaTeX:
        "\\sigma(2u)\\,(1 + 2 x u'\\,\\sigma(-2u)), \\quad u' = \\sqrt{\\tfrac{2}{\\pi}}\\,(1 + 0.134145\\,x^2)",
      source: "D. Hendrycks, K. Gimpel: Gaussian Error Linear Units (GELUs), 2016",
      range: (-0.17004075057125405, .infinity), isMonotonic: false, smoothness: "C∞", isZeroCentred: true,
      saturates: (left: true, right: false),
      valueErrors: Errors(exact64: 0.76, fast64: 2.3, fast32: 2.6),
      derivativeErrors: Errors(exact64: 0.76, fast64: 3.92, fast32: 3.9))
  }
  static var suitsPairs: (value: Bool, derivative: Bool) { (true, false) }

  @inline(__always)
  static func value<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    let w = R.cubic(x, a, b)
    return Gate(w.value, rest: w.rest).value(x)
  }

  /// x·w′ is x·(a + 3b·x²). Near x₀, w − w₀ is (x − x₀)·(a + b·g) with g = x² + x·x₀ + x₀², and so on.
  @inline(__always)
  static func derivative<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    let w = R.cubic(x, a, b), t = R.cubic(x, a, threeB)
    return Gate(w.value, rest: w.rest).derivative(
      t.value, rest: t.rest, GateZero(exponential: (0x1.2af64e9c485eep-2, -0x1.51801b9b851b9p-57))
    ) {
      let zero = Triple(-0x1.81429f9e97e4dp-1, 0x1.3ce60c9e3b279p-55, -0x1.8c8cffd1d8b8bp-110)
      let d = R.offset(x, rest: nil, from: zero), z = R(zero.high, zero.middle), g = square(x) + z * (x + z)
      let c = R(a.high, a.low)
      return (d.value * (c + R(b.high, b.low) * g), d.times(c + R(threeB.high, threeB.low) * g))
    }
  }

  /// w = 2u = a·x + b·x³: √(8/π), c times that, and thrice that.
  private static var a: (high: Double, low: Double) { (0x1.9884533d43651p0, -0x1.cbc0d30ebfd15p-54) }
  private static var b: (high: Double, low: Double) { (0x1.2444f2a4d8b4bp-4, -0x1.3023b0e5fbc6ep-58) }
  private static var threeB: (high: Double, low: Double) { (0x1.b6676bf7450fp-3, 0x1.be53b53832ad3p-60) }
}
