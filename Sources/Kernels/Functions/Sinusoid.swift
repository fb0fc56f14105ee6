/// The sine as an activation function.
enum Sinusoid: ActivationFunction {
  static var about: About {
    About(
      name: "sinusoid", aliases: [Alias("Sinusoid")],
      formula: "sin x", derivative: "cos x",
      formulaLaTeX: "\\sin x", derivativeLaTeX: "\\cos x",
      source: "J. M. Sopena, E. Romero, R. Alquézar: Neural networks with periodic and monotonic activation functions, 1999",
      range: (-1, 1), isMonotonic: false, smoothness: "C∞", isZeroCentred: true, saturates: (left: false, right: false),
      valueErrors: Errors(exact64: 0.9, fast64: 1.8, fast32: 2.34),
      derivativeErrors: Errors(exact64: 0.9, fast64: 1.8, fast32: 2.34))
  }

  @inline(__always)
  static func value<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    sin(x)
  }

  @inline(__always)
  static func derivative<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    cos(x)
  }
}
