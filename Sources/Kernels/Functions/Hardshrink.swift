/// Small numbers become 0.
enum Hardshrink: ActivationFunction {
  static var about: About {
    About(
      name: "hardshrink",
      formula: "x if |x| > lambd else 0", derivative: "1 if |x| > lambd else 0",
      formulaLaTeX: "\\begin{cases} x & |x| > \\lambda \\\\ 0 & |x| \\le \\lambda \\end{cases}",
      derivativeLaTeX: "\\begin{cases} 1 & |x| > \\lambda \\\\ 0 & |x| \\le \\lambda \\end{cases}",
      source: "D. L. Donoho, I. M. Johnstone: Ideal Spatial Adaptation by Wavelet Shrinkage, 1994",
      range: (-.infinity, .infinity), isMonotonic: true, smoothness: "C⁻¹", isZeroCentred: true,
      saturates: (left: false, right: false),
      valueErrors: Errors(exact64: 0, fast64: 0, fast32: 0),
      derivativeErrors: Errors(exact64: 0, fast64: 0, fast32: 0))
  }
  static var parameters: (Parameter?, Parameter?) { (Parameter("lambd", 0.5, .notNegative), nil) }
  static var isArithmetic: Bool { true }
  static var comparesParameters: Bool { true }

  @inline(__always)
  static func value<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    select(abs(x) <= p.first, 0, x)
  }

  @inline(__always)
  static func derivative<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    unlessNaN(x, select(abs(x) <= p.first, 0, 1))
  }
}
