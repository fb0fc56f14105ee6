import Lanes

// erf x. Constants: Sources/Constants/coefficients.py.

extension FloatLanes {
  /// erf |x| = 1 − 2^(−w): w/|x| is a polynomial, and the rest as in tanh. Within 2.6 ULP.
  @inline(__always) static func erf(_ x: Self) -> Self {
    let a = atMost(abs(x), 4)
    let w =
      a
      * polynomial(
        a,
        [
          -0x1.c014ap-17, 0x1.63ed7ep-13, -0x1.deab34p-11, 0x1.3b3abcp-9, -0x1.e548fep-13, -0x1.c4b922p-6,
          0x1.2fabe2p-3, 0x1.d63ec4p-1, 0x1.a0be84p0,
        ])
    let (k, power) = powerOfTwo(w, -1)
    let r = -w - k
    let p =
      r
      * polynomial(
        r,
        [
          0x1.7fd0cp-17, 0x1.4405fep-13, 0x1.5de922p-10, 0x1.3b2a64p-7, 0x1.c6b044p-5, 0x1.ebfbep-3, 0x1.62e43p-1,
        ])
    return copysign(fma(p, power, power - 1), x)
  }
}

extension Doubles {
  /// −ln erfc a over a, but for its first two terms, c₀ + c₁·a: to 2^-57 of erf.
  @inline(__always) fileprivate static func logTail(_ a: Self) -> Self {
    estrin(
      a,
      [
        0x1.c35711aa099dap-51, -0x1.5aa3135a29b88p-45, 0x1.f1b829e17988ep-41, -0x1.bb8462423ebe4p-37,
        0x1.126c0454f6c91p-33, -0x1.f320f7daaafacp-31, 0x1.57557211fffcep-28, -0x1.6808b97f1ef5p-26,
        0x1.1a3f028d6651ep-24, -0x1.305689f882cacp-23, 0x1.266a0b289a743p-23, 0x1.694fd59e28056p-22,
        -0x1.d389d1dce5e9dp-20, 0x1.7c8c8f461d946p-19, 0x1.c94bff3be4b34p-19, -0x1.f2af6db7da749p-16,
        0x1.0e7f8fd9cecd5p-14, 0x1.b22bd3fac2da5p-16, -0x1.35654fc0a8e07p-11, 0x1.bca67bd4aa63ep-10,
        -0x1.b6b68bf22f9e2p-13, -0x1.39668593d731ap-6, 0x1.a4f4e2a1b2061p-4,
      ])
  }
  @inline(__always) static func erf(_ x: Self) -> Self {
    if Reach.isNarrow {
      // x·P(x²)/Q(x²), 8/8, to 2^-42.8. erf is 1 as a float from 3.92 on; there it is not right to more digits than a
      // float's, and not for use in longer formulas.
      let a = clamp(x, -3.924, 3.924), z = a * a
      let p = estrin(
        z,
        [
          -0x1.fdf63ecca134ep-35, -0x1.6bb45d1e6a5dfp-29, 0x1.b1913a560f074p-21, 0x1.11600e6cf06eep-16, 0x1.f47008520ae67p-12,
          0x1.08b75fd6d6c97p-8, 0x1.c6482e5a66d7fp-5, 0x1.6d8a5946f6809p-3, 0x1.20dd750429dc5p0,
        ])
      let q = estrin(
        z,
        [
          -0x1.2074f0b0d72p-30, 0x1.4300439e04bb9p-24, 0x1.062e9b8895bbcp-18, 0x1.91c96ce57c534p-14, 0x1.8885a81768df7p-10,
          0x1.047c9996a6e9dp-6, 0x1.cec7041bcc32ap-4, 0x1.f74f28d3c4cd6p-2, 1,
        ])
      return a * p / q
    }
    let a = atMost(abs(x), 6), w = a * fma(fma(logTail(a), a, Self(0x1.45f306dc9c897p-1)), a, Self(0x1.20dd750429b6dp0))
    let (k, power) = powerOfTwo(w, -0x1.71547652b82fep0)
    var r = fma(k, Self(-0x1.62e42fefa39efp-1), -w)
    r = fma(k, Self(-0x1.abc9e3b39803fp-56), r)
    return copysign(fma(fma(r * r, expTail(r), r), power, power - 1), x)
  }
}

extension DoublePair {
  @inline(__always) static func erf(_ x: Self) -> Self {
    let size = abs(x), far = 6 < size.high
    let a =
      x.isDouble
      ? Self(DoubleLanes.atMost(size.high, 6)) : Self(DoubleLanes.atMost(size.high, 6), DoubleLanes.select(far, 0, size.low))
    let first = DoublePair(0x1.45f306dc9c897p-1, 0x1.ca94cbf624b6cp-57) * a
    let sum = DoubleLanes.orderedSum(DoubleLanes(0x1.20dd750429b6dp0), first.high)
    let low = first.low + (sum.low + DoubleLanes(0x1.6870096de6777p-57))
    let all = DoubleLanes.orderedSum(sum.high, a.high * a.high * DoubleLanes.logTail(a.high))
    return copysign(expMinus1(a * Self(all.high, all.low + low)), x)
  }
}

extension DoubleDouble {
  /// For |x| < 1 its series 2/√π·x·e^(−x²)·(1 + 2x²/3·(1 + 2x²/5·(1 + …))), elsewhere 1 − 2·Φ(−√2·|x|).
  @inline(never) static func erf(_ x: Self) -> Self {
    let size = abs(x), a = select(30 < size, 30, size), small = a < 1, z = a * a, e = expMinus(z)
    let t = 2 * select(small, z, 0)
    var s = Self(1)
    for n in stride(from: 65, to: 1, by: -2) { s = 1 + s * t / Self(Double(n)) }
    let series = Self(0x1.20dd750429b6dp0, 0x1.1ae3a914fed8p-56) * a * s * e
    let tail = scaledTail(Self(0x1.6a09e667f3bcdp0, -0x1.bdd3413b26456p-54) * a.plain)
    return copysign(select(small, series, 1 - 2 * e * tail), x)
  }
}
