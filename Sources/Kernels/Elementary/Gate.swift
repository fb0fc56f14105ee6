import Lanes

/// x·σ(w), where w is a function of x with its sign: what silu, swish and the approximations of GELU have in common.
/// What the rounding of w leaves out is its `rest`, none if it is exact.
///
/// With e = e^(−|w|) it is x/(1 + e) on the right and x·e/(1 + e) on the left. With t = x·w′ its derivative is
/// (1 + e + t·e)/(1 + e)² on the right and e·(1 + t + e)/(1 + e)² on the left, where 1 + t + e passes zero.
struct Gate<R: Number> {
  var w: R, rest: R?
  let isLeft: R.Mask
  /// e^(−|w|), scaled.
  private let exponential: R

  @inline(__always) init(_ w: R, rest: R? = nil) {
    self.w = w
    self.rest = rest
    isLeft = w < 0
    exponential = R.expMinusScaled(abs(w), rest: rest.map { [isLeft] in select(isLeft, -$0, $0) })
  }
  /// w is x times a constant or parameter.
  @inline(__always) init(_ x: R, times c: R) {
    (w, rest) = R.exactProduct(R.inReach(x, times: c), c)
    isLeft = w < 0
    exponential = R.expMinusScaled(abs(x), times: abs(c))
  }

  /// Near 0, σ is ½ + w/4 − w³/48 + …: for subnormal x the half of it makes a tie, which the second term decides, and where
  /// the first two terms make one, the third.
  @inline(__always) func value(_ x: R) -> R {
    let y = select(isLeft, R.finite(x), x) * besideHalf(select(isLeft, exponential, 1) / R.onePlusScaled(exponential))
    return R.unscaled(y, where: isLeft)
  }

  /// t is x·w′ and what it leaves out; `near` are w and t less what they are where the derivative is zero, good near there.
  @inline(__always) func derivative(_ t: R, rest tRest: R?, _ zero: GateZero, near: () -> (w: R, t: Offset<R>)) -> R {
    let terms = R.gateTerms(abs(w), rest: rest.map { select(isLeft, -$0, $0) }, t, tRest, zero, near)
    let y = besideHalf(select(isLeft, terms.scaled * terms.left, terms.right) / terms.square)
    return R.unscaled(y, where: isLeft)
  }
  /// The same where w is x or a multiple of it, and t is w.
  @inline(__always) var derivative: R {
    let zero = Triple(-0x1.474973c84120bp0, -0x1.f8d74bc9ac154p-54, -0x1.44a50180ba78p-108)
    let exponential = (high: 0x1.1d25cf210482ep-2, low: -0x1.ca2d0d94faaecp-60)
    return derivative(w, rest: rest, GateZero(w: (zero.high, zero.middle), exponential: exponential, isOfMultiple: true)) {
      let d = R.offset(w, rest: rest, from: zero)
      return (d.value, d)
    }
  }

  @inline(__always) private func besideHalf(_ y: R) -> R {
    R.beside(R.beside(y, against: -w, from: 0, to: 0x1p-40), against: w, from: 0x1p-40, to: 0x1p-10)
  }
}

/// Where the derivative of x·σ(w) is zero: w there, and e^w, with −1 − e^w = t.
struct GateZero {
  var w: (high: Double, low: Double)
  var exponential: (high: Double, low: Double)
  /// w is x or a multiple of it, and t is w.
  var isOfMultiple: Bool
}

/// e = e^(−a), scaled; 1 + t + e and 1 + e + t·e; and (1 + e)².
struct GateTerms<R: Number> {
  var scaled: R, left: R, right: R, square: R
}

extension Number {
  @inline(__always)
  static func gateTerms(
    _ a: Self, rest: Self?, _ t: Self, _ tRest: Self?, _ zero: GateZero, _ near: () -> (w: Self, t: Offset<Self>)
  )
    -> GateTerms<Self>
  {
    let e = expMinusScaled(a, rest: rest)
    return GateTerms(scaled: e, left: (1 + t) + e, right: onePlus(e) + t * e, square: onePlusSquared(e))
  }
}

extension Doubles {
  /// e^w is 2^k·e^r, and near the zero e^w₀·e^(w − w₀): there 1 + t + e^w is t − t₀ + e^w₀·(e^(w − w₀) − 1), where nothing
  /// cancels.
  @inline(__always)
  static func gateTerms(
    _ a: Self, rest: Self?, _ t: Self, _ tRest: Self?, _ zero: GateZero, _ near: () -> (w: Self, t: Offset<Self>)
  )
    -> GateTerms<Self>
  {
    let d = near(), e = expMinus(a, rest: rest, near: d.w, zero.exponential.high), t = bounded(t)
    var small = e.value
    if let tRest { small = select(-4000 < t, small + tRest, small) }  // for larger t it may be NaN
    let left = select(e.isNear, d.t.high, 1 + t) + select(e.isNear, fma(e.m, e.factor, d.t.low), small)
    let square = 1 + fma(e.value, e.value, 2 * e.value)
    return GateTerms(scaled: e.scaled, left: left, right: fma(t, e.value, 1 + e.value), square: square)
  }
}

extension FloatLanes {
  /// With −a = w₀ + k·ln 2 + r, e^(−a) is e^w₀·2^k·(1 + m), and 1 + t + e^w is t − t₀ + e^w₀·(2^k·(1 + m) − 1): next to the
  /// zero k is 0, and nothing cancels but t − t₀.
  @inline(__always)
  static func gateTerms(
    _ a: Self, rest: Self?, _ t: Self, _ tRest: Self?, _ zero: GateZero, _ near: () -> (w: Self, t: Offset<Self>)
  )
    -> GateTerms<Self>
  {
    // k is round(−a/ln 2) + 2, and so r between −½ and ¼.
    let (biased, k, first) = reduced(a), c = -zero.w.high - 2 * 0x1.62e43p-1, cHigh = Double(Float(c)), isLeft = t < 0, t = abs(t)
    var low = fma(k + 2, Self(0x1.05c61p-29), Self(c - cHigh - zero.w.low))
    if let rest { low = low - rest }
    let r = (first + Self(cHigh)) + low
    let t0 = 1 + zero.exponential.high, t0High = Double(Float(t0)), t0Low = Self(t0 - t0High)
    var difference = (Self(t0High) - t) + (tRest.map { t0Low - select(isLeft, -$0, $0) } ?? t0Low)
    if !zero.isOfMultiple {
      let d = near().t.value
      difference = select(abs(d) < 0.0625, d, difference)
    }
    // Sources/Constants/coefficients.py
    let p = polynomial(r, [0x1.3e7812p-10, 0x1.104bd6p-7, 0x1.557216p-5, 0x1.555678p-3, 0x1.ffffeep-2])
    let m = fma(r * r, p, r), factor = zero.exponential.high * 4, scaledPower = Self(power_of_biased32(biased.v))
    let more = fma(m, Self(factor), error(of: factor, 0)), scaled = fma(scaledPower, more, scaledPower * Self(factor))
    let e = unscaled(scaled), power = scaledPower * Self(4 / scale)
    var left = fma(Self(zero.exponential.high), fma(power, m, power - 1), difference)
    // Of a rounded multiple too few digits are left.
    if zero.isOfMultiple && rest != nil { left = unknown(left, unless: 0x1p-18 < abs(left)) }
    return GateTerms(scaled: scaled, left: left, right: fma(t, e, 1 + e), square: onePlusSquared(e))
  }
}

extension DoublePair {
  @inline(__always)
  static func gateTerms(
    _ a: Self, rest: Self?, _ t: Self, _ tRest: Self?, _ zero: GateZero, _ near: () -> (w: Self, t: Offset<Self>)
  )
    -> GateTerms<Self>
  {
    let e = expMinus(a)
    var terms = GateTerms(scaled: e, left: (1 + t) + e, right: onePlus(e) + t * e, square: onePlusSquared(e))
    let isNear = DoubleLanes.abs(terms.left.high) < 0.25
    if DoubleLanes.any(isNear) {
      let d = near()
      terms.left = select(isNear, d.t.value + Self(zero.exponential.high, zero.exponential.low) * expm1Reduced(d.w), terms.left)
    }
    return terms
  }
}
