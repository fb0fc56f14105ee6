/// The logistic function σ.
enum Sigmoid: ActivationFunction {
  static var about: About {
    About(
      name: "sigmoid", aliases: [Alias("logistic")],
      formula: "1/(1 + e⁻ˣ)", derivative: "σ(x)·σ(−x)",
      formulaLaTeX: "\\sigma(x) = \\frac{1}{1 + e^{-x}}", derivativeLaTeX: "\\sigma(x)\\,\\sigma(-x)",
      source: "P.-F. Verhulst: Recherches mathématiques sur la loi d'accroissement de la population, 1845",
      range: (0, 1), isMonotonic: true, smoothness: "C∞", isZeroCentred: false, saturates: (left: true, right: true),
      valueErrors: Errors(exact64: 0.76, fast64: 2.6, fast32: 2.41),
      derivativeErrors: Errors(exact64: 0.76, fast64: 3.0, fast32: 2.39))
  }
  static var suitsPairs: (value: Bool, derivative: Bool) { (true, true) }

  /// With e = e^(−|x|), σ is 1/(1 + e) on the right and e/(1 + e) on the left. Near 0 it is ½ + x/4 − x³/48 + …: where
  /// the first two terms are a tie, the third decides it, and for tiny x, where a factor makes one of the first, the second.
  @inline(__always)
  static func value<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    let e = expMinus(abs(x))
    let y = R.beside(select(x < 0, e, 1) / onePlus(e), against: x, from: 0x1p-40, to: 0x1p-10)
    return R.beside(y, against: -x, from: 0, to: 0x1p-40)
  }

  /// An even function: e/(1 + e)². Near 0 it is ¼ − x²/16 + …
  @inline(__always)
  static func derivative<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    let e = expMinus(abs(x))
    return R.beside(e / onePlusSquared(e), against: abs(x), from: 0, to: 0x1p-20)
  }
}
