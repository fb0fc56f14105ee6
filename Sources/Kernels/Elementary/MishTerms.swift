import Lanes

// The numerators of mish′: on the left 4(1 + x) + e(4x + 6 + e(4 + e)), but for its factor e, and on the right
// 1 + e(4 + e(4x + 6 + e(4x + 4))), where e = e^(−|x|) = e^(−a).
//
// The first is 0 at x = z. With d = x − z and E = e^z, e − E = E·m, it is
// 4d(1 + e) + E·m·(4z + 6 + 4(e + E) + e² + eE + E²), where nothing cancels.

private var zero: Triple { Triple(-0x1.31432c0d12d84p0, -0x1.bf319154da21p-55, -0x1.3b82ea8c1efc4p-109) }
private var exponential: (high: Double, low: Double) { (0x1.36c4202fc3eccp-2, 0x1.6d73a02f8d922p-56) }

extension Number {
  @inline(__always) fileprivate static func mishLeft(_ x: Self, _ e: Self) -> Self { 4 * (1 + x) + e * ((4 * x + 6) + e * (4 + e)) }
  @inline(__always) fileprivate static func mishRight(_ x: Self, _ e: Self) -> Self {
    let y = 4 * x
    return 1 + e * (4 + e * ((y + 6) + e * (y + 4)))
  }
  @inline(__always) fileprivate static func mishNear(_ d: Self, _ e: Self, _ difference: Self) -> Self {
    let z = Self(exponential.high, exponential.low)
    let factor = (4 * Self(zero.high, zero.middle) + 6 + 4 * z + square(z)) + e * (4 + z + e)
    return 4 * d * (1 + e) + difference * factor
  }
  @inline(__always) static func mishTerms(_ x: Self, _ a: Self) -> GateTerms<Self> {
    let e = expMinusScaled(a, rest: nil)
    return GateTerms(e: e, scaled: e, left: mishLeft(x, e), right: mishRight(x, e))
  }
}

extension Lanes {
  @inline(__always) static func mishTerms(_ x: Self, _ a: Self) -> GateTerms<Self> {
    let d = offset(x, rest: nil, from: zero), e = expMinus(a, rest: nil, near: d, exponential.high), x = bounded(x)
    let left = select(e.isNear, mishNear(d, e.value, e.factor * e.m), mishLeft(x, e.value))
    return GateTerms(e: e.value, scaled: e.scaled, left: left, right: mishRight(x, e.value))
  }
}

extension DoublePair {
  @inline(__always) static func mishTerms(_ x: Self, _ a: Self) -> GateTerms<Self> {
    let e = expMinus(a)
    var terms = GateTerms(e: e, scaled: e, left: mishLeft(x, e), right: mishRight(x, e))
    let isNear = DoubleLanes.abs(terms.left.high) < 1.5
    if DoubleLanes.any(isNear) {
      let d = offset(x, rest: nil, from: zero), z = Self(exponential.high, exponential.low), difference = z * expm1Reduced(d)
      terms.left = select(isNear, mishNear(d, z + difference, difference), terms.left)
    }
    return terms
  }
}
