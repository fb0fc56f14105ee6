/// The rectifier that lets a little through.
enum LeakyReLU: ActivationFunction {
  static var about: About {
    About(
      name: "leaky_relu", aliases: [Alias("LeakyRELU", Parameter("a", 0.3))],
      formula: "x if x > 0 else negative_slope·x", derivative: "1 if x > 0 else negative_slope",
      formulaLaTeX: "\\begin{cases} x & x > 0 \\\\ a x & x \\le 0 \\end{cases}",
      derivativeLaTeX: "\\begin{cases} 1 & x > 0 \\\\ a & x \\le 0 \\end{cases}",
      source: "A. L. Maas, A. Y. Hannun, A. Y. Ng: Rectifier Nonlinearities Improve Neural Network Acoustic Models, 2013",
      range: (-.infinity, .infinity), isMonotonic: true, smoothness: "C⁰", isZeroCentred: true,
      saturates: (left: false, right: false),
      valueErrors: Errors(exact64: 0.5, fast64: 0.5, fast32: 1.5),
      derivativeErrors: Errors(exact64: 0, fast64: 0, fast32: 0.5))
  }
  static var parameters: (Parameter?, Parameter?) { (Parameter("negative_slope", 0.01), nil) }
  static var isArithmetic: Bool { true }

  @inline(__always)
  static func value<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    select(R.isLeft(x, of: p.first), p.first * x, x)
  }
  /// Of a = 0; else the product is infinite.
  static var valueLimits: (left: Double, right: Double)? { (-0.0, .infinity) }

  @inline(__always)
  static func derivative<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    unlessNaN(x, select(x > 0, 1, p.first))
  }
}
