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
      valueErrors: Errors(exact64: 0.76, fast64: 3.8, fast32: 3.93),
      derivativeErrors: Errors(exact64: 0.76, fast64: 3.8, fast32: 3.96))
  }

  /// With e = e^(−|x|) and n = e² + 2e it is x·n/(n + 2) on the left and x·(1 + 2e)/(1 + 2e + 2e²) on the right.
  @inline(__always)
  static func value<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    let isLeft = x < 0, scaled = R.expMinusScaled(abs(x), rest: nil), e = R.unscaled(scaled)
    let n = R.fma(scaled, e, 2 * scaled), g = 1 + 2 * e
    let y = select(isLeft, n, g) / select(isLeft, 2 + R.unscaled(n), R.fma(2 * e, e, g))
    return R.unscaled(select(isLeft, R.finite(x), x) * y, where: isLeft)
  }

  /// e·(4(1 + x) + e(4x + 6 + e(4 + e)))/(e² + 2e + 2)² on the left and
  /// (1 + e(4 + e(4x + 6 + e(4x + 4))))/(1 + 2e + 2e²)² on the right.
  @inline(__always)
  static func derivative<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    let isLeft = x < 0, terms = R.mishTerms(x, isLeft)
    let y = select(isLeft, terms.left, terms.right) / terms.square, product = select(isLeft, terms.timesScaled(y), y)
    return R.unscaled(R.doubting(product, after: terms.scaled), where: isLeft)
  }
}
