/// A sigmoid without an exponential, between −1 and 1.
enum Softsign: ActivationFunction {
  static var about: About {
    About(
      name: "softsign",
      formula: "x/(1 + |x|)", derivative: "1/(1 + |x|)²",
      formulaLaTeX: "\\frac{x}{1 + |x|}", derivativeLaTeX: "\\frac{1}{(1 + |x|)^2}",
      source: "J. Bergstra, G. Desjardins, P. Lamblin, Y. Bengio: Quadratic Polynomials Learn Better Image Features, 2009",
      range: (-1, 1), isMonotonic: true, smoothness: "C¹", isZeroCentred: true, saturates: (left: true, right: true),
      valueErrors: Errors(exact64: 0.51, fast64: 1.5, fast32: 1.5),
      derivativeErrors: Errors(exact64: 0.76, fast64: 3.51, fast32: 3.51))
  }
  static var suitsPairs: (value: Bool, derivative: Bool) { (true, true) }

  @inline(__always)
  static func value<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    R.signedQuotient(x, 1 + abs(x))
  }
  static var valueLimits: (left: Double, right: Double)? { (-1, 1) }

  /// The square of the quotient: that of the divisor would overflow. Near 0 this is 1 − 2|x| + …, and for large x
  /// (1 − 2/|x| + …)/x²: where the first term makes a tie, the second decides it.
  @inline(__always)
  static func derivative<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    let a = abs(x), slope = R.beside(square(1 / (1 + a)), against: a, from: 0, to: 0x1p-40)
    return R.beside(slope, against: a, from: 0x1p40, to: .infinity)
  }
}
