import Testing

@testable import KernelsV1

// Operators and roots in each kind of number: of one part, against Swift's; of two, against exact sums, by the bounds that
// Sources/Kernels states.

@Suite struct ArithmeticTests {
  /// Rounded as Swift rounds, whatever the bits.
  @Test func singleNumbers() {
    check(FloatLanes.self, Float.self) { Float(bitPattern: UInt32(truncatingIfNeeded: $0)) }
    check(DoubleLanes.self, Double.self) { Double(bitPattern: $0) }
    check(NarrowLanes.self, Double.self) { Double(bitPattern: $0) }

    func check<N: Kind & Lanes, T: BinaryFloatingPoint>(_ numbers: N.Type, _ type: T.Type, _ make: (UInt64) -> T) {
      var random = Random(seed: 1)
      let edges: [T] = [0, -0.0, 1, -1, .infinity, -.infinity, .nan, .leastNonzeroMagnitude, .greatestFiniteMagnitude]
      let values = (0..<3000).map { _ in make(random.next()) } + edges
      let a = values.shuffled(using: &random), b = values.shuffled(using: &random)
      // What a·b nearly cancels, so that the second rounding would show.
      let c = zip(a, b).map { a, b in Bool.random(using: &random) ? -(a * b) : values.randomElement(using: &random)! }

      func expect(_ name: String, _ of: (N, N, N) -> N, _ swift: (T, T, T) -> T) {
        for i in stride(from: 0, to: a.count, by: N.lanes) {
          let places = (i..<i + N.lanes).map { min($0, a.count - 1) }
          func vector(_ x: [T]) -> N { N(places.map { Double(x[$0]) }) }
          let r = of(vector(a), vector(b), vector(c))
          for (lane, place) in places.enumerated() {
            let got = r.parts(lane).high, want = Double(swift(a[place], b[place], c[place]))
            #expect(
              got == want && got.sign == want.sign || got.isNaN && want.isNaN,
              "\(name) in \(numbers) of \(a[place]), \(b[place]), \(c[place]): \(got), not \(want)")
          }
        }
      }
      expect("+", { a, b, _ in a + b }, { a, b, _ in a + b })
      expect("-", { a, b, _ in a - b }, { a, b, _ in a - b })
      expect("*", { a, b, _ in a * b }, { a, b, _ in a * b })
      expect("/", { a, b, _ in a / b }, { a, b, _ in a / b })
      expect("fma", { N.fma($0, $1, $2) }, { a, b, c in c.addingProduct(a, b) })
      expect("onePlus", { a, _, _ in onePlus(a) }, { a, _, _ in 1 + a })
      expect("square", { a, _, _ in square(a) }, { a, _, _ in a * a })
      expect("negation", { a, _, _ in -a }, { a, _, _ in -a })
      expect("abs", { a, _, _ in abs(a) }, { a, _, _ in a.magnitude })
      expect("copysign", { a, b, _ in copysign(a, b) }, { a, b, _ in T(sign: b.sign, exponent: 0, significand: 1) * a.magnitude })
      expect("select <", { a, b, c in select(a < b, a, c) }, { a, b, c in a < b ? a : c })
      expect("select <=", { a, b, c in select(a <= b, a, c) }, { a, b, c in a <= b ? a : c })
    }
  }

  /// √(x² + b): a rounding of the sum, of which the root takes half, and one of the root.
  @Test func rootsOfSingleNumbers() {
    let floats = Inputs(seed: 2, bits: 24, exponents: -40...55), doubles = Inputs(seed: 2, bits: 53, exponents: -100...400)
    Operation.root.check(FloatLanes.self, floats, within: 1.5 * 0x1p-24)
    Operation.root.check(NarrowLanes.self, floats, within: 1.5 * 0x1p-53)
    Operation.root.check(DoubleLanes.self, doubles, within: 1.5 * 0x1p-53)

    func expectBig<N: Kind>(_ numbers: N.Type, _ sizes: [Double]) {
      for x in sizes {
        let r = evaluate([Parts(high: -x)], isPair: false) { rootOfSquare($0 as N, plus: 1) }[0]
        #expect(Double(sign: .plus, exponent: r.exponent, significand: r.high) == x)
      }
    }
    expectBig(FloatLanes.self, [0x1p60, 0x1.8p127, .infinity])
    expectBig(NarrowLanes.self, [0x1p60, 0x1.8p127, .infinity])
    expectBig(DoubleLanes.self, [0x1p60, 0x1p500, 0x1.8p1023, .infinity])
    expectBig(DoublePair.self, [0x1p60, 0x1p500, 0x1.8p1023])
    expectBig(DoubleDouble.self, [0x1p60, 0x1p500, 0x1.8p1023])
  }

  /// 45 bits.
  @Test func floatPairs() {
    let pairs = Inputs(seed: 3, bits: 24, lowBits: 24, gap: 24...30, exponents: -20...20)
    let floats = Inputs(seed: 4, bits: 24, exponents: -20...20)
    let small = Inputs(seed: 4, bits: 24, lowBits: 24, gap: 24...30, exponents: -30 ... -2)
    for operation in [Operation.onePlus, .onePlusSquared] { operation.check(FloatPair.self, small, within: 0x1p-45) }
    for operation in Operation.all {
      operation.check(FloatPair.self, pairs, within: 0x1p-45)
      operation.check(FloatPair.self, floats, within: 0x1p-45)
    }
  }

  /// 57 bits, of sums that are not tidied up, too.
  @Test func doublePairs() {
    let untidy = Inputs(seed: 5, bits: 53, lowBits: 53, gap: 44...60, exponents: -60...60)
    let doubles = Inputs(seed: 6, bits: 53, exponents: -60...60)
    let small = Inputs(seed: 6, bits: 53, lowBits: 53, gap: 44...60, exponents: -70 ... -2)
    for operation in [Operation.onePlus, .onePlusSquared] { operation.check(DoublePair.self, small, within: 0x1p-57) }
    for operation in Operation.all {
      operation.check(DoublePair.self, untidy, within: 0x1p-57)
      operation.check(DoublePair.self, doubles, within: 0x1p-57)
    }
  }

  /// 100 bits, and of a sum that cancels, too; with an exponent of its own each number is as it would be in the doubles.
  @Test func doubleDoubles() {
    let pairs = Inputs(seed: 7, bits: 53, lowBits: 53, gap: 53...60, exponents: -60...60)
    let doubles = Inputs(seed: 8, bits: 53, exponents: -60...60)
    let small = Inputs(seed: 8, bits: 53, lowBits: 53, gap: 53...60, exponents: -120 ... -2)
    for operation in [Operation.onePlus, .onePlusSquared] { operation.check(DoubleDouble.self, small, within: 0x1p-100) }
    for operation in Operation.all {
      operation.check(DoubleDouble.self, pairs, within: 0x1p-100)
      operation.check(DoubleDouble.self, doubles, within: 0x1p-100)
    }
    let cancelling = pairs.map { x, _ in (x, Parts(high: -x.high * (1 + 0x1p-40), low: x.low * 0.7)) }
    Operation.sum.check(DoubleDouble.self, cancelling, relativeToResult: true, within: 0x1p-100)
    for operation in [Operation.sum, .difference, .product, .quotient] {
      operation.check(DoubleDouble.self, pairs, exponents: (30, -17), within: 0x1p-100)
      operation.check(DoubleDouble.self, pairs, exponents: (nil, 25), within: 0x1p-100)
    }
  }

  /// Signs and choices, which change no digit.
  @Test func signs() {
    func check<N: Kind>(_ numbers: N.Type, _ inputs: [(Parts, Parts)]) {
      let (a, b) = (inputs.map(\.0), inputs.map(\.1))
      func expect(_ name: String, _ function: (N, N) -> N, _ want: (Parts, Parts) -> Parts) {
        for (i, r) in evaluate(a, b, isPair: true, function).enumerated() {
          #expect(r == want(a[i], b[i]), "\(name) in \(numbers) of \(a[i]), \(b[i])")
        }
      }
      func negated(_ x: Parts) -> Parts { Parts(high: -x.high, low: -x.low) }
      expect("negation", { a, _ in -a }, { a, _ in negated(a) })
      expect("abs", { a, _ in abs(a) }, { a, _ in a.high < 0 ? negated(a) : a })
      expect("copysign", { a, b in copysign(a, b) }, { a, b in a.high.sign == b.high.sign ? a : negated(a) })
      expect("select <", { a, b in select(a < b, a, b) }, { a, b in a.high < b.high ? a : b })
      expect("select <=", { a, b in select(a <= b, a, b) }, { a, b in a.high <= b.high ? a : b })
    }
    check(FloatPair.self, Inputs(seed: 9, bits: 24, lowBits: 24, gap: 24...30, exponents: -2...2).pairs)
    check(DoublePair.self, Inputs(seed: 9, bits: 53, lowBits: 53, gap: 44...60, exponents: -2...2).pairs)
    check(DoubleDouble.self, Inputs(seed: 9, bits: 53, lowBits: 53, gap: 53...60, exponents: -2...2).pairs)
  }

  /// Rounding to odd and then to float is rounding once: next to the middle between two floats, too.
  @Test func roundingToOdd() {
    var random = Random(seed: 10)
    let sums = (0..<4000).map { _ -> Parts in
      let f = Float(random.number(bits: 24, exponent: Int.random(in: -5...5, using: &random)))
      let middle = (Double(f) + Double(f.nextUp)) / 2
      let high = Bool.random(using: &random) ? middle : random.number(bits: 53, exponent: 0)
      return Parts(high: high, low: high * 0x1p-53 * Double.random(in: -0.5...0.5, using: &random))
    }
    for (sum, r) in zip(sums, evaluate(sums, isPair: true) { DoubleDouble(($0 as DoubleDouble).roundedToOdd) }) {
      #expect(Float(r.high) == Exact(sum).nearestFloat, "\(sum)")
    }
  }

  /// A double that is no float lies between two of them.
  @Test func comparisonsOfFloatPairs() {
    var random = Random(seed: 12)
    for i in 0..<2000 {
      let parameter = random.number(bits: i % 4 == 0 ? 24 : 53, exponent: Int.random(in: -59...59, using: &random))
      let nearest = Float(parameter)
      for x in [nearest, nearest.nextUp, nearest.nextDown, -nearest] {
        let a = FloatPair(FloatLanes(Double(x))), b = FloatPair(parameter: parameter)
        let results = [a < b, a <= b, b < a, b <= a].map { FloatLanes.any($0) }
        let d = Double(x)
        #expect(results == [d < parameter, d <= parameter, parameter < d, parameter <= d], "\(x) and \(parameter)")
      }
    }
  }

  /// A pair of floats says which float it rounds to, or that this is open: as it is, and as a float times a parameter.
  @Test func roundingOfFloatPairs() {
    var random = Random(seed: 11)
    let sums = (0..<4000).map { _ -> Parts in
      let high = Float(random.number(bits: 24, exponent: Int.random(in: -60...90, using: &random)))
      let any = Double.random(in: -0.5...0.5, using: &random), middle = 0.5 + Double.random(in: -0x1p-18...0x1p-18, using: &random)
      return Parts(high: Double(high), low: Double(high.ulp * Float([any, middle, -middle].randomElement(using: &random)!)))
    }
    check(sums.map { Exact($0) }) { FloatPair(FloatLanes($0.high), FloatLanes($0.low)) }
    for parameter in [0.01, -2.7, 1 - 0x1p-50] {
      check(sums.map { Exact($0.high) * Exact(parameter) }) { FloatPair(parameter: parameter) * FloatPair(FloatLanes($0.high)) }
    }

    func check(_ truth: [Exact], _ number: (Parts) -> FloatPair) {
      var settled = 0
      for (sum, truth) in zip(sums, truth) {
        let r = number(sum)
        if r.isDoubtful(from: FloatLanes(sum.high)) { continue }
        #expect(r.rounded.v[0] == truth.nearestFloat, "\(sum)")
        settled += 1
      }
      #expect(settled > sums.count / 3)
    }
  }
}

/// A generator that gives the same numbers each time (SplitMix64).
private struct Random: RandomNumberGenerator {
  var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
  /// A number of so many bits, of either sign.
  mutating func number(bits: Int, exponent: Int) -> Double {
    let significand = Double((next() >> (64 - bits)) | 1 << (bits - 1))
    return Double(sign: Bool.random(using: &self) ? .plus : .minus, exponent: exponent - bits + 1, significand: significand)
  }
}

/// Random operands.
private struct Inputs {
  var pairs: [(Parts, Parts)], hasLow: Bool

  /// The low part, if it has bits, begins `gap` places below the high part or further down.
  init(seed: UInt64, bits: Int, lowBits: Int = 0, gap: ClosedRange<Int> = 0...0, exponents: ClosedRange<Int>) {
    var random = Random(seed: seed)
    func one() -> Parts {
      let exponent = Int.random(in: exponents, using: &random), high = random.number(bits: bits, exponent: exponent)
      guard lowBits > 0 else { return Parts(high: high) }
      return Parts(high: high, low: random.number(bits: lowBits, exponent: exponent - 1 - Int.random(in: gap, using: &random)))
    }
    pairs = (0..<2000).map { _ in (one(), one()) }
    hasLow = lowBits > 0
  }
  func map(_ change: (Parts, Parts) -> (Parts, Parts)) -> Inputs {
    var r = self
    r.pairs = pairs.map(change)
    return r
  }
}

/// An operation in all kinds of numbers.
private enum Operation: String {
  case sum = "+", difference = "-", product = "*", quotient = "/", onePlus, onePlusSquared, square, root = "rootOfSquare"
  /// Those that take any number.
  static let all: [Operation] = [.sum, .difference, .product, .quotient, .square, .root]

  func apply<N: Number>(_ a: N, _ b: N) -> N {
    switch self {
    case .sum: a + b
    case .difference: a - b
    case .product: a * b
    case .quotient: a / b
    case .onePlus: KernelsV1.onePlus(a)
    case .onePlusSquared: KernelsV1.onePlusSquared(a)
    case .square: KernelsV1.square(a)
    case .root: rootOfSquare(a, plus: abs(b))
    }
  }
  /// What tells the error of r without a division or a root: a remainder, and the size it is to be compared with.
  func remainder(_ a: Exact, _ b: Exact, _ r: Exact) -> (Exact, size: Double) {
    switch self {
    case .sum: return (r - (a + b), a.magnitude + b.magnitude)
    case .difference: return (r - (a - b), a.magnitude + b.magnitude)
    case .product: return (r - a * b, (a * b).magnitude)
    case .quotient: return (r * b - a, a.magnitude)
    case .onePlus: return (r - (Exact(1) + a), 1)
    case .onePlusSquared: return (r - (Exact(1) + a) * (Exact(1) + a), 1)
    case .square: return (r - a * a, (a * a).magnitude)
    case .root:
      let square = b.isNegative ? a * a - b : a * a + b
      return (r * r - square, 2 * square.magnitude)
    }
  }
}

extension Operation {
  fileprivate func check<N: Kind>(
    _ numbers: N.Type, _ inputs: Inputs, relativeToResult: Bool = false, within bound: Double,
    _ before: (N, N) -> (N, N) = { ($0, $1) }, _ given: (Parts, Parts) -> (Parts, Parts) = { ($0, $1) }
  ) {
    let a = inputs.pairs.map(\.0), b = inputs.pairs.map(\.1)
    let results = evaluate(a, b, isPair: inputs.hasLow) { (x: N, y: N) in
      let (x, y) = before(x, y)
      return apply(x, y)
    }
    for (i, r) in results.enumerated() {
      let (x, y) = given(a[i], b[i])
      let (error, size) = remainder(Exact(x), Exact(y), Exact(r)), allowed = bound * (relativeToResult ? Exact(r).magnitude : size)
      #expect(error.magnitude <= allowed, "\(x) \(rawValue) \(y) in \(numbers): \(error.magnitude / allowed) times the bound, \(r)")
    }
  }
  /// With operands times powers of two that stand in an exponent; nil: in none.
  fileprivate func check(_ numbers: DoubleDouble.Type, _ inputs: Inputs, exponents: (Int?, Int?), within bound: Double) {
    func lanes(_ k: Int?) -> DoubleLanes? { k.map { DoubleLanes(Double($0)) } }
    func given(_ x: Parts, _ k: Int?) -> Parts { Parts(high: x.high, low: x.low, exponent: k ?? 0) }
    check(
      numbers, inputs, within: bound, { ($0.times(lanes(exponents.0)), $1.times(lanes(exponents.1))) },
      { (given($0, exponents.0), given($1, exponents.1)) })
  }
}
