/// A sigmoid of three lines.
enum Hardsigmoid: ActivationFunction {
  static var about: About {
    About(
      name: "hardsigmoid",
      formula: "min(max(x + 3, 0), 6)/6", derivative: "1/6 if −3 < x < 3 else 0",
      formulaLaTeX: "\\frac{\\min(\\max(x + 3, 0), 6)}{6}",
      derivativeLaTeX: "\\begin{cases} \\frac{1}{6} & -3 < x < 3 \\\\ 0 & |x| \\ge 3 \\end{cases}",
      source: "A. Howard et al.: Searching for MobileNetV3, 2019",
      range: (0, 1), isMonotonic: true, smoothness: "C⁰", isZeroCentred: false, saturates: (left: true, right: true),
      valueErrors: Errors(exact64: 0.51, fast64: 1.5, fast32: 1.5),
      derivativeErrors: Errors(exact64: 0.34, fast64: 0.34, fast32: 0.34))
  }
  static var isArithmetic: Bool { true }

  @inline(__always)
  static func value<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    orderedSum(3, clamp(x, -3, 3)) * sixth()
  }

  @inline(__always)
  static func derivative<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    unlessNaN(x, select(x <= -3, 0, select(3 <= x, 0, sixth())))
  }

  /// To multiply by it takes less time than to divide by 6.
  @inline(__always) static func sixth<R: Number>() -> R { R(0x1.5555555555555p-3, 0x1.5555555555555p-57) }
}
