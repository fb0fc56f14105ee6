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
      valueErrors: Errors(exact64: 0.76, fast64: 3.4, fast32: 3.6),
      derivativeErrors: Errors(exact64: 0.76, fast64: 3.0, fast32: 3.5))
  }
  static var suitsPairs: (value: Bool, derivative: Bool) { (false, true) }

  /// Near 0 it is x³/3 − 2x⁵/15 + …: where the first term is a tie, the second decides it; and likewise for large x the
  /// last one of x − 1 + 2e^(−2x) − …
  @inline(__always)
  static func value<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    let a = abs(x), y = R.beside(lessTanh(a), against: a, from: 0, to: 0x1p-24)
    return copysign(R.beside(y, against: -a, from: 0x1p5, to: .infinity), x)
  }
  static var valueLimits: (left: Double, right: Double)? { (-.infinity, .infinity) }

  /// Near 0 it is x² − 2x⁴/3 + …
  @inline(__always)
  static func derivative<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    let a = abs(x)
    return R.beside(R.squareOfTanh(a), against: a, from: 0, to: 0x1p-24)
  }
}
