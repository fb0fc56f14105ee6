/// The bell curve.
enum Gaussian: ActivationFunction {
  static var about: About {
    About(
      name: "gaussian",
      formula: "e^(−x²)", derivative: "−2x·e^(−x²)",
      formulaLaTeX: "e^{-x^2}", derivativeLaTeX: "-2 x e^{-x^2}",
      source: "D. S. Broomhead, D. Lowe: Multivariable Functional Interpolation and Adaptive Networks, 1988",
      range: (0, 1), isMonotonic: false, smoothness: "C∞", isZeroCentred: false, saturates: (left: true, right: true),
      valueErrors: Errors(exact64: 0.76, fast64: 1.5, fast32: 1.5),
      derivativeErrors: Errors(exact64: 0.76, fast64: 2.5, fast32: 2.5))
  }
  static var suitsPairs: (value: Bool, derivative: Bool) { (true, true) }

  @inline(__always)
  static func value<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    bell(x, times: 1)
  }

  /// Near 0 it is −2x + 2x³ − …: where the first term, times dy, is a tie, the second decides it.
  @inline(__always)
  static func derivative<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    R.beside(2 * bell(x, times: -x), against: abs(x), from: 0, to: 0x1p-26)
  }
  /// ∞·0.
  static var derivativeLimits: (left: Double, right: Double)? { (0, -0.0) }
}
