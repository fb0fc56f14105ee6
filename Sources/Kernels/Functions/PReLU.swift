/// `LeakyReLU` with a slope that is learnt.
enum PReLU: ActivationFunction {
  static var about: About {
    About(
      name: "prelu",
      formula: "x if x > 0 else weight·x", derivative: "1 if x > 0 else weight",
      formulaLaTeX: "\\begin{cases} x & x > 0 \\\\ a x & x \\le 0 \\end{cases}",
      derivativeLaTeX: "\\begin{cases} 1 & x > 0 \\\\ a & x \\le 0 \\end{cases}",
      source:
        "K. He, X. Zhang, S. Ren, J. Sun: Delving Deep into Rectifiers: Surpassing Human-Level Performance on ImageNet Classification, 2015",
      range: (-.infinity, .infinity), isMonotonic: true, smoothness: "C⁰", isZeroCentred: true,
      saturates: (left: false, right: false),
      valueErrors: LeakyReLU.about.valueErrors, derivativeErrors: LeakyReLU.about.derivativeErrors)
  }
  static var parameters: (Parameter?, Parameter?) { (Parameter("weight"), nil) }
  static var isArithmetic: Bool { LeakyReLU.isArithmetic }

  @inline(__always)
  static func value<R: Number>(_ x: R, _ p: Parameters<R>) -> R { LeakyReLU.value(x, p) }
  static var valueLimits: (left: Double, right: Double)? { LeakyReLU.valueLimits }

  @inline(__always)
  static func derivative<R: Number>(_ x: R, _ p: Parameters<R>) -> R { LeakyReLU.derivative(x, p) }
}
