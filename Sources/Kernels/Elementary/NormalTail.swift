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
  /// W = P/(σ·P + M), where M is small for small t; and what rounding leaves out of z − t and of the quotient: the result is
  /// to be taken from 1 yet, and multiplied. Within 3.7 ULP.
  @inline(__always) static func tailProductSlope(_ x: Self) -> Self {
    let t = atMost(x, 14.6), z = t * t, (power, rest) = bell(t, z, isHalf: true)
    let a = fma(Self(0x1.31c768p-6), t, Self(0x1.5e93f4p-3)), b = fma(Self(0x1.5a6f1ep-1), t, Self(0x1.59855p0))
    let p = fma(fma(a, z, b), t, Self(0x1.310c92p0))
    let c = fma(Self(0x1.32b4a2p-6), t, Self(0x1.17a4e6p-3)), d = fma(Self(0x1.9c46c4p-2), t, Self(0x1.e74f88p-2))
    let m = fma(fma(c, z, d), t, Self(-0x1.e3232ap-29))
    let high = Self(0x1.80ead2p-1) - t, low = ((Self(0x1.80ead2p-1) - high) - t) - Self(0x1.a03fd4p-27)
    let n = fma(p, high, p * low), q = fma(Self(0x1.80ead2p0), p, m), y = 1 / q, w = n * y
    return (w + fma(w, rest, fma(-w, q, n) * y)) * power * 0x1p-64
  }
}

extension Doubles {
  /// By u = (t − 4)/(t + 4): R·(t(t + 4) + 3.25)/(t + 4) and W·(t + 4)/(t + 6.75), over what they are at t = 0, are 1 and a
  /// tenth at most, to 2^-58. So the digits of the polynomials count little. They are multiplied by 1 + u.
  @inline(__always) fileprivate static func tailRest(_ u: Self) -> Self {
    estrin(
      u,
      [
        -0x1.91232d88dd762p-31, -0x1.5651d5d8527acp-29, 0x1.4f2e61559b506p-29, 0x1.5e1b794e025c6p-26,
        0x1.521096487f90ap-27, -0x1.91ac0fb835a0fp-24, -0x1.2f02e41a844bcp-23, 0x1.5bb2881339667p-22,
        0x1.03dea32f4b623p-20, -0x1.f89321044f537p-21, -0x1.79dc59c676b54p-18, 0x1.6a5d3ed58ac66p-19,
        0x1.10a59c1e9ceccp-15, -0x1.05ee5feb6a17p-16, -0x1.9d0cccbcaffd4p-13, 0x1.c9c35ddeb16f6p-13,
        0x1.276fbbbf1a874p-10, -0x1.acc624b21b90dp-9, -0x1.52afcd3766d28p-10, 0x1.ba307ebade6dcp-6,
        -0x1.463cfd2cd3fc1p-4, 0x1.0b35505c1230bp-3, -0x1.b7e886277276cp-4, 0x1.89172b35891f4p-6,
      ])
  }
  @inline(__always) fileprivate static var line: (Double, Double) { (0x1.3e1d1ce3122dbp-3, -0x1.049817d7077a5p-3) }
  @inline(__always) fileprivate static func slopeRest(_ u: Self, without last: Int = 0) -> Self {
    estrin(
      u,
      [
        -0x1.8c6bb697e731p-34, 0x1.4b48f4e3a10fbp-34, 0x1.44dfa52e92529p-30, 0x1.516077628d90fp-32,
        -0x1.f18cd2b9001a1p-28, -0x1.0ffba11205655p-27, 0x1.1abe1c284e4e3p-25, 0x1.32be5b845341p-24,
        -0x1.195695309c2c9p-23, -0x1.06c6e8ef20c31p-21, 0x1.59435530cfa3ep-21, 0x1.e1eeb50d7f342p-19,
        -0x1.c8b8cf0b3208ap-19, -0x1.70d6722b83e56p-16, 0x1.d49d65ee689dp-15, 0x1.af1f6f44396d8p-13,
        -0x1.22e580f93adc5p-11, 0x1.5ad533e0de68cp-12, 0x1.88fb626ccdee8p-7, -0x1.1656adf78bcd5p-5,
        line.0, line.1,
      ], without: last)
  }
  /// There the exponential is 0: an infinite dy would make something of less.
  @inline(__always) private static func cutOff(_ t: Self) -> Self { atMost(t, Reach.isNarrow ? 37.65 : 39) }
  /// e^(−x²), or e^(−x²/2), as (1 + rest)·power·2^-100.
  @inline(__always) private static func bell(_ x: Self, isHalf: Bool) -> (power: Self, rest: Self) {
    let square = product(isHalf ? 0.5 * x : x, x), offset = 0x1.8p52 + 1023 + 100
    let biased = fma(square.high, Self(-0x1.71547652b82fep0), Self(offset)), k = biased - Self(offset)
    let r = fma(k, Self(-0x1.abc9e3b39803fp-56), fma(k, Self(-0x1.62e42fefa39efp-1), -square.high)) - square.low
    return (Self(power_of_biased64(biased.v)), fma(r * r, expTail(r), r))
  }
  /// At 27.897 the power is 0.
  @inline(__always) static func bell(_ x: Self, times f: Self) -> Self {
    if Reach.isNarrow { return f * expMinus(x * x) }
    let (power, rest) = bell(atMost(abs(x), 27.897), isHalf: false), g = f * power
    return fma(g, rest, g) * 0x1p-100
  }

  /// f·P/Q·e^(−t²/2), narrow, the exponential to 2^-46, as roundings are tested. At the cut-off `rest` is not negative: 0 keeps
  /// its sign.
  @inline(__always) private static func roughTail(_ t: Self, _ f: Self, _ numerator: Self, over denominator: Self) -> Self {
    let z = t * t, (k, power) = powerOfTwo(z, -0x1.71547652b82fep-1), s = fma(k, 0x1.62e42fefa39efp0, z)
    let p = estrin(
      s,
      [
        -0x1.730e66b9512d1p-28, 0x1.a1751b7d5afe6p-24, -0x1.a019649809785p-20, 0x1.6c163533728aep-16, -0x1.11111134971fp-12,
        0x1.55555581f8bd5p-9, -0x1.55555555485eap-6, 0x1.ffffffffee558p-4, -0x1.0000000000027p-1,
      ])
    let rest = s * p, y = f * power * numerator / denominator
    return fma(y, rest, y)
  }
  /// Narrow: R = P/Q, 7/8, to 2^-45.
  @inline(__always) static func tailProduct(_ x: Self) -> Self {
    let t = cutOff(x)
    if Reach.isNarrow {
      let p = estrin(
        t,
        [
          0x1.2e2cfae76b01fp-15, 0x1.79786e6df4f5p-11, 0x1.c577cf1e20b97p-8, 0x1.4e11ce93b5007p-5, 0x1.441fdccb497a5p-3,
          0x1.9ef82a96b436fp-2, 0x1.4832aab94c88dp-1, 0x1p-1,
        ])
      let q = estrin(
        t,
        [
          0x1.7ab898ea50b67p-14, 0x1.d916c9de206acp-10, 0x1.1da5faa7102a9p-6, 0x1.aa15f49b25044p-4, 0x1.a7cea72c29b8bp-2,
          0x1.1d47ec23964a2p0, 0x1.f852cb31395a4p0, 0x1.0a3a6a2bf542ep1, 0x1p0,
        ])
      return roughTail(t, t, p, over: q)
    }
    let (power, rest) = bell(t, isHalf: true)
    let n = t + 4, p = t * n, d = p + 3.25, inverse = 1 / (n * d), y = inverse * d
    let more = 2 * t * y * tailRest((t - 4) * y)
    var q = p * (inverse * n)
    q = fma(fma(-q, d, p), inverse * n, q) * (0.40625 * power)
    return fma(q, fma(more, rest, more) + rest, q) * 0x1p-100
  }
  /// Narrow: W = P/Q, 7/7, to 2^-44.
  @inline(__always) static func tailProductSlope(_ x: Self) -> Self {
    let t = cutOff(x), d = (Self(0x1.80ead197f00b4p-1) - t) - 0x1.13e74c58cada8p-56
    if Reach.isNarrow {
      let p = estrin(
        t,
        [
          0x1.e354d7de0d38ep-14, 0x1.1f54d4d53c6ddp-9, 0x1.4083c04d9cc04p-6, 0x1.ad1a998af08afp-4, 0x1.71dc4f2f35126p-2,
          0x1.99f43e0784d97p-1, 0x1.10003aebe0c6p0, 0x1.54851a5cc1f88p-1,
        ])
      let q = estrin(
        t,
        [
          0x1.2ee20f9cf8d3dp-12, 0x1.59e289812b7ap-8, 0x1.723af37da06e2p-5, 0x1.d91c6cbd1f956p-3, 0x1.8177097e3601p-1,
          0x1.8d563a65869bdp0, 0x1.dcf91029d266cp0, 0x1p0,
        ])
      return roughTail(t, d, p, over: q)
    }
    let (power, rest) = bell(t, isHalf: true)
    let n = t + 4, y = 1 / n, more = 2 * t * y * slopeRest((t - 4) * y)
    let q = fma(d * y, 2.75, d) * (Self(0x1.9394452b90809p-2) * power)
    return fma(q, fma(more, rest, more) + rest, q) * 0x1p-100
  }
}

extension DoublePair {
  /// 2t·rest/n, where y is nearly 1/n: an eighth of the result at most, but its error counts.
  @inline(__always) private static func more(_ t: Self, _ rest: Self, over n: Self, _ y: DoubleLanes) -> Self {
    let a = Self(t.high + t.high) * rest, q = a.high * y
    return Self(q, (DoubleLanes.fma(-q, n.high, a.high) + DoubleLanes.fma(-q, n.low, a.low)) * y)
  }
  /// e^(−t²/2)·(1 + more)
  @inline(__always) private static func bell(_ t: Self, times more: Self) -> Self { expMinus(0.5 * square(t), times: more) }
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
    let t = cutOff(x), n = orderedSum(4, t), p = t * n, d = orderedSum(3.25, p), inverse = 1 / (n.high * d.high)
    let y = inverse * d.high
    let more = more(t, Self(DoubleLanes.tailRest((t.high - 4) * y)), over: n, y)
    return divide(Self(DoubleLanes(0.40625)) * p * bell(t, times: more), d, by: inverse * n.high)
  }
  @inline(__always) static func tailProductSlope(_ x: Self) -> Self {
    let t = cutOff(x), n = orderedSum(4, t), y = 1 / n.high
    // The line of the polynomial in pairs: it is nearly all of it.
    let less = DoubleLanes.sum(t.high, -4), u = less.high * y
    let uLow = (DoubleLanes.fma(-u, n.high, less.high) + DoubleLanes.fma(-u, n.low, less.low)) * y
    let slope = DoubleLanes(DoubleLanes.line.0), first = DoubleLanes(DoubleLanes.line.1), line = DoubleLanes.fma(slope, u, first)
    let low = DoubleLanes.fma(0x1.5f341ad175b74p-58, u, 0x1.f612a1e00ff0cp-58)  // of the constants
    let left = DoubleLanes.fma(slope, uLow, DoubleLanes.fma(slope, u, first - line) + low)
    let rest = DoubleLanes.orderedSum(line, u * u * DoubleLanes.slopeRest(u, without: 2))
    let more = more(t, Self(rest.high, rest.low + left), over: n, y)
    let z = Self(0x1.80ead197f00b4p-1, -0x1.13e74c58cada8p-56) - t, d = Self(DoubleLanes.orderedSum(z.high, z.low))
    return divide(d * (Self(0x1.9394452b90809p-2, 0x1.8639c3320052dp-57) * orderedSum(6.75, t)) * bell(t, times: more), n, by: y)
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
