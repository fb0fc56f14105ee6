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
    let t = expMinus1(abs(x), times: 2)
    return copysign(t / (t + 2), x)
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
