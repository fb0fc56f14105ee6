import Lanes

typealias Job = UnsafePointer<act_job>

/// A formula: the value or the derivative of a function.
protocol Formula {
  associatedtype Function: ActivationFunction
  static func at<R: Number>(_ x: R, _ p: Parameters<R>) -> R
  static var limits: (left: Double, right: Double)? { get }
  static var needsDoubles: Bool { get }
}
enum Value<F: ActivationFunction>: Formula {
  typealias Function = F
  @inline(__always) static func at<R: Number>(_ x: R, _ p: Parameters<R>) -> R { F.value(x, p) }
  static var limits: (left: Double, right: Double)? { F.valueLimits }
  static var needsDoubles: Bool { F.needsDoubles.value }
}
enum Derivative<F: ActivationFunction>: Formula {
  typealias Function = F
  @inline(__always) static func at<R: Number>(_ x: R, _ p: Parameters<R>) -> R { F.derivative(x, p) }
  static var limits: (left: Double, right: Double)? { F.derivativeLimits }
  static var needsDoubles: Bool { F.needsDoubles.derivative }
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
  /// Exact float32. Returns how many elements it did: where its numbers leave the rounding of one open it stops before
  /// the vector. Not every function has such a kernel.
  let singles: (_ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int, _ first: Int, Job) -> Int
  let hasSingles: Bool
  /// Results of narrow inputs in doubles, to 2^-44 or better; `isProven`: they round correctly.
  let narrow: (_ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Double>, _ count: Int, _ first: Int, Job) -> Void
  let isProven: Bool
  /// Exact float64, as the sum of two doubles, where it and they are neither tiny nor huge.
  let pairs:
    (
      _ x: UnsafePointer<Double>, _ high: UnsafeMutablePointer<Double>, _ low: UnsafeMutablePointer<Double>, _ count: Int,
      _ first: Int, Job
    ) -> Void
  /// Whether only arithmetic is done; whether `doubles` are correctly rounded; and whether results are floats as they come,
  /// so that a product with dy is rounded once.
  let isArithmetic: Bool, areDoublesRight: Bool, areFloats: Bool
  let comparesParameters: Bool, parameterCount: Int
  /// One vector to 100 bits, where that is finite and not zero.
  let referee: (_ x: DoubleLanes, _ first: Int, Job) -> DoubleDouble

  @inline(__always) init<F: Formula>(_ formula: F.Type) {
    floats = { Kernels.floats(formula, $0, $1, $2, $3, $4) }
    needsPairs = F.Function.needsPairs
    reach = F.Function.reach
    doubles = { Kernels.doubles(formula, $0, $1, $2, $3, $4) }
    narrow = { Kernels.narrow(formula, $0, $1, $2, $3, $4) }
    pairs = { Kernels.pairs(formula, $0, $1, $2, $3, $4, $5) }
    referee = { Kernels.referee(formula, $0, $1, $2) }
    isProven = F.Function.isProven
    isArithmetic = F.Function.isArithmetic
    comparesParameters = F.Function.comparesParameters
    parameterCount = F.Function.parameters.0 == nil ? 0 : F.Function.parameters.1 == nil ? 1 : 2
    hasSingles = F.Function.isProven || F.Function.isArithmetic
    // What numbers of two parts know of themselves when the code is compiled.
    let double = DoublePair(parameter: 0), float = FloatPair(parameter: 0)
    areDoublesRight =
      F.Function.isArithmetic && F.at(DoublePair(DoubleLanes(0)), Parameters(first: double, second: double)).isSettled
    let single = F.Function.isArithmetic ? F.at(FloatPair(FloatLanes(0)), Parameters(first: float, second: float)) : float + float
    areFloats = single.isFloat
    if F.Function.isProven && !single.isSettled {
      singles = { Kernels.provenSingles(formula, $0, $1, $2, $3, $4) }
    } else if F.Function.isArithmetic {
      singles = { Kernels.pairedSingles(formula, $0, $1, $2, $3, $4) }
    } else {
      singles = { _, _, _, _, _ in 0 }
    }
  }

  @inline(never) private static func floats<F: Formula>(
    _ formula: F.Type, _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int, _ first: Int, _ job: Job
  ) {
    withBlocks(Float.self, Float.self) {
      forEachVector(Floats<F>(x: x, y: y, first: first, job: job, results: $0, others: $1), count)
    }
  }
  private struct Floats<F: Formula>: Step {
    let x: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>, first: Int, job: Job
    let results: UnsafeMutablePointer<Float>, others: UnsafeMutablePointer<Float>

    @inline(__always) func isDone(_ i: Int, _ p: Parameters<FloatLanes>) -> Bool {
      let v = FloatLanes.load(x + i)
      var r = F.at(v, p)
      if F.needsDoubles {
        if any32(isNaN32(r.v)) {
          r.store(results)
          return false
        }
      } else if let limits = F.limits, any32(isNaN32(r.v)) {
        r = atInfinity(v, r, limits)
      }
      r.quiet.store(y + i)
      return true
    }
    /// Doubles where floats gave NaN.
    @inline(never) func finish(_ i: Int) {
      floatsInDoubles(F.self, x + i, others, FloatLanes.count, first &+ i, job)
      let r = FloatLanes.load(results)
      FloatLanes.select(r <= r, r, FloatLanes.load(others)).store(y + i)
    }
  }
  @inline(never) private static func floatsInDoubles<F: Formula>(
    _ formula: F.Type, _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int, _ first: Int, _ job: Job
  ) {
    @inline(__always) func one(_ i: Int, _ p: Parameters<NarrowLanes>) -> Bool {
      let r = inDoubles(formula, NarrowLanes(Float32.load(x + i).v), p)
      Float32.store(DoubleLanes(r.v).quiet, y + i)
      return true
    }
    _ = forEachVector(formula, NarrowLanes.self, NarrowLanes.count, count, first, job, one)
  }
  @inline(never) private static func doubles<F: Formula>(
    _ formula: F.Type, _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, _ count: Int, _ first: Int, _ job: Job
  ) {
    forEachVector(InDoubles<F>(x: x, y: y, first: first, job: job), count)
  }
  private struct InDoubles<F: Formula>: Step {
    let x: UnsafePointer<Double>, y: UnsafeMutablePointer<Double>, first: Int, job: Job

    @inline(__always) func isDone(_ i: Int, _ p: Parameters<DoubleLanes>) -> Bool {
      inDoubles(F.self, DoubleLanes.load(x + i), p).quiet.store(y + i)
      return true
    }
    @inline(__always) func finish(_ i: Int) {}
  }
  @inline(never) private static func narrow<F: Formula>(
    _ formula: F.Type, _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Double>, _ count: Int, _ first: Int, _ job: Job
  ) {
    @inline(__always) func one(_ i: Int, _ p: Parameters<NarrowLanes>) -> Bool {
      inDoubles(formula, NarrowLanes(Float32.load(x + i).v), p).quiet.store(y + i)
      return true
    }
    _ = forEachVector(formula, NarrowLanes.self, NarrowLanes.count, count, first, job, one)
  }
  @inline(never) private static func provenSingles<F: Formula>(
    _ formula: F.Type, _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int, _ first: Int, _ job: Job
  ) -> Int {
    @inline(__always) func one(_ i: Int, _ p: Parameters<NarrowLanes>) -> Bool {
      let v = FloatLanes.load(x + i).halves(NarrowLanes.self)
      FloatLanes(low: inDoubles(formula, v.low, p), high: inDoubles(formula, v.high, p)).quiet.store(y + i)
      return true
    }
    return forEachVector(formula, NarrowLanes.self, FloatLanes.count, count, first, job, one)
  }
  @inline(never) private static func pairedSingles<F: Formula>(
    _ formula: F.Type, _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int, _ first: Int, _ job: Job
  ) -> Int {
    @inline(__always) func one(_ i: Int, _ p: Parameters<FloatPair>) -> Bool {
      let v = FloatLanes.load(x + i), r = F.at(FloatPair(v), p)
      if r.isDoubtful(from: v) { return false }
      r.rounded.store(y + i)
      return true
    }
    return forEachVector(formula, FloatPair.self, FloatLanes.count, count, first, job, one)
  }
  @inline(never) private static func pairs<F: Formula>(
    _ formula: F.Type, _ x: UnsafePointer<Double>, _ high: UnsafeMutablePointer<Double>, _ low: UnsafeMutablePointer<Double>,
    _ count: Int, _ first: Int, _ job: Job
  ) {
    @inline(__always) func one(_ i: Int, _ p: Parameters<DoublePair>) -> Bool {
      let r = F.at(DoublePair(DoubleLanes.load(x + i)), p)
      r.high.store(high + i)
      r.low.store(low + i)
      return true
    }
    _ = forEachVector(formula, DoublePair.self, DoubleLanes.count, count, first, job, one)
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

  @inline(__always) private static func inDoubles<F: Formula, Reach>(
    _ formula: F.Type, _ x: Doubles<Reach>, _ p: Parameters<Doubles<Reach>>
  ) -> Doubles<Reach> {
    let r = F.at(x, p)
    if let limits = F.limits, any64(isNaN64(r.v)) { return atInfinity(x, r, limits) }
    return r
  }
  /// The limits where x is infinite and the formula NaN. Rare, but a call would put both vectors into memory even where it is
  /// not made.
  @inline(__always) private static func atInfinity<R: Lanes>(_ x: R, _ r: R, _ limits: (left: Double, right: Double)) -> R {
    let limit = R.select(x <= R(-Double.infinity), R(limits.left), R.select(R(Double.infinity) <= x, R(limits.right), r))
    return R.select(r <= R(Double.infinity), r, limit)  // not of NaN
  }

  /// Takes a step for each vector. Its code is in the loop, so that what depends on parameters alone is computed once; only
  /// where each element has parameters of its own is it called.
  @inline(__always) private static func forEachVector<S: Step>(_ step: S, _ count: Int) {
    let has = S.F.Function.parameters, parameters = step.job.pointee.parameters
    if has.0 != nil && step.job.pointee.parameter_step != 0 { return forEachParameter(step, count) }
    let p = Parameters(
      first: has.0 == nil ? 0 : S.Numbers(parameter: parameters.0!.pointee),
      second: has.1 == nil ? 0 : S.Numbers(parameter: parameters.1!.pointee))
    var i = 0
    while true {
      while i < count && step.isDone(i, p) { i &+= S.Numbers.count }
      if i >= count { return }
      step.finish(i)
      i &+= S.Numbers.count
    }
  }
  @inline(never) private static func forEachParameter<S: Step>(_ step: S, _ count: Int) {
    let hasSecond = S.F.Function.parameters.1 != nil, parameters = step.job.pointee.parameters
    var i = 0
    while i < count {
      let at = step.first &+ i, second = hasSecond ? S.Numbers(parameters: parameters.1! + at) : 0
      if !step.isDone(i, Parameters(first: S.Numbers(parameters: parameters.0! + at), second: second)) { step.finish(i) }
      i &+= S.Numbers.count
    }
  }

  /// Calls `body` with the place and the parameters of each vector until it returns false; returns how many elements were
  /// done. A function without parameters has one loop, one with parameters another for arrays of them.
  @inline(__always) private static func forEachVector<F: Formula, R: Number>(
    _ formula: F.Type, _ numbers: R.Type, _ width: Int, _ count: Int, _ first: Int, _ job: Job,
    _ body: (_ i: Int, _ p: Parameters<R>) -> Bool
  ) -> Int {
    let has = F.Function.parameters
    var i = 0
    if has.0 == nil {
      let p = Parameters<R>(first: 0, second: 0)
      while i < count {
        if !body(i, p) { return i }
        i &+= width
      }
      return i
    }
    let a = job.pointee.parameters.0!, b = has.1 == nil ? a : job.pointee.parameters.1!
    if job.pointee.parameter_step == 0 {
      let p = Parameters(first: R(parameter: a.pointee), second: has.1 == nil ? 0 : R(parameter: b.pointee))
      while i < count {
        if !body(i, p) { return i }
        i &+= width
      }
      return i
    }
    while i < count {
      let at = first &+ i
      if !body(i, Parameters(first: R(parameters: a + at), second: has.1 == nil ? 0 : R(parameters: b + at))) { return i }
      i &+= width
    }
    return i
  }
}

/// What a kernel does with the vector at `i`.
private protocol Step {
  associatedtype F: Formula
  associatedtype Numbers: Lanes
  var first: Int { get }
  var job: Job { get }
  /// Does the vector, or leaves it to `finish`, which is called rarely: calls in a loop keep it from holding its constants in
  /// registers.
  func isDone(_ i: Int, _ p: Parameters<Numbers>) -> Bool
  func finish(_ i: Int)
}
