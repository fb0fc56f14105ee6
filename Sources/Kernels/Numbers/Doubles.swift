import Lanes

/// A vector of doubles. What it is used for decides how far the elementary functions have to reach.
struct Doubles<Reach: DoubleReach>: Lanes {
  var v: f64
  @inline(__always) init(_ v: f64) { self.v = v }
  @inline(__always) init(_ c: Double) { v = f64(repeating: c) }
  @inline(__always) init(_ high: Double, _ low: Double) { v = f64(repeating: high) }
  @inline(__always) static func + (a: Self, b: Self) -> Self { Self(add64(a.v, b.v)) }
  @inline(__always) static func - (a: Self, b: Self) -> Self { Self(sub64(a.v, b.v)) }
  @inline(__always) static func * (a: Self, b: Self) -> Self { Self(mul64(a.v, b.v)) }
  @inline(__always) static func / (a: Self, b: Self) -> Self { Self(div64(a.v, b.v)) }
  @inline(__always) static prefix func - (a: Self) -> Self { Self(neg64(a.v)) }
  @inline(__always) static func < (a: Self, b: Self) -> i64 { less64(a.v, b.v) }
  @inline(__always) static func <= (a: Self, b: Self) -> i64 { atmostmask64(a.v, b.v) }
  @inline(__always) static func select(_ m: i64, _ a: Self, _ b: Self) -> Self { Self(select64(m, a.v, b.v)) }
  @inline(__always) static func abs(_ x: Self) -> Self { Self(abs64(x.v)) }
  @inline(__always) static func copysign(_ x: Self, _ s: Self) -> Self { Self(copysign64(x.v, s.v)) }
  @inline(__always) static func fma(_ a: Self, _ b: Self, _ c: Self) -> Self { Self(fma64(a.v, b.v, c.v)) }
  @inline(__always) static func clamp(_ x: Self, _ low: Double, _ high: Double) -> Self {
    Self(atmost64(atleast64(x.v, f64(repeating: low)), f64(repeating: high)))
  }
  @inline(__always) static func atMost(_ x: Self, _ limit: Double) -> Self { Self(atmost64(x.v, f64(repeating: limit))) }
  /// The larger of the two; the limit where x is NaN.
  @inline(__always) static func atLeast(_ x: Self, _ limit: Double) -> Self { Self(orelse64(x.v, Self(limit).v)) }
  @inline(__always) static func squareRoot(_ x: Self) -> Self { Self(sqrt64(x.v)) }
  @inline(__always) static func losesDigits(_ f: Self, _ g: Self, ofProduct: Bool) -> Mask {
    let lost = or64(and64(abs(f) < 0x1p-1010, 1 < abs(g)), and64(infinite(f), abs(g) < 1))
    return ofProduct ? or64(lost, not64(and64(0x1p-960 <= abs(g), abs(g) <= 0x1p1020))) : lost
  }
  @inline(__always) var hasNaN: Bool { anynan64(v) }
  @inline(__always) var quiet: Self { Self(quiet64(v)) }

  @inline(__always) init(parameters p: UnsafePointer<Double>) { self = Self.load(p) }
  static var count: Int { f64.scalarCount }
  static var isTested: Bool { Reach.isNarrow }
  @inline(__always) static func load(_ p: UnsafePointer<Double>) -> Self { Self(UnsafeRawPointer(p).loadUnaligned(as: f64.self)) }
  @inline(__always) func store(_ p: UnsafeMutablePointer<Double>) { UnsafeMutableRawPointer(p).storeBytes(of: v, as: f64.self) }

  @inline(__always) static func round(_ x: Self) -> Self { Self(round64(x.v)) }
  /// x·2^k, in two steps so that subnormal results round once.
  @inline(__always) static func scale(_ x: Self, _ k: Self) -> Self {
    let half = round(k * 0.5)
    return x * Self(power64(half.v)) * Self(power64((k - half).v))
  }
  /// For exponents from −1023, where 2^(k + more) is 0, to 1024, where it is infinite.
  @inline(__always) static func powerOfTwo(_ x: Self, _ c: Double, times more: Double = 0) -> (k: Self, power: Self) {
    let biased = fma(x, Self(c), Self(0x1.8p52 + 1023 + more))
    return (biased - Self(0x1.8p52 + 1023 + more), Self(power_of_biased64(biased.v)))
  }
  /// a + b exactly (Knuth).
  @inline(__always) static func sum(_ a: Self, _ b: Self) -> (high: Self, low: Self) {
    let s = a + b, t = s - a
    return (s, (a - (s - t)) + (b - t))
  }
  /// a + b exactly where |a| ≥ |b| or a = 0 (Dekker).
  @inline(__always) static func orderedSum(_ a: Self, _ b: Self) -> (high: Self, low: Self) {
    let s = a + b
    return (s, b - (s - a))
  }
  /// a·b exactly.
  @inline(__always) static func product(_ a: Self, _ b: Self) -> (high: Self, low: Self) {
    let p = a * b
    return (p, fma(a, b, -p))
  }
  @inline(__always) static func exactProduct(_ a: Self, _ b: Self) -> (value: Self, rest: Self) {
    let p = product(a, b)
    return (p.high, p.low)
  }
  @inline(__always) static func exactDifference(_ a: Self, _ b: Self) -> (value: Self, rest: Self) {
    let s = sum(a, -b)
    return (s.high, s.low)
  }
  @inline(__always) static func error(of high: Double, _ low: Double) -> Self { Self(low) }
  @inline(__always) static func secondError(of c: Triple) -> Self { Self(c.low) }
  @inline(__always) static func exactProduct(_ a: Self, _ high: Double, _ low: Double) -> (value: Self, rest: Self) {
    let p = exactProduct(a, Self(high))
    return (p.value, low == 0 ? p.rest : fma(a, Self(low), p.rest))
  }
  @inline(__always) static func exactQuotient(_ a: Self, _ b: Self) -> (value: Self, rest: Self) {
    let y = 1 / b, q = a * y
    return (q, Reach.isNarrow ? 0 : fma(-q, b, a) * y)
  }
  /// A product and what it leaves out are exact, but their offset is off by 2^-106.
  @inline(__always) static func doubting(_ result: Self, near zero: () -> Offset<Self>) -> Self {
    Reach.isNarrow ? result : select(abs(zero().value) < 0x1p-48, Self(Double.nan), result)
  }
  @inline(__always) static var leastNormal: Self { 0x1p-1022 }
  @inline(__always) static func nearZero<let n: Int>(_ zero: Zero<n>, of x: Self, rest: Self, _ formula: Self) -> Self {
    let d = (x - Self(zero.high)) + (rest - Self(zero.low)), near = abs(d) < Self(zero.radius)
    guard any(near) else { return formula }
    return select(near, d * fma(series(zero, d, atMost: n), d, Self(zero.slope.high)), formula)
  }
  /// high + low rounded to odd: rounding it once more to a shorter type is then as good as rounding the sum once.
  @inline(__always) static func roundedToOdd(_ high: Self, _ low: Self) -> Self { Self(odd64(high.v, low.v)) }

  @inline(__always) static func provenBeside(_ result: Self, against x: Self, from low: Double, to high: Double) -> Self {
    if !Reach.isNarrow { return result }
    let size = abs(x), step = copysign(Self(0x1p-52), x)
    var inside = size < Self(high)
    if low > 0 { inside = and64(inside, Self(low) <= size) }
    guard any(inside) else { return result }
    return result * select(inside, 1 - step, 1)  // 0 keeps its sign
  }

  /// Neither so small that an error term may have underflowed, nor near overflow, nor NaN.
  @inline(__always) var isUsual: Mask { usual64(v) }
  @inline(__always) static func infinite(_ x: Self) -> Mask { same64(abs64(x.v), Self(Double.infinity).v) }
  @inline(__always) static func any(_ mask: Mask) -> Bool { any64(mask) }
  @inline(__always) static func all(_ mask: Mask) -> Bool { all64(mask) }
}

/// What doubles are used for.
protocol DoubleReach {
  /// The numbers began as floats and the results become floats, perhaps after a product with another float: exponents
  /// stay between −300 and 300, and roundings of results are tested, unless they are known to be right.
  static var isNarrow: Bool { get }
}
enum FloatReach: DoubleReach { static var isNarrow: Bool { true } }
enum FullReach: DoubleReach { static var isNarrow: Bool { false } }

typealias DoubleLanes = Doubles<FullReach>
typealias NarrowLanes = Doubles<FloatReach>
