import Lanes

// ln(1 + e) for e from 0 to 1. In floats it is e + e²·P(e − ½), without a division; P's argument is centred, so that its
// terms do not cancel. In doubles it is 2 artanh s = 2s + s³·Q(s²) with s = e/(2 + e), at most ⅓. In pairs it is
// −ln c + ln(1 + z) with z = (c − 1) + c·e, c from a table, next to 1/(1 + e).
// P, Q and the others: minimax, Sources/Constants/coefficients.py.

extension FloatLanes {
  /// Within 1.0 ULP.
  @inline(__always) static func log1p(_ e: Self) -> Self {
    let p = polynomial(
      e - 0.5,
      [
        -0x1.b43796p-9, 0x1.c6a242p-8, -0x1.4d706cp-7, 0x1.10e0f4p-6, -0x1.d9946ep-6, 0x1.a285ccp-5, -0x1.7de0b2p-4, 0x1.6f0d74p-3,
        -0x1.833704p-2,
      ])
    return fma(e * e, p, e)
  }
}

extension FloatPair {
  /// To 2^-36. The sum c − 1 + c·e is exact.
  @inline(__always) static func log1p(_ e: Self) -> Self {
    if !isNative { return inDoubles(e, DoubleLanes.log1p) }
    let t = FloatLanes.fma(e.high, FloatLanes(tableSize - 1), 0x1.8p23), c = FloatLanes(log_factor32(t.v))
    let product = c * e.high, z = (c - 1) + product
    var rest = FloatLanes.fma(c, e.high, -product)
    if !e.isFloat { rest = .fma(c, e.low, rest) }
    let half = z * 0.5, square = half * z, wide = hasLargeTable
    var p = FloatLanes.fma(FloatLanes(wide ? 0x1.feeb46p-2 : 0x1.a8b718p-3), z, FloatLanes(wide ? -0x1.5561b4p-3 : -0x1.55d4aep-3))
    p = .fma(p, z, FloatLanes(wide ? 0x1.9956f8p-3 : 0x1.99740ep-3))
    p = .fma(p, z, FloatLanes(wide ? -0x1p-2 : -0x1.fffff2p-3))
    p = .fma(p, z, FloatLanes(0x1.555556p-2))
    let tail = FloatLanes.fma((square + square) * z, p, .fma(-z, .fma(-z, rest, rest), rest) - .fma(half, z, -square))
    let arc = FloatLanes(log_high32(t.v)), first = arc + z, high = first - square
    let low = ((arc - first) + z) + ((first - high) - square)
    return Self(tidy: high, low + (FloatLanes(log_low32(t.v)) + tail))
  }
}

extension Doubles {
  /// Within 1.6 ULP.
  @inline(__always) static func log1p(_ e: Self) -> Self {
    let s = e / (2 + e), z = s * s
    let tail = estrin(
      z,
      [
        0x1.4aae5b5dd1c83p-3, 0x1.68de165f9a55ap-4, 0x1.eb798e2b1a7f4p-4, 0x1.10ade41ce5362p-3, 0x1.3b18973a486e5p-3,
        0x1.745cf1eda0d78p-3, 0x1.c71c7268d42c8p-3, 0x1.24924923e3e36p-2, 0x1.999999999a23ap-2, 0x1.5555555555555p-1,
      ])
    return fma(s * z, tail, s + s)
  }
}

extension DoublePair {
  /// (ln(1 + z) − z)/z²
  @inline(__always) private static func logTail(_ z: DoubleLanes) -> DoubleLanes {
    DoubleLanes.estrin(
      z,
      [
        -0x1.4cc43a1e87d29p-4, 0x1.78209134a5bcbp-4, -0x1.99b3ec370621ep-4, 0x1.c71848174ec2ap-4, -0x1.ffffe80e358eep-4,
        0x1.24924a1d22f25p-3, -0x1.555555597f254p-3, 0x1.9999999971f58p-3, -0x1.ffffffffff847p-3, 0x1.5555555555555p-2, -0.5,
      ])
  }
  /// To 2^-57. The sum c − 1 + c·e is exact.
  @inline(__always) static func log1p(_ e: Self) -> Self {
    let t = DoubleLanes.fma(e.high, 7, 0x1.8p52), c = DoubleLanes(log_factor64(t.v))
    let p = DoubleLanes.product(c, e.high), z = (c - 1) + p.high
    let rest = e.isDouble ? p.low : DoubleLanes.fma(c, e.low, p.low)
    let first = DoubleLanes.orderedSum(DoubleLanes(log64(t.v)), z), square = z * z
    let s = DoubleLanes.orderedSum(first.high, square * logTail(z)), less = 1 - z
    let slope = DoubleLanes.fma(less, square, less)  // 1/(1 + z), nearly
    return Self(s.high, s.low + DoubleLanes.fma(rest, slope, first.low))
  }
}

extension DoubleDouble {
  /// One step of Newton's method from the result in doubles: y + ((1 + e)·e^(−y) − 1). Below 2^-200 it is e.
  @inline(never) static func log1p(_ e: Self) -> Self {
    let p = e.plain, y = Self(DoubleLanes.log1p(p.high)), t = expMinus1(y)
    return select(p.high < 0x1p-200, e, y + (t + p + p * t))
  }
}
