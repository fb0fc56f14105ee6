/// x·tanh(softplus x).
enum Mish: ActivationFunction {
  static var about: About {
    About(
      name: "mish",
      formula: "x·tanh(ln(1 + eˣ))", derivative: "tanh(s) + x·σ(x)/cosh² s, s = ln(1 + eˣ)",
      formulaLaTeX: "x\\tanh(\\ln(1 + e^x))",
      derivativeLaTeX: "\\tanh s + \\frac{x\\,\\sigma(x)}{\\cosh^2 s}, \\quad s = \\ln(1 + e^x)",
      source: "D. Misra: Mish: A Self Regularized Non-Monotonic Activation Function, 2019",
      range: (-0.3088434130172504, .infinity), isMonotonic: false, smoothness: "C∞", isZeroCentred: true,
      saturates: (left: true, right: false),
      valueErrors: Errors(exact64: 0.76, fast64: 4, fast32: 4),
      derivativeErrors: Errors(exact64: 0.76, fast64: 4, fast32: 4))
  }

  /// With e = e^(−|x|) and n = e(e + 2) it is x·n/(n + 2) on the left and x·(1 + 2e)/(1 + 2e + 2e²) on the right.
  @inline(__always)
  static func value<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    let isLeft = x < 0, scaled = R.expMinusScaled(abs(x), rest: nil), e = R.unscaled(scaled)
    let f = e + 2, g = 1 + 2 * e, d = select(isLeft, 2 + e * f, g + 2 * square(e))
    let y = select(isLeft, R.finite(x), x) * (select(isLeft, scaled * f, g) / d)
    return R.unscaled(y, where: isLeft)
  }

  /// e·(4(1 + x) + e(4x + 6 + e(4 + e)))/(2 + e(e + 2))² on the left and
  /// (1 + e(4 + e(4x + 6 + e(4x + 4))))/(1 + 2e(1 + e))² on the right.
  @inline(__always)
  static func derivative<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    let isLeft = x < 0, terms = R.mishTerms(x, abs(x)), e = terms.e
    let d = select(isLeft, 2 + e * (e + 2), 1 + 2 * (e * onePlus(e)))
    return R.unscaled(select(isLeft, terms.scaled * terms.left, terms.right) / square(d), where: isLeft)
  }
}
