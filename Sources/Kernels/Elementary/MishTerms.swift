import Lanes

// The parts of mish′. On the left, but for its factor e = e^(−|x|), the numerator is 4(1 + x) + e(4x + 6 + e(4 + e)), and on
// the right it is 1 + e(4 + e(4x + 6 + e(4x + 4))).
//
// The first is 0 at x = z. With d = x − z and E = e^z, e − E = E·m, it is
// 4d(1 + e) + E·m·(4z + 6 + 4(e + E) + e² + eE + E²), where nothing cancels.

/// e, scaled, and what its rounding leaves out; the numerators; and the denominator, (e² + 2e + 2)² on the left and
/// (1 + 2e + 2e²)² on the right. Where the left numerator has its factor already, `scaled` is 1.
struct MishTerms<R: Number> {
  let scaled: R, kept: R.Rest, left: R, right: R, square: R

  @inline(__always) init(scaled: R, rest: R? = nil, left: R, right: R, square: R) {
    self.scaled = scaled
    kept = R.keeping(rest)
    self.left = left
    self.right = right
    self.square = square
  }
  @inline(__always) func timesScaled(_ y: R) -> R { R.rest(kept).map { R.fma(y, scaled, y * $0) } ?? y * scaled }
}

private var zero: Triple { Triple(-0x1.31432c0d12d84p0, -0x1.bf319154da21p-55, -0x1.3b82ea8c1efc4p-109) }
private var exponential: (high: Double, low: Double) { (0x1.36c4202fc3eccp-2, 0x1.6d73a02f8d922p-56) }

extension Number {
  @inline(__always) fileprivate static func mishLeft(_ x: Self, _ e: Self) -> Self {
    fma(e, fma(e, 4 + e, 4 * x + 6), 4 * (1 + x))
  }
  @inline(__always) fileprivate static func mishRight(_ x: Self, _ e: Self) -> Self {
    fma(e, fma(e, fma(e, 4 * (1 + x), 4 * x + 6), 4), 1)
  }
  @inline(__always) fileprivate static func mishNear(_ d: Offset<Self>, _ e: Self, _ difference: Self) -> Self {
    let z = Self(exponential.high, exponential.low), constant = 4 * Self(zero.high, zero.middle) + 6 + 4 * z + square(z)
    let rest = fma(4 * d.low, 1 + e, difference * fma(e, 4 + z + e, constant))
    return fma(4 * d.high, 1 + e, rest)
  }
  @inline(__always) fileprivate static func mishDenominator(_ e: Self, _ isLeft: Mask) -> Self {
    square(fma(select(isLeft, e, 2 * e), e, select(isLeft, 2, 1) + 2 * e))
  }
  @inline(__always) static func mishTerms(_ x: Self, _ isLeft: Mask) -> MishTerms<Self> {
    let e = expMinusScaled(abs(x), rest: nil)
    return MishTerms(scaled: e, left: mishLeft(x, e), right: mishRight(x, e), square: mishDenominator(e, isLeft))
  }
}

extension DoubleDouble {
  /// Next to the zero with all digits.
  @inline(__always) static func mishTerms(_ x: Self, _ isLeft: DoubleLanes.Mask) -> MishTerms<Self> {
    let d = offset(x, rest: nil, from: zero), z = Self(exponential.high, exponential.low), difference = z * expMinus1(-d.value)
    let e = expMinus(abs(x)), left = select(abs(d.value) < 0x1p-4, mishNear(d, z + difference, difference), mishLeft(x, e))
    return MishTerms(scaled: e, left: left, right: mishRight(x, e), square: mishDenominator(e, isLeft))
  }
}

extension Lanes {
  /// A square doubles the error of what is squared, so here that comes with what rounding leaves out.
  @inline(__always) static func mishTerms(_ x: Self, _ isLeft: Mask) -> MishTerms<Self> {
    let d = offset(x, rest: nil, from: zero), exp = expMinus(abs(x), rest: nil, near: d.value, exponential.high), x = bounded(x)
    let e = exp.value, left = select(exp.isNear, mishNear(d, e, exp.factor * exp.m), mishLeft(x, e))
    let u = select(isLeft, e, 2 * e), one = select(isLeft, 2, 1), s = one + 2 * e
    let root = fma(u, e, s), rest = fma(u, e, s - root) + (2 * e - (s - one))
    return MishTerms(
      scaled: exp.scaled, rest: exp.rest, left: left, right: mishRight(x, e), square: fma(root, root, 2 * root * rest))
  }
}

extension DoublePair {
  /// Both numerators in one: what they differ by is selected.
  @inline(__always) static func mishTerms(_ x: Self, _ isLeft: DoubleLanes.Mask) -> MishTerms<Self> {
    let e = closeExpMinus(abs(x)), line = 4 * (1 + x)
    let outer = fma(e, fma(e, select(isLeft, 4 + e, line), 4 * x + 6), select(isLeft, line, 4))
    var numerator = e * outer + select(isLeft, 0, 1)
    let isNear = DoubleLanes.abs(outer.high) < 0x1p-3
    if DoubleLanes.any(isNear) {
      let d = offset(x, rest: nil, from: zero), z = Self(exponential.high, exponential.low), difference = z * expm1Reduced(d.value)
      numerator = select(isNear, e * mishNear(d, z + difference, difference), numerator)
    }
    return MishTerms(scaled: 1, left: numerator, right: numerator, square: mishDenominator(e, isLeft))
  }
}
