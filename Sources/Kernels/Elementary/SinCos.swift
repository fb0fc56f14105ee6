import Lanes

// x = k·π/2 + r, |r| ≤ π/4; sin x and cos x are ±sin r or ±cos r, by k mod 4. k·π/2 is taken from x in three parts of
// π/2, of 53 bits each; beyond 2³⁰, where they do not reach, with as many bits of 2/π as it needs, element by element.
// For sin(x + π/4) k is an integer less ½: then sums with π/4 do not cancel next to its zeros.

private let least = 0x1p30

/// r and, in the last bits of `turns`, k.
private struct Reduced {
  var high: DoubleLanes, low: DoubleLanes, turns: DoubleLanes

  @inline(__always) init(_ x: DoubleLanes) {
    self.init(near: x, eighth: false)
    let far = DoubleLanes(least) < DoubleLanes.abs(x)
    if DoubleLanes.any(far) { self = Reduced.far(x, 0, far, self) }
    (high, low) = DoubleLanes.sum(high, low)
  }
  /// `rest` is what x is more than that double.
  @inline(__always) init(_ x: DoubleLanes, _ rest: DoubleLanes) {
    self.init(near: x, eighth: false)
    add(rest)
    let far = DoubleLanes(least) < DoubleLanes.abs(x)
    if DoubleLanes.any(far) { self = Reduced.far(x, rest, far, self) }
  }
  /// Of a·b, or a·b + π/4.
  @inline(__always) init(_ a: DoubleLanes, times b: DoubleLanes, eighth: Bool) {
    let p = DoubleLanes.product(a, b)
    self.init(near: p.high, eighth: eighth)
    add(p.low)
    let far = DoubleLanes(least) < DoubleLanes.abs(p.high)
    if DoubleLanes.any(far) { self = Reduced.far(a, times: b, eighth, far, self) }
  }

  @inline(__always) private init(near x: DoubleLanes, eighth: Bool) {
    turns = eighth ? DoubleLanes.fma(x, 0x1.45f306dc9c883p-1, 0.5) + 0x1.8p52 : DoubleLanes.fma(x, 0x1.45f306dc9c883p-1, 0x1.8p52)
    let k = eighth ? (turns - 0x1.8p52) - 0.5 : turns - 0x1.8p52
    let a = DoubleLanes.fma(k, -0x1.921fb54442d18p0, x)  // exact: its last bit is at 2^-53 or above …
    let b = DoubleLanes.product(k, -0x1.1a62633145c07p-54)
    let s = DoubleLanes.sum(a, b.high)
    high = s.high
    low = s.low + DoubleLanes.fma(k, 0x1.f1976b7ed8fbcp-110, b.low)
    // … unless k is ±½ and x so small that it is the sum of π/4 and x.
    if eighth { low = low + (x - DoubleLanes.fma(k, 0x1.921fb54442d18p0, a)) }
  }
  /// The rest may be all that is left of the high part, so it comes before the low one.
  @inline(__always) private mutating func add(_ rest: DoubleLanes) {
    let s = DoubleLanes.sum(high, rest)
    (high, low) = DoubleLanes.sum(s.high, s.low + low)
  }

  // The lanes beyond 2³⁰.
  @inline(never) private static func far(_ x: DoubleLanes, _ rest: DoubleLanes, _ lanes: DoubleLanes.Mask, _ near: Reduced)
    -> Reduced
  {
    var r = near
    for i in 0..<DoubleLanes.count where lanes[i] != 0 && x.v[i].magnitude < .infinity {
      r.set(i, reduceFar(x.v[i], rest.v[i], exponent: 0, eighth: false))
    }
    return r
  }
  /// The product may be beyond the range of doubles: it is one of two significands and a power of two.
  @inline(never) private static func far(
    _ a: DoubleLanes, times b: DoubleLanes, _ eighth: Bool, _ lanes: DoubleLanes.Mask, _ near: Reduced
  ) -> Reduced {
    var r = near
    for i in 0..<DoubleLanes.count where lanes[i] != 0 && a.v[i].magnitude < .infinity && b.v[i].magnitude < .infinity {
      let x = split(a.v[i]), y = split(b.v[i]), high = x.significand * y.significand
      let rest = (-high).addingProduct(x.significand, y.significand)
      r.set(i, reduceFar(high, rest, exponent: x.exponent + y.exponent, eighth: eighth))
    }
    return r
  }
  private mutating func set(_ i: Int, _ r: (k: Int, high: Double, low: Double)) {
    high.v[i] = r.high
    low.v[i] = r.low
    turns.v[i] = 0x1.8p52 + Double(r.k)
  }
}

/// x = significand·2^exponent, for x that is finite and not 0: 1 ≤ |significand| < 2.
private func split(_ x: Double) -> (significand: Double, exponent: Int) {
  let tiny = x.magnitude < 0x1p-1000, bits = (tiny ? x * 0x1p100 : x).bitPattern
  let significand = Double(bitPattern: bits & ~(0x7ff << 52) | 0x3ff << 52)
  return (significand, Int((bits >> 52) & 0x7ff) - 1023 - (tiny ? 100 : 0))
}

/// 256 bits of a number modulo 4, in units of 2^-254, the highest first.
private struct Turns {
  var p0: UInt64, p1: UInt64, p2: UInt64, p3: UInt64

  /// |x|·2^exponent·2/π, to 2^-200. x = m·2^e: of 2/π only 256 bits matter, those that contribute to the product less
  /// than 4 and more than 2^-250.
  init(_ x: Double, exponent: Int) {
    let bits = x.bitPattern
    let e = Int((bits >> 52) & 0x7ff) - 1075 + exponent, m = bits & 0xf_ffff_ffff_ffff | 0x10_0000_0000_0000
    let first = e - 2 + 64, word = first >> 6, shift = UInt64(first & 63)
    @inline(__always) func window(_ i: Int) -> UInt64 {
      let a = act_two_over_pi(word + i), b = act_two_over_pi(word + i + 1)
      return shift == 0 ? a : a << shift | b >> (64 - shift)
    }
    let l3 = m.multipliedFullWidth(by: window(3)), l2 = m.multipliedFullWidth(by: window(2))
    let l1 = m.multipliedFullWidth(by: window(1)), l0 = m &* window(0)
    p3 = l3.low
    let (t2, c2) = l2.low.addingReportingOverflow(l3.high)
    let (t1, c1) = l1.low.addingReportingOverflow(l2.high)
    let (s1, d1) = t1.addingReportingOverflow(c2 ? 1 : 0)
    p2 = t2
    p1 = s1
    p0 = l0 &+ l1.high &+ (c1 ? 1 : 0) &+ (d1 ? 1 : 0)
  }
  mutating func negate() { (p0, p1, p2, p3) = (~p0, ~p1, ~p2, ~p3) }  // −p but for a unit
  mutating func add(_ q: Turns) {
    let (s3, c3) = p3.addingReportingOverflow(q.p3)
    let (t2, c2) = p2.addingReportingOverflow(q.p2), (s2, d2) = t2.addingReportingOverflow(c3 ? 1 : 0)
    let (t1, c1) = p1.addingReportingOverflow(q.p1), (s1, d1) = t1.addingReportingOverflow(c2 || d2 ? 1 : 0)
    (p0, p1, p2, p3) = (p0 &+ q.p0 &+ (c1 || d1 ? 1 : 0), s1, s2, s3)
  }
}

/// Of (x + rest)·2^exponent, or π/4 more.
private func reduceFar(_ x: Double, _ rest: Double, exponent: Int, eighth: Bool) -> (k: Int, high: Double, low: Double) {
  var p = Turns(x, exponent: exponent)
  if x < 0 { p.negate() }
  if rest != 0 {
    var q = Turns(rest, exponent: exponent)
    if rest < 0 { q.negate() }
    p.add(q)
  }
  if eighth { p.p0 = p.p0 &+ 1 << 61 }
  // The fraction, as a signed number of units of 2^-256: r/(π/2) is it, from −½ to ½.
  var q0 = p.p0 << 2 | p.p1 >> 62, q1 = p.p1 << 2 | p.p2 >> 62, q2 = p.p2 << 2 | p.p3 >> 62
  var k = Int(p.p0 >> 62)
  let negative = q0 >> 63 != 0
  if negative {  // ~q is −q to 2^-192
    k &+= 1
    (q0, q1, q2) = (~q0, ~q1, ~q2)
  }
  var zeros = q0.leadingZeroBitCount
  if zeros == 64 {
    (q0, q1, q2) = (q1, q2, 0)
    zeros &+= q0.leadingZeroBitCount
  }
  let s = UInt64(zeros & 63)
  if s > 0 { (q0, q1) = (q0 << s | q1 >> (64 - s), q1 << s | q2 >> (64 - s)) }
  let unit = Double(bitPattern: UInt64(1023 - 53 - zeros) << 52)
  let a = Double(q0 >> 11) * unit, b = Double((q0 & 0x7ff) << 42 | q1 >> 22) * (unit * 0x1p-53)
  // (a + b)·π/2
  let h = a * 0x1.921fb54442d18p0
  let l = (-h).addingProduct(a, 0x1.921fb54442d18p0) + (a * 0x1.1a62633145c07p-54 + b * 0x1.921fb54442d18p0)
  let high = h + l, low = l - (high - h)
  return (k, negative ? -high : high, negative ? -low : low)
}

extension Number {
  /// 0 as it is: with a sign, which the reduction of the angle does not keep.
  @inline(__always) fileprivate static func keepingZero(_ x: Self, _ sine: Self) -> Self { select(abs(x) <= 0, x, sine) }
  /// x + s²/a, or x where a·x is 0 or less than any double, and so for a = 0, too. s/a exceeds x nowhere.
  @inline(__always) fileprivate static func add(_ x: Self, squareOf s: Self, over a: Self) -> Self {
    select(abs(x * a) <= 0, x, x + s * (s / a))
  }
}

/// sin of the reduced angle where `turns` is even, else cos, negated where it is 2 or 3 mod 4.
@inline(__always)
private func choose(_ turns: DoubleLanes, _ sine: DoubleLanes, _ cosine: DoubleLanes) -> DoubleLanes {
  DoubleLanes(flip_second64(select64(odd_mask64(turns.v), cosine.v, sine.v), turns.v))
}

extension Doubles {
  /// (sin r − r)/r³ and (cos r − 1 + r²/2)/r⁴ for |r| ≤ π/4, in z = r²: Taylor's terms, to 2^-63 and 2^-68.
  @inline(__always) fileprivate static func sineTail(_ z: Self) -> Self {
    estrin(
      z,
      [
        1.0 / 355687428096000, -1.0 / 1307674368000, 1.0 / 6227020800, -1.0 / 39916800, 1.0 / 362880, -1.0 / 5040, 1.0 / 120,
        -1.0 / 6,
      ])
  }
  /// The same without the first term, and over z.
  @inline(__always) fileprivate static func sineTail5(_ z: Self) -> Self {
    estrin(
      z,
      [
        1.0 / 355687428096000, -1.0 / 1307674368000, 1.0 / 6227020800, -1.0 / 39916800, 1.0 / 362880, -1.0 / 5040, 1.0 / 120,
      ])
  }
  @inline(__always) fileprivate static func cosineTail(_ z: Self) -> Self {
    estrin(
      z,
      [
        -1.0 / 6402373705728000, 1.0 / 20922789888000, -1.0 / 87178291200, 1.0 / 479001600, -1.0 / 3628800, 1.0 / 40320,
        -1.0 / 720, 1.0 / 24,
      ])
  }
  @inline(__always) fileprivate static func full(_ x: Self, _ quarter: Double) -> Self {
    at(Reduced(DoubleLanes(x.v)), quarter)
  }
  @inline(__always) private static func at(_ r: Reduced, _ quarter: Double) -> Self {
    let z = r.high * r.high
    let sine = r.high + DoubleLanes.fma(z * r.high, DoubleLanes.sineTail(z), r.low)
    let cosine = DoubleLanes.fma(z * z, DoubleLanes.cosineTail(z), DoubleLanes.fma(z, -0.5, 1) - r.high * r.low)
    return Self(choose(r.turns + DoubleLanes(quarter), sine, cosine).v)
  }
  @inline(__always) private static func sin(_ a: Self, times b: Self) -> Self {
    at(Reduced(DoubleLanes(a.v), times: DoubleLanes(b.v), eighth: false), 0)
  }
  @inline(__always) private static func sinPastEighth(_ a: Self, times b: Self) -> Self {
    at(Reduced(DoubleLanes(a.v), times: DoubleLanes(b.v), eighth: true), 0)
  }
  @inline(__always) static func addSquareOfSine(_ x: Self, times a: Self) -> Self {
    if !Reach.isNarrow { return add(x, squareOf: sin(x, times: a), over: a) }
    let (s, p, isKnown) = narrowSine(x, times: a, eighth: false), y = select(abs(p) <= 0, x, fma(s * s, 1 / a, x))
    return all(isKnown) ? y : select(isKnown, y, add(x, squareOf: sin(x, times: a), over: a))
  }
  @inline(__always) static func squareOfSinePastEighth(_ a: Self, times b: Self) -> Self {
    if !Reach.isNarrow { return square(sinPastEighth(a, times: b)) }
    let (s, _, isKnown) = narrowSine(a, times: b, eighth: true), y = s * s
    return all(isKnown) ? y : select(isKnown, y, square(sinPastEighth(a, times: b)))
  }

  // Of arguments that were floats, to 2^-48: x = k·π + r with k an integer (sin) or a half more (cos), and sin r from one
  // polynomial: half the work.
  /// sin r for |r| ≤ π/2. Minimax, Sources/Constants/coefficients.py.
  @inline(__always) private static func sine(_ r: Self) -> Self {
    let z = r * r
    let p = estrin(
      z,
      [
        -0x1.9f14293f4ea0bp-41, 0x1.60e6b7640da6ap-33, -0x1.ae63557bd6d8fp-26, 0x1.71de38061e7d4p-19, -0x1.a01a019a63e44p-13,
        0x1.111111110a54cp-7, -0x1.55555555554a8p-3,
      ])
    return r * fma(z, p, 1)  // keeps the sign of 0
  }
  @inline(__always) fileprivate static func narrow(_ x: Self, half: Bool) -> Self {
    let turns = half ? fma(x, 0x1.45f306dc9c883p-2, 0.5) + 0x1.8p52 : fma(x, 0x1.45f306dc9c883p-2, 0x1.8p52)
    let k = half ? (turns - 0x1.8p52) - 0.5 : turns - 0x1.8p52
    let r = fma(k, -0x1.1a62633145c07p-53, fma(k, -0x1.921fb54442d18p1, x))  // the first product and sum are exact
    let y = Self(flip_odd64(sine(r).v, turns.v)), far = Self(least) < abs(x)
    return any(far) ? select(far, farther(x, half), y) : y
  }
  /// ±sin(a·b), or of π/4 more, with a·b, and where it is known to all digits: not of large angles, nor next to its zeros,
  /// unless a·b is one.
  @inline(__always)
  private static func narrowSine(_ a: Self, times b: Self, eighth: Bool) -> (sine: Self, product: Self, isKnown: Mask) {
    let p = product(a, b), part = Self(eighth ? 0.25 : 0)
    let k = ((fma(p.high, 0x1.45f306dc9c883p-2, part) + 0x1.8p52) - 0x1.8p52) - part
    let r = fma(k, -0x1.921fb54442d18p1, p.high) + fma(k, -0x1.1a62633145c07p-53, p.low), isNear = abs(p.high) < 0x1p20
    return (sine(r), p.high, eighth ? and64(isNear, 0x1p-40 < abs(r)) : isNear)
  }
  @inline(never) private static func farther(_ x: Self, _ half: Bool) -> Self {
    let p = DoublePair(DoubleLanes(x.v)), y = half ? DoublePair.cos(p) : DoublePair.sin(p)
    return Self(y.sum.v)
  }

  @inline(__always) static func sin(_ x: Self) -> Self { Reach.isNarrow ? narrow(x, half: false) : keepingZero(x, full(x, 0)) }
  @inline(__always) static func cos(_ x: Self) -> Self { Reach.isNarrow ? narrow(x, half: true) : full(x, 1) }
}

extension FloatLanes {
  /// As in narrow doubles, with π in three parts of 24 bits; from 2¹⁷ on by way of them. The first product and sum are
  /// exact, so r is within 1 ULP next to the zeros, too.
  @inline(__always) private static func sine(_ x: Self, half: Bool) -> Self {
    let turns = half ? fma(x, 0x1.45f306p-2, 0.5) + 0x1.8p23 : fma(x, 0x1.45f306p-2, 0x1.8p23)
    let k = half ? (turns - 0x1.8p23) - 0.5 : turns - 0x1.8p23
    var r = fma(k, -0x1.921fb6p1, x)
    r = fma(k, 0x1.777a5cp-24, r)
    r = fma(k, 0x1.ee59dap-49, r)
    let z = r * r
    let p = polynomial(z, [0x1.5dc8c4p-19, -0x1.9f70eep-13, 0x1.110edap-7, -0x1.55554cp-3])  // Sources/Constants/coefficients.py
    let y = Self(flip_odd32(fma(r * z, p, r).v, turns.v)), far = Self(0x1p17) < abs(x)
    return any32(far) ? select(far, farther(x, half), y) : y
  }
  @inline(never) private static func farther(_ x: Self, _ half: Bool) -> Self {
    let h = x.halves(DoubleLanes.self)
    return Self(low: .full(h.low, half ? 1 : 0), high: .full(h.high, half ? 1 : 0))
  }
  @inline(__always) static func sin(_ x: Self) -> Self { keepingZero(x, sine(x, half: false)) }
  @inline(__always) static func cos(_ x: Self) -> Self { sine(x, half: true) }

  /// sin²(a·b), or sin²(a·b + π/4), and what rounding leaves out of it; and a·b. With r, the angle less a multiple of π/2, it
  /// is sin² r or 1 − sin² r. Up to an angle of 2¹⁷ r is at most π/4.
  @inline(__always)
  private static func squareOfSine(_ a: Self, times b: Self, eighth: Bool) -> (high: Self, low: Self, product: Self) {
    let part = Self(eighth ? 0.5 : 0), p = exactProduct(a, b), magic = Self(0x1.8p23)
    let turns = fma(a, b * 0x1.45f306p-1, part) + magic, k = (turns - magic) - part
    let first = fma(k, -0x1.921fb6p0, p.value)  // exact, as in `Reduced`, but for the sum of π/4 and a small product
    var rest = fma(k, 0x1.777a5cp-25, p.rest)
    if eighth { rest = rest + (p.value - fma(k, 0x1.921fb6p0, first)) }
    let (r, low) = ordered(first, rest), z = r * r
    let tail = fma(fma(Self(-0x1.995402p-13), z, 0x1.110778p-7), z, -0x1.555546p-3)  // Sources/Constants/coefficients.py
    let s = ordered(r, fma(r * z, tail, low)), square = exactProduct(s.high, s.high)
    let left = fma(s.high + s.high, s.low, square.rest), other = ordered(1, -square.value), isOdd = odd_mask32(turns.v)
    return (select(isOdd, other.high, square.value), select(isOdd, other.low - left, left), p.value)
  }
  /// a + b exactly where |a| ≥ |b|.
  @inline(__always) private static func ordered(_ a: Self, _ b: Self) -> (high: Self, low: Self) {
    let s = a + b
    return (s, b - (s - a))
  }
  @inline(__always) static func addSquareOfSine(_ x: Self, times a: Self) -> Self {
    let s = squareOfSine(x, times: a, eighth: false), y = exactQuotient(1, a), q = exactProduct(s.high, y.value)
    let sum = (x + q.value) + fma(s.low, y.value, fma(s.high, y.rest, q.rest))
    return unknown(select(abs(s.product) <= 0, x, sum), unless: abs(s.product) < 0x1p17)
  }
  /// Next to its zeros too little of the angle is left.
  @inline(__always) static func squareOfSinePastEighth(_ a: Self, times b: Self) -> Self {
    let s = squareOfSine(a, times: b, eighth: true), size = abs(s.product) * 0x1p-17
    return unknown(s.high + s.low, unless: and32(size < 1, size * size <= s.high))
  }
  /// NaN where floats do not know the result.
  @inline(__always) private static func unknown(_ result: Self, unless mask: Mask) -> Self {
    select(mask, result, Self(Double.nan))
  }
}

extension DoublePair {
  @inline(__always) private static func at(_ x: Self, _ quarter: Double) -> Self {
    at(x.isDouble ? Reduced(x.high) : Reduced(x.high, x.low), quarter)
  }
  @inline(__always) private static func at(_ r: Reduced, _ quarter: Double) -> Self {
    let u = r.high, z = DoubleLanes.product(u, u)
    let sine = DoubleLanes.fma(z.high * u, DoubleLanes.sineTail(z.high), DoubleLanes.fma(z.high * -0.5, r.low, r.low))
    let c = DoubleLanes.orderedSum(1, z.high * -0.5)
    let tail = DoubleLanes.fma(z.high * z.high, DoubleLanes.cosineTail(z.high), DoubleLanes.fma(u, -r.low, z.low * -0.5))
    let turns = r.turns + DoubleLanes(quarter)
    return Self(choose(turns, u, c.high), choose(turns, sine, c.low + tail))
  }
  // With a low part of up to 9 % of the high one.
  @inline(__always) static func sin(_ x: Self) -> Self { keepingZero(x, at(x, 0)) }
  @inline(__always) static func cos(_ x: Self) -> Self { at(x, 1) }
  @inline(__always) static func addSquareOfSine(_ x: Self, times a: Self) -> Self { add(x, squareOf: sin(x, times: a), over: a) }
  @inline(__always) static func squareOfSinePastEighth(_ a: Self, times b: Self) -> Self { square(sinPastEighth(a, times: b)) }
  @inline(__always) private static func sin(_ a: Self, times b: Self) -> Self {
    close(Reduced(a.high, times: b.high, eighth: false))
  }
  @inline(__always) private static func sinPastEighth(_ a: Self, times b: Self) -> Self {
    close(Reduced(a.high, times: b.high, eighth: true))
  }
  /// To 2^-57, and tidy: −r³/6 in a pair, too, and what comes after it doubles.
  @inline(__always) private static func close(_ r: Reduced) -> Self {
    let u = r.high, z = DoubleLanes.product(u, u), cube = DoubleLanes.product(z.high * (-1.0 / 6), u)
    // z·(−1/6) is rounded, −1/6 is not exact, and z has a low part.
    let sixth = DoubleLanes.fma(z.high, -1.0 / 6, -(z.high * (-1.0 / 6))) + z.high * -0x1.5555555555555p-57
    let less = DoubleLanes.fma(u, sixth + z.low * (-1.0 / 6), cube.low)
    let s = DoubleLanes.orderedSum(u, cube.high)
    let fifth = DoubleLanes.fma(z.high * z.high * u, DoubleLanes.sineTail5(z.high), DoubleLanes.fma(z.high * -0.5, r.low, r.low))
    let c = DoubleLanes.orderedSum(1, z.high * -0.5)
    let tail = DoubleLanes.fma(z.high * z.high, DoubleLanes.cosineTail(z.high), DoubleLanes.fma(u, -r.low, z.low * -0.5))
    let high = choose(r.turns, s.high, c.high), low = choose(r.turns, s.low + (less + fifth), c.low + tail)
    return Self(DoubleLanes.orderedSum(high, low))
  }
}

extension DoubleDouble {
  /// Taylor's series in r², the first terms in full, the last in doubles: to 2^-100.
  @inline(never) private static func at(_ x: Self, _ quarter: Double) -> Self {
    let p = x.plain
    return at(Reduced(p.high, p.low), quarter)
  }
  @inline(never) private static func at(_ reduced: Reduced, _ quarter: Double) -> Self {
    let r = Self(reduced.high, reduced.low), z = (r * r).plain
    var s = Self(
      DoubleLanes.polynomial(
        z.high,
        [  // 1/29! … 1/17!
          0x1.259f98b4358adp-103, -0x1.d1ab1c2dccea3p-94, 0x1.3f3ccdd165fa9p-84,
          -0x1.761b41316381ap-75, 0x1.71b8ef6dcf572p-66, -0x1.2f49b46814157p-57, 0x1.952c77030ad4ap-49,
        ]))
    s = horner(s, z, Self(-0x1.ae7f3e733b81fp-41, -0x1.1d8656b0ee8cbp-97))  // 1/15!
    s = horner(s, z, Self(0x1.6124613a86d09p-33, 0x1.f28e0cc748ebep-87))
    s = horner(s, z, Self(-0x1.ae64567f544e4p-26, 0x1.c062e06d1f209p-80))
    s = horner(s, z, Self(0x1.71de3a556c734p-19, -0x1.c154f8ddc6c00p-73))
    s = horner(s, z, Self(-0x1.a01a01a01a01ap-13, -0x1.a01a01a01a01ap-73))
    s = horner(s, z, Self(0x1.1111111111111p-7, 0x1.1111111111111p-63))
    s = horner(s, z, Self(-0x1.5555555555555p-3, -0x1.5555555555555p-57))
    s = horner(s, z, 1)
    let sine = (s * r).plain
    var c = Self(
      DoubleLanes.polynomial(
        z.high,
        [  // 1/30! … 1/18!
          -0x1.3932c5047d60ep-108, 0x1.0a18a2635085dp-98, -0x1.88e85fc6a4e5ap-89,
          0x1.f2cf01972f578p-80, -0x1.0ce396db7f853p-70, 0x1.e542ba4020225p-62, -0x1.6827863b97d97p-53,
        ]))
    c = horner(c, z, Self(0x1.ae7f3e733b81fp-45, 0x1.1d8656b0ee8cbp-101))  // 1/16!
    c = horner(c, z, Self(-0x1.93974a8c07c9dp-37, -0x1.05d6f8a2efd1fp-92))
    c = horner(c, z, Self(0x1.1eed8eff8d898p-29, -0x1.2aec959e14c06p-83))
    c = horner(c, z, Self(-0x1.27e4fb7789f5cp-22, -0x1.cbbc05b4fa99ap-76))
    c = horner(c, z, Self(0x1.a01a01a01a01ap-16, 0x1.a01a01a01a01ap-76))
    c = horner(c, z, Self(-0x1.6c16c16c16c17p-10, 0x1.f49f49f49f49fp-65))
    c = horner(c, z, Self(0x1.5555555555555p-5, 0x1.5555555555555p-59))
    c = horner(c, z, -0.5)
    c = horner(c, z, 1)
    let turns = reduced.turns + DoubleLanes(quarter)
    return Self(DoubleLanes.orderedSum(choose(turns, sine.high, c.high), choose(turns, sine.low, c.low)))
  }
  @inline(never) static func sin(_ x: Self) -> Self { at(x, 0) }
  @inline(never) static func cos(_ x: Self) -> Self { at(x, 1) }
  @inline(never) static func addSquareOfSine(_ x: Self, times a: Self) -> Self { add(x, squareOf: sin(x, times: a), over: a) }
  @inline(never) static func squareOfSinePastEighth(_ a: Self, times b: Self) -> Self { square(sinPastEighth(a, times: b)) }
  @inline(never) private static func sin(_ a: Self, times b: Self) -> Self { at(Reduced(a.high, times: b.high, eighth: false), 0) }
  @inline(never) private static func sinPastEighth(_ a: Self, times b: Self) -> Self {
    at(Reduced(a.high, times: b.high, eighth: true), 0)
  }
}
