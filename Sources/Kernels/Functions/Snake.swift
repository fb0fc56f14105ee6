/// The identity with a wave on it.
enum Snake: ActivationFunction {
  static var about: About {
    About(
      name: "snake",
      formula: "x + sin²(alpha·x)/alpha", derivative: "1 + sin(2·alpha·x)",
      formulaLaTeX: "x + \\frac{\\sin^2(\\alpha x)}{\\alpha}", derivativeLaTeX: "1 + \\sin(2 \\alpha x)",
      source: "L. Ziyin, T. Hartwig, M. Ueda: Neural Networks Fail to Learn Periodic Functions and How to Fix It, 2020",
      range: (-.infinity, .infinity), isMonotonic: true, smoothness: "C∞", isZeroCentred: true,
      saturates: (left: false, right: false),
      valueErrors: Errors(exact64: 0.9, fast64: 0.9, fast32: 0.51),
      derivativeErrors: Errors(exact64: 0.9, fast64: 0.9, fast32: 0.51))
  }
  static var parameters: (Parameter?, Parameter?) { (Parameter("alpha", 1), nil) }
  /// Left of 0 the sum cancels some bits; and a float does not hold alpha, of which any error is one of the angle.
  static var needsMore: (value: Bool, derivative: Bool) { (true, true) }

  /// x where alpha·x is 0 or less than any double, and so for alpha = 0, too. sin(αx)/α exceeds x nowhere.
  @inline(__always)
  static func value<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    let s = sin(x, times: p.first)
    return select(abs(x * p.first) <= 0, x, x + s * (s / p.first))
  }
  static var valueLimits: (left: Double, right: Double)? { (-.infinity, .infinity) }

  /// 2·sin²(αx + π/4): the sum would cancel next to its zeros. Without a wave it is 1, for infinite x, too.
  @inline(__always)
  static func derivative<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    let slope = select(abs(x * p.first) <= 0, 1, 2 * square(sinPastEighth(x, times: p.first)))
    return select(abs(p.first) <= 0, select(0 <= abs(x), 1, x), slope)
  }
}
