/// The error function.
enum Erf: ActivationFunction {
  static var about: About {
    About(
      name: "erf",
      formula: "erf x", derivative: "2/√π·e^(−x²)",
      formulaLaTeX: "\\mathrm{erf}\\, x", derivativeLaTeX: "\\frac{2}{\\sqrt{\\pi}} e^{-x^2}",
      source: "J. W. L. Glaisher: On a class of definite integrals, 1871",
      range: (-1, 1), isMonotonic: true, smoothness: "C∞", isZeroCentred: true, saturates: (left: true, right: true),
      valueErrors: Errors(exact64: 0.76, fast64: 3, fast32: 3.61),
      derivativeErrors: Errors(exact64: 0.76, fast64: 3, fast32: 3))
  }
  static var suitsPairs: (value: Bool, derivative: Bool) { (false, true) }

  @inline(__always)
  static func value<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    erf(x)
  }

  @inline(__always)
  static func derivative<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    bell(x, times: R(0x1.20dd750429b6dp0, 0x1.1ae3a914fed8p-56))
  }
}
