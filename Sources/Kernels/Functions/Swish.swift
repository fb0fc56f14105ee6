/// The sigmoid linear unit with a parameter: from x/2 at β = 0 to the rectifier for large β.
enum Swish: ActivationFunction {
  typealias Standard = SiLU
  static var about: About {
    About(
      name: "swish",
      formula: "x·σ(beta·x)", derivative: "σ(beta·x)·(1 + beta·x·σ(−beta·x))",
      formulaLaTeX: "x\\,\\sigma(\\beta x)", derivativeLaTeX: "\\sigma(\\beta x)\\,(1 + \\beta x\\,\\sigma(-\\beta x))",
      source: "P. Ramachandran, B. Zoph, Q. V. Le: Searching for Activation Functions, 2017",
      range: (-0.2784645427610738, .infinity), isMonotonic: false, smoothness: "C∞", isZeroCentred: true,
      saturates: (left: true, right: false),
      valueErrors: Errors(exact64: 0.76, fast64: 3.3, fast32: 3.3),
      derivativeErrors: Errors(exact64: 0.76, fast64: 3.9, fast32: 3.83))
  }
  static var suitsPairs: (value: Bool, derivative: Bool) { (true, false) }
  static var parameters: (Parameter?, Parameter?) { (Parameter("beta", 1), nil) }
  /// Next to the derivative's zero βx has to be known to more digits than a product and what it leaves out have.
  static var needsMore: (value: Bool, derivative: Bool) { (false, true) }
  static var shorterDoMost: (float32: Bool, float64: Bool) { (true, true) }
  static var reach: (float: Double, double: Double) { (0x1p30, 0x1p400) }

  @inline(__always)
  static func value<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    gate(x, p).value(x, times: p.first)
  }
  /// Of β = 0, where x·β is NaN.
  static var valueLimits: (left: Double, right: Double)? { (-.infinity, .infinity) }

  @inline(__always)
  static func derivative<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    gate(x, p).derivative
  }
  static var derivativeLimits: (left: Double, right: Double)? { (0.5, 0.5) }

  @inline(__always)
  private static func gate<R: Number>(_ x: R, _ p: Parameters<R>) -> Gate<R> {
    let (w, rest) = R.exactProduct(x, p.first)
    return Gate(w, rest: rest, isFlat: true)
  }
}
