import Lanes

/// A vector of floats.
struct FloatLanes: Lanes {
  var v: f32
  @inline(__always) init(_ v: f32) { self.v = v }
  @inline(__always) init(_ c: Double) { v = f32(repeating: Float(c)) }
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
  @inline(__always) static func atMost(_ x: Self, _ limit: Double) -> Self { Self(atmost32(x.v, f32(repeating: Float(limit)))) }
  @inline(__always) static func squareRoot(_ x: Self) -> Self { Self(sqrt32(x.v)) }
  @inline(__always) static func losesDigits(_ f: Self, _ g: Self) -> Mask {
    let f = abs(f), g = abs(g)
    return or32(and32(f < 0x1p-120, 1 < g), and32(Self(Double.infinity) <= f, g < 1))
  }
  @inline(__always) static func any(_ mask: Mask) -> Bool { any32(mask) }
  @inline(__always) var quiet: Self { Self(quiet32(v)) }

  @inline(__always) init(parameters p: UnsafePointer<Double>) {
    self.init(low: DoubleLanes.load(p), high: DoubleLanes.load(p + DoubleLanes.count))
  }
  static var count: Int { f32.scalarCount }
  @inline(__always) static func load(_ p: UnsafePointer<Float>) -> Self { Self(UnsafeRawPointer(p).loadUnaligned(as: f32.self)) }
  @inline(__always) func store(_ p: UnsafeMutablePointer<Float>) { UnsafeMutableRawPointer(p).storeBytes(of: v, as: f32.self) }

  /// k = round(x·c) and 2^k, for k from −127, where 2^k is 0, to 127.
  @inline(__always) static func powerOfTwo(_ x: Self, _ c: Double) -> (k: Self, power: Self) {
    let biased = fma(x, Self(c), Self(0x1.8p23 + 127))
    return (biased - Self(0x1.8p23 + 127), Self(power_of_biased32(biased.v)))
  }

  // The two halves, in doubles.
  @inline(__always) init<Reach>(low: Doubles<Reach>, high: Doubles<Reach>) { self.init(join(low.v, high.v)) }
  @inline(__always) func halves<Reach>(_ number: Doubles<Reach>.Type) -> (low: Doubles<Reach>, high: Doubles<Reach>) {
    (Doubles(low_half(v)), Doubles(high_half(v)))
  }
}
