/// The square of the rectified linear unit.
enum SquaredReLU: ActivationFunction {
  static var about: About {
    About(
      name: "squared_relu",
      formula: "max(0, x)²", derivative: "2·max(0, x)",
      formulaLaTeX: "\\max(0, x)^2", derivativeLaTeX: "2\\max(0, x)",
      source: "D. R. So et al.: Primer: Searching for Efficient Transformers for Language Modeling, 2021",
      range: (0, .infinity), isMonotonic: true, smoothness: "C¹", isZeroCentred: false, saturates: (left: true, right: false),
      valueErrors: Errors(exact64: 0.5, fast64: 0.5, fast32: 0.5),
      derivativeErrors: Errors(exact64: 0, fast64: 0, fast32: 0))
  }
  static var isArithmetic: Bool { true }

  @inline(__always)
  static func value<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    select(x <= 0, 0, square(x))
  }

  @inline(__always)
  static func derivative<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    select(x <= 0, 0, 2 * x)
  }
}
