import Lanes

/// x·σ(w), where w is a function of x with its sign: what silu, swish and the approximations of GELU have in common.
/// What the rounding of w leaves out is its `rest`, none if it is exact.
///
/// With e = e^(−|w|) it is x/(1 + e) on the right and x·e/(1 + e) on the left. With t = x·w′ its derivative is
/// (1 + e + t·e)/(1 + e)² on the right and e·(1 + t + e)/(1 + e)² on the left, where 1 + t + e passes zero.
struct Gate<R: Number> {
  var w: R, kept: R.Rest
  /// |x| may be much larger than |w|.
  let isFlat: Bool
  let isLeft: R.Mask

  @inline(__always) init(_ w: R, rest: R? = nil, isFlat: Bool = false) {
    self.w = w
    kept = R.keeping(rest)
    self.isFlat = isFlat
    isLeft = w < 0
  }
  @inline(__always) private var rest: R? { R.rest(kept) }
  /// |w|.
  @inline(__always) private var size: (a: R, rest: R?) { (abs(w), rest.map { select(isLeft, -$0, $0) }) }

  /// Near 0, σ is ½ + w/4 − w³/48 + …: for subnormal x the half of it makes a tie, which the second term decides, and where
  /// the first two terms make one, the third.
  @inline(__always) func value(_ x: R) -> R {
    R.timesSigmoid(x, w, rest: rest) ?? value(x, R.expMinusScaled(size.a, rest: size.rest))
  }
  /// The same where w is x·c.
  @inline(__always) func value(_ x: R, times c: R) -> R { value(x, R.expMinusScaled(size.a, rest: size.rest, of: x, times: c)) }
  @inline(__always) private func value(_ x: R, _ e: R) -> R {
    let sigma = besideOne(besideHalf(select(isLeft, e, 1) / R.onePlusScaled(e)), against: w)
    let y = select(isLeft, R.finite(x), x) * sigma
    let result = R.unscaled(y, where: isLeft)
    return isFlat ? R.doubtingTail(result, expMinus: size.a, where: isLeft) : result
  }

  /// t is x·w′ and what it leaves out; `near` are w and t less what they are where the derivative is zero, good near there.
  /// Whether the exponential is multiplied last makes a quarter of a fast result's last place, found by trial.
  @inline(__always)
  func derivative(
    _ t: R, rest tRest: R?, _ zero: GateZero, exponentialLast: Bool = false, near: () -> (w: R, t: Offset<R>)
  ) -> R {
    let (a, rest) = size
    let terms = R.gateTerms(a, rest: rest, isLeft, t, tRest, zero, near)
    let left = exponentialLast ? terms.left : terms.scaled * terms.left
    let quotient = select(isLeft, left, terms.right) / terms.square
    let y = besideOne(
      besideHalf(exponentialLast ? select(isLeft, terms.scaled * quotient, quotient) : quotient), against: -w)
    let result = R.unscaled(R.doubting(y, after: terms.scaled * terms.scaled), where: isLeft)
    return isFlat ? R.doubtingTail(result, expMinus: a, where: isLeft) : result
  }
  /// The same where w is x or a multiple of it, and t is w.
  @inline(__always) var derivative: R {
    @inline(__always) func near() -> Offset<R> {
      R.offset(w, rest: rest, from: Triple(-0x1.474973c84120bp0, -0x1.f8d74bc9ac154p-54, -0x1.44a50180ba78p-108))
    }
    let zero = GateZero(exponential: (0x1.1d25cf210482ep-2, -0x1.ca2d0d94faaecp-60))
    let y = derivative(w, rest: rest, zero, exponentialLast: true) {
      let d = near()
      return (d.value, d)
    }
    return isFlat ? R.doubting(y, near: near) : y
  }

  /// Far on the right σ is below 1 and the derivative above it by less than the longest number shows.
  @inline(__always) private func besideOne(_ y: R, against w: R) -> R {
    R.beside(y, against: w, from: 0x1p6, to: .infinity)
  }
  @inline(__always) private func besideHalf(_ y: R) -> R {
    R.beside(R.beside(y, against: -w, from: 0, to: 0x1p-40), against: w, from: 0x1p-40, to: 0x1p-10)
  }
}

/// Where the derivative of x·σ(w) is zero: e^w there, with −1 − e^w = t.
struct GateZero {
  var exponential: (high: Double, low: Double)
}

/// e = e^(−a), scaled; 1 + t + e and 1 + e + t·e; and (1 + e)². Where the first of the two has its factor e already, `scaled`
/// is 1.
struct GateTerms<R: Number> {
  var scaled: R, left: R, right: R, square: R
}

extension Number {
  @inline(__always)
  static func gateTerms(
    _ a: Self, rest: Self?, _ isLeft: Mask, _ t: Self, _ tRest: Self?, _ zero: GateZero, _ near: () -> (w: Self, t: Offset<Self>)
  )
    -> GateTerms<Self>
  {
    let e = expMinusScaled(a, rest: rest)
    return GateTerms(scaled: e, left: (1 + t) + e, right: onePlus(e) + t * e, square: onePlusSquared(e))
  }
}

extension Lanes {
  /// e^w is 2^k·e^r, and near the zero e^w₀·e^(w − w₀): there 1 + t + e^w is t − t₀ + e^w₀·(e^(w − w₀) − 1), where nothing
  /// cancels. Tested numbers have digits enough to do without until it is quite near.
  @inline(__always)
  static func gateTerms(
    _ a: Self, rest: Self?, _ isLeft: Mask, _ t: Self, _ tRest: Self?, _ zero: GateZero, _ near: () -> (w: Self, t: Offset<Self>)
  )
    -> GateTerms<Self>
  {
    let t = bounded(t)
    if isTested {
      let e = expMinusScaled(a, rest: rest), left = (1 + t) + e, isNear = abs(left) < 0x1p-8
      @inline(__always) func terms(_ left: Self) -> GateTerms<Self> {
        GateTerms(scaled: e, left: left, right: fma(t, e, 1 + e), square: onePlusSquared(e))
      }
      guard any(isNear) else { return terms(left) }
      let d = near()
      return terms(select(isNear, fma(Self(zero.exponential.high), expm1Reduced(d.w), d.t.value), left))
    }
    let d = near(), e = expMinus(a, rest: rest, near: d.w, zero.exponential.high)
    // For larger t the rest may be NaN. 1 + t + 2^k is exact for many t, so less is rounded than in 1 + t + e^w.
    let rest = tRest.map { select(-4000 < t, $0, 0) } ?? 0
    let left = select(e.isNear, d.t.high, (1 + t) + e.factor) + fma(e.m, e.factor, select(e.isNear, d.t.low, rest))
    let square = 1 + fma(e.value, e.value, 2 * e.value)
    return GateTerms(scaled: e.scaled, left: left, right: fma(t, e.value, 1 + e.value), square: square)
  }
}

extension DoubleDouble {
  /// The same, so that next to the zero all digits are right.
  @inline(__always)
  static func gateTerms(
    _ a: Self, rest: Self?, _ isLeft: Mask, _ t: Self, _ tRest: Self?, _ zero: GateZero, _ near: () -> (w: Self, t: Offset<Self>)
  )
    -> GateTerms<Self>
  {
    let d = near(), e = expMinus(a), difference = Self(zero.exponential.high, zero.exponential.low) * expMinus1(-d.w)
    let left = select(abs(d.w) < 0x1p-4, d.t.value + difference, (1 + t) + e)
    return GateTerms(scaled: e, left: left, right: onePlus(e) + t * e, square: onePlusSquared(e))
  }
}

extension DoublePair {
  @inline(__always)
  static func gateTerms(
    _ a: Self, rest: Self?, _ isLeft: Mask, _ t: Self, _ tRest: Self?, _ zero: GateZero, _ near: () -> (w: Self, t: Offset<Self>)
  )
    -> GateTerms<Self>
  {
    let e = closeExpMinus(a)
    var numerator = (1 + t) * e + select(isLeft, square(e), 1)
    let isNear = DoubleLanes.abs(numerator.high) < 0x1p-5 * e.high
    if DoubleLanes.any(isNear) {
      let d = near(), difference = Self(zero.exponential.high, zero.exponential.low) * expm1Reduced(d.w)
      numerator = select(isNear, e * (d.t.value + difference), numerator)
    }
    return GateTerms(scaled: 1, left: numerator, right: numerator, square: onePlusSquared(e))
  }
}
