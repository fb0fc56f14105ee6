/// The scaled exponential linear unit: λ·elu(x; α), with the α and λ that keep mean 0 and variance 1 from layer to layer.
enum SELU: ActivationFunction {
  static var about: About {
    About(
      name: "selu",
      formula: "λ·x if x > 0 else λ·α·(eˣ − 1), λ = 1.0507009873554804934…, α = 1.6732632423543772848…",
      derivative: "λ if x > 0 else λ·α·eˣ",
      formulaLaTeX: "\\begin{cases} \\lambda x & x > 0 \\\\ \\lambda \\alpha (e^x - 1) & x \\le 0 \\end{cases}",
      derivativeLaTeX: "\\begin{cases} \\lambda & x > 0 \\\\ \\lambda \\alpha e^x & x \\le 0 \\end{cases}",
      source: "G. Klambauer, T. Unterthiner, A. Mayr, S. Hochreiter: Self-Normalizing Neural Networks, 2017",
      range: (-1.7580993408473769, .infinity), isMonotonic: true, smoothness: "C⁰", isZeroCentred: true,
      saturates: (left: true, right: false),
      valueErrors: Errors(exact64: 0.76, fast64: 1.7, fast32: 3.74),
      derivativeErrors: Errors(exact64: 0.76, fast64: 1.82, fast32: 2.08))
  }
  static var suitsPairs: (value: Bool, derivative: Bool) { (true, true) }

  // λ is 1.05070098735548049341933498529, α is 1.67326324235437728481704295167.
  @inline(__always)
  private static func lambda<R: Number>() -> R { R(0x1.0cfabd6a91132p0, 0x1.6fc7d272f23abp-55) }
  @inline(__always)
  private static func lambdaAlpha<R: Number>() -> R { R(0x1.c212cc640f031p0, 0x1.05161af75791ap-56) }

  @inline(__always)
  static func value<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    select(x < 0, lambdaAlpha() * expMinus1(abs(x)), lambda() * x)
  }

  @inline(__always)
  static func derivative<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    select(x > 0, lambda(), lambdaAlpha() * expMinus(abs(x)))
  }
}
