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
      valueErrors: Errors(exact64: 0.76, fast64: 3.9, fast32: 3.9),
      derivativeErrors: Errors(exact64: 0.76, fast64: 3.9, fast32: 3.9))
  }
  static var suitsPairs: (value: Bool, derivative: Bool) { (false, true) }

  /// Near 0 it is x² − x⁴/3 + …: where x² is a tie, the next term decides it.
  @inline(__always)
  static func value<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    let a = abs(x)
    return R.beside(tanh(a, times: a), against: a, from: 0, to: 0x1p-24)
  }
  static var valueLimits: (left: Double, right: Double)? { (.infinity, .infinity) }

  /// With t = tanh |x| and u = 1 − t, 1/cosh² x is 1 − t² or u(2 − u). Near 0 it is 2x − 4x³/3 + …
  @inline(__always)
  static func derivative<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    let a = abs(x), t = closeTanh(a), e = expMinus(2 * a), u = 2 * e / onePlus(e)
    let slope = select(a < 1, 1 - square(t), u * (2 - u))
    return copysign(R.beside(t + a * slope, against: a, from: 0, to: 0x1p-24), x)
  }
  static var derivativeLimits: (left: Double, right: Double)? { (-1, 1) }
}
