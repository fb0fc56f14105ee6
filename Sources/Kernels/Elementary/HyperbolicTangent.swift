import Lanes

// tanh |x| = −t/(t + 2) with t = e^(−2|x|) − 1: nothing cancels, and t cannot overflow.
// Constants: Sources/Constants/coefficients.py.

extension FloatLanes {
  /// Within 2.6 ULP.
  @inline(__always) static func tanh(_ x: Self) -> Self {
    let t = expMinus1(abs(x), times: 2)
    return copysign(t / (t + 2), x)
  }
}

extension Doubles {
  @inline(__always) static func tanh(_ x: Self) -> Self {
    if Reach.isNarrow {
      // x·P(x²)/Q(x²), 7/7, to 2^-55: one division, no exponential. tanh is 1 as a float from 9.02 on; there it is not
      // right to more digits than a float's, and not for use in longer formulas.
      let a = atMost(abs(x), 9.1), z = a * a
      let p = estrin(
        z,
        [
          0x1.b10d801b8c69ep-54, 0x1.d69c4f48768d5p-41, 0x1.255bc07ba9aa7p-30, 0x1.e05d197228dep-22,
          0x1.410cec30c5221p-14, 0x1.694fe94a595dap-8, 0x1.30889e5c9081p-3, 1,
        ])
      let q = estrin(
        z,
        [
          0x1.cb0ac0fe84c35p-47, 0x1.35e0b1b83699fp-35, 0x1.a72265011e2e1p-26, 0x1.b4fd4402d60a4p-18,
          0x1.7cc6c3f4150f5p-11, 0x1.0d2a1a44007bep-5, 0x1.ed99a4839d95ap-2, 1,
        ])
      return copysign(a * p / q, x)
    }
    return copysign(byExponential(abs(x)), x)
  }
  /// tanh a for a ≥ 0.
  @inline(__always) private static func byExponential(_ a: Self) -> Self {
    let t = expMinus1(a, times: 2)
    return abs(t / (t + 2))
  }
}

extension FloatPair {
  @inline(__always) static func tanh(_ x: Self) -> Self {
    if !isNative { return inDoubles(x, DoubleLanes.tanh) }
    let t = expMinus1(2 * abs(x)), high = 2 + t.high
    return copysign(t / Self(high, ((2 - high) + t.high) + t.low), x)
  }
}

extension DoublePair {
  @inline(__always) static func tanh(_ x: Self) -> Self {
    let t = expMinus1(2 * abs(x)), high = DoubleLanes.orderedSum(2, t.high)
    let q = t / Self(high.high, high.low + t.low)  // negative or 0
    return Self(DoubleLanes.copysign(q.high, x.high), DoubleLanes(flip64((-q.low).v, x.high.v)))
  }
}

extension DoubleDouble {
  @inline(never) static func tanh(_ x: Self) -> Self {
    let t = expMinus1(2 * abs(x))
    return copysign(t / (t + 2), x)
  }
}

// x − tanh x, and tanh x so closely that it can be squared. With e = e^(−2x) and z = x²:
// x ≥ 1   (x − 1) + 2e/(1 + e)    1 − 2e/(1 + e)
// x < 1   x·z·P(z)                x − x·z·P(z)
// Nothing cancels.

extension FloatLanes {
  /// z·P(z)
  @inline(__always) private static func loss(_ x: Self) -> Self {
    let z = x * x
    return z
      * polynomial(
        z,
        [
          -0x1.b4b7ep-13, 0x1.2f9abp-10, -0x1.cfdap-9, 0x1.24b28ep-7, -0x1.670fb4p-6, 0x1.ba314p-5, -0x1.11117cp-3,
          0x1.555556p-2,
        ])
  }
  /// Within 3.5 ULP.
  @inline(__always) static func lessTanh(_ a: Self) -> Self {
    let e = expMinus(2 * a)
    return select(a < 1, a * loss(a), (a - 1) + 2 * e / (1 + e))
  }
  /// Within 1.5 ULP.
  @inline(__always) static func closeTanh(_ a: Self) -> Self {
    let e = expMinus(2 * a)
    return select(a < 1, fma(-a, loss(a), a), 1 - 2 * e / (1 + e))
  }
  @inline(__always) static func tanh(_ a: Self, times b: Self) -> Self { b * closeTanh(a) }
}

extension Doubles {
  /// The terms of P from z³ on, over z³.
  @inline(__always) fileprivate static func lossTail(_ z: Self) -> Self {
    estrin(
      z,
      [
        0x1.2562809f82352p-27, -0x1.92344f25d1f2cp-24, 0x1.1308fae10ca75p-21, -0x1.01ee51e200f6ap-19, 0x1.83b97054a38cep-18,
        -0x1.02a4af8313b69p-16, 0x1.47163cafdd0b2p-15, -0x1.95f899a86917cp-14, 0x1.f567a24132332p-13, -0x1.3556d16b61f7bp-11,
        0x1.7da3468628942p-10, -0x1.d6d3cf0ce6931p-9, 0x1.226e3554e60dp-7, -0x1.664f488284b38p-6,
      ])
  }
  /// z·P(z)
  @inline(__always) private static func loss(_ x: Self) -> Self {
    let z = x * x
    var p = fma(lossTail(z), z, 0x1.ba1ba1ba1ad7cp-5)
    p = fma(p, z, -0x1.1111111111109p-3)
    return z * fma(p, z, 0x1.5555555555555p-2)
  }
  @inline(__always) static func lessTanh(_ a: Self) -> Self {
    if Reach.isNarrow {
      // a·z·P(z)/Q(z), 6/7, to 2^-53. As a float tanh is 1 from 9.02 on; not for use in longer formulas.
      let b = atMost(a, 9.125), z = b * b
      let p = estrin(
        z,
        [
          0x1.9631843c915fp-47, 0x1.1b33c8cf82cb7p-35, 0x1.8680734272a8cp-26, 0x1.8fb2a7b171437p-18, 0x1.5203f47c41098p-11,
          0x1.bef572cd5bd8dp-6, 0x1.5555555555555p-2,
        ])
      let q = estrin(
        z,
        [
          0x1.991b709e2a15fp-47, 0x1.21efafda430c1p-35, 0x1.97f2b60c47d2ep-26, 0x1.acf04c7008428p-18, 0x1.79a419f8c7935p-11,
          0x1.0c6a7aae3c6cp-5, 0x1.ed679f201ad18p-2, 1,
        ])
      return b * (z * p / q) + (a - b)
    }
    let e = expMinus(2 * a)
    return select(a < 1, a * loss(a), (a - 1) + 2 * e / (1 + e))
  }
  @inline(__always) static func closeTanh(_ a: Self) -> Self {
    if Reach.isNarrow { return select(a < 0x1p-24, a, byExponential(a)) }  // so that a² is exact
    let e = expMinus(2 * a)
    return select(a < 1, fma(-a, loss(a), a), 1 - 2 * e / (1 + e))
  }
}

extension DoublePair {
  /// To 2^-55: the first three terms of P in pairs.
  @inline(__always) static func lessTanh(_ a: Self) -> Self {
    let z = square(a), tail = DoubleLanes.lossTail(z.high)
    var p = Self(DoubleLanes.orderedSum(0x1.ba1ba1ba1ad7cp-5, z.high * tail))
    p = Self(p.high, p.low - 0x1.c17954c71f64p-63) * z
    var s = DoubleLanes.orderedSum(-0x1.1111111111109p-3, p.high)
    p = Self(s.high, s.low + (p.low + 0x1.458bb183f66e4p-57)) * z
    s = DoubleLanes.orderedSum(0x1.5555555555555p-2, p.high)
    p = Self(s.high, s.low + (p.low + 0x1.4de9da53d11p-56))
    let e = expMinus(2 * a)
    return select(a < 1, a * (z * p), (a - 1) + 2 * e / onePlus(e))
  }
}

extension DoubleDouble {
  /// To 2^-88: Taylor's terms up to a = 2^-6, beyond it the difference, of which 12 bits cancel.
  @inline(never) static func lessTanh(_ a: Self) -> Self {
    let z = a * a, y = z.plain
    var p = Self(DoubleLanes.polynomial(y.high, [929569.0 / 638512875, -21844.0 / 6081075, 1382.0 / 155925, -62.0 / 2835]))
    p = horner(p, y, Self(0x1.ba1ba1ba1ba1cp-5, -0x1.7917917917918p-59))
    p = horner(p, y, Self(-0x1.1111111111111p-3, -0x1.1111111111111p-59))
    p = horner(p, y, Self(0x1.5555555555555p-2, 0x1.5555555555555p-56))
    return select(a <= 0x1p-6, a * (z * p), a - tanh(a))
  }
}
