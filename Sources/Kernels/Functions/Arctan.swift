/// The arc tangent.
enum Arctan: ActivationFunction {
  static var about: About {
    About(
      name: "arctan",
      formula: "atan x", derivative: "1/(1 + x²)",
      formulaLaTeX: "\\arctan x", derivativeLaTeX: "\\frac{1}{1 + x^2}",
      source: "J. Kamruzzaman, S. M. Aziz: A Note on Activation Function in Multilayer Feedforward Learning, 2002",
      range: (-0x1.921fb54442d18p0, 0x1.921fb54442d18p0), isMonotonic: true, smoothness: "C∞", isZeroCentred: true,
      saturates: (left: true, right: true),
      valueErrors: Errors(exact64: 0.66, fast64: 1.52, fast32: 1.58),
      derivativeErrors: Errors(exact64: 0.76, fast64: 2.4, fast32: 2.48))
  }
  static var suitsPairs: (value: Bool, derivative: Bool) { (false, true) }

  @inline(__always)
  static func value<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    atan(x)
  }

  /// From 2⁶⁰ on 1 is nothing beside x², but it decides where 1/x² is a tie.
  @inline(__always)
  static func derivative<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    R.beside(inverseOnePlusSquare(x), against: abs(x), from: 0x1p20, to: .infinity)
  }
}
