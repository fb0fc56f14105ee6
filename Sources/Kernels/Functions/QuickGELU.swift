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
      valueErrors: Errors(exact64: 0.76, fast64: 2.7, fast32: 2.7),
      derivativeErrors: Errors(exact64: 0.76, fast64: 3.8, fast32: 4))
  }
  static var suitsPairs: (value: Bool, derivative: Bool) { (true, true) }

  @inline(__always)
  static func value<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    gate(x).value(x)
  }

  @inline(__always)
  static func derivative<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    gate(x).derivative
  }

  @inline(__always)
  private static func gate<R: Number>(_ x: R) -> Gate<R> {
    let (w, rest) = R.exactProduct(x, 1.702, 0)
    return Gate(w, rest: rest)
  }
}
