/// A rectifier whose bend is a hyperbola. With b = 0 it is `ReLU`, and its derivative at 0 is 0.
enum Squareplus: ActivationFunction {
  static var about: About {
    About(
      name: "squareplus",
      formula: "(x + √(x² + b))/2", derivative: "(1 + x/√(x² + b))/2",
      formulaLaTeX: "\\frac{x + \\sqrt{x^2 + b}}{2}",
      derivativeLaTeX: "\\frac{1}{2}\\left(1 + \\frac{x}{\\sqrt{x^2 + b}}\\right)",
      source: "J. T. Barron: Squareplus: A Softplus-Like Algebraic Rectifier, 2021",
      range: (0, .infinity), isMonotonic: true, smoothness: "C∞", isZeroCentred: false, saturates: (left: true, right: false),
      valueErrors: Errors(exact64: 0.76, fast64: 3.3, fast32: 3.5),
      derivativeErrors: Errors(exact64: 0.76, fast64: 3.3, fast32: 3.32))
  }
  static var suitsPairs: (value: Bool, derivative: Bool) { (true, true) }
  static var parameters: (Parameter?, Parameter?) { (Parameter("b", 4, .notNegative), nil) }

  /// Half the sum of |x| and the root, as it does not overflow; on the left, where it would cancel, b/(4f(|x|)). Near 0
  /// this is √b/2 + x/2 + …, and for x → −∞ (1 − b/(4x²) + …)·b/(4|x|): where the first term makes a tie, the second decides it.
  @inline(__always)
  static func value<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    let a = abs(x), root = rootOfSquare(x, plus: p.first), right = a + 0.5 * (root - a), left = 0.25 * (p.first / right)
    let y = R.beside(select(x < 0, left, right), against: -x / root, from: 0, to: 0x1p-60)
    return select(p.first <= 0, ReLU.value(x, p), R.beside(y, against: y / right, from: 0, to: 0x1p-60))
  }
  static var valueLimits: (left: Double, right: Double)? { (0, .infinity) }

  /// With r = √(x² + b) that is ½·b/(r² + |x|r) on the left and 1 less that on the right: there the sum cancels. For x → −∞ it
  /// is (1 − 3b/(4x²) + …)·b/(4x²). At ±∞ it is the limit, which c would not reach for the largest b.
  @inline(__always)
  static func derivative<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    let a = abs(x), c = R.squarable(a), root = rootOfSquare(c, plus: p.first)
    let q = 0.5 * p.first / (square(c) + p.first + c * root)
    let left = R.unless(lost: select(c < a, 0, 1), q) { q * square(c / a) }
    let y = R.beside(select(x < 0, left, orderedSum(1, -left)), against: -x / root, from: 0, to: 0x1p-60)
    let corner = select(x > 0, 1, select(x <= 0, 0, x))  // with NaN
    let result = select(p.first <= 0, corner, R.beside(y, against: y, from: 0, to: 0x1p-60))
    return select(R(Double.infinity) <= a, select(x < 0, 0, 1), result)
  }
}
