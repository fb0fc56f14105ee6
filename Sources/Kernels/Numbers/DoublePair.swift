import Lanes

/// A vector of sums of two doubles, `low` at most some 2^-44 of `high` and never tidied up: 57 bits or so, enough to
/// round to a double that is off by little more than half a unit in the last place.
/// It knows neither −0 nor ±∞, and it does not reach below 2^-960.
struct DoublePair: Number {
  var high: DoubleLanes, low: DoubleLanes
  /// Known when the code is compiled: `low` is zero; the number is a literal power of two, or 0.
  /// So a formula's argument, parameters and literals cost no more than doubles do.
  private(set) var isDouble = false, isPower = false, isZero = false
  /// Likewise: no more than one operation on doubles led here, so that `DoubleLanes` has the number correctly rounded.
  private(set) var isSettled = false

  @inline(__always) init(_ high: DoubleLanes, _ low: DoubleLanes) {
    self.high = high
    self.low = low
  }
  @inline(__always) init(_ sum: (high: DoubleLanes, low: DoubleLanes)) { self.init(sum.high, sum.low) }
  @inline(__always) init(_ x: DoubleLanes) {
    high = x
    low = 0
    isDouble = true
    isSettled = true
  }
  @inline(__always) init(parameters p: UnsafePointer<Double>) { self.init(DoubleLanes.load(p)) }
  @inline(__always) init(_ constant: Double) { self.init(DoubleLanes(constant)) }
  @inline(__always) init(_ high: Double, _ low: Double) {
    self.init(DoubleLanes(high), DoubleLanes(low))
    isSettled = true
  }
  @inline(__always) init(floatLiteral value: Double) {
    self.init(DoubleLanes(value))
    isPower = value.bitPattern << 12 == 0
    isZero = value == 0
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
  @inline(__always) static func lastSum(_ a: Self, _ b: Self) -> Self { orderedSum(a, b) }
  @inline(__always) static func onePlus(_ x: Self) -> Self { orderedSum(1, x) }
  /// The low parts of a and b, in addition.
  @inline(__always) private func adding(_ a: Self, _ b: Self) -> Self {
    if a.isDouble && b.isDouble { return settled }
    return Self(high, low + (a.isDouble ? b.low : b.isDouble ? a.low : a.low + b.low))
  }
  /// Of two doubles.
  @inline(__always) private var settled: Self {
    var r = self
    r.isSettled = true
    return r
  }
  @inline(__always) static prefix func - (a: Self) -> Self {
    var r = a
    r.high = -a.high
    if !a.isDouble { r.low = -a.low }
    return r
  }
  @inline(__always) static func - (a: Self, b: Self) -> Self { a + -b }
  @inline(__always) static func * (a: Self, b: Self) -> Self {
    if b.isPower || a.isPower {
      var r = b.isPower ? a : b
      let c = b.isPower ? b.high : a.high
      r.high = r.high * c
      if !r.isDouble { r.low = r.low * c }
      r.isPower = a.isPower && b.isPower
      if !r.isDouble { r.isSettled = false }
      return r
    }
    var p = DoubleLanes.product(a.high, b.high)
    if a.isDouble && b.isDouble { return Self(p).settled }
    if !a.isDouble { p.low = DoubleLanes.fma(a.low, b.high, p.low) }
    if !b.isDouble { p.low = DoubleLanes.fma(a.high, b.low, p.low) }
    return Self(p)
  }
  @inline(__always) static func square(_ x: Self) -> Self {
    var p = DoubleLanes.product(x.high, x.high)
    if x.isDouble { return Self(p).settled }
    p.low = DoubleLanes.fma(x.high + x.high, x.low, p.low)
    return Self(p)
  }
  /// One division, and a correction by the same reciprocal.
  @inline(__always) static func / (a: Self, b: Self) -> Self {
    let y = 1 / b.high, q = a.high * y
    var r = DoubleLanes.fma(-q, b.high, a.high)
    if !a.isDouble { r = r + a.low }
    if !b.isDouble { r = DoubleLanes.fma(-q, b.low, r) }
    let quotient = Self(q, r * y)
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
    let high = DoubleLanes.select(m, a.high, b.high)
    if a.isDouble && b.isDouble { return Self(high) }
    let r = Self(high, DoubleLanes.select(m, a.low, b.low))
    return a.isSettled && b.isSettled ? r.settled : r
  }
  @inline(__always) static func abs(_ x: Self) -> Self {
    x.isDouble ? Self(DoubleLanes.abs(x.high)) : Self(DoubleLanes.abs(x.high), flip(x.low, x.high))
  }
  @inline(__always) static func copysign(_ x: Self, _ s: Self) -> Self {
    let high = DoubleLanes.copysign(x.high, s.high)
    return x.isDouble ? Self(high) : Self(high, flip(flip(x.low, x.high), s.high))
  }
  @inline(__always) private static func flip(_ x: DoubleLanes, _ s: DoubleLanes) -> DoubleLanes { DoubleLanes(flip64(x.v, s.v)) }

  /// The high part is right where it is 0 because x is (−0 + 0 would be 0); arithmetic alone makes no other zeros either.
  @inline(__always) func isRightZero(of x: DoubleLanes, isArithmetic: Bool) -> DoubleLanes.Mask {
    let zero = same64(high.v, DoubleLanes(0).v)
    return isArithmetic ? zero : and64(zero, same64(x.v, DoubleLanes(0).v))
  }
}
