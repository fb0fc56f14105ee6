/// The hyperbolic tangent.
enum Tanh: ActivationFunction {
  static var about: About {
    About(
      name: "tanh",
      formula: "tanh x", derivative: "1/cosh² x",
      formulaLaTeX: "\\tanh x", derivativeLaTeX: "\\frac{1}{\\cosh^2 x}",
      source: "Y. LeCun, L. Bottou, G. B. Orr, K.-R. Müller: Efficient BackProp, 1998",
      range: (-1, 1), isMonotonic: true, smoothness: "C∞", isZeroCentred: true, saturates: (left: true, right: true),
      valueErrors: Errors(exact64: 0.55, fast64: 2.8, fast32: 3.91),
      derivativeErrors: Errors(exact64: 0.76, fast64: 3.1, fast32: 2.84))
  }
  static var suitsPairs: (value: Bool, derivative: Bool) { (false, true) }

  @inline(__always)
  static func value<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    tanh(x)
  }

  @inline(__always)
  static func derivative<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    R.inverseSquaredCosh(abs(x))
  }
}
