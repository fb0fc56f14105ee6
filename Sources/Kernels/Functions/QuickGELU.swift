/// A quick approximation of GELU. c is the double nearest to 1.702.
enum QuickGELU: ActivationFunction {
  static var about: About {
    About(
      name: "quick_gelu",
      formula: "x·σ(1.702·x)", derivative: "σ(1.702·x)·(1 + 1.702·x·σ(−1.702·x))",
      formulaLaTeX: "x\\,\\sigma(1.702\\,x)", derivativeLaTeX: "\\sigma(1.702\\,x)\\,(1 + 1.702\\,x\\,\\sigma(-1.702\\,x))",
      source: "D. Hendrycks, K. Gimpel: Gaussian Error Linear Units (GELUs), 2016",
      range: (-0.1636101896363536, .infinity), isMonotonic: false, smoothness: "C∞", isZeroCentred: true,
      saturates: (left: true, right: false),
      valueErrors: Errors(exact64: 0.76, fast64: 3.8, fast32: 3.8),
      derivativeErrors: Errors(exact64: 0.76, fast64: 3.8, fast32: 3.8))
  }

  /// For a few floats next to the derivative's zero.
  static var needsDoubles: (value: Bool, derivative: Bool) { (false, true) }

  @inline(__always)
  static func value<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    Gate(x, times: R(parameter: 1.702)).value(x)
  }

  @inline(__always)
  static func derivative<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    Gate(x, times: R(parameter: 1.702)).derivative
  }
}
