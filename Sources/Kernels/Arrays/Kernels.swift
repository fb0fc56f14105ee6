import Lanes

typealias Job = UnsafePointer<act_job>

/// A formula: the value or the derivative of a function.
protocol Formula {
  associatedtype Function: ActivationFunction
  static func at<R: Number>(_ x: R, _ p: Parameters<R>) -> R
  static var limits: (left: Double, right: Double)? { get }
  static var suitsPairs: Bool { get }
  static var needsMore: Bool { get }
  static var errors: Errors { get }
}
extension Formula {
  /// Arithmetic without parameters: every float can be tried, and was (`make verify`), and exact narrow results are right as
  /// they come. Others are tested, and where doubles leave a rounding open the referee decides.
  static var isProven: Bool { Function.isArithmetic && Function.parameters.0 == nil }
}
enum Value<F: ActivationFunction>: Formula {
  typealias Function = F
  @inline(__always) static func at<R: Number>(_ x: R, _ p: Parameters<R>) -> R { F.value(x, p) }
  static var limits: (left: Double, right: Double)? { F.valueLimits }
  static var suitsPairs: Bool { F.suitsPairs.value }
  static var needsMore: Bool { F.needsMore.value }
  static var errors: Errors { F.about.valueErrors }
}
enum Derivative<F: ActivationFunction>: Formula {
  typealias Function = F
  @inline(__always) static func at<R: Number>(_ x: R, _ p: Parameters<R>) -> R { F.derivative(x, p) }
  static var limits: (left: Double, right: Double)? { F.derivativeLimits }
  static var suitsPairs: Bool { F.suitsPairs.derivative }
  static var needsMore: Bool { F.needsMore.derivative }
  static var errors: Errors { F.about.derivativeErrors }
}

/// A formula compiled for each kind of number: all the code that exists once per function and form. Everything else,
/// such as element types, rounding, tails and `dy`, is compiled once for all functions.
///
/// A kernel takes `count` elements, a multiple of its vector, the first of which is the `first`-th of the job. Output may
/// be input.
/// It is not copied, because that would count references to closures that have no context.
struct Kernels: ~Copyable {
  /// Fast float32 and, unless that `needsPairs`, fast float64.
  let floats: (_ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int, _ first: Int, Job) -> Void
  let doubles: (_ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, _ count: Int, _ first: Int, Job) -> Void
  let needsPairs: Bool
  /// For parameters up to it, and from its reciprocal on, these have range enough.
  let reach: (float: Double, double: Double)
  /// Exact float32. Where its numbers leave a rounding open it stops before that vector; or, if many will, `notesDoubts`: a
  /// bit for each element of a vector. Returns how many elements it did.
  let singles:
    (
      _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int, _ first: Int, Job,
      _ doubts: UnsafeMutablePointer<UInt32>?
    ) -> Int
  let notesDoubts: Bool
  /// Results of narrow inputs in doubles, to 2^-42 or better; `isProven`: they round correctly.
  let narrow: (_ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Double>, _ count: Int, _ first: Int, Job) -> Void
  let isProven: Bool
  /// Exact float64. High and low parts, or high parts and sums, as they come: they hold where neither they nor their sums are
  /// tiny or huge. Without either low parts or sums, sums in the place of high parts; it stops before a vector where one does
  /// not hold. Returns how many elements it did.
  let pairs:
    (
      _ x: UnsafePointer<Double>, _ high: UnsafeMutablePointer<Double>, _ low: UnsafeMutablePointer<Double>?,
      _ sum: UnsafeMutablePointer<Double>?, _ count: Int, _ first: Int, Job
    ) -> Int
  /// Whether only arithmetic is done; whether `doubles` are correctly rounded, and `floats`, if parameters are floats; and
  /// whether results are floats as they come, so that a product with dy is rounded once.
  let isArithmetic: Bool, areDoublesRight: Bool, areFloatsRight: Bool, areFloats: Bool
  let comparesParameters: Bool, parameterCount: Int
  /// Whether fast results may be multiplied by dy: their error can be twice as many last places of the product.
  let fastHasProducts: (float32: Bool, float64: Bool)
  /// One vector to 100 bits, where that is finite and not zero.
  let referee: (_ x: DoubleLanes, _ first: Int, Job) -> DoubleDouble

  @inline(__always) init<F: Formula>(_ formula: F.Type) {
    if F.needsMore && F.Function.shorterDoMost.float32 {
      floats = { Kernels.mostFloats(formula, $0, $1, $2, $3, $4) }
    } else if F.needsMore {
      floats = { Kernels.floatsInDoubles(formula, $0, $1, $2, $3, $4) }
    } else {
      floats = { Kernels.plain(formula, FloatLanes.self, $0, $1, $2, $3, $4) }
    }
    needsPairs = F.needsMore && !F.Function.shorterDoMost.float64
    if F.needsMore && F.Function.shorterDoMost.float64 {
      doubles = { Kernels.mostDoubles(formula, $0, $1, $2, $3, $4) }
    } else {
      doubles = { Kernels.plain(formula, DoubleLanes.self, $0, $1, $2, $3, $4) }
    }
    reach = F.Function.reach
    narrow = { Kernels.narrow(formula, $0, $1, $2, $3, $4) }
    pairs = { Kernels.pairs(formula, $0, $1, $2, $3, $4, $5, $6) }
    referee = { Kernels.referee(formula, $0, $1, $2) }
    isProven = F.isProven
    isArithmetic = F.Function.isArithmetic
    comparesParameters = F.Function.comparesParameters
    let most = 1.75  // twice that and half an ULP are within 4
    fastHasProducts = (F.errors.fast32 <= most, F.errors.fast64 <= most)
    parameterCount = F.Function.parameters.0 == nil ? 0 : F.Function.parameters.1 == nil ? 1 : 2
    let suitsPairs = F.suitsPairs && FloatPair.isNative
    // What numbers of two parts know of themselves when the code is compiled.
    let double = DoublePair(parameter: 0), float = FloatPair(parameter: 0), whole = FloatPair(FloatLanes(0))
    areDoublesRight =
      F.Function.isArithmetic && F.at(DoublePair(DoubleLanes(0)), Parameters(first: double, second: double)).isSettled
    areFloatsRight = F.Function.isArithmetic && F.at(whole, Parameters(first: whole, second: whole)).isSettled
    let single = F.Function.isArithmetic ? F.at(FloatPair(FloatLanes(0)), Parameters(first: float, second: float)) : float + float
    areFloats = single.isFloat
    notesDoubts = suitsPairs
    if suitsPairs {
      singles = { Kernels.notedSingles(formula, $0, $1, $2, $3, $4, $5!) }
    } else if F.Function.isArithmetic && (single.isSettled || !F.isProven) {
      singles = { x, y, count, first, job, _ in Kernels.pairedSingles(formula, x, y, count, first, job) }
    } else if F.isProven {
      singles = { x, y, count, first, job, _ in Kernels.provenSingles(formula, x, y, count, first, job) }
    } else {
      singles = { x, y, count, first, job, _ in Kernels.testedSingles(formula, x, y, count, first, job) }
    }
  }

  @inline(never) private static func plain<F: Formula, L: Lanes>(
    _ formula: F.Type, _ lanes: L.Type, _ x: UnsafePointer<L.Element>, _ y: UnsafeMutablePointer<L.Element>, _ count: Int,
    _ first: Int, _ job: Job
  ) {
    forEachVector(L.count, count, first, job, PlainStep<F, L>(x: x, y: y))
  }
  /// In doubles where floats give NaN.
  @inline(never) private static func mostFloats<F: Formula>(
    _ formula: F.Type, _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int, _ first: Int, _ job: Job
  ) {
    most(formula, FloatLanes.self, x, y, count, first, job) { floatsInDoubles(formula, $0, $1, FloatLanes.count, $2, job) }
  }
  /// In pairs, as they come, where doubles give NaN.
  @inline(never) private static func mostDoubles<F: Formula>(
    _ formula: F.Type, _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, _ count: Int, _ first: Int, _ job: Job
  ) {
    most(formula, DoubleLanes.self, x, y, count, first, job) { x, results, first in
      withBlocks(Double.self, Double.self) { high, _ in
        _ = pairs(formula, x, high, nil, results, DoubleLanes.count, first, job)
      }
    }
  }
  /// Of a vector with NaN among its results only those are computed by `other`: a result must not depend on its neighbours.
  @inline(__always) private static func most<F: Formula, L: Lanes>(
    _ formula: F.Type, _ lanes: L.Type, _ x: UnsafePointer<L.Element>, _ y: UnsafeMutablePointer<L.Element>, _ count: Int,
    _ first: Int, _ job: Job,
    _ other: (_ x: UnsafePointer<L.Element>, _ results: UnsafeMutablePointer<L.Element>, _ first: Int) -> Void
  ) {
    withBlocks(L.Element.self, L.Element.self) { results, others in
      untilDone(count) {
        forEachVector(L.count, count &- $0, first &+ $0, job, MostStep<F, L>(x: x + $0, y: y + $0, unfinished: results))
      } settle: {
        other(x + $0, others, first &+ $0)
        let r = L.load(results)
        L.select(r <= r, r, L.load(others)).quiet.store(y + $0)
        return L.count
      }
    }
  }
  @inline(never) private static func floatsInDoubles<F: Formula>(
    _ formula: F.Type, _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int, _ first: Int, _ job: Job
  ) {
    forEachVector(NarrowLanes.count, count, first, job, ShortenedStep<F>(x: x, y: y))
  }
  @inline(never) private static func narrow<F: Formula>(
    _ formula: F.Type, _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Double>, _ count: Int, _ first: Int, _ job: Job
  ) {
    forEachVector(NarrowLanes.count, count, first, job, NarrowStep<F>(x: x, y: y))
  }
  @inline(never) private static func provenSingles<F: Formula>(
    _ formula: F.Type, _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int, _ first: Int, _ job: Job
  ) -> Int {
    forEachVector(FloatLanes.count, count, first, job, ProvenStep<F>(x: x, y: y))
  }
  @inline(never) private static func testedSingles<F: Formula>(
    _ formula: F.Type, _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int, _ first: Int, _ job: Job
  ) -> Int {
    forEachVector(NarrowLanes.count, count, first, job, TestedStep<F>(x: x, y: y))
  }
  @inline(never) private static func notedSingles<F: Formula>(
    _ formula: F.Type, _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int, _ first: Int, _ job: Job,
    _ doubts: UnsafeMutablePointer<UInt32>
  ) -> Int {
    forEachVector(FloatLanes.count, count, first, job, NotedStep<F>(x: x, y: y, doubts: doubts))
  }
  @inline(never) private static func pairedSingles<F: Formula>(
    _ formula: F.Type, _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int, _ first: Int, _ job: Job
  ) -> Int {
    forEachVector(FloatLanes.count, count, first, job, SingleStep<F>(x: x, y: y))
  }
  @inline(never) private static func pairs<F: Formula>(
    _ formula: F.Type, _ x: UnsafePointer<Double>, _ high: UnsafeMutablePointer<Double>, _ low: UnsafeMutablePointer<Double>?,
    _ sum: UnsafeMutablePointer<Double>?, _ count: Int, _ first: Int, _ job: Job
  ) -> Int {
    forEachVector(DoubleLanes.count, count, first, job, PairStep<F>(x: x, high: high, low: low, sum: sum))
  }
  @inline(never) private static func referee<F: Formula>(_ formula: F.Type, _ x: DoubleLanes, _ first: Int, _ job: Job)
    -> DoubleDouble
  {
    func parameter(_ p: UnsafePointer<Double>?) -> DoubleDouble {
      job.pointee.parameter_step == 0 ? DoubleDouble(parameter: p!.pointee) : DoubleDouble(parameters: p! + first)
    }
    let has = F.Function.parameters
    return F.at(
      DoubleDouble(x),
      Parameters(
        first: has.0 == nil ? 0 : parameter(job.pointee.parameters.0),
        second: has.1 == nil ? 0 : parameter(job.pointee.parameters.1)))
  }

  @inline(__always) fileprivate static func at<F: Formula, L: Lanes>(_ formula: F.Type, _ x: L, _ p: Parameters<L>) -> L {
    withNaN(formula, x, F.at(x, p))
  }
  /// Where x is NaN the one NaN, which `unlessNaN` leaves to this where only arithmetic is done; the limits where x is infinite.
  @inline(__always) fileprivate static func withNaN<F: Formula, L: Lanes>(_ formula: F.Type, _ x: L, _ r: L) -> L {
    if F.Function.isArithmetic && F.limits == nil { return x.hasNaN ? L.select(x <= x, r, L(Double.nan)) : r }
    if !r.hasNaN { return r }
    return if let limits = F.limits { atInfinity(x, r, limits).quiet } else { r.quiet }
  }
  /// The limits where x is infinite and the formula NaN. Rare, but a call would put both vectors into memory even where it is
  /// not made.
  @inline(__always) fileprivate static func atInfinity<R: Lanes>(_ x: R, _ r: R, _ limits: (left: Double, right: Double)) -> R {
    let limit = R.select(x <= R(-Double.infinity), R(limits.left), R.select(R(Double.infinity) <= x, R(limits.right), r))
    return R.select(r <= R(Double.infinity), r, limit)  // not of NaN
  }

  /// Takes a step for each vector until one returns false; returns how many elements were done. Unlike that of a closure the
  /// code of a step is in the loop, so that what depends on parameters alone is computed once.
  @inline(__always) @discardableResult private static func forEachVector<S: Step>(
    _ width: Int, _ count: Int, _ first: Int, _ job: Job, _ step: S
  ) -> Int {
    align_stack()
    let has = S.F.Function.parameters
    var i = 0
    if has.0 == nil {
      let p = Parameters<S.Numbers>(first: 0, second: 0)
      while i < count {
        if !step(i, p) { return i }
        i &+= width
      }
      return i
    }
    let a = job.pointee.parameters.0!, b = has.1 == nil ? a : job.pointee.parameters.1!
    if job.pointee.parameter_step == 0 {
      let p = Parameters(
        first: S.Numbers(parameter: a.pointee), second: has.1 == nil ? 0 : S.Numbers(parameter: b.pointee))
      while i < count {
        if !step(i, p) { return i }
        i &+= width
      }
      return i
    }
    while i < count {
      let at = first &+ i
      let p = Parameters(first: S.Numbers(parameters: a + at), second: has.1 == nil ? 0 : S.Numbers(parameters: b + at))
      if !step(i, p) { return i }
      i &+= width
    }
    return i
  }
}

/// What a kernel does with the vector at `i`.
private protocol Step {
  associatedtype F: Formula
  associatedtype Numbers: Number
  func callAsFunction(_ i: Int, _ p: Parameters<Numbers>) -> Bool
}

private struct PlainStep<F: Formula, L: Lanes>: Step {
  let x: UnsafePointer<L.Element>, y: UnsafeMutablePointer<L.Element>

  @inline(__always) func callAsFunction(_ i: Int, _ p: Parameters<L>) -> Bool {
    Kernels.at(F.self, L.load(x + i), p).store(y + i)
    return true
  }
}

private struct MostStep<F: Formula, L: Lanes>: Step {
  let x: UnsafePointer<L.Element>, y: UnsafeMutablePointer<L.Element>
  /// Of the vector before which it stops.
  let unfinished: UnsafeMutablePointer<L.Element>

  @inline(__always) func callAsFunction(_ i: Int, _ p: Parameters<L>) -> Bool {
    let x = L.load(x + i)
    var r = F.at(x, p)
    if r.hasNaN {
      if let limits = F.limits { r = Kernels.atInfinity(x, r, limits) }
      r.store(unfinished)
      return false
    }
    r.store(y + i)
    return true
  }
}

private struct ShortenedStep<F: Formula>: Step {
  let x: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>

  @inline(__always) func callAsFunction(_ i: Int, _ p: Parameters<NarrowLanes>) -> Bool {
    let r = Kernels.at(F.self, NarrowLanes(Float32.load(x + i).v), p)
    Float32.store(DoubleLanes(r.v), y + i)
    return true
  }
}

private struct NarrowStep<F: Formula>: Step {
  let x: UnsafePointer<Float>, y: UnsafeMutablePointer<Double>

  @inline(__always) func callAsFunction(_ i: Int, _ p: Parameters<NarrowLanes>) -> Bool {
    Kernels.at(F.self, NarrowLanes(Float32.load(x + i).v), p).store(y + i)
    return true
  }
}

private struct ProvenStep<F: Formula>: Step {
  let x: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>

  @inline(__always) func callAsFunction(_ i: Int, _ p: Parameters<NarrowLanes>) -> Bool {
    let x = FloatLanes.load(x + i), v = x.halves(NarrowLanes.self)
    let r = FloatLanes(low: F.at(v.low, p), high: F.at(v.high, p))
    Kernels.withNaN(F.self, x, r).store(y + i)
    return true
  }
}

private struct NotedStep<F: Formula>: Step {
  let x: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>, doubts: UnsafeMutablePointer<UInt32>

  @inline(__always) func callAsFunction(_ i: Int, _ p: Parameters<FloatPair>) -> Bool {
    let v = FloatLanes.load(x + i), r = F.at(FloatPair(v), p)
    r.rounded.store(y + i)
    doubts[i / FloatLanes.count] = r.doubts(from: v)
    return true
  }
}

private struct SingleStep<F: Formula>: Step {
  let x: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>

  @inline(__always) func callAsFunction(_ i: Int, _ p: Parameters<FloatPair>) -> Bool {
    let v = FloatLanes.load(x + i), r = F.at(FloatPair(v), p)
    if r.isDoubtful(from: v) { return false }
    r.rounded.store(y + i)
    return true
  }
}

private struct TestedStep<F: Formula>: Step {
  let x: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>

  @inline(__always) func callAsFunction(_ i: Int, _ p: Parameters<NarrowLanes>) -> Bool {
    let x = NarrowLanes(Float32.load(x + i).v)
    var r = F.at(x, p)
    if nearly_tied_as_f32(r.v, Int32(narrowBound * 0x1p53)) {
      r = Kernels.withNaN(F.self, x, r)
      if differ_as_f32((r * NarrowLanes(1 - narrowBound)).v, (r * NarrowLanes(1 + narrowBound)).v) { return false }
    }
    Float32.store(DoubleLanes(r.v), y + i)
    return true
  }
}

private struct PairStep<F: Formula>: Step {
  let x: UnsafePointer<Double>, high: UnsafeMutablePointer<Double>
  let low: UnsafeMutablePointer<Double>?, sum: UnsafeMutablePointer<Double>?

  @inline(__always) func callAsFunction(_ i: Int, _ p: Parameters<DoublePair>) -> Bool {
    let v = DoubleLanes.load(x + i), r = F.at(DoublePair(v), p)
    if let low {
      r.high.store(high + i)
      r.low.store(low + i)
      return true
    }
    // Results of few bits lie next to ties, where the two may differ, and f′·1 must be f′.
    var result = F.Function.isArithmetic ? r.high + r.low : r.sum
    if let sum {
      r.high.store(high + i)
      result.store(sum + i)
      return true
    }
    // Zeros are rare, unless the function cuts something off.
    if F.Function.isArithmetic || !all_usual64(result.v) {
      let usual = result.isUsual, zero = r.isRightZero(of: v, isArithmetic: F.Function.isArithmetic)
      guard DoubleLanes.all(or64(usual, zero)) else { return false }
      result = DoubleLanes.select(zero, r.high, result)
    }
    result.store(high + i)
    return true
  }
}
