/// The logarithm of the logistic function.
enum LogSigmoid: ActivationFunction {
  static var about: About {
    About(
      name: "logsigmoid", aliases: [Alias("log_sigmoid")],
      formula: "ln σ(x)", derivative: "σ(−x)",
      formulaLaTeX: "\\ln \\sigma(x)", derivativeLaTeX: "\\sigma(-x)",
      source: "P. McCullagh, J. A. Nelder: Generalized Linear Models, 1983",
      range: (-.infinity, 0), isMonotonic: true, smoothness: "C∞", isZeroCentred: false, saturates: (left: false, right: true),
      valueErrors: Errors(exact64: 0.76, fast64: 2.8, fast32: 1.87),
      derivativeErrors: Errors(exact64: 0.76, fast64: 2.5, fast32: 2.5))
  }
  static var suitsPairs: (value: Bool, derivative: Bool) { (true, true) }

  /// min(x, 0) − ln(1 + e) with e = e^(−|x|). Of all floats one has its value within 0.05 units in the last place of a
  /// double of the middle between two floats, −0x1.d483ap-12.
  @inline(__always)
  static func value<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    let y = select(x < 0, x, -0.0) - log1p(expMinus(abs(x)))
    return R.beside(y, against: x, from: 0x1.d483ap-12, to: 0x1.d483a2p-12)
  }

  /// With e as above it is e/(1 + e) on the right and 1/(1 + e) on the left. Near 0 it is ½ − x/4 + x³/48 − …: where the
  /// first term is a tie the second decides it, and where both are the third.
  @inline(__always)
  static func derivative<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    let e = expMinus(abs(x))
    let slope = R.beside(select(x > 0, e, 1) / onePlus(e), against: x, from: 0, to: 0x1p-60)
    return R.beside(slope, against: -x, from: 0x1p-60, to: 0x1p-10)
  }
}
