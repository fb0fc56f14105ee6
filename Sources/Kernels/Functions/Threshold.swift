/// x above a threshold, a constant elsewhere.
enum Threshold: ActivationFunction {
  static var about: About {
    About(
      name: "threshold",
      formula: "x if x > threshold else value", derivative: "1 if x > threshold else 0",
      formulaLaTeX: "\\begin{cases} x & x > \\theta \\\\ v & x \\le \\theta \\end{cases}",
      derivativeLaTeX: "\\begin{cases} 1 & x > \\theta \\\\ 0 & x \\le \\theta \\end{cases}",
      source: "K. Fukushima: Visual Feature Extraction by a Multilayered Network of Analog Threshold Elements, 1969",
      range: (-.infinity, .infinity), isMonotonic: false, smoothness: "C⁻¹", isZeroCentred: false,
      saturates: (left: true, right: false),
      valueErrors: Errors(exact64: 0, fast64: 0, fast32: 0.5),
      derivativeErrors: Errors(exact64: 0, fast64: 0, fast32: 0))
  }
  static var parameters: (Parameter?, Parameter?) { (Parameter("threshold"), Parameter("value")) }
  static var isArithmetic: Bool { true }
  static var comparesParameters: Bool { true }

  @inline(__always)
  static func value<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    select(x <= p.first, p.second, x)
  }

  @inline(__always)
  static func derivative<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    unlessNaN(x, select(x <= p.first, 0, 1))
  }
}
