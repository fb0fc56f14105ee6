/// The sigmoid linear unit.
enum SiLU: ActivationFunction {
  static var about: About {
    About(
      name: "silu",
      formula: "x·σ(x)", derivative: "σ(x)·(1 + x·σ(−x))",
      formulaLaTeX: "x\\,\\sigma(x)", derivativeLaTeX: "\\sigma(x)\\,(1 + x\\,\\sigma(-x))",
      source:
        "S. Elfwing, E. Uchibe, K. Doya: Sigmoid-Weighted Linear Units for Neural Network Function Approximation in Reinforcement Learning, 2017",
      range: (-0.2784645427610738, .infinity), isMonotonic: false, smoothness: "C∞", isZeroCentred: true,
      saturates: (left: true, right: false),
      valueErrors: Errors(exact64: 0.76, fast64: 2.45, fast32: 2.45),
      derivativeErrors: Errors(exact64: 0.76, fast64: 3.8, fast32: 3.83))
  }
  static var suitsPairs: (value: Bool, derivative: Bool) { (true, true) }

  @inline(__always)
  static func value<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    Gate(x).value(x)
  }

  @inline(__always)
  static func derivative<R: Number>(_ x: R, _ p: Parameters<R>) -> R {
    Gate(x).derivative
  }
}
