/// The rectified linear unit that ends at 6.
enum ReLU6: ActivationFunction {
  static var about: About {
    About(
      name: "relu6",
      formula: "min(max(0, x), 6)", derivative: "1 if 0 < x < 6 else 0",
      formulaLaTeX: "\\min(\\max(0, x), 6)",
      derivativeLaTeX: "\\begin{cases} 1 & 0 < x < 6 \\\\ 0 & x \\le 0 \\text{ or } x \\ge 6 \\end{cases}",
      source: "A. Krizhevsky: Convolutional Deep Belief Networks on CIFAR-10, 2010",
      range: (0, 6), isMonotonic: true, smoothness: "C⁰", isZeroCentred: false, saturates: (left: true, right: true),
      valueErrors: Errors(exact64: 0, fast64: 0, fast32: 0),
      derivativeErrors: Errors(exact64: 0, fast64: 0, fast32: 0))
  }
  static var isArithmetic: Bool { true }

  @inline(__always)
  static func value<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    select(x <= 0, 0, select(6 <= x, 6, x))
  }

  @inline(__always)
  static func derivative<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    unlessNaN(x, select(x <= 0, 0, select(6 <= x, 0, 1)))
  }
}
