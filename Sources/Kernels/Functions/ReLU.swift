/// The rectified linear unit.
enum ReLU: ActivationFunction {
  static var about: About {
    About(
      name: "relu", aliases: [Alias("RELU")],
      formula: "max(0, x)", derivative: "1 if x > 0 else 0",
      formulaLaTeX: "\\max(0, x)", derivativeLaTeX: "\\begin{cases} 1 & x > 0 \\\\ 0 & x \\le 0 \\end{cases}",
      source: "V. Nair, G. E. Hinton: Rectified Linear Units Improve Restricted Boltzmann Machines, 2010",
      range: (0, .infinity), isMonotonic: true, smoothness: "C⁰", isZeroCentred: false,
      saturates: (left: true, right: false),
      valueErrors: Errors(exact64: 0, fast64: 0, fast32: 0),
      derivativeErrors: Errors(exact64: 0, fast64: 0, fast32: 0))
  }
  static var isArithmetic: Bool { true }

  /// Neither 0 nor positive: x is NaN.
  @inline(__always)
  static func value<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    select(x <= 0, 0, x)
  }

  @inline(__always)
  static func derivative<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    unlessNaN(x, select(x > 0, 1, 0))
  }
}
