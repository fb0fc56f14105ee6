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
      valueErrors: Errors(exact64: 0.9, fast64: 0.9, fast32: 1.9),
      derivativeErrors: Errors(exact64: 0.9, fast64: 0.9, fast32: 1.6))
  }
  static var parameters: (Parameter?, Parameter?) { (Parameter("alpha", 1), nil) }
  /// Left of 0 the sum cancels some bits. Floats know all but large angles and, of the derivative, what is next to zeros.
  static var needsMore: (value: Bool, derivative: Bool) { (true, true) }
  static var shorterDoMost: (float32: Bool, float64: Bool) { (true, false) }
  static var reach: (float: Double, double: Double) { (0x1p30, doubleReach) }

  @inline(__always)
  static func value<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    addSquareOfSine(x, times: p.first)
  }
  static var valueLimits: (left: Double, right: Double)? { (-.infinity, .infinity) }

  /// 2·sin²(αx + π/4): the sum would cancel next to its zeros. Without a wave it is 1, for infinite x, too.
  @inline(__always)
  static func derivative<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    let slope = select(abs(x * p.first) <= 0, 1, 2 * squareOfSinePastEighth(x, times: p.first))
    return select(abs(p.first) <= 0, select(0 <= abs(x), 1, x), slope)
  }
}
