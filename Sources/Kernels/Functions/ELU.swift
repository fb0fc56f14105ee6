/// The exponential linear unit.
enum ELU: ActivationFunction {
  static var about: About {
    About(
      name: "elu",
      formula: "x if x > 0 else alpha·(eˣ − 1)", derivative: "1 if x > 0 else alpha·eˣ",
      formulaLaTeX: "\\begin{cases} x & x > 0 \\\\ \\alpha (e^x - 1) & x \\le 0 \\end{cases}",
      derivativeLaTeX: "\\begin{cases} 1 & x > 0 \\\\ \\alpha e^x & x \\le 0 \\end{cases}",
      source:
        "D.-A. Clevert, T. Unterthiner, S. Hochreiter: Fast and Accurate Deep Network Learning by Exponential Linear Units, 2015",
      range: (-1, .infinity), isMonotonic: true, smoothness: "C¹", isZeroCentred: true, saturates: (left: true, right: false),
      valueErrors: Errors(exact64: 0.76, fast64: 2.4, fast32: 2.9),
      derivativeErrors: Errors(exact64: 0.76, fast64: 1.9, fast32: 2.1))
  }
  static var suitsPairs: (value: Bool, derivative: Bool) { (true, true) }
  static var parameters: (Parameter?, Parameter?) { (Parameter("alpha", 1), nil) }

  /// Near 0 it is αx + αx²/2 + …: where the first term is a tie, the second decides it.
  @inline(__always)
  static func value<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    let a = abs(x)
    return select(x < 0, R.beside(p.first * expMinus1(a), against: a, from: 0, to: 0x1p-60), x)
  }

  /// Near 0 it is α + αx + … A large α brings out digits that a tiny eˣ has not: then e^(x/2) is a factor twice.
  @inline(__always)
  static func derivative<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    let a = abs(x), e = expMinus(a)
    let slope = R.unless(lost: select(x < 0, e, 1), p.first * e) {
      let root = expMinus(0.5 * a)
      return p.first * root * root
    }
    return select(x > 0, 1, R.beside(slope, against: a, from: 0, to: 0x1p-60))
  }
}
