/// The linearly scaled hyperbolic tangent.
enum Lisht: ActivationFunction {
  static var about: About {
    About(
      name: "lisht",
      formula: "x·tanh x", derivative: "tanh x + x/cosh² x",
      formulaLaTeX: "x \\tanh x", derivativeLaTeX: "\\tanh x + \\frac{x}{\\cosh^2 x}",
      source:
        "S. K. Roy, S. Manna, S. R. Dubey, B. B. Chaudhuri: LiSHT: Non-Parametric Linearly Scaled Hyperbolic Tangent Activation Function for Neural Networks, 2019",
      range: (0, .infinity), isMonotonic: false, smoothness: "C∞", isZeroCentred: false,
      saturates: (left: false, right: false),
      valueErrors: Errors(exact64: 0.76, fast64: 3.7, fast32: 1.9),
      derivativeErrors: Errors(exact64: 0.76, fast64: 1.4, fast32: 1.2))
  }

  /// Near 0 it is x² − x⁴/3 + …: where x² is a tie, the next term decides it.
  @inline(__always)
  static func value<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    let a = abs(x)
    return R.beside(tanh(a, times: a), against: a, from: 0, to: 0x1p-24)
  }
  static var valueLimits: (left: Double, right: Double)? { (.infinity, .infinity) }

  /// Near 0 it is 2x − 4x³/3 + …
  @inline(__always)
  static func derivative<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    let a = abs(x)
    return copysign(R.beside(R.lishtSlope(a), against: a, from: 0, to: 0x1p-24), x)
  }
  static var derivativeLimits: (left: Double, right: Double)? { (-1, 1) }
}
