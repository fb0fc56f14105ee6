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
      // x·P(x²)/Q(x²), 6/6, to 2^-44: one division, no exponential. tanh is 1 as a float from 9.02 on; there it is not
      // right to more digits than a float's, and not for use in longer formulas.
      let a = clamp(x, -9.1, 9.1), z = a * a
      let p = estrin(
        z,
        [
          0x1.36ba511411aeep-44, 0x1.9817c652842c6p-32, 0x1.23f2068cb24eep-22, 0x1.007cbbb277274p-14, 0x1.4b7c650a4855p-8,
          0x1.2a12bd7928579p-3, 0x1.ffffffffffeccp-1,
        ])
      let q = estrin(
        z,
        [
          0x1.0194f6ed36373p-37, 0x1.99ff6e5eaac7dp-27, 0x1.378dbf27c0178p-18, 0x1.49ec184d08ccfp-11, 0x1.00d27de23cd4ep-5,
          0x1.ea5eb411e77a2p-2, 1,
        ])
      return a * p / q
    }
    let t = expMinus1(abs(x), times: 2)
    return copysign(t / (t + 2), x)
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
    return copysign(t / Self(high.high, high.low + t.low), x)
  }
}

extension DoubleDouble {
  @inline(never) static func tanh(_ x: Self) -> Self {
    let t = expMinus1(2 * abs(x))
    return copysign(t / (t + 2), x)
  }
}

// 1/cosh² a is 4e/(1 + e)² with e = e^(−2a): 1 − tanh² a would lose all digits where tanh a is near 1.

extension Number {
  @inline(__always) static func inverseSquaredCosh(_ a: Self) -> Self {
    let e = expMinus(2 * a)
    return 4 * e / onePlusSquared(e)
  }
}

extension DoublePair {
  /// With a quarter of e it is e/(¼ + e)².
  @inline(__always) static func inverseSquaredCosh(_ a: Self) -> Self {
    let e = quarterOfExpMinus(2 * a.high)
    return e / square(orderedSum(0.25, e))
  }
}

// x − tanh x, and tanh² x. Fast numbers have N/(N + D), with polynomials of x²: an error of N counts the less the nearer the
// quotient is to 1. Others have a series below 1. With e = e^(−2x) and z = x²:
// x ≥ 1   (x − 1) + 2e/(1 + e)    1 − 2e/(1 + e)
// x < 1   x·z·P(z)                x − x·z·P(z)
// Nothing cancels.
// And tanh x + x/cosh² x: 1 + 2e(2x − 1 − e)/(1 + e)², which cancels near 0; there it is x·(2 + z·P(z)).

extension Lanes {
  @inline(__always)
  fileprivate static func lishtSlope<let n: Int>(_ a: Self, seriesBelow end: Double, _ series: InlineArray<n, Double>) -> Self {
    let a = atMost(a, 350), z = a * a, e = expMinus(2 * a), s = 1 + e
    return select(a < Self(end), fma(a * z, estrin(z, series), 2 * a), 1 + 2 * e * (2 * a - s) / (s * s))
  }
}

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
  /// Within 1.5 ULP.
  @inline(__always) static func closeTanh(_ a: Self) -> Self {
    let e = expMinus(2 * a)
    return select(a < 1, fma(-a, loss(a), a), 1 - 2 * e / (1 + e))
  }
  @inline(__always) static func tanh(_ a: Self, times b: Self) -> Self { b * closeTanh(a) }
  @inline(__always) static func lessTanh(_ a: Self) -> Self {
    let b = atMost(a, 9.125), z = b * b
    let p = fma(z * z, horner(z, [0x1.470388p-19, 0x1.f11886p-11, 0x1.14f502p-4]), z)
    let rest = horner(z, [0x1.7610cap-25, 0x1.0e794cp-14, 0x1.5d1876p-7, 0x1.9c8482p-2])
    return fma(b, p / (3 + fma(rest, z, p)), a - b)
  }
  @inline(__always) static func squareOfTanh(_ a: Self) -> Self {
    let b = atMost(a, 9.38), z = b * b
    let p = fma(z * z, horner(z, [0x1.455326p-16, 0x1.257166p-10, 0x1.ba7ce2p-6, 0x1.1b494p-2]), z)
    let rest = horner(z, [-0x1.1a005p-31, 0x1.569b44p-23, -0x1.5c7f5ap-16, 0x1.7e051cp-10, -0x1.d05fdap-5])
    return p / (1 + fma(rest, z, p))
  }
  @inline(__always) static func lishtSlope(_ a: Self) -> Self {
    lishtSlope(a, seriesBelow: 0.5, [-0x1.36a932p-4, 0x1.afc224p-3, -0x1.b92092p-2, 0x1.9992d4p-1, -0x1.555546p0])
  }
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
  @inline(__always) static func lessTanh(_ a: Self) -> Self {
    if Reach.isNarrow {
      // a·z·P(z)/Q(z), 5/6, to 2^-45. As a float tanh is 1 from 9.02 on; not for use in longer formulas.
      let b = atMost(a, 9.125), z = b * b
      let p = estrin(
        z,
        [
          0x1.065134ca4b59bp-37, 0x1.937609a9d71cdp-27, 0x1.2797ab61eef63p-18, 0x1.2ad6519881c3fp-11, 0x1.af2f6450ac032p-6,
          0x1.55555555554ffp-2,
        ])
      let q = estrin(
        z,
        [
          0x1.08d53370d095p-37, 0x1.a07c842242566p-27, 0x1.3a0c29342f44bp-18, 0x1.4b124afbeb844p-11, 0x1.011d818d94708p-5,
          0x1.ea727c68b9282p-2, 1,
        ])
      return b * (z * p / q) + (a - b)
    }
    let b = atMost(a, 19.18), z = b * b
    let p = fma(
      z * z,
      estrin(
        z,
        [
          0x1.75df557a6e798p-66, 0x1.9217c5ab2a1b3p-53, 0x1.afc60b87e22eep-42, 0x1.67c15c12a355fp-32,
          0x1.130498da68ac3p-23, 0x1.98c49ac792e88p-16, 0x1.21a662a69087fp-9, 0x1.5d0a159164bacp-4,
        ]), z)
    let rest = estrin(
      z,
      [
        0x1.861562286d215p-74, 0x1.5a35aacbea95ep-59, 0x1.57c8dab05769ep-47, 0x1.c35cc7230cee6p-37,
        0x1.ff018721cb5e4p-28, 0x1.157f2f8eca22p-19, 0x1.27cb4db9197bdp-12, 0x1.263a35e1f42aep-6, 0x1.d2945cf9d8588p-2,
      ])
    return fma(b, p / (3 + fma(rest, z, p)), a - b)
  }
  @inline(__always) static func squareOfTanh(_ a: Self) -> Self {
    if Reach.isNarrow { return square(closeTanh(a)) }
    let b = atMost(a, 19.49), z = b * b
    let p = fma(
      z * z,
      estrin(
        z,
        [
          0x1.eb5a59541ebcdp-58, 0x1.127b2bbc7a054p-48, 0x1.2bc058b01e943p-40, 0x1.8f265ff217445p-33,
          0x1.5a51a61439762p-26, 0x1.8d18acee56bd8p-20, 0x1.280af509e5f08p-14, 0x1.12d97e88fd61cp-9, 0x1.25c2f0753b7a1p-5,
          0x1.39e3064881377p-2,
        ]), z)
    let rest = estrin(
      z,
      [
        -0x1.e7b9614500642p-92, 0x1.4eb67c489676fp-80, -0x1.a9f84e797c52fp-70, 0x1.4defdc3aa7bap-60,
        -0x1.68da2ca0a5545p-51, 0x1.1c293a6480908p-42, -0x1.4f05eb9d24e53p-34, 0x1.297c1fd8a6de5p-26,
        -0x1.87f9800923acbp-19, 0x1.6e80eb027ea31p-12, -0x1.b724f0cd41d9bp-6,
      ])
    return p / (1 + fma(rest, z, p))
  }
  /// Narrow; other doubles do without. a·P(a²)/Q(a²), 8/9, to 2^-51; from 17.3 on a/cosh² a is less than 2^-43.
  @inline(__always) static func closeTanh(_ a: Self) -> Self {
    let a = atMost(a, 17.3), z = a * a
    let p = estrin(
      z,
      [
        0x1.1ef84ca0e94ccp-62, 0x1.f04d79f01d916p-50, 0x1.a99d6732e0dffp-39, 0x1.183cba538fbacp-29, 0x1.4cfa92120531p-21,
        0x1.76763f135c754p-14, 0x1.8013dc9dbba94p-8, 0x1.355627dd8bae6p-3, 0x1.ffffffffffffep-1,
      ])
    let q = estrin(
      z,
      [
        0x1.4d51cbeb9fe7ap-70, 0x1.d8d85c7c67f7fp-56, 0x1.749232391dfbfp-44, 0x1.8006bff1cd2d7p-34, 0x1.4fbcb380cdc24p-25,
        0x1.123ed155047a5p-17, 0x1.a4d66ea09fcf7p-11, 0x1.1669faafbbd3fp-5, 0x1.f00069441b296p-2, 0x1p0,
      ])
    return a * p / q
  }
  @inline(__always) static func lishtSlope(_ a: Self) -> Self {
    if Reach.isNarrow {
      let a = atMost(a, 17.3), t = closeTanh(a)
      return fma(a, fma(-t, t, 1), t)
    }
    return lishtSlope(
      a, seriesBelow: 0.4,
      [
        -0x1.bb500cda20c03p-9, 0x1.4d82ffeb80f0cp-7, -0x1.7c5411b99f3bbp-6, 0x1.9be6d4e6eb627p-5, -0x1.b3a4adcee53cdp-4,
        0x1.bfe31744bf665p-3, -0x1.ba1ba1aff123ap-2, 0x1.999999998a87cp-1, -0x1.55555555554dap0,
      ])
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

extension Number {
  /// tanh a + a/cosh² a. With t = tanh a and u = 1 − t, 1/cosh² a is 1 − t² or u(2 − u), and u = 2e/(1 + e) with e = e^(−2a).
  @inline(__always) fileprivate static func slopeByTanh(_ a: Self, _ e: Self) -> Self {
    let t = closeTanh(a), u = 2 * e / onePlus(e)
    return t + a * select(a < 1, 1 - square(t), u * (2 - u))
  }
  @inline(__always) static func lishtSlope(_ a: Self) -> Self { slopeByTanh(a, expMinus(2 * a)) }
  @inline(__always) static func squareOfTanh(_ a: Self) -> Self { square(closeTanh(a)) }
}

extension DoublePair {
  /// With the exponential that tanh a has parts of.
  @inline(__always) static func lishtSlope(_ a: Self) -> Self { slopeByTanh(a, closeExpMinus(2 * a)) }
}
