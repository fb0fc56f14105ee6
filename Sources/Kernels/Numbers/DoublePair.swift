import Lanes

/// A vector of sums of two doubles, `low` at most some 2^-44 of `high` and never tidied up: 57 bits or so, enough to
/// round to a double that is off by little more than half a unit in the last place.
/// It knows neither −0 nor ±∞, and it does not reach below 2^-960.
struct DoublePair: Number {
  /// High, low, and the sum of the two rounded, which may take less than that addition. As plain vectors: in a structure of its
  /// own, each would be copied through memory. What is not used of them is not computed.
  private var parts: (high: f64, low: f64, sum: f64)
  private var known = Known()

  var high: DoubleLanes { @inline(__always) get { DoubleLanes(parts.high) } }
  var low: DoubleLanes { @inline(__always) get { DoubleLanes(parts.low) } }
  var sum: DoubleLanes { @inline(__always) get { DoubleLanes(parts.sum) } }
  var isDouble: Bool { @inline(__always) get { known.contains(.isShort) } }
  var isSettled: Bool { @inline(__always) get { known.contains(.isSettled) } }
  private var isPower: Bool { @inline(__always) get { known.contains(.isPower) } }
  private var isZero: Bool { @inline(__always) get { known.contains(.isZero) } }

  @inline(__always) init(_ high: DoubleLanes, _ low: DoubleLanes) { self.init(high, low, sum: high + low) }
  @inline(__always) private init(_ high: DoubleLanes, _ low: DoubleLanes, sum: DoubleLanes) { parts = (high.v, low.v, sum.v) }
  @inline(__always) init(_ sum: (high: DoubleLanes, low: DoubleLanes)) { self.init(sum.high, sum.low) }
  @inline(__always) init(_ x: DoubleLanes) {
    self.init(x, 0, sum: x)
    known = [.isShort, .isSettled]
  }
  @inline(__always) init(parameters p: UnsafePointer<Double>) { self.init(DoubleLanes.load(p)) }
  @inline(__always) init(_ constant: Double) { self.init(DoubleLanes(constant)) }
  @inline(__always) init(_ high: Double, _ low: Double) {
    self.init(DoubleLanes(high), DoubleLanes(low))
    known = .isSettled
  }
  @inline(__always) init(floatLiteral value: Double) {
    self.init(DoubleLanes(value))
    if value.bitPattern << 12 == 0 { known.insert(.isPower) }
    if value == 0 { known.insert(.isZero) }
  }
  @inline(__always) init(integerLiteral value: Int) { self.init(floatLiteral: Double(value)) }

  /// The low parts are added, no more: nothing is renormalised.
  @inline(__always) static func + (a: Self, b: Self) -> Self {
    if a.isZero || b.isZero { return a.isZero ? b : a }
    return Self(DoubleLanes.sum(a.high, b.high)).adding(a, b)
  }
  @inline(__always) static func orderedSum(_ a: Self, _ b: Self) -> Self {
    Self(DoubleLanes.orderedSum(a.high, b.high)).adding(a, b)
  }
  @inline(__always) static func onePlus(_ x: Self) -> Self { orderedSum(1, x) }
  /// The low parts of a and b, in addition.
  @inline(__always) private func adding(_ a: Self, _ b: Self) -> Self {
    if a.isDouble && b.isDouble { return settled }
    return Self(high, low + (a.isDouble ? b.low : b.isDouble ? a.low : a.low + b.low))
  }
  /// Of two doubles.
  @inline(__always) private var settled: Self {
    var r = self
    r.known.insert(.isSettled)
    return r
  }
  @inline(__always) static prefix func - (a: Self) -> Self {
    var r = a.isDouble ? Self(-a.high, 0, sum: -a.sum) : Self(-a.high, -a.low, sum: -a.sum)
    r.known = a.known
    return r
  }
  @inline(__always) static func - (a: Self, b: Self) -> Self { a + -b }
  @inline(__always) static func * (a: Self, b: Self) -> Self {
    if b.isPower || a.isPower {
      let x = b.isPower ? a : b, c = b.isPower ? b.high : a.high
      if !x.isDouble { return Self(x.high * c, x.low * c, sum: x.sum * c) }
      var r = Self(x.high * c)
      if a.isPower && b.isPower { r.known.insert(.isPower) }
      if !x.isSettled { r.known.remove(.isSettled) }
      return r
    }
    let p = DoubleLanes.product(a.high, b.high)
    if a.isDouble && b.isDouble { return Self(p).settled }
    if a.isDouble { return product(p, a.high, b.high, a.high, b.low) }
    if b.isDouble { return product(p, a.high, b.high, b.high, a.low) }
    let more = a.low * b.high
    return Self(
      p.high, DoubleLanes.fma(a.high, b.low, DoubleLanes.fma(a.low, b.high, p.low)),
      sum: DoubleLanes.fma(a.high, b.high, DoubleLanes.fma(a.high, b.low, more)))
  }
  /// a·b + c·d, where p is a·b exactly: rounded in two operations.
  @inline(__always) private static func product(
    _ p: (high: DoubleLanes, low: DoubleLanes), _ a: DoubleLanes, _ b: DoubleLanes, _ c: DoubleLanes, _ d: DoubleLanes
  ) -> Self {
    Self(p.high, DoubleLanes.fma(c, d, p.low), sum: DoubleLanes.fma(a, b, c * d))
  }
  @inline(__always) static func square(_ x: Self) -> Self {
    let p = DoubleLanes.product(x.high, x.high)
    return x.isDouble ? Self(p).settled : product(p, x.high, x.high, x.high + x.high, x.low)
  }
  /// One division, and a correction by the same reciprocal.
  @inline(__always) static func / (a: Self, b: Self) -> Self {
    let y = 1 / b.high, q = a.high * y
    var r = DoubleLanes.fma(-q, b.high, a.high)
    if !a.isDouble { r = r + a.low }
    if !b.isDouble { r = DoubleLanes.fma(-q, b.low, r) }
    let quotient = Self(q, r * y, sum: DoubleLanes.fma(r, y, q))
    return a.isDouble && b.isDouble ? quotient.settled : quotient
  }
  @inline(__always) static func offset(_ x: Self, rest: Self?, from constant: Triple) -> Offset<Self> {
    let s = DoubleLanes.sum(x.high, DoubleLanes(-constant.high))
    let t = x.isDouble ? (DoubleLanes(-constant.middle), 0) : DoubleLanes.sum(x.low, DoubleLanes(-constant.middle))
    let d = DoubleLanes.sum(s.high, t.0)
    return Offset(Self(d.high, d.low + (s.low + (t.1 - DoubleLanes(constant.low)))))
  }
  @inline(__always) static func nearZero<let n: Int>(_ zero: Zero<n>, of x: Self, rest: Self, _ formula: Self) -> Self {
    let difference = x - Self(zero.high, zero.low)  // its parts may be of one size
    let d = Self(DoubleLanes.sum(difference.high, difference.low)), near = DoubleLanes.abs(d.high) < DoubleLanes(zero.radius)
    guard DoubleLanes.any(near) else { return formula }
    let s = DoubleLanes.orderedSum(DoubleLanes(zero.slope.high), d.high * DoubleLanes.series(zero, d.high, atMost: n))
    return select(near, d * Self(s.high, s.low + DoubleLanes(zero.slope.low)), formula)
  }
  /// The referee shall decide where the low part may have lost digits.
  @inline(__always) static func unless(lost e: Self, _ result: Self, _ other: () -> Self) -> Self {
    Self(DoubleLanes.select(e.high < 0x1p-960, DoubleLanes(Double.nan), result.high), result.low)
  }
  @inline(__always) static func < (a: Self, b: Self) -> DoubleLanes.Mask { a.high < b.high }
  @inline(__always) static func <= (a: Self, b: Self) -> DoubleLanes.Mask { a.high <= b.high }
  @inline(__always) static func select(_ m: DoubleLanes.Mask, _ a: Self, _ b: Self) -> Self {
    if a.isDouble && b.isDouble { return Self(DoubleLanes.select(m, a.high, b.high)) }
    let r = Self(
      DoubleLanes.select(m, a.high, b.high), DoubleLanes.select(m, a.low, b.low), sum: DoubleLanes.select(m, a.sum, b.sum))
    return a.isSettled && b.isSettled ? r.settled : r
  }
  @inline(__always) static func clamp(_ x: Self, _ low: Double, _ high: Double) -> Self {
    Self(DoubleLanes.clamp(x.high, low, high))
  }
  @inline(__always) static func abs(_ x: Self) -> Self {
    let high = DoubleLanes.abs(x.high)
    return x.isDouble ? Self(high) : Self(high, flip(x.low, x.high), sum: DoubleLanes.abs(x.sum))
  }
  @inline(__always) static func copysign(_ x: Self, _ s: Self) -> Self {
    let high = DoubleLanes.copysign(x.high, s.high)
    if x.isDouble { return Self(high) }
    return Self(high, flip(flip(x.low, x.high), s.high), sum: DoubleLanes.copysign(x.sum, s.high))
  }
  @inline(__always) private static func flip(_ x: DoubleLanes, _ s: DoubleLanes) -> DoubleLanes { DoubleLanes(flip64(x.v, s.v)) }

  /// The high part is right where it is 0 because x is (−0 + 0 would be 0); arithmetic alone makes no other zeros either.
  @inline(__always) func isRightZero(of x: DoubleLanes, isArithmetic: Bool) -> DoubleLanes.Mask {
    let zero = same64(high.v, DoubleLanes(0).v)
    return isArithmetic ? zero : and64(zero, same64(x.v, DoubleLanes(0).v))
  }
}
