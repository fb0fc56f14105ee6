/// x between two limits.
enum Hardtanh: ActivationFunction {
  static var about: About {
    About(
      name: "hardtanh",
      formula: "min(max(x, min_val), max_val)", derivative: "1 if min_val < x < max_val else 0",
      formulaLaTeX: "\\min(\\max(x, a), b)",
      derivativeLaTeX: "\\begin{cases} 1 & a < x < b \\\\ 0 & x \\le a \\text{ or } x \\ge b \\end{cases}",
      source: "R. Collobert: Large Scale Machine Learning, 2004",
      range: (-1, 1), isMonotonic: true, smoothness: "C⁰", isZeroCentred: true, saturates: (left: true, right: true),
      valueErrors: Errors(exact64: 0, fast64: 0, fast32: 0.5),
      derivativeErrors: Errors(exact64: 0, fast64: 0, fast32: 0))
  }
  static var parameters: (Parameter?, Parameter?) {
    (
      Parameter("min_val", -1, Domain("finite and at most max_val")),
      Parameter("max_val", 1, Domain("finite and at least min_val"))
    )
  }
  static var areParametersOrdered: Bool { true }
  static var isArithmetic: Bool { true }
  static var comparesParameters: Bool { true }

  @inline(__always)
  static func value<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    select(x <= p.first, p.first, select(p.second <= x, p.second, x))
  }

  @inline(__always)
  static func derivative<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    unlessNaN(x, select(x <= p.first, 0, select(p.second <= x, 0, 1)))
  }
}
