/// The numbers a formula can be computed in.
///
/// Each function is written once, over any `Number`, and runs in
/// - `FloatLanes`, a vector of floats: the fast accuracy of float32;
/// - `FloatPair`, a vector of sums of two floats, 36 bits or 45: exact float32 where that is faster than in doubles;
/// - `NarrowLanes`, a vector of doubles that began as floats: exact results of the types narrower than a double;
/// - `DoubleLanes`, a vector of doubles: the fast accuracy of float64;
/// - `DoublePair`, a vector of sums of two doubles, loosely kept, 57 bits: exact float64;
/// - `DoubleDouble`, the same carefully kept, 100 bits: the referee of what the others leave in doubt.
protocol Number: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral
where FloatLiteralType == Double, IntegerLiteralType == Int {
  /// Which lanes satisfy a condition.
  associatedtype Mask
  /// What a rounding left out, if anything, in numbers of one part; in others nothing is worth keeping.
  associatedtype Rest
  static func keeping(_ rest: Self?) -> Rest
  static func rest(_ kept: Rest) -> Self?

  init(_ constant: Double)
  /// A constant that no double holds: `high + low`.
  init(_ high: Double, _ low: Double)
  /// A function's parameter: the same double in every lane, or one for each.
  init(parameter: Double)
  init(parameters p: UnsafePointer<Double>)

  static func + (a: Self, b: Self) -> Self
  static func - (a: Self, b: Self) -> Self
  static func * (a: Self, b: Self) -> Self
  static func / (a: Self, b: Self) -> Self
  static prefix func - (a: Self) -> Self
  static func < (a: Self, b: Self) -> Mask
  static func <= (a: Self, b: Self) -> Mask

  /// a + b where s − a is exact, s being the sum's rounded high part, and anything elsewhere: cheaper than `+` in some
  /// numbers. So it is where |a| ≥ |b|, or where a is a literal of few bits and b not negative and less than 2⁴⁰.
  static func orderedSum(_ a: Self, _ b: Self) -> Self
  /// 1 + x where |x| ≤ 1, likewise.
  static func onePlus(_ x: Self) -> Self
  static func square(_ x: Self) -> Self
  /// (1 + x)² where |x| ≤ 1.
  static func onePlusSquared(_ x: Self) -> Self
  /// a·b + c: in numbers of one part rounded once.
  static func fma(_ a: Self, _ b: Self, _ c: Self) -> Self
  static func abs(_ x: Self) -> Self
  static func copysign(_ magnitude: Self, _ sign: Self) -> Self
  static func select(_ condition: Mask, _ a: Self, _ b: Self) -> Self
  /// x, of one part, or the limit that it is beyond.
  static func clamp(_ x: Self, _ low: Double, _ high: Double) -> Self
  /// x ≤ 0, where p·x is to be taken; or x < 0, if that is easier, where p is not negative and so p·0 is x.
  static func isLeft(_ x: Self, of p: Self) -> Mask
  /// `result`, but NaN where x is: a constant must not hide it. Of numbers of one part kernels see to that, where only
  /// arithmetic is done and there are no limits.
  static func unlessNaN(_ x: Self, _ result: Self) -> Self

  /// `result`, of which is known that for |x| in the interval it lies beside a number that a narrower type may have to
  /// decide a tie at, nearer than any number shows. The referee's is made a little smaller where x > 0, larger where x < 0;
  /// others are in doubt there.
  static func beside(_ result: Self, against x: Self, from low: Double, to high: Double) -> Self
  /// The same of arithmetic without parameters, the results of which narrow doubles do not test: they have to know, too.
  static func provenBeside(_ result: Self, against x: Self, from low: Double, to high: Double) -> Self

  /// `result`, to which numbers as large as `size` have led that may cancel each other: where each rounding is tested,
  /// it is in doubt accordingly.
  static func doubting(_ result: Self, after size: Self) -> Self

  /// a·b and, in numbers of one part, what its rounding leaves out; else that is 0.
  static func exactProduct(_ a: Self, _ b: Self) -> (value: Self, rest: Self)
  /// The same of a − b.
  static func exactDifference(_ a: Self, _ b: Self) -> (value: Self, rest: Self)
  /// The same with a constant of two doubles.
  static func exactProduct(_ a: Self, _ high: Double, _ low: Double) -> (value: Self, rest: Self)
  /// x + rest less a constant of three doubles, to all digits where it is nearly that.
  static func offset(_ x: Self, rest: Self?, from constant: Triple) -> Offset<Self>
  /// The same of a/b, nearly.
  static func exactQuotient(_ a: Self, _ b: Self) -> (value: Self, rest: Self)
  /// a/b for b > 0, −0 where a is.
  static func signedQuotient(_ a: Self, _ b: Self) -> Self
  /// `formula`, which is 0 at x = z and cancels near it. For d = x + rest − z less than the zero's radius it is the series
  /// around z instead. The referee's formula has digits enough.
  static func nearZero<let n: Int>(_ zero: Zero<n>, of x: Self, rest: Self, _ formula: Self) -> Self

  /// `result`; but `other` where e, an exponential that both come from, is so small that it has lost digits.
  static func unless(lost e: Self, _ result: Self, _ other: () -> Self) -> Self

  // Elementary/
  static func exp(_ x: Self) -> Self
  /// e^(−a) for a ≥ 0.
  static func expMinus(_ a: Self) -> Self
  /// e^(−(a + rest)) for a ≥ 0, where `rest` is what rounding left out of a.
  static func expMinus(_ a: Self, rest: Self) -> Self
  /// The same times `scale`, which in numbers of one part keeps it from being subnormal; 0 where its product with
  /// a number not much larger than a is.
  static func expMinusScaled(_ a: Self, rest: Self?) -> Self
  /// The same where a + rest is |x·c|, closer in numbers of one part; |x| may be 2^30 times a in floats, in doubles
  /// 2^400 times.
  static func expMinusScaled(_ a: Self, rest: Self?, of x: Self, times c: Self) -> Self
  /// 1 + e, of a scaled e ≤ 1; and x, of which that is a factor in the lanes of the mask.
  static func onePlusScaled(_ e: Self) -> Self
  static func unscaled(_ x: Self, where mask: Mask) -> Self
  static func unscaled(_ x: Self) -> Self
  /// x, or ±4000 beyond, in numbers of one part: as a factor of a scaled exponential.
  static func bounded(_ x: Self) -> Self
  /// x, or a large finite number for ±∞ where 0·∞ would give NaN.
  static func finite(_ x: Self) -> Self
  /// `result`, but NaN where this is a number that may not know the offset from a zero to enough digits.
  static func doubting(_ result: Self, near zero: () -> Offset<Self>) -> Self
  /// `result`, of which on the left e^(−a) is a factor, and so is a number that may be much larger than a: where each
  /// rounding is tested and e^(−a) has lost digits, it is in doubt.
  static func doubtingTail(_ result: Self, expMinus a: Self, where left: Mask) -> Self
  /// For the derivative of x·σ(w).
  static func gateTerms(
    _ a: Self, rest: Self?, _ isLeft: Mask, _ t: Self, _ tRest: Self?, _ zero: GateZero, _ near: () -> (w: Self, t: Offset<Self>)
  )
    -> GateTerms<Self>
  /// x·σ(w), where |x| is not much larger than |w|, if that is computed otherwise than in general.
  static func timesSigmoid(_ x: Self, _ w: Self, rest: Self?) -> Self?
  static func mishTerms(_ x: Self, _ isLeft: Mask) -> MishTerms<Self>
  /// x·(a + b·x²) and what rounding leaves out of it. The constants are sums of two doubles.
  static func cubic(_ x: Self, _ a: (high: Double, low: Double), _ b: (high: Double, low: Double)) -> (value: Self, rest: Self?)
  /// e^(−a) − 1 for a ≥ 0.
  static func expMinus1(_ a: Self) -> Self
  static func expMinus1(_ a: Self, rest: Self) -> Self
  /// ln(1 + e) for e from 0 to 1.
  static func log1p(_ e: Self) -> Self
  static func tanh(_ x: Self) -> Self
  /// a − tanh a for a ≥ 0; tanh a, closer than `tanh` where that is not close enough for a square; and b·tanh a.
  static func lessTanh(_ a: Self) -> Self
  static func closeTanh(_ a: Self) -> Self
  /// 1/cosh² a, for a ≥ 0.
  static func inverseSquaredCosh(_ a: Self) -> Self
  /// tanh² a, and the derivative of a·tanh a, for a ≥ 0.
  static func squareOfTanh(_ a: Self) -> Self
  static func lishtSlope(_ a: Self) -> Self
  static func tanh(_ a: Self, times b: Self) -> Self
  static func sin(_ x: Self) -> Self
  static func cos(_ x: Self) -> Self
  /// x + sin²(a·x)/a and sin²(a·b + π/4), exact next to its zeros, of an argument and a parameter: they must be doubles.
  static func addSquareOfSine(_ x: Self, times a: Self) -> Self
  static func squareOfSinePastEighth(_ a: Self, times b: Self) -> Self
  static func atan(_ x: Self) -> Self
  /// x ≥ 0, but not so much that its square overflows: no less than 2^62 times the root of the largest b that follows.
  static func squarable(_ x: Self) -> Self
  /// (√(x² + 1) − 1)/2
  static func bend(_ x: Self) -> Self
  /// 1/(1 + x²).
  static func inverseOnePlusSquare(_ x: Self) -> Self
  /// √(x² + b) for b from 2^-500 to 2^500 (floats: 2^-60 to 2^60; the referee: any b > 0), without overflow.
  static func rootOfSquare(_ x: Self, plus b: Self) -> Self
  static func erf(_ x: Self) -> Self
  /// f·e^(−x²), also where the exponential alone is so small that it has few digits, or 0.
  static func bell(_ x: Self, times f: Self) -> Self
  /// t·Φ(−t) for t ≥ 0, Φ the normal distribution.
  static func tailProduct(_ t: Self) -> Self
  /// Its derivative: Φ(−t) − t·φ(t).
  static func tailProductSlope(_ t: Self) -> Self
}

extension Number {
  @inline(__always) init(floatLiteral value: Double) { self.init(value) }
  @inline(__always) init(integerLiteral value: Int) { self.init(Double(value)) }
  @inline(__always) init(parameter: Double) { self.init(parameter) }
  @inline(__always) static func keeping(_ rest: Self?) {}
  @inline(__always) static func rest(_ kept: Void) -> Self? { nil }
  @inline(__always) static func > (a: Self, b: Self) -> Mask { b < a }
  @inline(__always) static func squarable(_ x: Self) -> Self { x }
  @inline(__always) static func timesSigmoid(_ x: Self, _ w: Self, rest: Self?) -> Self? { nil }
  @inline(__always) static func orderedSum(_ a: Self, _ b: Self) -> Self { a + b }
  @inline(__always) static func onePlus(_ x: Self) -> Self { 1 + x }
  @inline(__always) static func square(_ x: Self) -> Self { x * x }
  @inline(__always) static func onePlusSquared(_ x: Self) -> Self { square(onePlus(x)) }
  @inline(__always) static func clamp(_ x: Self, _ low: Double, _ high: Double) -> Self {
    let low = Self(floatLiteral: low), high = Self(floatLiteral: high)
    return select(x < low, low, select(high < x, high, x))
  }
  @inline(__always) static func isLeft(_ x: Self, of p: Self) -> Mask { x <= 0 }
  @inline(__always) static func unlessNaN(_ x: Self, _ result: Self) -> Self { select(x <= x, result, x) }
  @inline(__always) static func fma(_ a: Self, _ b: Self, _ c: Self) -> Self { a * b + c }
  @inline(__always) static func exactProduct(_ a: Self, _ b: Self) -> (value: Self, rest: Self) { (a * b, 0) }
  @inline(__always) static func exactDifference(_ a: Self, _ b: Self) -> (value: Self, rest: Self) { (a - b, 0) }
  @inline(__always) static func exactProduct(_ a: Self, _ high: Double, _ low: Double) -> (value: Self, rest: Self) {
    (a * Self(high, low), 0)
  }
  @inline(__always)
  static func cubic(_ x: Self, _ a: (high: Double, low: Double), _ b: (high: Double, low: Double)) -> (value: Self, rest: Self?) {
    (x * (Self(a.high, a.low) + Self(b.high, b.low) * square(x)), nil)
  }
  @inline(__always) static func offset(_ x: Self, rest: Self?, from constant: Triple) -> Offset<Self> {
    Offset(x - Self(constant.high, constant.middle))
  }
  @inline(__always) static func nearZero<let n: Int>(_ zero: Zero<n>, of x: Self, rest: Self, _ formula: Self) -> Self { formula }
  @inline(__always) static func signedQuotient(_ a: Self, _ b: Self) -> Self { a / b }
  @inline(__always) static func exactQuotient(_ a: Self, _ b: Self) -> (value: Self, rest: Self) { (a / b, 0) }
  @inline(__always) static func unless(lost e: Self, _ result: Self, _ other: () -> Self) -> Self { result }
  @inline(__always) static func expMinus(_ a: Self, rest: Self) -> Self { expMinus(a) }
  @inline(__always) static func expMinus1(_ a: Self, rest: Self) -> Self { expMinus1(a) }
  @inline(__always) static func beside(_ result: Self, against x: Self, from low: Double, to high: Double) -> Self { result }
  @inline(__always) static func provenBeside(_ result: Self, against x: Self, from low: Double, to high: Double) -> Self {
    beside(result, against: x, from: low, to: high)
  }
  @inline(__always) static func doubting(_ result: Self, after size: Self) -> Self { result }
  @inline(__always) static func doubtingTail(_ result: Self, expMinus a: Self, where left: Mask) -> Self { result }
  @inline(__always) static func doubting(_ result: Self, near zero: () -> Offset<Self>) -> Self { result }
  @inline(__always) static func closeTanh(_ a: Self) -> Self { tanh(a) }
  @inline(__always) static func tanh(_ a: Self, times b: Self) -> Self { b * tanh(a) }
  @inline(__always) static func bell(_ x: Self, times f: Self) -> Self { f * expMinus(square(x)) }
}

/// A constant to 159 bits.
struct Triple {
  var high: Double, middle: Double, low: Double
  @inline(__always) init(_ high: Double, _ middle: Double, _ low: Double) {
    self.high = high
    self.middle = middle
    self.low = low
  }
}

/// How far a number is from a constant: the sum, and, in numbers of one part, high and low with all digits between them.
struct Offset<R: Number> {
  var high: R, low: R, value: R
  @inline(__always) init(_ high: R, _ low: R, value: R) {
    self.high = high
    self.low = low
    self.value = value
  }
  @inline(__always) init(_ value: R) { self.init(value, 0, value: value) }
  @inline(__always) func times(_ factor: R) -> Offset {
    let p = R.exactProduct(high, factor)
    return Offset(p.value, p.rest + low * factor, value: value * factor)
  }
}

/// A zero of a function, a sum of two doubles, and the function's series around it.
struct Zero<let n: Int> {
  var high: Double, low: Double
  /// Where the series holds: |d| below it.
  var radius: Double
  /// The series is d·(slope + d·(… + cₙ₋₁·d + …)): its other coefficients, the highest first; and the slope, in two parts.
  var coefficients: InlineArray<n, Double>
  var slope: (high: Double, low: Double)
}

/// Numbers that lie side by side in a vector register, as they do in an array.
protocol Lanes: Number {
  associatedtype Element: BinaryFloatingPoint & BitwiseCopyable
  /// How many elements a vector has.
  static var count: Int { get }
  static func load(_ p: UnsafePointer<Element>) -> Self
  func store(_ p: UnsafeMutablePointer<Element>)

  /// Whether roundings of results are tested, or certain: some 2^-44 will do.
  static var isTested: Bool { get }
  /// k = round(x·c) and 2^(k + more), which is 0 at the least exponent.
  static func powerOfTwo(_ x: Self, _ c: Double, times more: Double) -> (k: Self, power: Self)
  /// −a = k·ln 2 + r, and `scale`·2^k, which is normal or 0.
  static func reduceScaled(_ a: Self, rest: Self?) -> (power: Self, r: Self)
  static var scale: Double { get }
  /// Below −left x·σ(x) is 0, above `right` it is x.
  static var sigmoidReach: (left: Double, right: Double) { get }
  /// x − k·ln 2.
  static func reduced(_ x: Self, _ k: Self) -> Self
  /// What a number leaves out of the constant high + low, and what that leaves out.
  static func error(of high: Double, _ low: Double) -> Self
  static func secondError(of constant: Triple) -> Self
  /// e^r − 1 for |r| ≤ ln 2 / 2.
  static func expm1Reduced(_ r: Self) -> Self
  /// Where f·g is not known to all its digits: f is so small that it has few, but g is large; or f is infinite, but the
  /// product may not be; or g, if it is a product itself, is too small or too large to have them all.
  static func losesDigits(_ f: Self, _ g: Self, ofProduct: Bool) -> Mask
  static func any(_ mask: Mask) -> Bool
  static func atMost(_ x: Self, _ limit: Double) -> Self
  /// The larger of the two; the limit where x is NaN.
  static func atLeast(_ x: Self, _ limit: Double) -> Self
  /// Positive numbers below it are subnormal.
  static var leastNormal: Self { get }
  var hasNaN: Bool { get }
  /// Every NaN becomes the same one.
  var quiet: Self { get }
}

extension Lanes {
  @inline(__always) static func unlessNaN(_ x: Self, _ result: Self) -> Self { result }
  @inline(__always) static func keeping(_ rest: Self?) -> Self? { rest }
  @inline(__always) static func rest(_ kept: Self?) -> Self? { kept }
  /// For |x| up to 2⁵ or so s, less what has few bits of a, is exact, and so is what the rounding of s leaves out.
  @inline(__always)
  static func cubic(_ x: Self, _ a: (high: Double, low: Double), _ b: (high: Double, low: Double)) -> (value: Self, rest: Self?) {
    if isTested { return (x * fma(square(x), Self(b.high), Self(a.high)), nil) }
    let z = exactProduct(x, x), c = Self(a.high), few = Self(Double(bitPattern: a.high.bitPattern & ~0 << 45))
    let s = fma(z.value, Self(b.high), c), left = (fma(z.value, Self(b.high), few - s) + (c - few)) + error(of: a.high, a.low)
    let rest = fma(z.value, error(of: b.high, b.low), fma(z.rest, Self(b.high), left))
    let w = exactProduct(x, s)
    return (w.value, fma(x, rest, w.rest))
  }
  @inline(__always) static func offset(_ x: Self, rest: Self?, from constant: Triple) -> Offset<Self> {
    let high = x - Self(constant.high), low = error(of: constant.high, constant.middle)
    guard let rest else { return Offset(high, -low, value: high - low) }
    // Both differences are exact near the constant, and may cancel.
    let difference = rest - low, sum = high + difference
    let left = (difference - (sum - high)) - secondError(of: constant)
    return Offset(sum, left, value: sum + left)
  }
  /// 1 + x(x + 2): one rounding less than to square the sum.
  @inline(__always) static func onePlusSquared(_ x: Self) -> Self { fma(x, x + 2, 1) }
  /// What rounding left out of a number that counts, or anything from −1 to 1 in place of NaN and of larger ones.
  @inline(__always) static func small(_ rest: Self) -> Self { atMost(atLeast(rest, -1), 1) }
  @inline(__always) static func unless(lost e: Self, _ result: Self, _ other: () -> Self) -> Self {
    let isLost = e < leastNormal
    return any(isLost) ? select(isLost, other(), result) : result
  }

  /// A polynomial in x, the highest coefficient first: two Horner schemes in x², for even and odd powers, which the
  /// processor computes side by side.
  @inline(__always)
  static func polynomial<let n: Int>(_ x: Self, _ coefficients: InlineArray<n, Double>) -> Self {
    let z = x * x
    var p = Self(coefficients[0]), q = Self(coefficients[1])
    for i in 2..<n { (p, q) = (q, fma(p, z, Self(coefficients[i]))) }
    return fma(p, x, q)
  }
  /// The same by Horner's rule: fewer operations, for two polynomials side by side.
  @inline(__always)
  static func horner<let n: Int>(_ x: Self, _ coefficients: InlineArray<n, Double>) -> Self {
    var p = Self(coefficients[0])
    for i in 1..<n { p = fma(p, x, Self(coefficients[i])) }
    return p
  }
  /// The series of a zero at d, but for its last product and sum: (… )·d + c₁. Floats need eight terms of it at most.
  @inline(__always) static func series<let n: Int>(_ zero: Zero<n>, _ d: Self, atMost terms: Int) -> Self {
    let first = n > terms ? n - terms : 0
    var p = Self(zero.coefficients[first])
    for i in first + 1..<n { p = fma(p, d, Self(zero.coefficients[i])) }
    return p
  }
  /// The same by pairs, then fours, then Horner's rule in x⁴: a shorter chain. It may leave out coefficients at the end.
  @inline(__always)
  static func estrin<let n: Int>(_ x: Self, _ coefficients: InlineArray<n, Double>, without left: Int = 0) -> Self {
    let x2 = x * x, x4 = x2 * x2, count = n - left
    // c₀ + c₁·x + (c₂ + c₃·x)·x², where c₀ is the coefficient at `last`.
    @inline(__always) func four(_ last: Int) -> Self {
      if last == 0 { return Self(coefficients[0]) }
      let low = fma(Self(coefficients[last - 1]), x, Self(coefficients[last]))
      if last == 1 { return low }
      if last == 2 { return fma(Self(coefficients[0]), x2, low) }
      return fma(fma(Self(coefficients[last - 3]), x, Self(coefficients[last - 2])), x2, low)
    }
    var i = (count - 1) % 4, sum = four(i)
    i += 4
    while i < count {
      sum = fma(sum, x4, four(i))
      i += 4
    }
    return sum
  }
}

// So that formulas read as they are written on paper.
@inline(__always) func clamp<R: Number>(_ x: R, _ low: Double, _ high: Double) -> R { R.clamp(x, low, high) }
/// In each lane `a` where the condition holds, else `b`.
@inline(__always) func select<R: Number>(_ condition: R.Mask, _ a: R, _ b: R) -> R { R.select(condition, a, b) }
@inline(__always) func abs<R: Number>(_ x: R) -> R { R.abs(x) }
@inline(__always) func copysign<R: Number>(_ magnitude: R, _ sign: R) -> R { R.copysign(magnitude, sign) }
@inline(__always) func orderedSum<R: Number>(_ a: R, _ b: R) -> R { R.orderedSum(a, b) }
@inline(__always) func onePlus<R: Number>(_ x: R) -> R { R.onePlus(x) }
@inline(__always) func square<R: Number>(_ x: R) -> R { R.square(x) }
@inline(__always) func onePlusSquared<R: Number>(_ x: R) -> R { R.onePlusSquared(x) }
@inline(__always) func exp<R: Number>(_ x: R) -> R { R.exp(x) }
/// e^(−a) for a ≥ 0.
@inline(__always) func expMinus<R: Number>(_ a: R) -> R { R.expMinus(a) }
/// e^(−a·b) for a·b ≥ 0.
@inline(__always) func expMinus<R: Number>(_ a: R, times b: R) -> R {
  let p = R.exactProduct(a, b)
  return R.expMinus(p.value, rest: p.rest)
}
/// e^(−a) − 1 for a ≥ 0.
@inline(__always) func expMinus1<R: Number>(_ a: R) -> R { R.expMinus1(a) }
/// ln(1 + e) for e from 0 to 1.
@inline(__always) func log1p<R: Number>(_ e: R) -> R { R.log1p(e) }
@inline(__always) func tanh<R: Number>(_ x: R) -> R { R.tanh(x) }
/// a − tanh a for a ≥ 0.
@inline(__always) func lessTanh<R: Number>(_ a: R) -> R { R.lessTanh(a) }
/// b·tanh a for a ≥ 0.
@inline(__always) func tanh<R: Number>(_ a: R, times b: R) -> R { R.tanh(a, times: b) }
@inline(__always) func sin<R: Number>(_ x: R) -> R { R.sin(x) }
/// x + sin²(a·x)/a and sin²(a·b + π/4), of an argument and a parameter.
@inline(__always) func addSquareOfSine<R: Number>(_ x: R, times a: R) -> R { R.addSquareOfSine(x, times: a) }
@inline(__always) func squareOfSinePastEighth<R: Number>(_ a: R, times b: R) -> R { R.squareOfSinePastEighth(a, times: b) }
@inline(__always) func cos<R: Number>(_ x: R) -> R { R.cos(x) }
@inline(__always) func atan<R: Number>(_ x: R) -> R { R.atan(x) }
/// 1/(1 + x²).
@inline(__always) func inverseOnePlusSquare<R: Number>(_ x: R) -> R { R.inverseOnePlusSquare(x) }
/// √(x² + b) for b > 0.
@inline(__always) func rootOfSquare<R: Number>(_ x: R, plus b: R) -> R { R.rootOfSquare(x, plus: b) }
/// The result, but NaN where x is.
@inline(__always) func unlessNaN<R: Number>(_ x: R, _ result: R) -> R { R.unlessNaN(x, result) }
@inline(__always) func erf<R: Number>(_ x: R) -> R { R.erf(x) }
/// f·e^(−x²): not the product of two numbers of which the second may be tiny.
@inline(__always) func bell<R: Number>(_ x: R, times f: R) -> R { R.bell(x, times: f) }
/// t·Φ(−t) for t ≥ 0, Φ the normal distribution, and the derivative of that.
@inline(__always) func tailProduct<R: Number>(_ t: R) -> R { R.tailProduct(t) }
@inline(__always) func tailProductSlope<R: Number>(_ t: R) -> R { R.tailProductSlope(t) }
