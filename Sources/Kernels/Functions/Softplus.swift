/// A smooth rectifier.
enum Softplus: ActivationFunction {
  typealias Standard = UnitSoftplus
  static var about: About {
    About(
      name: "softplus",
      formula: "ln(1 + e^(beta·x))/beta", derivative: "σ(beta·x)",
      formulaLaTeX: "\\frac{1}{\\beta} \\ln(1 + e^{\\beta x})", derivativeLaTeX: "\\sigma(\\beta x)",
      source:
        "C. Dugas, Y. Bengio, F. Bélisle, C. Nadeau, R. Garcia: Incorporating Second-Order Functional Knowledge for Better Option Pricing, 2000",
      range: (0, .infinity), isMonotonic: true, smoothness: "C∞", isZeroCentred: false, saturates: (left: true, right: false),
      valueErrors: Errors(exact64: 0.76, fast64: 3.4, fast32: 2.6),
      derivativeErrors: Errors(exact64: 0.76, fast64: 2.5, fast32: 2.5))
  }
  static var suitsPairs: (value: Bool, derivative: Bool) { (true, true) }
  static var parameters: (Parameter?, Parameter?) { (Parameter("beta", 1, .positive), nil) }

  /// max(x, 0) + ln(1 + e)/β with e = e^(−β|x|): nothing overflows. Where e is tiny it is e/β, and a small β brings out
  /// digits that e has not: then e^(−β|x|/2) is a factor twice.
  @inline(__always)
  static func value<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    let beta = p.first, a = abs(x), e = expMinus(a, times: beta), q = R.exactQuotient(log1p(e), beta)
    let rest = R.unless(lost: select(x < 0, e, 1), q.value + q.rest) {
      let root = expMinus(0.5 * a, times: beta)
      return root / beta * root
    }
    return select(x > 0, x, 0) + rest
  }

  /// σ(βx), with e as above. Near 0 it is ½ + βx/4 − (βx)³/48 + …: where the first term is a tie the second decides it, and
  /// where both are the third. No x may make βx 0 there.
  @inline(__always)
  static func derivative<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    let e = expMinus(abs(x), times: p.first), z = (p.first + 0x1p-500) * x
    let slope = R.beside(select(x < 0, e, 1) / onePlus(e), against: -z, from: 0, to: 0x1p-60)
    return R.beside(slope, against: z, from: 0x1p-60, to: 0x1p-10)
  }
}

/// ln(1 + e^x)
enum UnitSoftplus: ActivationFunction {
  static var about: About { Softplus.about }
  static var suitsPairs: (value: Bool, derivative: Bool) { (true, true) }

  @inline(__always)
  static func value<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    select(x > 0, x, 0) + log1p(expMinus(abs(x)))
  }

  @inline(__always)
  static func derivative<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    Sigmoid.value(x, p)
  }
}
