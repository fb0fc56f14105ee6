/// x times a sigmoid of three lines.
enum Hardswish: ActivationFunction {
  static var about: About {
    About(
      name: "hardswish",
      formula: "x·min(max(x + 3, 0), 6)/6", derivative: "(2x + 3)/6 if −3 < x < 3, 1 if x ≥ 3, else 0",
      formulaLaTeX: "x\\,\\frac{\\min(\\max(x + 3, 0), 6)}{6}",
      derivativeLaTeX: "\\begin{cases} 0 & x \\le -3 \\\\ \\frac{2x + 3}{6} & -3 < x < 3 \\\\ 1 & x \\ge 3 \\end{cases}",
      source: "A. Howard et al.: Searching for MobileNetV3, 2019",
      range: (-0.375, .infinity), isMonotonic: false, smoothness: "C⁰", isZeroCentred: true,
      saturates: (left: true, right: false),
      valueErrors: Errors(exact64: 0.51, fast64: 2.5, fast32: 2.5),
      derivativeErrors: Errors(exact64: 0.51, fast64: 1.5, fast32: 1.5))
  }
  static var isArithmetic: Bool { true }

  /// −0 on the left, which is −3·0. Near 0 this is x/2 + x²/6: where the first term, subnormal, makes a tie, the second
  /// decides it.
  @inline(__always)
  static func value<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    R.provenBeside(select(x < -3, -3, x) * Hardsigmoid.value(x, p), against: -x, from: 0, to: 0x1p-40)
  }

  /// Near 0 it is ½ + x/3. Up to 2|x| = 6, (2x + 3) − 3 is exact.
  @inline(__always)
  static func derivative<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    let middle = R.provenBeside(orderedSum(3, 2 * x) * Hardsigmoid.sixth(), against: -x, from: 0, to: 0x1p-40)
    return select(x <= -3, 0, select(3 <= x, 1, middle))
  }
}
