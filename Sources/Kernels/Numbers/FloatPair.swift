import Lanes

/// A vector of sums of two floats: 45 bits or so after arithmetic; 36 or so after an elementary function, where these are
/// computed in it, with tables in registers. Where there are none (`LOOKUP` is 0) they go by way of doubles, and so do the
/// rarer ones everywhere.
struct FloatPair: Number {
  private var parts: (high: f32, low: f32)
  private var known = Known()
  private var next: (under: f32, over: f32)
  private var bounds: (above: f32, below: f32)
  // As plain vectors: in a structure of its own, each would be copied through memory.
  var high: FloatLanes { @inline(__always) get { FloatLanes(parts.high) } }
  var low: FloatLanes { @inline(__always) get { FloatLanes(parts.low) } }
  private var under: FloatLanes { @inline(__always) get { FloatLanes(next.under) } }
  private var over: FloatLanes { @inline(__always) get { FloatLanes(next.over) } }
  /// The sum rounded to float, with `low` a little larger and a little smaller: its rounding is settled where these are equal.
  private var above: FloatLanes { @inline(__always) get { FloatLanes(bounds.above) } }
  private var below: FloatLanes { @inline(__always) get { FloatLanes(bounds.below) } }

  /// Of the tables in registers; 0: there are none.
  @inline(__always) static var tableSize: Double { Double(LOOKUP) }
  @inline(__always) static var hasLargeTable: Bool { tableSize == 32 }
  /// Whether elementary functions are computed in pairs.
  @inline(__always) static var isNative: Bool { tableSize > 0 }
  @inline(__always) private func has(_ property: Known) -> Bool { known.contains(property) }
  @inline(__always) private mutating func set(_ property: Known, _ value: Bool) {
    known = value ? known.union(property) : known.subtracting(property)
  }
  private(set) var isFloat: Bool {
    @inline(__always) get { has(.isShort) }
    @inline(__always) set { set(.isShort, newValue) }
  }
  private(set) var isSettled: Bool {
    @inline(__always) get { has(.isSettled) }
    @inline(__always) set { set(.isSettled, newValue) }
  }
  private var isScaled: Bool {
    @inline(__always) get { has(.isScaled) }
    @inline(__always) set { set(.isScaled, newValue) }
  }
  private var isRough: Bool {
    @inline(__always) get { has(.isRough) }
    @inline(__always) set { set(.isRough, newValue) }
  }
  private var isParameter: Bool {
    @inline(__always) get { has(.isParameter) }
    @inline(__always) set { set(.isParameter, newValue) }
  }

  @inline(__always) private init(_ high: FloatLanes, _ low: FloatLanes, above: FloatLanes, below: FloatLanes) {
    parts = (high.v, low.v)
    bounds = (above.v, below.v)
    next = (high.v, high.v)
  }
  /// Of which is known how it is rounded.
  @inline(__always) private init(_ high: FloatLanes, _ low: FloatLanes, rounded: FloatLanes) {
    self.init(high, low, above: rounded, below: rounded)
    isSettled = true
  }
  @inline(__always) init(_ high: FloatLanes, _ low: FloatLanes, isRough: Bool = false) {
    let more = Self.more(isRough), less = Self.less(isRough)
    self.init(high, low, above: .fma(low, more, high), below: .fma(low, less, high))
    self.isRough = isRough
    isScaled = isRough
  }
  /// An elementary function's result: the smaller `low` is, the less is in doubt.
  @inline(__always) init(tidy high: FloatLanes, _ low: FloatLanes) {
    let sum = high + low
    self.init(sum, (high - sum) + low, isRough: true)
  }
  @inline(__always) init(_ x: FloatLanes) {
    self.init(x, 0, rounded: x)
    isFloat = true
  }
  @inline(__always) private static func more(_ isRough: Bool) -> FloatLanes { FloatLanes(1 + doubt(isRough)) }
  @inline(__always) private static func less(_ isRough: Bool) -> FloatLanes { FloatLanes(1 - doubt(isRough)) }
  /// Next to a tie `low` is at least 2^-25 of the number, so this is 2^-45 of it or, with a table of 32 or 16 numbers, 2^-36 or
  /// 2^-35: twice the error of an elementary function and more.
  @inline(__always) private static func doubt(_ isRough: Bool) -> Double { isRough ? hasLargeTable ? 0x1p-11 : 0x1p-10 : 0x1p-20 }
  @inline(__always) init(_ constant: Double) { self.init(constant, 0) }
  @inline(__always) init(_ high: Double, _ low: Double) {
    let first = Double(Float(high))
    self.init(FloatLanes(high), FloatLanes(high - first + low), rounded: FloatLanes(high))
  }
  @inline(__always) init(floatLiteral value: Double) {
    // Asked of the bits, so that the compiler knows the answer.
    self = value.bitPattern << 35 == 0 ? Self(FloatLanes(value)) : Self(value, 0)
  }
  @inline(__always) init(integerLiteral value: Int) { self.init(floatLiteral: Double(value)) }
  @inline(__always) init(parameter: Double) {
    self.init(exactly: DoubleLanes(parameter), DoubleLanes(parameter))
  }
  @inline(__always) init(parameters p: UnsafePointer<Double>) {
    self.init(exactly: DoubleLanes.load(p), DoubleLanes.load(p + DoubleLanes.count))
  }
  @inline(__always) private init(exactly low: DoubleLanes, _ high: DoubleLanes) {
    // Of one sign, so that in a product of zero both zeros have it.
    let parts = Self.parts(low, high)
    self.init(parts.high, .copysign(parts.low, parts.high), rounded: FloatLanes(low: low, high: high))
    isParameter = true
    next = (join_below(low.v, high.v), neg32(join_below(neg64(low.v), neg64(high.v))))
  }
  /// Results computed in doubles.
  @inline(__always) init(low: DoubleLanes, high: DoubleLanes) {
    let parts = Self.parts(low, high)
    self.init(parts.high, parts.low)
  }
  /// Both parts have one sign, but where the low one is zero.
  @inline(__always) private static func parts(_ low: DoubleLanes, _ high: DoubleLanes) -> (high: FloatLanes, low: FloatLanes) {
    let first = FloatLanes(join_toward_zero(low.v, high.v)), back = first.halves(DoubleLanes.self)
    return (first, FloatLanes(low: low - back.low, high: high - back.high))
  }
  @inline(__always) private var doubles: (low: DoubleLanes, high: DoubleLanes) {
    let a = high.halves(DoubleLanes.self), b = low.halves(DoubleLanes.self)
    return isFloat ? a : (a.low + b.low, a.high + b.high)
  }
  @inline(__always) static func inDoubles(_ a: Self, _ b: Self, _ f: (DoubleLanes, DoubleLanes) -> DoubleLanes) -> Self {
    let a = a.doubles, b = b.doubles
    return Self(low: f(a.low, b.low), high: f(a.high, b.high))
  }
  @inline(__always) static func inDoubles(_ x: Self, _ f: (DoubleLanes) -> DoubleLanes) -> Self {
    let d = x.doubles
    return Self(low: f(d.low), high: f(d.high))
  }

  @inline(__always) static func + (a: Self, b: Self) -> Self {
    let s = a.high + b.high, t = s - a.high
    let e = (a.high - (s - t)) + (b.high - t)
    if a.isFloat && b.isFloat { return Self(s, e, rounded: s) }
    var r = Self(s, e + (a.isFloat ? b.low : b.isFloat ? a.low : a.low + b.low), isRough: a.isRough || b.isRough)
    r.isScaled = a.isScaled || b.isScaled
    return r
  }
  @inline(__always) static func onePlus(_ x: Self) -> Self {
    let s = 1 + x.high, e = (1 - s) + x.high
    if x.isFloat { return Self(s, e, rounded: s) }
    var r = Self(s, e + x.low, isRough: x.isRough)
    r.isScaled = x.isScaled
    return r
  }
  @inline(__always) static func - (a: Self, b: Self) -> Self { a + -b }
  @inline(__always) static prefix func - (a: Self) -> Self {
    a.isFloat ? Self(-a.high) : a.each { -$0 }
  }
  /// With a change of sign to all parts.
  @inline(__always) private func each(_ change: (FloatLanes) -> FloatLanes) -> Self {
    var r = self
    r.parts = (change(high).v, change(low).v)
    r.bounds = (change(above).v, change(below).v)
    r.isParameter = false
    return r
  }
  @inline(__always) static func * (a: Self, b: Self) -> Self {
    let p = a.high * b.high
    var e = FloatLanes.fma(a.high, b.high, -p)
    if !a.isFloat { e = FloatLanes.fma(a.low, b.high, e) }
    if !b.isFloat { e = FloatLanes.fma(a.high, b.low, e) }
    let isRough = a.isRough || b.isRough
    var r: Self
    if a.isFloat && b.isFloat {
      r = Self(p, e, rounded: p)
    } else if isRough || !a.isFloat && !b.isFloat {
      r = Self(p, e, isRough: isRough)
    } else if a.isFloat ? b.isParameter : a.isParameter {
      return a.isFloat ? bracketed(p, e, a.high, b) : bracketed(p, e, b.high, a)
    } else {
      // A float times a pair is rounded without being summed before.
      let factor = a.isFloat ? a.high : b.high, pair = a.isFloat ? b : a
      r = Self(
        p, e, above: .fma(factor, pair.high, factor * (pair.low * more(false))),
        below: .fma(factor, pair.high, factor * (pair.low * less(false))))
    }
    r.isScaled = true
    return r
  }
  /// A float times a parameter, p + e. The low part's product is right to 2^-23 of itself and 2^-150, much less than the steps.
  @inline(__always) private static func bracketed(_ p: FloatLanes, _ e: FloatLanes, _ x: FloatLanes, _ parameter: Self) -> Self {
    let low = x * parameter.low
    return Self(
      p, e, above: .fma(x, parameter.high, FloatLanes(stepped_up32(low.v, parameter.low.v))),
      below: .fma(x, parameter.high, FloatLanes(stepped_down32(low.v, parameter.low.v))))
  }
  @inline(__always) static func square(_ x: Self) -> Self {
    if x.isFloat { return x * x }
    let p = x.high * x.high
    var r = Self(p, .fma(x.high + x.high, x.low, .fma(x.high, x.high, -p)), isRough: x.isRough)
    r.isScaled = true
    return r
  }
  /// One division, and a correction by the same reciprocal.
  @inline(__always) static func / (a: Self, b: Self) -> Self {
    if a.isFloat && b.isFloat {
      let q = a.high / b.high
      var quotient = Self(q, FloatLanes.fma(-q, b.high, a.high) / b.high, rounded: q)
      quotient.isScaled = true
      return quotient
    }
    let y = 1 / b.high, q = a.high * y
    var r = FloatLanes.fma(-q, b.high, a.high)
    if !a.isFloat { r = r + a.low }
    if !b.isFloat { r = FloatLanes.fma(-q, b.low, r) }
    var quotient = Self(q, r * y, isRough: a.isRough || b.isRough)
    quotient.isScaled = true
    return quotient
  }
  /// Right for floats, and for them and parameters. Elsewhere the high parts are compared: enough for signs.
  @inline(__always) static func < (a: Self, b: Self) -> FloatLanes.Mask {
    a.isParameter && b.isFloat ? a.under < b.high : a.isFloat && b.isParameter ? a.high < b.over : a.high < b.high
  }
  @inline(__always) static func <= (a: Self, b: Self) -> FloatLanes.Mask {
    a.isParameter && b.isFloat ? a.over <= b.high : a.isFloat && b.isParameter ? a.high <= b.under : a.high <= b.high
  }
  /// So 0 is in doubt beside negative parameters only.
  @inline(__always) static func isLeft(_ x: Self, of p: Self) -> FloatLanes.Mask {
    x.high < FloatLanes.select(p.high < 0, 0x1p-149, 0)
  }
  @inline(__always) static func select(_ m: FloatLanes.Mask, _ a: Self, _ b: Self) -> Self {
    let high = FloatLanes.select(m, a.high, b.high)
    if a.isFloat && b.isFloat { return Self(high) }
    var r = Self(high, .select(m, a.low, b.low), above: .select(m, a.above, b.above), below: .select(m, a.below, b.below))
    r.isSettled = a.isSettled && b.isSettled
    r.isScaled = a.isScaled || b.isScaled
    r.isRough = a.isRough || b.isRough
    return r
  }
  @inline(__always) static func clamp(_ x: Self, _ low: Double, _ high: Double) -> Self {
    Self(FloatLanes.clamp(x.high, low, high))
  }
  @inline(__always) static func abs(_ x: Self) -> Self {
    x.isFloat ? Self(FloatLanes.abs(x.high)) : x.each { FloatLanes(flip32($0.v, x.high.v)) }
  }
  @inline(__always) static func copysign(_ x: Self, _ s: Self) -> Self {
    x.isFloat ? Self(FloatLanes.copysign(x.high, s.high)) : abs(x).each { FloatLanes(flip32($0.v, s.high.v)) }
  }

  @inline(__always) static func signedQuotient(_ a: Self, _ b: Self) -> Self { copysign(abs(a) / b, a) }

  @inline(__always) static func lessTanh(_ x: Self) -> Self { inDoubles(x, DoubleLanes.lessTanh) }
  @inline(__always) static func sin(_ x: Self) -> Self { inDoubles(x, DoubleLanes.sin) }
  @inline(__always) static func addSquareOfSine(_ x: Self, times a: Self) -> Self { inDoubles(x, a, DoubleLanes.addSquareOfSine) }
  @inline(__always) static func squareOfSinePastEighth(_ a: Self, times b: Self) -> Self {
    inDoubles(a, b, DoubleLanes.squareOfSinePastEighth)
  }
  @inline(__always) static func cos(_ x: Self) -> Self { inDoubles(x, DoubleLanes.cos) }
  @inline(__always) static func atan(_ x: Self) -> Self { inDoubles(x, DoubleLanes.atan) }
  @inline(__always) static func erf(_ x: Self) -> Self { inDoubles(x, DoubleLanes.erf) }
  @inline(__always) static func tailProduct(_ t: Self) -> Self { inDoubles(t, DoubleLanes.tailProduct) }
  @inline(__always) static func tailProductSlope(_ t: Self) -> Self { inDoubles(t, DoubleLanes.tailProductSlope) }

  @inline(__always) static func doubting(_ result: Self, after size: Self) -> Self {
    let doubt = FloatLanes.copysign(size.high * FloatLanes(doubt(true) * 0x1p-25), result.low)
    var r = result
    r.bounds = ((r.high + .fma(r.low, more(true), doubt)).v, (r.high + .fma(r.low, less(true), -doubt)).v)
    return r
  }
  /// Others shall decide where digits are lost.
  @inline(__always) static func unless(lost e: Self, _ result: Self, _ other: () -> Self) -> Self {
    unsettled(result, where: e.high < 0x1p-100)
  }
  @inline(__always) static func doubtingTail(_ result: Self, expMinus a: Self, where left: Mask) -> Self {
    unsettled(result, where: and32(left, 70 < a.high))
  }
  @inline(__always) private static func unsettled(_ x: Self, where mask: Mask) -> Self {
    var r = x
    r.parts.high = FloatLanes.select(mask, FloatLanes(Double.nan), x.high).v
    r.bounds.above = FloatLanes.select(mask, FloatLanes(Double.nan), x.above).v
    return r
  }

  /// The sums rounded to float.
  @inline(__always) var rounded: FloatLanes { isSettled ? above.quiet : above }
  /// Whether that is in doubt anywhere: because the bits that are known do not settle it, because the number, of an x that
  /// is not 0, is so small that `low` may have lost bits, or because it is NaN.
  @inline(__always) func isDoubtful(from x: FloatLanes) -> Bool {
    if isSettled { return false }
    return isScaled ? doubtful32(x.v, above.v, below.v) : !agree32(above.v, below.v)
  }
  /// The same lane by lane, the first in the lowest bit.
  @inline(__always) func doubts(from x: FloatLanes) -> UInt32 {
    isSettled ? 0 : isRough ? doubts_or_zeros32(above.v, below.v) : doubts32(x.v, above.v, below.v)
  }
}
