/// The continuously differentiable exponential linear unit: slope 1 at 0 whatever α is.
enum CELU: ActivationFunction {
  static var about: About {
    About(
      name: "celu",
      formula: "x if x > 0 else alpha·(e^(x/alpha) − 1)", derivative: "1 if x > 0 else e^(x/alpha)",
      formulaLaTeX: "\\begin{cases} x & x > 0 \\\\ \\alpha (e^{x/\\alpha} - 1) & x \\le 0 \\end{cases}",
      derivativeLaTeX: "\\begin{cases} 1 & x > 0 \\\\ e^{x/\\alpha} & x \\le 0 \\end{cases}",
      source: "J. T. Barron: Continuously Differentiable Exponential Linear Units, 2017",
      range: (-1, .infinity), isMonotonic: true, smoothness: "C¹", isZeroCentred: true, saturates: (left: true, right: false),
      valueErrors: Errors(exact64: 0.76, fast64: 2.6, fast32: 3.7),
      derivativeErrors: Errors(exact64: 0.76, fast64: 1.3, fast32: 1.2))
  }
  static var suitsPairs: (value: Bool, derivative: Bool) { (true, true) }
  static var parameters: (Parameter?, Parameter?) { (Parameter("alpha", 1, .positive), nil) }

  /// Where x/α is tiny, or not even a number any more, it is x.
  @inline(__always)
  static func value<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    let q = R.exactQuotient(-x, p.first)
    return select(q.value > 0x1p-110, p.first * R.expMinus1(q.value, rest: q.rest), x)
  }

  @inline(__always)
  static func derivative<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    let q = R.exactQuotient(abs(x), p.first)
    return select(x > 0, 1, R.expMinus(q.value, rest: q.rest))
  }
}
