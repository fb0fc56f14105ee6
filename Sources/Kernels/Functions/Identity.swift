/// x as it is.
enum Identity: ActivationFunction {
  static var about: About {
    About(
      name: "identity", aliases: [Alias("linear")],
      formula: "x", derivative: "1", formulaLaTeX: "x", derivativeLaTeX: "1",
      source: "B. Widrow, M. E. Hoff: Adaptive Switching Circuits, 1960",
      range: (-.infinity, .infinity), isMonotonic: true, smoothness: "C∞", isZeroCentred: true,
      saturates: (left: false, right: false),
      valueErrors: Errors(exact64: 0, fast64: 0, fast32: 0),
      derivativeErrors: Errors(exact64: 0, fast64: 0, fast32: 0))
  }
  static var isArithmetic: Bool { true }

  @inline(__always)
  static func value<R: Number>(_ x: R, _ p: Parameters<R>) -> R { x }

  @inline(__always)
  static func derivative<R: Number>(_ x: R, _ p: Parameters<R>) -> R { unlessNaN(x, 1) }
}
