import Lanes

/// Finds the function of a job in the list and runs it over the arrays.
struct Run: FunctionVisitor {
  let job: Job
  var wanted: Int { job.pointee.function }

  @inline(__always) func visit<F: ActivationFunction>(_ function: F.Type) {
    if F.Standard.self == F.self { return sweep(function, job) }
    let standard = (F.parameters.0!.standard, F.parameters.1?.standard)
    inRuns(job) { i in
      job.pointee.parameters.0![i] == standard.0 && (standard.1 == nil || job.pointee.parameters.1![i] == standard.1!)
    } then: {
      sweep(F.Standard.self, $0)
    } orElse: {
      sweep(function, $0)
    }
  }

  @inline(__always) private func sweep<F: ActivationFunction>(_ function: F.Type, _ job: Job) {
    // Never destroyed: it owns nothing, and to find that out takes time.
    withUnsafeTemporaryAllocation(of: Kernels.self, capacity: 1) { memory in
      let kernels = memory.baseAddress!
      if job.pointee.derivative == 0 {
        kernels.initialize(to: Kernels(Value<F>.self))
      } else {
        kernels.initialize(to: Kernels(Derivative<F>.self))
      }
      run(job, kernels)
    }
  }
}

@inline(never) private func run(_ job: Job, _ kernels: UnsafePointer<Kernels>) {
  let fast = job.pointee.accuracy == ACT_FAST, hasProducts = job.pointee.factors.0 != nil
  switch job.pointee.type {
  case ACT_F64:
    if job.pointee.factors.0 == nil ? kernels.pointee.areDoublesRight : job.pointee.factors.1 == nil && kernels.pointee.areFloats {
      fast64(job, kernels)
    } else if fast && !kernels.pointee.needsPairs && (!hasProducts || kernels.pointee.fastHasProducts.float64) {
      byParameters(job, kernels, below: kernels.pointee.isArithmetic ? .infinity : kernels.pointee.reach.double) {
        fast64($0, kernels)
      } orElse: {
        exact64($0, kernels)
      }
    } else {
      exact64(job, kernels)
    }
  case ACT_F32:
    // Where parameters keep their digits as floats, and as pairs of them, and so do products with them.
    byParameters(job, kernels, below: fast ? kernels.pointee.reach.float : 0x1p60) {
      if fast && !kernels.pointee.comparesParameters && (!hasProducts || kernels.pointee.fastHasProducts.float32) {
        fast32($0, kernels)
      } else {
        exact32($0, kernels)
      }
    } orElse: {
      rounded32($0, kernels)
    }
  case ACT_F16: exact16(job, kernels)
  default: exactB16(job, kernels)
  }
}

/// Hands elements whose parameters are 0 or between 1/limit and limit to `body`, all others to `other`.
@inline(__always) private func byParameters(
  _ job: Job, _ kernels: UnsafePointer<Kernels>, below limit: Double, _ body: (Job) -> Void, orElse other: (Job) -> Void
) {
  let count = kernels.pointee.parameterCount
  inRuns(job) { i in
    (count < 1 || fits(job.pointee.parameters.0![i], limit)) && (count < 2 || fits(job.pointee.parameters.1![i], limit))
  } then: {
    body($0)
  } orElse: {
    other($0)
  }
}

/// Hands elements for whose parameters the condition holds to `body`, all others to `other`. In parts of the job, if each has
/// its own: a result must not depend on its neighbours' parameters.
@inline(__always) private func inRuns(
  _ job: Job, where holds: (_ i: Int) -> Bool, then body: (Job) -> Void, orElse other: (Job) -> Void
) {
  if job.pointee.parameter_step == 0 { return holds(0) ? body(job) : other(job) }
  var start = 0
  while start < job.pointee.count {
    let isHeld = holds(start)
    var end = start &+ 1
    while end < job.pointee.count && holds(end) == isHeld { end &+= 1 }
    var part = act_job_part(job, start, end &- start)
    if isHeld { body(&part) } else { other(&part) }
    start = end
  }
}

extension Job {
  /// Only so many elements from `start` on, the arrays of which are elsewhere.
  @inline(__always) func part<T>(
    _ start: Int, count: Int, x: UnsafePointer<T>, y: UnsafeMutablePointer<T>,
    factors: (UnsafePointer<T>?, UnsafePointer<T>?) = (nil, nil)
  ) -> act_job {
    var part = act_job_part(self, start, count)
    part.x = UnsafeRawPointer(x)
    part.y = UnsafeMutableRawPointer(y)
    part.factors = (UnsafeRawPointer(factors.0), UnsafeRawPointer(factors.1))
    return part
  }
}

@inline(never) private func fast64(_ job: Job, _ kernels: UnsafePointer<Kernels>) {
  sweepNative(job, DoubleLanes.self, isExact: kernels.pointee.areFloats, settle: { exact64($0, kernels) }) {
    kernels.pointee.doubles($0, $1, $2, $3, job)
  }
}
@inline(never) private func fast32(_ job: Job, _ kernels: UnsafePointer<Kernels>) {
  sweepNative(job, FloatLanes.self, isExact: kernels.pointee.areFloats, settle: { rounded32($0, kernels) }) {
    kernels.pointee.floats($0, $1, $2, $3, job)
  }
}
@inline(never) private func exact32(_ job: Job, _ kernels: UnsafePointer<Kernels>) {
  let isDirect = job.pointee.factors.0 == nil || kernels.pointee.areFloats && job.pointee.factors.1 == nil
  if isDirect && kernels.pointee.areFloatsRight && areParametersFloats(job, kernels) { return fast32(job, kernels) }
  guard isDirect || job.pointee.accuracy == ACT_FAST else { return rounded32(job, kernels) }
  sweepNative(job, FloatLanes.self, isExact: kernels.pointee.areFloats, settle: { rounded32($0, kernels) }) {
    exactSingles($0, $1, $2, $3, job, kernels)
  }
}
private func areParametersFloats(_ job: Job, _ kernels: UnsafePointer<Kernels>) -> Bool {
  func isFloat(_ p: UnsafePointer<Double>?) -> Bool { Double(Float(p!.pointee)) == p!.pointee }
  let count = kernels.pointee.parameterCount
  return job.pointee.parameter_step == 0 && (count < 1 || isFloat(job.pointee.parameters.0))
    && (count < 2 || isFloat(job.pointee.parameters.1))
}
@inline(never) private func exact64(_ job: Job, _ kernels: UnsafePointer<Kernels>) {
  guard job.pointee.factors.0 == nil, Elements<Float64>(job, kernels).fits else { return paired64(job, kernels) }
  sweepNative(job, DoubleLanes.self, isExact: false, settle: { paired64($0, kernels) }) {
    sums($0, $1, $2, $3, job, kernels)
  }
}
/// Sums of pairs as they come, and by way of blocks a vector in which one does not hold.
@inline(__always) private func sums(
  _ x: UnsafePointer<Double>, _ y: UnsafeMutablePointer<Double>, _ count: Int, _ first: Int, _ job: Job,
  _ kernels: UnsafePointer<Kernels>
) {
  untilDone(count) {
    kernels.pointee.pairs(x + $0, y + $0, nil, nil, count &- $0, first &+ $0, job)
  } settle: {
    var vector = job.part(first &+ $0, count: DoubleLanes.count, x: x + $0, y: y + $0)
    paired64(&vector, kernels)
    return DoubleLanes.count
  }
}
/// Runs on from `done`, and settles some elements wherever that stops; both return how many elements they did.
@inline(__always) func untilDone(_ count: Int, run: (_ done: Int) -> Int, settle: (_ done: Int) -> Int) {
  var done = 0
  while true {
    done &+= run(done)
    if done >= count { return }
    done &+= settle(done)
  }
}
@inline(never) private func paired64(_ job: Job, _ kernels: UnsafePointer<Kernels>) { Elements<Float64>(job, kernels).sweepPairs() }
@inline(never) private func rounded32(_ job: Job, _ kernels: UnsafePointer<Kernels>) {
  Elements<Float32>(job, kernels).sweepRounded()
}
@inline(never) private func exact16(_ job: Job, _ kernels: UnsafePointer<Kernels>) {
  Elements<Float16Bits>(job, kernels).sweepRounded()
}
@inline(never) private func exactB16(_ job: Job, _ kernels: UnsafePointer<Kernels>) {
  Elements<BFloat16Bits>(job, kernels).sweepRounded()
}
