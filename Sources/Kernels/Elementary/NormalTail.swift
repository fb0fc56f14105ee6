import Lanes

// f·e^(−x²); t·Φ(−t) for t ≥ 0, Φ the normal distribution, and its derivative Φ(−t) − t·φ(t), which are e^(−t²/2) times t·R(t) or
// (z − t)·W(t), where z is the derivative's zero: R and W are smooth and vary slowly, and nothing cancels next to z. The
// power of two of the exponential comes last, so that a subnormal result is rounded once. At t = ∞ both are 0, or so
// small that they round to it.
// Constants: Sources/Constants/coefficients.py.

extension FloatLanes {
  /// e^(−x²), or e^(−x²/2), as (1 + rest)·power·2^-64. Both products of the reduced argument are exact: k·ln 2 has 22
  /// bits, and that with the square is one operation.
  @inline(__always) private static func bell(_ x: Self, _ square: Self, isHalf: Bool) -> (power: Self, rest: Self) {
    let perTurn = isHalf ? Self(-0x1.715476p-1) : Self(-0x1.715476p0)
    let biased = fma(square, perTurn, Self(0x1.8p23 + 127 + 64)), k = biased - Self(0x1.8p23 + 127 + 64)
    let r = fma(k, Self(0x1.e8082ep-16), fma(isHalf ? -0.5 * x : -x, x, k * Self(-0x1.62e8p-1)))
    let p = polynomial(r, [0x1.6cee86p-10, 0x1.123efep-7, 0x1.55552ap-5, 0x1.55548ap-3, 0.5])
    return (Self(power_of_biased32(biased.v)), fma(r * r, p, r))
  }
  /// Within 1.5 ULP. At 11.5 the power is 0.
  @inline(__always) static func bell(_ x: Self, times f: Self) -> Self {
    let a = atMost(abs(x), 11.5), (power, rest) = bell(a, a * a, isHalf: false), g = f * power
    return fma(g, rest, g) * 0x1p-64
  }
  /// t·R = tP/(σ·tP + M): of an error of tP less than itself is left, and for large t next to nothing. Within 3.9 ULP.
  @inline(__always) static func tailProduct(_ x: Self) -> Self {
    let t = atMost(x, 14.6), z = t * t, (power, rest) = bell(t, z, isHalf: true)
    let a = fma(Self(0x1.0c3cf2p-7), t, Self(0x1.4bb542p-4)), b = fma(Self(0x1.7673f2p-2), t, Self(0x1.c04d68p-1))
    let p = fma(fma(a, z, b), z, t)
    let c = fma(Self(0x1.02b916p-16), t, Self(0x1.4b6894p-6)), d = fma(Self(0x1.a8152ep-3), t, Self(0x1.ae42a4p-1))
    let m = fma(fma(c, z, d), t, 2)
    let q = p / fma(Self(0x1.40d83ap1), p, m) * power
    return fma(q, rest, q) * 0x1p-64
  }
  /// W = P/(σ·P + M), with a factor in P and M at which they round well. Within 3.9 ULP.
  @inline(__always) static func tailProductSlope(_ x: Self) -> Self {
    let t = atMost(x, 14.6), z = t * t, (power, rest) = bell(t, z, isHalf: true)
    let a = fma(Self(0x1.471cc2p-6), t, Self(0x1.770972p-3)), b = fma(Self(0x1.729a96p-1), t, Self(0x1.71a07ap0))
    let p = fma(fma(a, z, b), t, Self(0x1.4654e4p0))
    let c = fma(Self(-0x1.2e6a04p-2), t, Self(-0x1.e0d6f2p-1)), m = fma(fma(Self(-0x1.3413dp-5), z, c), t, Self(-0x1.475214p0))
    let n = fma(p, Self(0x1.80ead2p-1) - t, p * Self(-0x1.a03fd4p-27))
    let q = n / fma(Self(0x1.40d8b8p1), p, m) * power
    return fma(q, rest, q) * 0x1p-64
  }
}

extension Doubles {
  /// By u = (t − 4)/(t + 4): R·(t(t + 4) + 3.25)/(t + 4) and W·(t + 4)/(t + 6.75) are a constant but for some hundredths,
  /// which these are of it, to 2^-59. So the digits of a polynomial count little.
  @inline(__always) fileprivate static func tailRest(_ u: Self) -> Self {
    estrin(
      u,
      [
        -0x1.8a3e1de10e9e7p-31, -0x1.b2e1fe8e7b4a2p-29, -0x1.c52bbd08f7d4p-35, 0x1.80de5026a27a8p-26,
        0x1.fd882b83f99cep-26, -0x1.60b92bdbe0c6ap-24, -0x1.ee6308259fef1p-23, 0x1.8103ca3d7d891p-23,
        0x1.54419e738e1c1p-20, 0x1.dbfc4897c321fp-26, -0x1.b09d291b8c8f5p-18, -0x1.81ef65bee5a16p-19,
        0x1.21b91e3a7a1aap-15, 0x1.1604260622e28p-16, -0x1.b561573169858p-13, 0x1.5ef4c074face4p-16,
        0x1.5a00c14dcc1f5p-10, -0x1.13c0b96925841p-9, -0x1.256a83215a8b4p-8, 0x1.9d13e4e30a40dp-6,
        -0x1.a73e133b15da9p-5, 0x1.9880326d2500cp-5, 0x1.72e671ea93987p-6, -0x1.4f30912ce468p-4, 0x1.322a9fea40c7fp-8,
      ])
  }
  @inline(__always) fileprivate static func slopeRest(_ u: Self) -> Self {
    estrin(
      u,
      [
        -0x1.ad8d683d47656p-34, -0x1.2894b24195f0ep-36, 0x1.74037148ac876p-30, 0x1.b8610b315faf8p-30,
        -0x1.ffe6660389a64p-28, -0x1.179b474c90d05p-26, 0x1.cd1e35812361bp-26, 0x1.e103f84c74227p-24,
        -0x1.12b948ec51a54p-24, -0x1.658c1ad07f4dbp-21, 0x1.622615a3631d9p-23, 0x1.30f6e2da96fbdp-18,
        0x1.b0f4521abaacdp-23, -0x1.c92b54c46ba44p-16, 0x1.310a9ce6ced5p-15, 0x1.263ef8e26d87fp-12,
        -0x1.891822df43bb7p-12, -0x1.f86373bac6bd6p-13, 0x1.b170b621fd9ep-7, -0x1.829aff116b00ap-6,
        0x1.0ac226c89b893p-3, 0x1.ede8aaf7ea18p-6, -0x1.02fad264ea65ap-4,
      ])
  }
  @inline(__always) private static func cutOff(_ t: Self) -> Self { atMost(t, Reach.isNarrow ? 19.7 : 39) }
  /// e^(−x²), or e^(−x²/2), as (1 + rest)·power·2^-100.
  @inline(__always) private static func bell(_ x: Self, isHalf: Bool) -> (power: Self, rest: Self) {
    let square = product(isHalf ? 0.5 * x : x, x), offset = 0x1.8p52 + 1023 + 100
    let biased = fma(square.high, Self(-0x1.71547652b82fep0), Self(offset)), k = biased - Self(offset)
    let r = fma(k, Self(-0x1.abc9e3b39803fp-56), fma(k, Self(-0x1.62e42fefa39efp-1), -square.high)) - square.low
    return (Self(power_of_biased64(biased.v)), fma(r * r, expTail(r), r))
  }
  /// At 27.9 the power is 0.
  @inline(__always) static func bell(_ x: Self, times f: Self) -> Self {
    if Reach.isNarrow { return f * expMinus(x * x) }
    let (power, rest) = bell(atMost(abs(x), 27.9), isHalf: false), g = f * power
    return fma(g, rest, g) * 0x1p-100
  }

  /// Narrow: R = P/Q, 8/9, to 2^-51.
  @inline(__always) static func tailProduct(_ x: Self) -> Self {
    let t = cutOff(x)
    if Reach.isNarrow {
      let p = estrin(
        t,
        [
          0x1.87ff90b871507p-18, 0x1.299d414a576c6p-13, 0x1.b41fb8a0edbf3p-10, 0x1.8dacafb6e0c29p-7,
          0x1.eabbb7a449e8p-5, 0x1.a33c911a16a1p-3, 0x1.e6617eea61281p-2, 0x1.626d6d2409838p-1, 0x1p-1,
        ])
      let q = estrin(
        t,
        [
          0x1.eb4c090e57a55p-17, 0x1.7501122a007dep-12, 0x1.12427b01548c8p-8, 0x1.f83d48aedba32p-6,
          0x1.3c008095b5226p-3, 0x1.15edecbe7abd9p-1, 0x1.5521a9a7216d2p0, 0x1.187a87d8bf25ap1, 0x1.1757cb61559fcp1,
          0x1p0,
        ])
      return t * expMinus(0.5 * t * t) * p / q
    }
    let (power, rest) = bell(t, isHalf: true)
    let n = t + 4, p = t * n, d = p + 3.25, inverse = 1 / (n * d), more = tailRest((t - 4) * (inverse * d))
    var q = p * (inverse * n)
    q = fma(fma(-q, d, p), inverse * n, q) * (0.4140625 * power)
    return fma(q, fma(more, rest, more) + rest, q) * 0x1p-100
  }
  /// Narrow: W = P/Q, 8/8, to 2^-51.
  @inline(__always) static func tailProductSlope(_ x: Self) -> Self {
    let t = cutOff(x), d = (Self(0x1.80ead197f00b4p-1) - t) - 0x1.13e74c58cada8p-56
    if Reach.isNarrow {
      let p = estrin(
        t,
        [
          0x1.576fdada97a43p-16, 0x1.efe132fe0bd67p-12, 0x1.53187986ba1b1p-8, 0x1.1bbc706b1033ep-5,
          0x1.3bb738143f2cap-3, 0x1.dcf6923ddd63fp-2, 0x1.de07eccd48d3dp-1, 0x1.2461196dfd685p0,
          0x1.54851a5cc1ec6p-1,
        ])
      let q = estrin(
        t,
        [
          0x1.ae6f3272e7c11p-15, 0x1.2ca254cd0a846p-10, 0x1.8d78fdc895d44p-7, 0x1.405e9c7c6a2e9p-4,
          0x1.55391f64e1765p-2, 0x1.e88171e3602d3p-1, 0x1.c8a7ae3d87f54p0, 0x1.fb9d0f2789412p0, 0x1p0,
        ])
      return d * expMinus(0.5 * t * t) * p / q
    }
    let (power, rest) = bell(t, isHalf: true)
    let n = t + 4, y = 1 / n, more = slopeRest((t - 4) * y)
    let q = d * fma(y, 2.75, 1) * (0.3671875 * power)
    return fma(q, fma(more, rest, more) + rest, q) * 0x1p-100
  }
}

extension DoublePair {
  /// e^(−t²/2)·(1 + more), where `more` is small.
  @inline(__always) private static func bell(_ t: Self, times more: DoubleLanes) -> Self {
    let (power, r) = reduceNegative(0.5 * square(t)), u = r.high
    let tail = u * u * DoubleLanes.expTail(u), rest = tail + DoubleLanes.fma(r.low, u + tail, r.low)
    let s = DoubleLanes.orderedSum(1, u)
    let t = DoubleLanes.orderedSum(s.high, DoubleLanes.fma(more, s.high + rest, s.low + rest))
    return Self(t.high * power, t.low * power)
  }
  @inline(__always) private static func cutOff(_ t: Self) -> Self {
    t.isDouble ? Self(DoubleLanes.atMost(t.high, 39)) : select(39 < t, 39, t)
  }
  /// a/b, where y is 1/b but for some units in its last place.
  @inline(__always) private static func divide(_ a: Self, _ b: Self, by y: DoubleLanes) -> Self {
    let q = a.high * y
    return Self(q, DoubleLanes.fma(-q, b.low, DoubleLanes.fma(-q, b.high, a.high) + a.low) * y)
  }
  /// To 2^-56.
  @inline(__always) static func tailProduct(_ x: Self) -> Self {
    let t = cutOff(x), n = t + 4, p = t * n, d = p + 3.25, inverse = 1 / (n.high * d.high)
    let more = DoubleLanes.tailRest((t.high - 4) * (inverse * d.high))
    return divide(Self(DoubleLanes(0.4140625)) * p * bell(t, times: more), d, by: inverse * n.high)
  }
  @inline(__always) static func tailProductSlope(_ x: Self) -> Self {
    let t = cutOff(x), n = t + 4, y = 1 / n.high, more = DoubleLanes.slopeRest((t.high - 4) * y)
    let z = Self(0x1.80ead197f00b4p-1, -0x1.13e74c58cada8p-56) - t, d = Self(DoubleLanes.orderedSum(z.high, z.low))
    return divide(d * (Self(DoubleLanes(0.3671875)) * (t + 6.75)) * bell(t, times: more), n, by: y)
  }
}

extension DoubleDouble {
  /// R, and e^(−t²/2): to 2^-100, that of t² where t has more than one part.
  @inline(never) static func scaledTail(_ t: Self) -> Self {
    let n = t + 6, u = ((t - 6) / n).plain
    var s = Self(0)
    for i in 0..<ACT_TAIL_TERMS {
      let p = DoubleLanes.product(s.high, u.high)
      let e = DoubleLanes.fma(s.high, u.low, DoubleLanes.fma(s.low, u.high, p.low))
      let sum = DoubleLanes.sum(p.high, DoubleLanes(act_tail_term(i, 0)))
      s = Self(DoubleLanes.orderedSum(sum.high, sum.low + (e + DoubleLanes(act_tail_term(i, 1)))))
    }
    return s / n
  }
  @inline(never) private static func cutOff(_ t: Self) -> Self { select(76 < t, 76, t.plain) }
  @inline(never) static func tailProduct(_ x: Self) -> Self {
    let t = cutOff(x)
    return t * scaledTail(t) * expMinus(0.5 * t * t)
  }
  /// Next to the zero R − t/√2π cancels; there pairs have digits enough.
  @inline(never) static func tailProductSlope(_ x: Self) -> Self {
    let t = cutOff(x), z = Self(0x1.80ead197f00b4p-1, -0x1.13e74c58cada8p-56)
    let near = abs(t - z) < 0x1p-20, pair = DoublePair.tailProductSlope(DoublePair(t.high, t.low))
    let slope = scaledTail(t) - Self(0x1.9884533d43651p-2, -0x1.cbc0d30ebfd15p-56) * t
    return select(near, Self(DoubleLanes.sum(pair.high, pair.low)), slope * expMinus(0.5 * t * t))
  }
}
