/// What the hyperbolic tangent leaves of x.
enum Tanhshrink: ActivationFunction {
  static var about: About {
    About(
      name: "tanhshrink",
      formula: "x − tanh x", derivative: "tanh² x",
      formulaLaTeX: "x - \\tanh x", derivativeLaTeX: "\\tanh^2 x",
      source: "R. Collobert, K. Kavukcuoglu, C. Farabet: Torch7: A Matlab-like Environment for Machine Learning, 2011",
      range: (-.infinity, .infinity), isMonotonic: true, smoothness: "C∞", isZeroCentred: true,
      saturates: (left: false, right: false),
      valueErrors: Errors(exact64: 0.76, fast64: 3.9, fast32: 3.9),
      derivativeErrors: Errors(exact64: 0.76, fast64: 3.9, fast32: 3.9))
  }

  /// From 1 on x − 1 + 2e/(1 + e), e = e^(−2x): nothing cancels. Where x³/3 or, for large x, x − 1 is a tie, the next term
  /// decides it.
  @inline(__always)
  static func value<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    let a = abs(x), e = expMinus(2 * a)
    let y = R.beside(select(a < 1, lessTanh(a), (a - 1) + 2 * e / onePlus(e)), against: a, from: 0, to: 0x1p-24)
    return copysign(R.beside(y, against: -a, from: 0x1p5, to: .infinity), x)
  }
  static var valueLimits: (left: Double, right: Double)? { (-.infinity, .infinity) }

  /// Near 0 it is x² − 2x⁴/3 + …
  @inline(__always)
  static func derivative<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    let a = abs(x)
    return R.beside(square(closeTanh(a)), against: a, from: 0, to: 0x1p-24)
  }
}
