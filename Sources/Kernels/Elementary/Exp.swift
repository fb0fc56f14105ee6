import Lanes

// e^x; e^(−a) for a ≥ 0, which cannot overflow; and e^(−a) − 1 for a ≥ 0, which has all its digits near 0. e^x = 2^k·e^r, k = round(x / ln 2), r = x − k·ln 2, |r| ≤ ln 2 / 2.
// e^r − 1 is r + r²·P(r); the numbers differ in the degree of P and in how exactly r and the sum are kept.
// P: minimax, Sources/Constants/coefficients.py.

extension FloatLanes {
  /// The first product is exact.
  @inline(__always) static func reduced(_ x: Self, _ k: Self) -> Self {
    fma(k, Self(0x1.05c61p-29), fma(k, Self(-0x1.62e43p-1), x))
  }
  /// e^r: fewer operations than anything but Horner's rule, and the last one rounds 1 + r·(…).
  @inline(__always) private static func expReduced(_ r: Self) -> Self {
    var p = fma(Self(0x1.6cee86p-10), r, Self(0x1.123efep-7))
    p = fma(p, r, Self(0x1.55552ap-5))
    p = fma(p, r, Self(0x1.55548ap-3))
    p = fma(p, r, 0.5)
    return fma(fma(p, r, 1), r, 1)
  }
  /// Within 2.3 ULP, subnormal results included; with one term less, to be as fast as the memory.
  @inline(__always) static func exp(_ x: Self) -> Self {
    let x = clamp(x, -105, 89)  // where the result is 0 or infinite
    let t = fma(x, Self(0x1.715476p0), Self(0x1.8p23 + 254)), k = t - Self(0x1.8p23 + 254)
    let r = reduced(x, k)
    var p = fma(Self(0x1.106452p-7), r, Self(0x1.572a22p-5))
    p = fma(p, r, Self(0x1.5557acp-3))
    p = fma(p, r, Self(0x1.fffdfcp-2))
    return Self(scale32(fma(fma(p, r, 1), r, 1).v, t.v))
  }
  /// Within 1.0 ULP, subnormal results included. Where a is so large that its rest is, or that is NaN, it does not show.
  @inline(__always) static func expMinus(_ a: Self) -> Self { expMinus(a, rest: 0) }
  @inline(__always) static func expMinus(_ a: Self, rest: Self) -> Self {
    let x = atMost(a, 105), offset = Self(0x1.8p23 + 127 + 64)
    let t = fma(x, Self(-0x1.715476p0), offset), k = t - offset
    return Self(shrink32(expReduced(reduced(-x, k) - small(rest)).v, t.v))
  }
  /// Within 2.0 ULP.
  @inline(__always) static func expMinus1(_ a: Self) -> Self { expMinus1(a, times: 1) }
  @inline(__always) static func expMinus1(_ a: Self, rest: Self) -> Self { expMinus1(a, times: 1, small(rest)) }
  /// Of a times a power of two. With base 2: 2^k·2^s − 1, k + s = −a/ln 2. That the factor is a float only hardly shows: an
  /// error of the argument, relative to it, is one of at most the same size of the result.
  @inline(__always) static func expMinus1(_ a: Self, times power: Double, _ rest: Self? = nil) -> Self {
    let factor = -0x1.715476p0 * power, x = atMost(a, 20 / power)
    let (k, scale) = powerOfTwo(x, factor)
    var s = fma(x, Self(factor), -k)
    if let rest { s = fma(rest, Self(factor), s) }
    let p =
      s
      * polynomial(
        s,
        [
          0x1.7fd0cp-17, 0x1.4405fep-13, 0x1.5de922p-10, 0x1.3b2a64p-7, 0x1.c6b044p-5, 0x1.ebfbep-3, 0x1.62e43p-1,
        ])
    return fma(p, scale, scale - 1)
  }
}

/// e^x = 2^m·e^r, m a multiple of 1/`LOOKUP`: r²/2 is so small that a float holds it closely enough.
extension FloatPair {
  /// 2^m, which is power·(1 + rest), and r.
  @inline(__always)
  private static func reduce(_ x: FloatLanes, _ low: FloatLanes?) -> (power: FloatLanes, rest: FloatLanes, r: FloatLanes) {
    let offset = FloatLanes(0x1.8p23 / tableSize)
    let t = FloatLanes.fma(x, FloatLanes(0x1.715476p0), offset), m = t - offset
    let r = FloatLanes.fma(m, FloatLanes(-0x1.62e43p-1), x)  // exact
    let rest = FloatLanes.fma(m, FloatLanes(0x1.05c61p-29), FloatLanes(fine_power_rest32(t.v)))
    return (FloatLanes(fine_power32(m.v, t.v)), low.map { rest + $0 } ?? rest, r)
  }
  /// (e^r − 1 − r − r²/2)/(r³/2)
  @inline(__always) private static func cubic(_ r: FloatLanes) -> FloatLanes {
    hasLargeTable
      ? .fma(.fma(FloatLanes(0x1.0f6628p-6), r, FloatLanes(0x1.5555acp-4)), r, FloatLanes(0x1.555556p-2))
      : .fma(.fma(FloatLanes(0x1.109236p-6), r, FloatLanes(0x1.5556bp-4)), r, FloatLanes(0x1.555556p-2))
  }
  /// To 2^-38, with the smaller table to 2^-36.
  @inline(__always) private static func exp(power: FloatLanes, rest: FloatLanes, _ r: FloatLanes) -> Self {
    let z = r * 0.5 * r
    let p = hasLargeTable ? FloatLanes.fma(FloatLanes(0x1.5555ap-4), r, FloatLanes(0x1.5555c6p-2)) : cubic(r)
    let q = FloatLanes.fma(z * r, p, z)
    let u = r + q, left = (r - u) + q, high = FloatLanes.fma(power, u, power)
    let low = FloatLanes.fma(power, left, .fma(power, u, power - high))  // the inner one is what `high` leaves out
    return Self(high, .fma(high, rest, low), isRough: true)
  }
  /// Above 88.7 it is NaN, and others decide; below −87 it has lost digits, or is 0.
  @inline(__always) static func exp(_ x: Self) -> Self {
    if !isNative { return inDoubles(x, DoubleLanes.exp) }
    let (power, rest, r) = reduce(FloatLanes.atMost(x.high, 89), x.isFloat ? nil : x.low)
    return exp(power: power, rest: rest, r)
  }
  @inline(__always) static func expMinus(_ a: Self) -> Self {
    if !isNative { return inDoubles(a, DoubleLanes.expMinus) }
    let (power, rest, r) = reduce(-a.high, a.isFloat ? nil : -a.low)
    return exp(power: power, rest: rest, r)
  }
  @inline(__always) static func expMinus1(_ a: Self) -> Self {
    if !isNative { return inDoubles(a, DoubleLanes.expMinus1) }
    let (e, rest, r) = reduce(-a.high, a.isFloat ? nil : -a.low)
    let half = r * 0.5, z = half * r
    let u = r + z, left = ((r - u) + z) + FloatLanes.fma(z * r, cubic(r), .fma(half, r, -z))
    let less = e - 1, high = FloatLanes.fma(e, u, less)
    let low = FloatLanes.fma(e, left, .fma(e, u, less - high)) + (e - (less + 1))
    return Self(tidy: high, .fma(rest, high, rest) + low)
  }
}

extension Doubles {
  /// e^r − 1 − r over r², to 2^-63 of e^r; with one term less e^r − 1 − r − r²/2 over r³.
  @inline(__always) static func expTail(_ r: Self, without last: Int = 0) -> Self {
    estrin(
      r,
      [
        0x1.1f8263de0631cp-29, 0x1.af7024528cf0cp-26, 0x1.27e4d445b721fp-22, 0x1.71dded93a473fp-19, 0x1.a01a01a8efa76p-16,
        0x1.a01a01b48fd24p-13, 0x1.6c16c16c15f37p-10, 0x1.111111110e97cp-7, 0x1.5555555555556p-5, 0x1.555555555555cp-3,
        0.5,
      ], without: last)
  }
  /// The first product is exact: the result's last bit is at 2^-54 or above.
  @inline(__always) static func reduced(_ x: Self, _ k: Self) -> Self {
    fma(k, Self(-0x1.abc9e3b39803fp-56), fma(k, Self(-0x1.62e42fefa39efp-1), x))
  }
  /// Within 1.5 ULP, subnormal results included.
  @inline(__always) static func exp(_ x: Self) -> Self {
    if Reach.isNarrow {
      let y = clamp(x, -709.09, 709.09), (k, power) = powerOfTwo(y, 0x1.71547652b82fep0), r = reduced(y, k)
      let e = (fma(r * r, expTail(r), r) + 1) * power
      return Self(orelse64(e.v, x.v))  // infinite only of ∞
    }
    let x = clamp(x, -750, 710)  // where the result is 0 or infinite
    let t = fma(x, Self(0x1.71547652b82fep0), Self(0x1.8p52 + 2046)), r = reduced(x, t - Self(0x1.8p52 + 2046))
    return Self(scale64((fma(r * r, expTail(r), r) + 1).v, t.v))
  }
  @inline(__always) static func expMinus(_ a: Self) -> Self { expMinus(a, rest: 0) }
  /// What is left out of a product of a float and a double is less than what counts for a float.
  @inline(__always) static func expMinus(_ a: Self, rest: Self) -> Self {
    if Reach.isNarrow {
      let x = atMost(a, 709.09), (k, power) = powerOfTwo(x, -0x1.71547652b82fep0), r = reduced(-x, k)  // there 2^k is 0
      return (fma(r * r, expTail(r), r) + 1) * power
    }
    let x = atMost(a, 750), offset = Self(0x1.8p52 + 1023 + 100)
    let t = fma(x, Self(-0x1.71547652b82fep0), offset), r = reduced(-x, t - offset) - small(rest)
    return Self(shrink64((fma(r * r, expTail(r), r) + 1).v, t.v))
  }
  /// Within 2.0 ULP.
  @inline(__always) static func expMinus1(_ a: Self) -> Self { expMinus1(a, times: 1) }
  @inline(__always) static func expMinus1(_ a: Self, rest: Self) -> Self {
    Reach.isNarrow ? expMinus1(a) : expMinus1(a, times: 1, small(rest))
  }
  /// Of a times a power of two.
  @inline(__always) static func expMinus1(_ a: Self, times power: Double, _ rest: Self? = nil) -> Self {
    let x = atMost(a, 40 / power), (k, scale) = powerOfTwo(x, -0x1.71547652b82fep0 * power)
    var r = reduced(Self(-power) * x, k)
    if let rest { r = r - rest }
    return fma(fma(r * r, expTail(r), r), scale, scale - 1)
  }
}

/// e^x = 2^m·e^r, m a multiple of 1/8: so r²/2 is at most 2^-10 and its error does not count, and e^r is soon computed.
extension DoublePair {
  /// 2^m, and r, whose low part makes up for what that is off by, for x no more than 709.8. The high part of r is exact: its
  /// last bit is at 2^-57 or above, and it is at most 0.0434. Below the range 2^m is 0, or subnormal and wrong.
  @inline(__always) private static func reduce(_ x: DoubleLanes, isNegated: Bool, of whole: Self) -> (power: DoubleLanes, r: Self) {
    let offset = DoubleLanes(0x1.8p49 + 1023), perTurn = DoubleLanes(isNegated ? -0x1.71547652b82fep0 : 0x1.71547652b82fep0)
    let t = DoubleLanes.fma(x, perTurn, offset), m = t - offset
    let r = DoubleLanes.fma(m, DoubleLanes(-0x1.62e42fefa39efp-1), isNegated ? -x : x)
    let rest = DoubleLanes.fma(m, DoubleLanes(-0x1.abc9e3b39803fp-56), DoubleLanes(fine_power_rest64(t.v)))
    let low = whole.isDouble ? rest : isNegated ? rest - whole.low : rest + whole.low
    return (DoubleLanes(fine_power64(t.v)), Self(r, low))
  }
  @inline(__always) private static func reduce(_ x: Self) -> (power: DoubleLanes, r: Self) {
    reduce(DoubleLanes.clamp(x.high, -709.09, 710), isNegated: false, of: x)
  }
  @inline(__always) private static func reduceNegative(_ a: Self) -> (power: DoubleLanes, r: Self) {
    reduce(DoubleLanes.atMost(a.high, 709.09), isNegated: true, of: a)
  }
  /// (e^u − 1 − u)/u² for |u| ≤ ln 2 / 16, to 2^-63 of e^u.
  @inline(__always) private static func tail(_ u: DoubleLanes) -> DoubleLanes {
    DoubleLanes.estrin(
      u,
      [
        0x1.a01d9ff3520eap-16, 0x1.a01fb6a98add2p-13, 0x1.6c16c168f3812p-10, 0x1.1111110a0f296p-7, 0x1.555555555556bp-5,
        0x1.55555555555fbp-3, 0.5,
      ])
  }
  @inline(__always) private static func pastLine(_ u: DoubleLanes) -> DoubleLanes { u * u * tail(u) }
  /// To 2^-60.
  @inline(__always) private static func exp(power: DoubleLanes, _ r: Self) -> Self {
    let v = DoubleLanes.orderedSum(r.high, pastLine(r.high)), high = DoubleLanes.fma(power, v.high, power)
    return Self(high, DoubleLanes.fma(high, r.low + v.low, DoubleLanes.fma(power, v.high, power - high)))
  }
  /// To 2^-57: r is rounded once, at most 0.0434, as is what the table's power is multiplied by.
  @inline(__always) private static func exp(of x: DoubleLanes, isNegated: Bool, exponent: Double = 0) -> Self {
    let offset = DoubleLanes(0x1.8p49 + 1023 + exponent),
      perTurn = DoubleLanes(isNegated ? -0x1.71547652b82fep0 : 0x1.71547652b82fep0)
    let t = DoubleLanes.fma(x, perTurn, offset), m = t - offset, power = DoubleLanes(fine_power64(t.v))
    let first = DoubleLanes.fma(m, DoubleLanes(-0x1.62e42fefa38p-1), isNegated ? -x : x)  // exact: 42 bits of ln 2
    let r = DoubleLanes.fma(m, DoubleLanes(-0x1.ef35793c7673p-45), first)
    let more = r + DoubleLanes.fma(r * r, tail(r), DoubleLanes(fine_power_rest64(t.v)))
    let high = DoubleLanes.fma(power, more, power)
    return Self(high, DoubleLanes.fma(power, more, power - high))
  }
  /// To 2^-58.
  @inline(__always) private static func expm1(power: DoubleLanes, _ r: Self) -> Self {
    let v = DoubleLanes.orderedSum(r.high, pastLine(r.high)), p = DoubleLanes.product(power, v.high)
    let less = DoubleLanes.orderedSum(-1, power), s = DoubleLanes.orderedSum(less.high, p.high)
    let left = DoubleLanes.fma(power + p.high, r.low, DoubleLanes.fma(power, v.low, p.low))
    return Self(s.high, left + (s.low + less.low))
  }
  /// (1 + more)·e^(−a), where `more` is small.
  @inline(__always) static func expMinus(_ a: Self, times more: Self) -> Self {
    let (power, r) = reduceNegative(a), u = r.high, past = pastLine(u), rest = past + DoubleLanes.fma(r.low, u + past, r.low)
    let s = DoubleLanes.orderedSum(1, u)
    let t = DoubleLanes.orderedSum(s.high, DoubleLanes.fma(more.high, s.high + rest, s.low + (rest + more.low)))
    let p = DoubleLanes.product(t.high, power)
    return Self(p.high, DoubleLanes.fma(t.low, power, p.low))
  }
  /// Above 709.4 it is infinite or NaN, and others decide.
  @inline(__always) static func exp(_ x: Self) -> Self {
    if x.isDouble { return exp(of: DoubleLanes.clamp(x.high, -709.09, 710), isNegated: false) }
    let (power, r) = reduce(x)
    return exp(power: power, r)
  }
  @inline(__always) static func expMinus(_ a: Self) -> Self {
    a.isDouble ? exp(of: DoubleLanes.atMost(a.high, 709.09), isNegated: true) : closeExpMinus(a)
  }
  /// To 2^-60, for a sum in which digits cancel.
  @inline(__always) static func closeExpMinus(_ a: Self) -> Self {
    let (power, r) = reduceNegative(a)
    return exp(power: power, r)
  }
  /// e^(−a)/4 of a double a.
  @inline(__always) static func quarterOfExpMinus(_ a: DoubleLanes) -> Self {
    exp(of: DoubleLanes.atMost(a, 707), isNegated: true, exponent: -2)
  }
  @inline(__always) static func expMinus1(_ a: Self) -> Self {
    let (power, r) = reduceNegative(a)
    return expm1(power: power, r)
  }
  /// e^x − 1 for small x.
  @inline(__always) static func expm1Reduced(_ x: Self) -> Self {
    let (power, r) = reduce(x)
    return expm1(power: power, r)
  }
  /// The referee shall decide where e^(−a) has lost digits, and a large factor may bring the product back.
  @inline(__always) static func doubtingTail(_ result: Self, expMinus a: Self, where left: Mask) -> Self {
    let far = and64(left, 660 < a)
    return Self(DoubleLanes.select(far, DoubleLanes(Double.nan), result.high), result.low)
  }
}

extension DoubleDouble {
  /// x = k·ln 2 + r, x cut off at ±limit.
  @inline(never) private static func reduce(_ x: Self, _ limit: Double) -> (k: DoubleLanes, r: Self) {
    let high = DoubleLanes.clamp(x.high, -limit, limit),
      low = DoubleLanes.select(DoubleLanes(limit) < DoubleLanes.abs(x.high), 0, x.low)
    let k = DoubleLanes.round(high * 0x1.71547652b82fep0)
    let r = DoubleLanes.fma(k, -0x1.62e42fefa38p-1, high)  // 42 bits of ln 2: exact
    let b = DoubleLanes.product(-k, 0x1.ef35793c7673p-45)
    let s = DoubleLanes.sum(r, b.high)
    return (k, Self(DoubleLanes.orderedSum(s.high, s.low + (b.low + DoubleLanes.fma(-k, 0x1.f97b57a079a19p-103, low)))))
  }
  /// e^r − 1: Taylor's terms up to r¹³ in full, the rest in doubles: to 2^-100.
  @inline(never) private static func expm1Reduced(_ r: Self) -> Self {
    let p = DoubleLanes.polynomial(
      r.high,
      [  // 1/24! … 1/14!
        0x1.f2cf01972f578p-80, 0x1.761b41316381ap-75, 0x1.0ce396db7f853p-70, 0x1.71b8ef6dcf572p-66, 0x1.e542ba4020225p-62,
        0x1.2f49b46814157p-57, 0x1.6827863b97d97p-53, 0x1.952c77030ad4ap-49, 0x1.ae7f3e733b81fp-45, 0x1.ae7f3e733b81fp-41,
        0x1.93974a8c07c9dp-37,
      ])
    var q = horner(Self(p), r, Self(0x1.6124613a86d09p-33, 0x1.f28e0cc748ebep-87))  // 1/13!
    q = horner(q, r, Self(0x1.1eed8eff8d898p-29, -0x1.2aec959e14c06p-83))
    q = horner(q, r, Self(0x1.ae64567f544e4p-26, -0x1.c062e06d1f209p-80))
    q = horner(q, r, Self(0x1.27e4fb7789f5cp-22, 0x1.cbbc05b4fa99ap-76))
    q = horner(q, r, Self(0x1.71de3a556c734p-19, -0x1.c154f8ddc6cp-73))
    q = horner(q, r, Self(0x1.a01a01a01a01ap-16, 0x1.a01a01a01a01ap-76))
    q = horner(q, r, Self(0x1.a01a01a01a01ap-13, 0x1.a01a01a01a01ap-73))
    q = horner(q, r, Self(0x1.6c16c16c16c17p-10, -0x1.f49f49f49f49fp-65))
    q = horner(q, r, Self(0x1.1111111111111p-7, 0x1.1111111111111p-63))
    q = horner(q, r, Self(0x1.5555555555555p-5, 0x1.5555555555555p-59))
    q = horner(q, r, Self(0x1.5555555555555p-3, 0x1.5555555555555p-57))
    q = horner(q, r, 0.5)
    q = horner(q, r, 1)
    return q * r
  }
  @inline(never) static func exp(_ x: Self) -> Self {
    let (k, r) = reduce(x.plain, 3000)
    return (1 + expm1Reduced(r)).times(k)
  }
  @inline(__always) static func expMinus(_ a: Self) -> Self { exp(-a) }
  @inline(never) static func expMinus1(_ a: Self) -> Self {
    let (k, r) = reduce(-a.plain, 80)
    return expm1Reduced(r).times(k) + (Self(DoubleLanes(power64(k.v))) - 1)
  }
}

// Of what is subnormal few digits are left, and a large factor does not bring them back. So functions that end in a
// product with e^(−a) compute with `scaled` exponentials, and unscale the product.

extension Number {
  @inline(__always) static func expMinusScaled(_ a: Self, rest: Self?) -> Self {
    if let rest { expMinus(a, rest: rest) } else { expMinus(a) }
  }
  @inline(__always) static func onePlusScaled(_ e: Self) -> Self { onePlus(e) }
  @inline(__always) static func unscaled(_ x: Self, where mask: Mask) -> Self { x }
  @inline(__always) static func unscaled(_ x: Self) -> Self { x }
  @inline(__always) static func bounded(_ x: Self) -> Self { x }
  @inline(__always) static func finite(_ x: Self) -> Self { x }
  @inline(__always) static func expMinusScaled(_ a: Self, rest: Self?, of x: Self, times c: Self) -> Self {
    expMinusScaled(a, rest: rest)
  }
}

extension Lanes {
  @inline(__always) static func expMinusScaled(_ a: Self, rest: Self?) -> Self {
    let (power, r) = reduceScaled(a, rest: rest)
    return fma(expm1Reduced(r), power, power)
  }
  @inline(__always) static func onePlusScaled(_ e: Self) -> Self { scale == 1 ? 1 + e : fma(e, Self(1 / scale), 1) }
  @inline(__always) static func unscaled(_ x: Self, where mask: Mask) -> Self {
    scale == 1 ? x : x * select(mask, Self(1 / scale), 1)
  }
  @inline(__always) static func unscaled(_ x: Self) -> Self { scale == 1 ? x : x * Self(1 / scale) }
  @inline(__always) static func bounded(_ x: Self) -> Self { clamp(x, -4000, 4000) }
  /// x/(1 + e^(−w)), the divisor scaled down, so that it does not overflow where x·e^w is subnormal.
  @inline(__always) static func timesSigmoid(_ x: Self, _ w: Self, rest: Self?) -> Self? {
    if scale == 1 { return nil }
    let reach = sigmoidReach, v = clamp(w, -reach.left, reach.right)
    let (k, power) = powerOfTwo(v, -0x1.71547652b82fep0, times: scale == 0x1p64 ? -64 : -512)
    var r = reduced(-v, k)
    if let rest { r = r - small(rest) }
    let quotient = clamp(x, -reach.left, reach.right) / fma(expm1Reduced(r), power, power + Self(1 / scale))
    return select(Self(reach.right) < x, x, quotient * Self(1 / scale))
  }

  /// e^(−a), for an expression that vanishes where −a is a constant w₀: it is factor·(1 + m), with 2^k as the factor or,
  /// where d = −a − w₀ is small, e^w₀. There m is right to all its digits, and so is what e^(−a) differs by from e^w₀; elsewhere
  /// `rest` is what the scaled one's rounding leaves out.
  @inline(__always)
  static func expMinus(_ a: Self, rest: Self?, near d: Self, _ constant: Double)
    -> (value: Self, scaled: Self, rest: Self, m: Self, factor: Self, isNear: Mask)
  {
    let (power, r) = reduceScaled(a, rest: rest), isNear = abs(d) < 0.34
    let scaledFactor = select(isNear, Self(constant * scale), power), factor = unscaled(scaledFactor)
    let m = expm1Reduced(select(isNear, d, r)), e = fma(m, factor, factor)
    let scaled = scale == 1 ? e : fma(m, scaledFactor, scaledFactor)
    return (e, scaled, select(isNear, 0, fma(m, scaledFactor, scaledFactor - scaled)), m, factor, isNear)
  }
}

extension FloatLanes {
  @inline(__always) static var scale: Double { 0x1p64 }
  @inline(__always) static func finite(_ x: Self) -> Self { clamp(x, -0x1p127, 0x1p127) }
  /// Where 2^k is 0.
  private static var scaledLimit: Double { 132.4 }
  static var sigmoidReach: (left: Double, right: Double) { (120, 42) }
  @inline(__always) static func reduceScaled(_ a: Self, rest: Self?) -> (power: Self, r: Self) {
    let x = atMost(a, scaledLimit), (k, power) = powerOfTwo(x, -0x1.715476p0, times: 64), r = reduced(-x, k)
    return (power, rest.map { select(a < Self(scaledLimit), r - $0, r) } ?? r)
  }
  /// The product is added to k·ln 2, of whose first 14 bits that is exact, before it is rounded.
  @inline(__always) static func expMinusScaled(_ a: Self, rest: Self?, of x: Self, times c: Self) -> Self {
    let (k, power) = powerOfTwo(a, -0x1.715476p0, times: 64), x = copysign(x, -c)
    var r = fma(k, Self(0x1.e8082ep-16), fma(c, x, k * Self(-0x1.62e8p-1)))
    if let more = c.missing { r = fma(Self(more), x, r) }
    return select(a < Self(scaledLimit), fma(expm1Reduced(r), power, power), 0)
  }
  @inline(__always) static func expm1Reduced(_ r: Self) -> Self {
    fma(r * r, polynomial(r, [0x1.6cee86p-10, 0x1.123efep-7, 0x1.55552ap-5, 0x1.55548ap-3, 0.5]), r)
  }
}

extension Doubles {
  @inline(__always) static var scale: Double { Reach.isNarrow ? 1 : 0x1p512 }
  @inline(__always) static func finite(_ x: Self) -> Self { clamp(x, -0x1p1023, 0x1p1023) }
  /// Where 2^k is 0.
  private static var scaledLimit: Double { Reach.isNarrow ? 709.09 : 1064.2 }
  static var sigmoidReach: (left: Double, right: Double) { (760, 300) }
  @inline(__always) private static func scaledPower(_ a: Self) -> (k: Self, power: Self) {
    powerOfTwo(a, -0x1.71547652b82fep0, times: Reach.isNarrow ? 0 : 512)
  }
  @inline(__always) static func reduceScaled(_ a: Self, rest: Self?) -> (power: Self, r: Self) {
    let x = atMost(a, scaledLimit), (k, power) = scaledPower(x), r = reduced(-x, k)
    return (power, rest.map { select(a < Self(scaledLimit), r - $0, r) } ?? r)
  }
  /// The product is added to k·ln 2, of whose first 42 bits that is exact, before it is rounded.
  @inline(__always) static func expMinusScaled(_ a: Self, rest: Self?, of x: Self, times c: Self) -> Self {
    if Reach.isNarrow { return expMinusScaled(a, rest: rest) }
    let (k, power) = scaledPower(a)
    let r = fma(k, Self(-0x1.ef35793c7673p-45), fma(c, copysign(x, -c), k * Self(-0x1.62e42fefa38p-1)))
    return select(a < Self(scaledLimit), fma(expm1Reduced(r), power, power), 0)
  }
  @inline(__always) static func expm1Reduced(_ r: Self) -> Self { fma(r * r, expTail(r), r) }
}
