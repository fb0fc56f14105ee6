import Lanes

/// A vector of floats.
struct FloatLanes: Lanes {
  var v: f32
  /// What a parameter that is not a float is more than v. Products and quotients that keep their rest have it in there.
  var missing: Optional<f32>  // as f32? it would be set to nil, by a call, before it is set
  @inline(__always) init(_ v: f32) {
    self.v = v
    missing = nil
  }
  @inline(__always) init(_ c: Double) { self.init(f32(repeating: Float(c))) }
  @inline(__always) init(_ high: Double, _ low: Double) { self.init(high) }
  @inline(__always) static func + (a: Self, b: Self) -> Self { Self(add32(a.v, b.v)) }
  @inline(__always) static func - (a: Self, b: Self) -> Self { Self(sub32(a.v, b.v)) }
  @inline(__always) static func * (a: Self, b: Self) -> Self { Self(mul32(a.v, b.v)) }
  @inline(__always) static func / (a: Self, b: Self) -> Self { Self(div32(a.v, b.v)) }
  @inline(__always) static prefix func - (a: Self) -> Self { Self(neg32(a.v)) }
  @inline(__always) static func < (a: Self, b: Self) -> i32 { less32(a.v, b.v) }
  @inline(__always) static func <= (a: Self, b: Self) -> i32 { atmostmask32(a.v, b.v) }
  @inline(__always) static func select(_ m: i32, _ a: Self, _ b: Self) -> Self { Self(select32(m, a.v, b.v)) }
  @inline(__always) static func abs(_ x: Self) -> Self { Self(abs32(x.v)) }
  @inline(__always) static func copysign(_ x: Self, _ s: Self) -> Self { Self(copysign32(x.v, s.v)) }
  @inline(__always) static func fma(_ a: Self, _ b: Self, _ c: Self) -> Self { Self(fma32(a.v, b.v, c.v)) }
  @inline(__always) static func clamp(_ x: Self, _ low: Double, _ high: Double) -> Self {
    Self(atmost32(atleast32(x.v, Self(low).v), Self(high).v))
  }
  @inline(__always) static func atMost(_ x: Self, _ limit: Double) -> Self { Self(atmost32(x.v, f32(repeating: Float(limit)))) }
  /// The larger of the two; the limit where x is NaN.
  @inline(__always) static func atLeast(_ x: Self, _ limit: Double) -> Self { Self(orelse32(x.v, Self(limit).v)) }
  @inline(__always) static func squareRoot(_ x: Self) -> Self { Self(sqrt32(x.v)) }
  @inline(__always) static func losesDigits(_ f: Self, _ g: Self, ofProduct: Bool) -> Mask {
    let lost = or32(and32(abs(f) < 0x1p-120, 1 < abs(g)), and32(Self(Double.infinity) <= abs(f), abs(g) < 1))
    return ofProduct ? or32(lost, not32(and32(0x1p-100 <= abs(g), abs(g) <= 0x1p120))) : lost
  }
  @inline(__always) static func any(_ mask: Mask) -> Bool { any32(mask) }
  @inline(__always) var hasNaN: Bool { anynan32(v) }
  @inline(__always) var quiet: Self { Self(quiet32(v)) }

  @inline(__always) init(parameter: Double) {
    self.init(parameter)
    missing = f32(repeating: Float(parameter - Double(Float(parameter))))
  }
  @inline(__always) init(parameters p: UnsafePointer<Double>) {
    let low = DoubleLanes.load(p), high = DoubleLanes.load(p + DoubleLanes.count)
    self.init(low: low, high: high)
    let back = halves(DoubleLanes.self)
    missing = Self(low: low - back.low, high: high - back.high).v
  }
  static var count: Int { f32.scalarCount }
  static var isTested: Bool { false }
  @inline(__always) static func load(_ p: UnsafePointer<Float>) -> Self { Self(UnsafeRawPointer(p).loadUnaligned(as: f32.self)) }
  @inline(__always) func store(_ p: UnsafeMutablePointer<Float>) { UnsafeMutableRawPointer(p).storeBytes(of: v, as: f32.self) }

  @inline(__always) static func exactProduct(_ a: Self, _ b: Self) -> (value: Self, rest: Self) {
    let p = a * b
    var rest = fma(a, b, -p)
    if let more = a.missing { rest = fma(Self(more), b, rest) }
    if let more = b.missing { rest = fma(a, Self(more), rest) }
    return (p, rest)
  }
  @inline(__always) static func exactDifference(_ a: Self, _ b: Self) -> (value: Self, rest: Self) {
    let s = a - b, t = s - a
    return (s, (a - (s - t)) - (b + t))
  }
  @inline(__always) static func error(of high: Double, _ low: Double) -> Self { Self(high - Double(Float(high)) + low) }
  @inline(__always) static func secondError(of c: Triple) -> Self {
    let rest = c.high - Double(Float(c.high)) + c.middle
    return Self(rest - Double(Float(rest)))
  }
  @inline(__always) static func exactProduct(_ a: Self, _ high: Double, _ low: Double) -> (value: Self, rest: Self) {
    let p = exactProduct(a, Self(high))
    return (p.value, fma(a, error(of: high, low), p.rest))
  }
  @inline(__always) static func exactQuotient(_ a: Self, _ b: Self) -> (value: Self, rest: Self) {
    let y = 1 / b, q = a * y
    var r = fma(-q, b, a)
    if let more = b.missing { r = fma(-q, Self(more), r) }
    return (q, r * y)
  }
  /// A product of a float and a double is off by 2^-46.
  @inline(__always) static func doubting(_ result: Self, near zero: () -> Offset<Self>) -> Self {
    select(abs(zero().value) < 0x1p-18, Self(Double.nan), result)
  }
  @inline(__always) static var leastNormal: Self { 0x1p-126 }
  @inline(__always) static func nearZero<let n: Int>(_ zero: Zero<n>, of x: Self, rest: Self, _ formula: Self) -> Self {
    let high = Self(zero.high), low = Self(zero.high - Double(Float(zero.high)) + zero.low)
    let d = (x - high) + (rest - low), near = abs(d) < Self(zero.radius)
    guard any(near) else { return formula }
    return select(near, d * fma(series(zero, d, atMost: 8), d, Self(zero.slope.high)), formula)
  }

  /// For exponents from −127, where 2^(k + more) is 0, to 127.
  @inline(__always) static func powerOfTwo(_ x: Self, _ c: Double, times more: Double = 0) -> (k: Self, power: Self) {
    let biased = fma(x, Self(c), Self(0x1.8p23 + 127 + more))
    return (biased - Self(0x1.8p23 + 127 + more), Self(power_of_biased32(biased.v)))
  }

  // The two halves, in doubles.
  @inline(__always) init<Reach>(low: Doubles<Reach>, high: Doubles<Reach>) { self.init(join(low.v, high.v)) }
  @inline(__always) func halves<Reach>(_ number: Doubles<Reach>.Type) -> (low: Doubles<Reach>, high: Doubles<Reach>) {
    (Doubles(low_half(v)), Doubles(high_half(v)))
  }
}
