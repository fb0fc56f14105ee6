import Testing

@testable import KernelsV1

// e^-a, e^x, e^-a − 1, ln(1 + e), tanh, sin and cos in each kind of number, against MPFR (references.py), by the bounds that Sources/Kernels states:
// where an elementary function has none of its own, that of its kind of number.

@Suite struct ElementaryTests {
  @Test func floats() {
    check(FloatLanes.self, "expMinus", of: "float", reach: -149...0, .ulp(1, of: Float.self))
    check(FloatLanes.self, "exp", of: "float", reach: -149...127, .ulp(2.3, of: Float.self))
    check(FloatLanes.self, "expMinus1", of: "float", .ulp(2, of: Float.self))
    check(FloatLanes.self, "log1p", of: "float", .ulp(1, of: Float.self))
    check(FloatLanes.self, "tanh", of: "float", .ulp(2.6, of: Float.self))
    for f in ["sin", "cos"] { check(FloatLanes.self, f, of: "float", .ulp(4, of: Float.self)) }
  }

  @Test func floatPairs() {
    for f in functions {
      check(FloatPair.self, f, of: "float", reach: -100...120, .relative(0x1p-45))
      check(FloatPair.self, f, of: "floatPair", inPairs: true, reach: -100...120, .relative(0x1p-45))
    }
  }

  /// tanh is cut off where it is 1 as a float, and as exact as a result has to be that is tested (`narrowBound`).
  @Test func narrow() {
    check(NarrowLanes.self, "tanh", of: "float", reach: -300...300, limit: 9.1, .relative(0x1p-44))
    for f in functions where f != "tanh" { check(NarrowLanes.self, f, of: "float", reach: -300...300, .relative(0x1p-50)) }
  }

  @Test func doubles() {
    for f in functions { check(DoubleLanes.self, f, of: "double", reach: -1074...1023, .ulp(4, of: Double.self)) }
  }

  @Test func doublePairs() {
    for f in functions {
      let bound = Bound.relative(f == "expMinus" || f == "exp" ? 0x1p-56 : 0x1p-55)
      check(DoublePair.self, f, of: "double", reach: -960...1019, bound)
      check(DoublePair.self, f, of: "doublePair", inPairs: true, reach: -960...1019, bound)
      // Untidy: the low part is 2^-45 of the high one.
      check(DoublePair.self, f, of: "doublePair", inPairs: true, reach: -960...1019, bound) { x in
        let high = x.high + x.high * 0x1p-45
        return Parts(high: high, low: (x.high - high) + x.low)
      }
    }
  }

  @Test func doubleDoubles() {
    for f in functions {
      // Next to the zeros an angle has 130 bits behind the binary point, and one that is a sum itself has 100. A large
      // sum, too, has not enough of them for an exponential.
      let isAngle = f == "sin" || f == "cos"
      check(DoubleDouble.self, f, of: "double", .relative(0x1p-100, least: isAngle ? 0x1p-30 : 0))
      check(DoubleDouble.self, f, of: "doublePair", inPairs: true, limit: 64, .relative(0x1p-100, least: isAngle ? 1 : 0))
    }
  }

  @Test func edges() {
    func check<N: Kind>(_ numbers: N.Type) {
      func at(_ function: String, _ x: Double) -> Double {
        evaluate([Parts(high: x)], isPair: false) { apply(function, $0 as N) }[0].high
      }
      for f in functions { #expect(at(f, .nan).isNaN, "\(f) in \(numbers)") }
      #expect(at("expMinus", .infinity) == 0 && at("expMinus", 0) == 1)
      #expect(at("exp", -.infinity) == 0 && at("exp", 0) == 1 && at("exp", .infinity) == .infinity)
      #expect(at("expMinus1", 0) == 0 && at("expMinus1", .infinity) == -1)
      #expect(at("log1p", 0) == 0)
      #expect(at("tanh", 0) == 0 && at("tanh", -0.0).sign == .minus)
      #expect(abs(at("tanh", .infinity) - 1) < 0x1p-25 && at("tanh", -.infinity) == -at("tanh", .infinity))
      #expect(at("sin", .infinity).isNaN && at("cos", -.infinity).isNaN)
      #expect(abs(at("cos", 0) - 1) < 0x1p-50)
    }
    check(FloatLanes.self)
    check(NarrowLanes.self)
    check(DoubleLanes.self)
  }
}

private let functions = ["expMinus", "exp", "expMinus1", "log1p", "tanh", "sin", "cos"]

private func apply<N: Number>(_ function: String, _ x: N) -> N {
  switch function {
  case "expMinus": expMinus(x)
  case "exp": exp(x)
  case "expMinus1": expMinus1(x)
  case "log1p": log1p(x)
  case "tanh": tanh(x)
  case "sin": sin(x)
  default: cos(x)
  }
}

/// The largest error allowed.
private enum Bound {
  /// A part of the result, or of `least` if that is more.
  case relative(Double, least: Double = 0)
  /// Units in the last place of a type whose numbers have so many bits and end there.
  case units(Double, bits: Int, end: Int)

  static func ulp<T: BinaryFloatingPoint>(_ n: Double, of type: T.Type) -> Bound {
    .units(n, bits: T.significandBitCount, end: Int(T.leastNonzeroMagnitude.exponent))
  }
  /// For a result from 2^exponent on, in units of 2^exponent.
  func allowed(_ result: Double, _ exponent: Int) -> Double {
    switch self {
    case .relative(let part, let least): part * max(result.magnitude, scaled(least, -exponent))
    case .units(let n, let bits, let end): scaled(n, max(-bits, end - exponent))
    }
  }
}

private func scaled(_ x: Double, _ k: Int) -> Double { x == 0 ? 0 : Double(sign: .plus, exponent: k, significand: x) }

/// A line of `references`.
private struct Reference {
  let function: String, kind: String, input: Parts, exponent: Int, result: [Double]

  static let all: [Reference] = references.split(separator: "\n").map { line in
    let words = line.split(separator: " ")
    return Reference(
      function: String(words[0]), kind: String(words[1]), input: Parts(high: Double(words[2])!, low: Double(words[3])!),
      exponent: Int(words[4])!, result: words[5...].map { Double($0)! })
  }

  /// How far r is from the result, in units of 2^exponent. These differences are exact where r is near.
  func error(of r: Parts) -> Double {
    let high = scaled(r.high, r.exponent - exponent), low = scaled(r.low, r.exponent - exponent)
    return (((high - result[0]) + low) - result[1] - result[2]).magnitude
  }
}

/// Checks the function at all references of that kind of input whose result has an exponent in `reach`.
private func check<N: Kind>(
  _ numbers: N.Type, _ function: String, of kind: String, inPairs: Bool = false, reach: ClosedRange<Int> = -8000...8000,
  limit: Double = .infinity, _ bound: Bound, _ written: (Parts) -> Parts = { $0 }
) {
  let lines = Reference.all.filter {
    $0.function == function && $0.kind == kind && reach.contains($0.exponent) && $0.input.high.magnitude <= limit
  }
  #expect(lines.count >= 24)
  let results = evaluate(lines.map { written($0.input) }, isPair: inPairs) { apply(function, $0 as N) }
  let shares = zip(lines, results).map { line, r in line.error(of: r) / bound.allowed(line.result[0], line.exponent) }
  let (worst, share) = shares.enumerated().max { $0.element < $1.element }!
  #expect(share <= 1, "of the bound: \(function) in \(numbers) of \(written(lines[worst].input)), which gave \(results[worst])")
}
