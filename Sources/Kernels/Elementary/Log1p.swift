import Lanes

// ln(1 + e) for e from 0 to 1. In floats it is e + e²·P(e − ½), without a division; P's argument is centred, so that its
// terms do not cancel. In doubles it is 2 artanh s = 2s + s³·Q(s²) with s = e/(2 + e), at most ⅓.
// P, Q: minimax, Sources/Constants/coefficients.py.

extension Number {
  /// Where e = e^(−ab) is tiny this is e/b, and a small b brings out digits that e has not: then e^(−ab/2) is a factor twice.
  @inline(__always) static func softplusTail(_ a: Self, times b: Self, where isLeft: Mask) -> Self {
    unscaledTail(a, times: b, where: isLeft)
  }
  @inline(__always) fileprivate static func unscaledTail(_ a: Self, times b: Self, where isLeft: Mask) -> Self {
    let e = expMinus(a, times: b), q = exactQuotient(log1p(e), b)
    return unless(lost: select(isLeft, e, 1), q.value + q.rest) {
      let root = expMinus(0.5 * a, times: b)
      return root / b * root
    }
  }
}

extension Lanes {
  /// With e scaled, which loses none: `log` is of e, scaled likewise.
  @inline(__always) fileprivate static func softplusTail(_ a: Self, times b: Self, _ log: (_ scaled: Self, _ e: Self) -> Self)
    -> Self
  {
    let scaled = expMinusScaled(a, times: b), y = exactQuotient(1, b), t = log(scaled, unscaled(scaled))
    return unscaled(fma(t, y.rest, t * y.value))
  }
}

extension FloatLanes {
  @inline(__always) static func softplusTail(_ a: Self, times b: Self, where isLeft: Mask) -> Self {
    softplusTail(a, times: b) { fma($0 * $1, log1pTail($1), $0) }
  }
  /// Within 1.0 ULP.
  @inline(__always) static func log1p(_ e: Self) -> Self { fma(e * e, log1pTail(e), e) }
  /// (ln(1 + e) − e)/e²
  @inline(__always) private static func log1pTail(_ e: Self) -> Self {
    polynomial(
      e - 0.5,
      [
        -0x1.b43796p-9, 0x1.c6a242p-8, -0x1.4d706cp-7, 0x1.10e0f4p-6, -0x1.d9946ep-6, 0x1.a285ccp-5, -0x1.7de0b2p-4, 0x1.6f0d74p-3,
        -0x1.833704p-2,
      ])
  }
}

extension Doubles {
  @inline(__always) fileprivate static func artanhTail(_ z: Self) -> Self {
    estrin(
      z,
      [
        0x1.4aae5b5dd1c83p-3, 0x1.68de165f9a55ap-4, 0x1.eb798e2b1a7f4p-4, 0x1.10ade41ce5362p-3, 0x1.3b18973a486e5p-3,
        0x1.745cf1eda0d78p-3, 0x1.c71c7268d42c8p-3, 0x1.24924923e3e36p-2, 0x1.999999999a23ap-2, 0x1.5555555555555p-1,
      ])
  }
  /// Within 1.6 ULP.
  @inline(__always) static func log1p(_ e: Self) -> Self {
    let s = e / (2 + e), z = s * s
    return fma(s * z, artanhTail(z), s + s)
  }
  @inline(__always) static func softplusTail(_ a: Self, times b: Self, where isLeft: Mask) -> Self {
    if Reach.isNarrow { return unscaledTail(a, times: b, where: isLeft) }
    return softplusTail(a, times: b) { scaled, e in
      let r = scaled / (2 + e), s = unscaled(r), z = s * s
      return fma(r * z, artanhTail(z), r + r)
    }
  }
}

extension DoublePair {
  /// To 2^-56. The low part of s counts times 1/(1 − s²), to ten bits.
  @inline(__always) static func log1p(_ e: Self) -> Self {
    let d = DoubleLanes.orderedSum(2, e.high), y = 1 / d.high, s = e.high * y
    let rest = (DoubleLanes.fma(-s, d.high, e.high) + DoubleLanes.fma(-s, d.low + e.low, e.low)) * y
    let z = s * s, series = DoubleLanes.fma(DoubleLanes.fma(z, z, z), z, z), slope = DoubleLanes.fma(rest, series, rest)
    let t = DoubleLanes.orderedSum(s + s, s * z * DoubleLanes.artanhTail(z))
    return Self(t.high, t.low + (slope + slope))
  }
}

extension DoubleDouble {
  /// One step of Newton's method from the result in doubles: y + ((1 + e)·e^(−y) − 1). Below 2^-200 it is e.
  @inline(never) static func log1p(_ e: Self) -> Self {
    let p = e.plain, y = Self(DoubleLanes.log1p(p.high)), t = expMinus1(y)
    return select(p.high < 0x1p-200, e, y + (t + p + p * t))
  }
}
