import Lanes

/// A vector of sums of two doubles, `low` at most half a unit in the last place of `high`: 106 bits.
/// It knows neither −0 nor ±∞: `isNormal` says where it holds, and elsewhere doubles give the answer.
/// Exponentials, products and quotients also have an `exponent`: beyond the range of doubles they lose no digits.
struct DoubleDouble: Number {
  var high: DoubleLanes, low: DoubleLanes
  /// The number is (high + low)·2^exponent; none means 0.
  var exponent: DoubleLanes? = nil

  @inline(__always) init(_ high: DoubleLanes, _ low: DoubleLanes) {
    self.high = high
    self.low = low
  }
  @inline(__always) init(_ sum: (high: DoubleLanes, low: DoubleLanes)) { self.init(sum.high, sum.low) }
  @inline(__always) init(_ x: DoubleLanes) { self.init(x, 0) }
  @inline(__always) init(parameters p: UnsafePointer<Double>) { self.init(DoubleLanes.load(p)) }
  @inline(__always) init(_ constant: Double) { self.init(DoubleLanes(constant)) }
  @inline(__always) init(_ high: Double, _ low: Double) { self.init(DoubleLanes(high), DoubleLanes(low)) }

  @inline(never) static func + (a: Self, b: Self) -> Self {
    if a.exponent != nil || b.exponent != nil {  // of a subnormal sum, more digits than it has itself
      let a = a.normalized, b = b.normalized
      let k = a.leastExponent, l = b.leastExponent, m = DoubleLanes.select(k < l, l, k)
      var r = scale(Self(a.high, a.low), k - m) + scale(Self(b.high, b.low), l - m)
      r.exponent = m
      return r
    }
    let s = DoubleLanes.sum(a.high, b.high), t = DoubleLanes.sum(a.low, b.low)
    let u = DoubleLanes.orderedSum(s.high, s.low + t.high)
    return Self(DoubleLanes.orderedSum(u.high, u.low + t.low))
  }
  /// The exponent, of 0 less than any other, so that it takes no digits from what is added to it.
  @inline(__always) private var leastExponent: DoubleLanes {
    DoubleLanes.select(same64(high.v, DoubleLanes(0).v), -1e5, exponent ?? 0)
  }
  @inline(__always) static prefix func - (a: Self) -> Self { Self(-a.high, -a.low).times(a.exponent) }
  @inline(__always) static func - (a: Self, b: Self) -> Self { a + -b }
  @inline(never) static func * (a: Self, b: Self) -> Self {
    let a = a.normalized, b = b.normalized
    let p = DoubleLanes.product(a.high, b.high)
    let low = DoubleLanes.fma(a.high, b.low, DoubleLanes.fma(a.low, b.high, p.low))
    return Self(DoubleLanes.orderedSum(p.high, low)).times(a.exponent).times(b.exponent)
  }
  @inline(never) static func / (a: Self, b: Self) -> Self {
    let a = a.normalized, b = b.normalized
    let q = a.high / b.high
    let r = DoubleLanes.fma(-q, b.high, a.high), s = r + DoubleLanes.fma(-q, b.low, a.low)
    return Self(DoubleLanes.orderedSum(q, s / b.high)).times(a.exponent).times(b.exponent.map { -$0 })
  }
  /// Compares the high parts: enough for signs and for the numbers a caller passes.
  @inline(__always) static func < (a: Self, b: Self) -> DoubleLanes.Mask { a.plain.high < b.plain.high }
  @inline(__always) static func <= (a: Self, b: Self) -> DoubleLanes.Mask { a.plain.high <= b.plain.high }
  @inline(__always) static func select(_ m: DoubleLanes.Mask, _ a: Self, _ b: Self) -> Self {
    let r = Self(DoubleLanes.select(m, a.high, b.high), DoubleLanes.select(m, a.low, b.low))
    return a.exponent == nil && b.exponent == nil ? r : r.times(DoubleLanes.select(m, a.exponent ?? 0, b.exponent ?? 0))
  }
  /// The number times 2^k.
  @inline(__always) func times(_ k: DoubleLanes?) -> Self {
    guard let k else { return self }
    var r = self
    r.exponent = if let exponent { exponent + k } else { k }
    return r
  }
  /// With |high| from 1 to 2 unless it is 0 or not finite.
  @inline(__always) private var normalized: Self {
    let k = DoubleLanes(exponent64(high.v))
    return Self.scale(Self(high, low), -k).times(k).times(exponent)
  }
  /// Without an exponent: what a caller sees.
  @inline(never) var plain: Self {
    guard let exponent else { return self }
    // In four steps, of which only the last one rounds.
    let k = DoubleLanes.clamp(exponent, -4000, 4000), half = DoubleLanes.round(k * 0.5)
    return Self.scale(Self.scale(Self(high, low), half), k - half)
  }
  @inline(__always) static func abs(_ x: Self) -> Self { select(x.high < 0, -x, x) }
  @inline(__always) static func copysign(_ x: Self, _ s: Self) -> Self {
    let m = DoubleLanes.copysign(x.high, s.high)
    return Self(m, select(m < 0, -abs(x), abs(x)).low).times(x.exponent)
  }
  /// A tie that even 106 bits do not settle: `low` takes the side, by more than the referee rounds away.
  @inline(never) static func beside(_ result: Self, against x: Self, from low: Double, to high: Double) -> Self {
    let size = DoubleLanes.abs(x.plain.high), step = DoubleLanes.copysign(0x1p-88, x.high) * result.high
    // x may be smaller than any double, and yet not 0.
    let inside = and64(and64(size < DoubleLanes(high), DoubleLanes(low) <= size), DoubleLanes(0) < DoubleLanes.abs(x.high))
    return Self(result.high, result.low - DoubleLanes.select(inside, step, 0)).times(result.exponent)
  }

  /// The first difference is exact near the constant.
  @inline(__always) static func offset(_ x: Self, rest: Self?, from constant: Triple) -> Offset<Self> {
    Offset((x - Self(constant.high)) - Self(constant.middle, constant.low))
  }

  /// x·2^k for numbers without an exponent.
  @inline(__always) static func scale(_ x: Self, _ k: DoubleLanes) -> Self {
    let k = DoubleLanes.clamp(k, -2000, 2000)
    return Self(DoubleLanes.scale(x.high, k), DoubleLanes.scale(x.low, k))
  }
  /// c + x·q where |c| exceeds |x·q|, for numbers without an exponent: a step of Horner's rule.
  @inline(never) static func horner(_ q: Self, _ x: Self, _ c: Self) -> Self {
    let p = DoubleLanes.product(q.high, x.high)
    let e = DoubleLanes.fma(q.high, x.low, DoubleLanes.fma(q.low, x.high, p.low))
    let s = DoubleLanes.orderedSum(c.high, p.high)
    return Self(s.high, s.low + (c.low + e))
  }
  /// Where the sum is finite and not zero.
  @inline(__always) var isNormal: DoubleLanes.Mask { normal64(high.v, low.v) }
  /// To 92 bits first: a quotient is not exact, and where a product with it is a tie that must show.
  @inline(__always) var roundedToOdd: DoubleLanes {
    let magic = high * 0x1.8p-40
    return DoubleLanes.roundedToOdd(high, (low + magic) - magic)
  }
}
