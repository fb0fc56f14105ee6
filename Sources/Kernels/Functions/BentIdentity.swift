/// A line that bends from slope ½ to slope 3/2.
enum BentIdentity: ActivationFunction {
  static var about: About {
    About(
      name: "bent_identity", aliases: [Alias("BentIdentity")],
      formula: "(√(x² + 1) − 1)/2 + x", derivative: "x/(2√(x² + 1)) + 1",
      formulaLaTeX: "\\frac{\\sqrt{x^2 + 1} - 1}{2} + x", derivativeLaTeX: "\\frac{x}{2\\sqrt{x^2 + 1}} + 1",
      source: "Wikipedia: Activation function, 2015",
      range: (-.infinity, .infinity), isMonotonic: true, smoothness: "C∞", isZeroCentred: true,
      saturates: (left: false, right: false),
      valueErrors: Errors(exact64: 0.51, fast64: 1.6, fast32: 1.6),
      derivativeErrors: Errors(exact64: 0.51, fast64: 1.6, fast32: 1.5))
  }
  static var suitsPairs: (value: Bool, derivative: Bool) { (true, true) }

  /// For large x it is 3x/2 − ½: where 3x/2 is a tie, the ½ decides it.
  @inline(__always)
  static func value<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    return R.beside(copysign(orderedSum(x, R.bend(x)), x), against: x, from: 0x1p40, to: .infinity)
  }

  /// Near 0 it is 1 + x/2 − x³/4 + …: where the first two terms are a tie, the third decides it. For large x it is
  /// 3/2 − 1/(4x²) + … on the right and ½ + 1/(4x²) − … on the left.
  @inline(__always)
  static func derivative<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    let slope = R.beside(1 + 0.5 * (x / rootOfSquare(x, plus: 1)), against: x, from: 0, to: 0x1p-10)
    return R.beside(slope, against: x, from: 0x1p40, to: .infinity)
  }
  static var valueLimits: (left: Double, right: Double)? { (-.infinity, .infinity) }
  static var derivativeLimits: (left: Double, right: Double)? { (0.5, 1.5) }
}
