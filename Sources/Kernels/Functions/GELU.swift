/// The Gaussian error linear unit.
enum GELU: ActivationFunction {
  static var about: About {
    About(
      name: "gelu",
      formula: "x·Φ(x)", derivative: "Φ(x) + x·φ(x)",
      formulaLaTeX: "x\\,\\Phi(x)", derivativeLaTeX: "\\Phi(x) + x\\,\\varphi(x)",
      source: "D. Hendrycks, K. Gimpel: Gaussian Error Linear Units (GELUs), 2016",
      range: (-0.16997120747990369, .infinity), isMonotonic: false, smoothness: "C∞", isZeroCentred: true,
      saturates: (left: true, right: false),
      valueErrors: Errors(exact64: 0.85, fast64: 4, fast32: 4),
      derivativeErrors: Errors(exact64: 0.97, fast64: 4, fast32: 4))
  }

  /// max(0, x) − |x|·Φ(−|x|), where the first term of a negative x is −0, which is what x = −∞ has to give. Near 0 it is
  /// x/2 + x²/√2π + …: where the first term is a tie, the second decides it; and far on the right it is below x, which times
  /// another number may be a tie, by less than the longest number shows.
  @inline(__always)
  static func value<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    let y = R.beside(orderedSum(select(x < 0, -0.0, x), -tailProduct(abs(x))), against: -x, from: 0, to: 0x1p-26)
    return R.beside(y, against: select(x < 0, 0, x), from: 10.5, to: .infinity)
  }

  /// An even function and a step: on the right 1 − f′(−x), far there above 1 by less than the longest number shows. Near 0
  /// it is ½ + 2x/√2π + …
  @inline(__always)
  static func derivative<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    let slope = tailProductSlope(abs(x))
    let y = R.beside(select(x < 0, slope, 1 - slope), against: -x, from: 0, to: 0x1p-26)
    return R.beside(y, against: -x, from: 10.5, to: .infinity)
  }
}
