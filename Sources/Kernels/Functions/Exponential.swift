/// The exponential function.
enum Exponential: ActivationFunction {
  static var about: About {
    About(
      name: "exponential",
      formula: "eˣ", derivative: "eˣ",
      formulaLaTeX: "e^x", derivativeLaTeX: "e^x",
      source: "L. Euler: Introductio in analysin infinitorum, 1748",
      range: (0, .infinity), isMonotonic: true, smoothness: "C∞", isZeroCentred: false, saturates: (left: true, right: false),
      valueErrors: Errors(exact64: 0.76, fast64: 1.1, fast32: 2.3),
      derivativeErrors: Errors(exact64: 0.76, fast64: 1.1, fast32: 2.3))
  }
  static var suitsPairs: (value: Bool, derivative: Bool) { (true, true) }

  @inline(__always)
  static func value<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    exp(x)
  }

  @inline(__always)
  static func derivative<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    exp(x)
  }
}
