/// Small numbers become 0, and all others come nearer to it.
enum Softshrink: ActivationFunction {
  static var about: About {
    About(
      name: "softshrink",
      formula: "x − lambd if x > lambd, x + lambd if x < −lambd, else 0", derivative: "1 if |x| > lambd else 0",
      formulaLaTeX:
        "\\begin{cases} x - \\lambda & x > \\lambda \\\\ x + \\lambda & x < -\\lambda \\\\ 0 & |x| \\le \\lambda \\end{cases}",
      derivativeLaTeX: "\\begin{cases} 1 & |x| > \\lambda \\\\ 0 & |x| \\le \\lambda \\end{cases}",
      source: "D. L. Donoho: De-Noising by Soft-Thresholding, 1995",
      range: (-.infinity, .infinity), isMonotonic: true, smoothness: "C⁰", isZeroCentred: true,
      saturates: (left: false, right: false),
      valueErrors: Errors(exact64: 0.5, fast64: 0.5, fast32: 0.5),
      derivativeErrors: Errors(exact64: 0, fast64: 0, fast32: 0))
  }
  static var parameters: (Parameter?, Parameter?) { (Parameter("lambd", 0.5, .notNegative), nil) }
  static var isArithmetic: Bool { true }
  static var comparesParameters: Bool { true }

  @inline(__always)
  static func value<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    select(abs(x) <= p.first, 0, x - copysign(p.first, x))
  }

  @inline(__always)
  static func derivative<R: Number>(_ x: R, _ p: Parameters<R>) -> R { Hardshrink.derivative(x, p) }
}
