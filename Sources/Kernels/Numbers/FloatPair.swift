import Lanes

/// A vector of sums of two floats, 45 bits or so. Only arithmetic is at its best in it; the elementary functions go by way
/// of doubles.
struct FloatPair: Number {
  var high: FloatLanes, low: FloatLanes
  /// Known when the code is compiled: `low` is zero. So selecting among numbers of one float costs nothing more.
  private(set) var isFloat = false
  /// Likewise: `above` is the number rounded to float, without doubt; a product was among what led to it, and may have
  /// lost bits if it is tiny.
  private(set) var isSettled = false
  private var isScaled = false
  /// A parameter, and the floats next to it: it need not be one.
  private var isParameter = false
  private var under: FloatLanes, over: FloatLanes
  /// The sum rounded to float, with `low` a little larger and a little smaller: 45 bits settle the rounding where these
  /// are equal.
  private var above: FloatLanes, below: FloatLanes

  @inline(__always) private init(_ high: FloatLanes, _ low: FloatLanes, above: FloatLanes, below: FloatLanes) {
    self.high = high
    self.low = low
    self.above = above
    self.below = below
    under = high
    over = high
  }
  /// Of which is known how it is rounded.
  @inline(__always) private init(_ high: FloatLanes, _ low: FloatLanes, rounded: FloatLanes) {
    self.init(high, low, above: rounded, below: rounded)
    isSettled = true
  }
  @inline(__always) init(_ high: FloatLanes, _ low: FloatLanes) {
    self.init(high, low, above: .fma(low, Self.more, high), below: .fma(low, Self.less, high))
  }
  @inline(__always) init(_ x: FloatLanes) {
    self.init(x, 0, rounded: x)
    isFloat = true
  }
  @inline(__always) private static var more: FloatLanes { FloatLanes(1 + 0x1p-20) }
  @inline(__always) private static var less: FloatLanes { FloatLanes(1 - 0x1p-20) }
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
    let parts = Self.parts(low, high)
    self.init(parts.high, parts.low, rounded: FloatLanes(low: low, high: high))
    isParameter = true
    under = FloatLanes(join_below(low.v, high.v))
    over = -FloatLanes(join_below(neg64(low.v), neg64(high.v)))
  }
  /// Results computed in doubles.
  @inline(__always) init(low: DoubleLanes, high: DoubleLanes) {
    let parts = Self.parts(low, high)
    self.init(parts.high, parts.low)
  }
  /// Both parts have one sign, so that in a product of zero both zeros have it.
  @inline(__always) private static func parts(_ low: DoubleLanes, _ high: DoubleLanes) -> (high: FloatLanes, low: FloatLanes) {
    let first = FloatLanes(join_toward_zero(low.v, high.v)), back = first.halves(DoubleLanes.self)
    return (first, FloatLanes(low: low - back.low, high: high - back.high))
  }
  @inline(__always) private var doubles: (low: DoubleLanes, high: DoubleLanes) {
    let a = high.halves(DoubleLanes.self), b = low.halves(DoubleLanes.self)
    return isFloat ? a : (a.low + b.low, a.high + b.high)
  }
  @inline(__always) private static func inDoubles(_ a: Self, _ b: Self, _ f: (DoubleLanes, DoubleLanes) -> DoubleLanes) -> Self {
    let a = a.doubles, b = b.doubles
    return Self(low: f(a.low, b.low), high: f(a.high, b.high))
  }
  @inline(__always) private static func inDoubles(_ x: Self, _ f: (DoubleLanes) -> DoubleLanes) -> Self {
    let d = x.doubles
    return Self(low: f(d.low), high: f(d.high))
  }

  @inline(__always) static func + (a: Self, b: Self) -> Self {
    let s = a.high + b.high, t = s - a.high
    let e = (a.high - (s - t)) + (b.high - t)
    if a.isFloat && b.isFloat { return Self(s, e, rounded: s) }
    var r = Self(s, e + (a.isFloat ? b.low : b.isFloat ? a.low : a.low + b.low))
    r.isScaled = a.isScaled || b.isScaled
    return r
  }
  @inline(__always) static func - (a: Self, b: Self) -> Self { a + -b }
  @inline(__always) static prefix func - (a: Self) -> Self {
    a.isFloat ? Self(-a.high) : a.each { -$0 }
  }
  /// With a change of sign to all parts.
  @inline(__always) private func each(_ change: (FloatLanes) -> FloatLanes) -> Self {
    var r = self
    r.high = change(high)
    r.low = change(low)
    r.above = change(above)
    r.below = change(below)
    r.isParameter = false
    return r
  }
  @inline(__always) static func * (a: Self, b: Self) -> Self {
    let p = a.high * b.high
    var e = FloatLanes.fma(a.high, b.high, -p)
    if !a.isFloat { e = FloatLanes.fma(a.low, b.high, e) }
    if !b.isFloat { e = FloatLanes.fma(a.high, b.low, e) }
    var r: Self
    if a.isFloat && b.isFloat {
      r = Self(p, e, rounded: p)
    } else if !a.isFloat && !b.isFloat {
      r = Self(p, e)
    } else {
      // A float times a pair is rounded without being summed before.
      let factor = a.isFloat ? a.high : b.high, pair = a.isFloat ? b : a
      r = Self(
        p, e, above: .fma(factor, pair.high, factor * (pair.low * more)), below: .fma(factor, pair.high, factor * (pair.low * less))
      )
    }
    r.isScaled = true
    return r
  }
  @inline(__always) static func / (a: Self, b: Self) -> Self {
    let q = a.high / b.high
    var r = FloatLanes.fma(-q, b.high, a.high)
    if !a.isFloat { r = r + a.low }
    if !b.isFloat { r = FloatLanes.fma(-q, b.low, r) }
    var quotient = a.isFloat && b.isFloat ? Self(q, r / b.high, rounded: q) : Self(q, r / b.high)
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
  @inline(__always) static func select(_ m: FloatLanes.Mask, _ a: Self, _ b: Self) -> Self {
    let high = FloatLanes.select(m, a.high, b.high)
    if a.isFloat && b.isFloat { return Self(high) }
    var r = Self(high, .select(m, a.low, b.low), above: .select(m, a.above, b.above), below: .select(m, a.below, b.below))
    r.isSettled = a.isSettled && b.isSettled
    r.isScaled = a.isScaled || b.isScaled
    return r
  }
  @inline(__always) static func abs(_ x: Self) -> Self {
    x.isFloat ? Self(FloatLanes.abs(x.high)) : x.each { FloatLanes(flip32($0.v, x.high.v)) }
  }
  @inline(__always) static func copysign(_ x: Self, _ s: Self) -> Self {
    x.isFloat ? Self(FloatLanes.copysign(x.high, s.high)) : abs(x).each { FloatLanes(flip32($0.v, s.high.v)) }
  }

  @inline(__always) static func exp(_ x: Self) -> Self { inDoubles(x, DoubleLanes.exp) }
  @inline(__always) static func expMinus(_ a: Self) -> Self { inDoubles(a, DoubleLanes.expMinus) }
  @inline(__always) static func expMinus1(_ a: Self) -> Self { inDoubles(a, DoubleLanes.expMinus1) }
  @inline(__always) static func log1p(_ e: Self) -> Self { inDoubles(e, DoubleLanes.log1p) }
  @inline(__always) static func tanh(_ x: Self) -> Self { inDoubles(x, DoubleLanes.tanh) }
  @inline(__always) static func lessTanh(_ x: Self) -> Self { inDoubles(x, DoubleLanes.lessTanh) }
  @inline(__always) static func sin(_ x: Self) -> Self { inDoubles(x, DoubleLanes.sin) }
  @inline(__always) static func addSquareOfSine(_ x: Self, times a: Self) -> Self { inDoubles(x, a, DoubleLanes.addSquareOfSine) }
  @inline(__always) static func squareOfSinePastEighth(_ a: Self, times b: Self) -> Self {
    inDoubles(a, b, DoubleLanes.squareOfSinePastEighth)
  }
  @inline(__always) static func cos(_ x: Self) -> Self { inDoubles(x, DoubleLanes.cos) }
  @inline(__always) static func atan(_ x: Self) -> Self { inDoubles(x, DoubleLanes.atan) }
  @inline(__always) static func rootOfSquare(_ x: Self, plus b: Self) -> Self {
    let x = x.doubles, b = b.doubles
    return Self(low: DoubleLanes.rootOfSquare(x.low, plus: b.low), high: DoubleLanes.rootOfSquare(x.high, plus: b.high))
  }
  @inline(__always) static func erf(_ x: Self) -> Self { inDoubles(x, DoubleLanes.erf) }
  @inline(__always) static func tailProduct(_ t: Self) -> Self { inDoubles(t, DoubleLanes.tailProduct) }
  @inline(__always) static func tailProductSlope(_ t: Self) -> Self { inDoubles(t, DoubleLanes.tailProductSlope) }

  /// The sums rounded to float.
  @inline(__always) var rounded: FloatLanes { isSettled ? above.quiet : above }
  /// Whether that is in doubt anywhere: because 45 bits do not settle it, because the number, of an x that is not 0, is so
  /// small that `low` may have lost bits, or because it is NaN.
  @inline(__always) func isDoubtful(from x: FloatLanes) -> Bool {
    if isSettled { return false }
    if !isScaled { return !agree32(above.v, below.v) }
    return perhaps_doubtful32(above.v, below.v) && any32(doubtful32(x.v, above.v, below.v))
  }
}
