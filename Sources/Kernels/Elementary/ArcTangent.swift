import Lanes

// atan |x| = atan k + atan t with t = (|x| − k)/(1 + k·|x|), where k is 0, near tan 36° or near tan 72°, so that
// |t| < 0.327. atan t = t + t·z·P(z), z = t². 2⁶⁰ stands for all larger x.
// The k have few bits, and their arcs are as good as floats and doubles. Constants: Sources/Constants/coefficients.py.

extension Lanes {
  /// k and atan k for |x|.
  @inline(__always) fileprivate static func nearest(_ a: Self) -> (k: Self, arc: Self) {
    let first = a < 0.327, second = a < 1.391
    return (
      select(first, 0, select(second, 0x1.76b78p-1, 0x1.8c2aep1)),
      select(first, 0, select(second, 0x1.437abbf979294p-1, 0x1.421f25fbae995p0))
    )
  }
}

extension FloatLanes {
  /// Within 1.5 ULP.
  @inline(__always) static func atan(_ x: Self) -> Self {
    let a = atMost(abs(x), 0x1p60), (k, arc) = nearest(a)
    let t = (a - k) / fma(k, a, 1), z = t * t
    let p = polynomial(z, [0x1.72eabap-4, -0x1.20fb4cp-3, 0x1.997a0ap-3, -0x1.55552ap-2])
    return copysign(arc + fma(t * z, p, t), x)
  }
}

extension Doubles {
  /// (atan t − t)/t³ in z = t², to 2^-61 of atan t; narrow, to 2^-45.
  @inline(__always) fileprivate static func arcTail(_ z: Self) -> Self {
    if Reach.isNarrow {
      return polynomial(
        z,
        [
          -0x1.7d4aa34ffb59ep-5, 0x1.2df9b43465d87p-4, -0x1.733e5247afp-4, 0x1.c70ec4ac0bdbp-4, -0x1.24921c2cb8c68p-3,
          0x1.9999990ce169cp-3, -0x1.555555550aba1p-2,
        ])
    }
    return polynomial(
      z,
      [
        0x1.d110ef85e6cf5p-6, -0x1.8b12a5384ef16p-5, 0x1.dcf93c63a91b3p-5, -0x1.10dafc168bb92p-4, 0x1.3b10ae1d19473p-4,
        -0x1.745cfba9f95f7p-4, 0x1.c71c712a157a5p-4, -0x1.2492492391339p-3, 0x1.9999999997f85p-3, -0x1.555555555554ep-2,
      ])
  }
  @inline(__always) static func atan(_ x: Self) -> Self {
    let a = atMost(abs(x), 0x1p60), (k, arc) = nearest(a)
    let t = (a - k) / fma(k, a, 1), z = t * t
    return copysign(arc + fma(t * z, arcTail(z), t), x)
  }
}

extension DoublePair {
  /// To 2^-55, with a low part of up to 4 % of the high one: the low part of t is kept, and of the series the first term is
  /// exact and the rest 3.5 % of it. That |x| − k is rounded where it exceeds k does not count: there t is at most a quarter.
  @inline(__always) static func atan(_ x: Self) -> Self {
    let size = abs(x), a = DoubleLanes.atMost(size.high, 0x1p60), (k, arc) = DoubleLanes.nearest(a)
    let n = a - k, d = DoubleLanes.fma(k, a, 1), rest = DoubleLanes.fma(k, a, 1 - d)  // 1 − d is exact
    let t =
      x.isDouble ? Self(n) / Self(d, rest) : Self(n, size.low) / Self(d, DoubleLanes.fma(k, size.low, rest))
    let z = t.high * t.high, s = DoubleLanes.orderedSum(arc, t.high)
    return copysign(Self(s.high, s.low + DoubleLanes.fma(t.high * z, DoubleLanes.arcTail(z), t.low)), x)
  }
}

extension DoubleDouble {
  /// Newton's step from t ≈ atan x: t + tan(atan x − t), of which the arc is so small that it is its tangent.
  @inline(never) static func atan(_ x: Self) -> Self {
    let a = x.plain, t = Self(DoubleLanes.atan(a.high)), s = sin(t), c = cos(t)
    return t + (a * c - s) / (c + a * s)
  }
}
