/// The numbers a formula can be computed in.
///
/// Each function is written once, over any `Number`, and runs in
/// - `FloatLanes`, a vector of floats: the fast accuracy of float32;
/// - `FloatPair`, a vector of sums of two floats, 45 bits: exact float32 of functions that need arithmetic only;
/// - `NarrowLanes`, a vector of doubles that began as floats: exact results of the types narrower than a double;
/// - `DoubleLanes`, a vector of doubles: the fast accuracy of float64;
/// - `DoublePair`, a vector of sums of two doubles, loosely kept, 57 bits: exact float64;
/// - `DoubleDouble`, the same carefully kept, 100 bits: the referee of what the others leave in doubt.
protocol Number: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral
where FloatLiteralType == Double, IntegerLiteralType == Int {
  /// Which lanes satisfy a condition.
  associatedtype Mask

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

  /// 1 + x where |x| ≤ 1: cheaper than `+` in some numbers.
  static func onePlus(_ x: Self) -> Self
  static func square(_ x: Self) -> Self
  /// (1 + x)² where |x| ≤ 1.
  static func onePlusSquared(_ x: Self) -> Self
  static func abs(_ x: Self) -> Self
  static func copysign(_ magnitude: Self, _ sign: Self) -> Self
  static func select(_ condition: Mask, _ a: Self, _ b: Self) -> Self

  /// a + b for |a| ≥ |b|, where what the rounding of a last sum leaves out may decide how a narrower type rounds.
  static func lastSum(_ a: Self, _ b: Self) -> Self
  /// `result`, of which is known that for |x| in the interval it lies beside a number that a narrower type may have to
  /// decide a tie at, nearer than this number shows. It is made smaller by a last place where x > 0, larger where x < 0.
  static func beside(_ result: Self, against x: Self, from low: Double, to high: Double) -> Self
  /// The same where each rounding is tested, so that no number but the referee has to know.
  static func inDoubtBeside(_ result: Self, against x: Self, from low: Double, to high: Double) -> Self

  // Elementary/
  /// e^(−a) for a ≥ 0.
  static func expMinus(_ a: Self) -> Self
  static func tanh(_ x: Self) -> Self
  static func sin(_ x: Self) -> Self
  static func cos(_ x: Self) -> Self
  /// x ≥ 0, but not so much that its square overflows: no less than 2^62 times the root of the largest b that follows.
  static func squarable(_ x: Self) -> Self
  /// √(x² + b) for b from 2^-500 to 2^500 (floats: 2^-60 to 2^60; the referee: any b > 0), without overflow.
  static func rootOfSquare(_ x: Self, plus b: Self) -> Self
}

extension Number {
  @inline(__always) init(floatLiteral value: Double) { self.init(value) }
  @inline(__always) init(integerLiteral value: Int) { self.init(Double(value)) }
  @inline(__always) init(parameter: Double) { self.init(parameter) }
  @inline(__always) static func > (a: Self, b: Self) -> Mask { b < a }
  @inline(__always) static func squarable(_ x: Self) -> Self { x }
  @inline(__always) static func onePlus(_ x: Self) -> Self { 1 + x }
  @inline(__always) static func square(_ x: Self) -> Self { x * x }
  @inline(__always) static func onePlusSquared(_ x: Self) -> Self { square(onePlus(x)) }
  @inline(__always) static func lastSum(_ a: Self, _ b: Self) -> Self { a + b }
  @inline(__always) static func beside(_ result: Self, against x: Self, from low: Double, to high: Double) -> Self { result }
  @inline(__always) static func inDoubtBeside(_ result: Self, against x: Self, from low: Double, to high: Double) -> Self { result }
}

/// Numbers that lie side by side in a vector register, as they do in an array.
protocol Lanes: Number {
  associatedtype Element: BinaryFloatingPoint & BitwiseCopyable
  /// How many elements a vector has.
  static var count: Int { get }
  static func load(_ p: UnsafePointer<Element>) -> Self
  func store(_ p: UnsafeMutablePointer<Element>)

  /// a·b + c, rounded once.
  static func fma(_ a: Self, _ b: Self, _ c: Self) -> Self
  /// Where f is so small that it is not known to all its digits, but its product with a large g could be; or where f is
  /// infinite, its product with a small g perhaps not.
  static func losesDigits(_ f: Self, _ g: Self) -> Mask
  static func any(_ mask: Mask) -> Bool
  /// Every NaN becomes the same one.
  var quiet: Self { get }
}

extension Lanes {
  /// 1 + x(x + 2): one rounding less than to square the sum.
  @inline(__always) static func onePlusSquared(_ x: Self) -> Self { fma(x, x + 2, 1) }

  /// A polynomial in x, the highest coefficient first: two Horner schemes in x², for even and odd powers, which the
  /// processor computes side by side.
  @inline(__always)
  static func polynomial<let n: Int>(_ x: Self, _ coefficients: InlineArray<n, Double>) -> Self {
    let z = x * x
    var p = Self(coefficients[0]), q = Self(coefficients[1])
    for i in 2..<n { (p, q) = (q, fma(p, z, Self(coefficients[i]))) }
    return fma(p, x, q)
  }
  /// The same by pairs, then fours, then Horner's rule in x⁴: a shorter chain.
  @inline(__always)
  static func estrin<let n: Int>(_ x: Self, _ coefficients: InlineArray<n, Double>) -> Self {
    let x2 = x * x, x4 = x2 * x2
    // c₀ + c₁·x + (c₂ + c₃·x)·x², where c₀ is the coefficient at `last`.
    @inline(__always) func four(_ last: Int) -> Self {
      if last == 0 { return Self(coefficients[0]) }
      let low = fma(Self(coefficients[last - 1]), x, Self(coefficients[last]))
      if last == 1 { return low }
      if last == 2 { return fma(Self(coefficients[0]), x2, low) }
      return fma(fma(Self(coefficients[last - 3]), x, Self(coefficients[last - 2])), x2, low)
    }
    var i = (n - 1) % 4, sum = four(i)
    i += 4
    while i < n {
      sum = fma(sum, x4, four(i))
      i += 4
    }
    return sum
  }
}

// So that formulas read as they are written on paper.
/// In each lane `a` where the condition holds, else `b`.
@inline(__always) func select<R: Number>(_ condition: R.Mask, _ a: R, _ b: R) -> R { R.select(condition, a, b) }
@inline(__always) func abs<R: Number>(_ x: R) -> R { R.abs(x) }
@inline(__always) func copysign<R: Number>(_ magnitude: R, _ sign: R) -> R { R.copysign(magnitude, sign) }
@inline(__always) func onePlus<R: Number>(_ x: R) -> R { R.onePlus(x) }
@inline(__always) func square<R: Number>(_ x: R) -> R { R.square(x) }
@inline(__always) func onePlusSquared<R: Number>(_ x: R) -> R { R.onePlusSquared(x) }
/// e^(−a) for a ≥ 0.
@inline(__always) func expMinus<R: Number>(_ a: R) -> R { R.expMinus(a) }
@inline(__always) func tanh<R: Number>(_ x: R) -> R { R.tanh(x) }
@inline(__always) func sin<R: Number>(_ x: R) -> R { R.sin(x) }
@inline(__always) func cos<R: Number>(_ x: R) -> R { R.cos(x) }
/// √(x² + b) for b > 0.
@inline(__always) func rootOfSquare<R: Number>(_ x: R, plus b: R) -> R { R.rootOfSquare(x, plus: b) }
/// The result, but NaN where x is NaN: a constant must not hide it.
@inline(__always) func unlessNaN<R: Number>(_ x: R, _ result: R) -> R { R.select(x <= x, result, x) }
