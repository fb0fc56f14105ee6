import Lanes

/// Finds the function of a job in the list and runs it over the arrays.
struct Run: FunctionVisitor {
  let job: Job
  var wanted: Int { job.pointee.function }

  @inline(__always) func visit<F: ActivationFunction>(_ function: F.Type) {
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
  let fast = job.pointee.accuracy == ACT_FAST
  switch job.pointee.type {
  case ACT_F64:
    if kernels.pointee.isSelecting && job.pointee.factors.0 == nil
      || fast && !kernels.pointee.needsPairs && (kernels.pointee.isArithmetic || job.parametersFit(doubleReach))
    {
      fast64(job, kernels)
    } else {
      exact64(job, kernels)
    }
  case ACT_F32: if !fitFloats(job) { rounded32(job, kernels) } else if fast { fast32(job, kernels) } else { exact32(job, kernels) }
  case ACT_F16: exact16(job, kernels)
  default: exactB16(job, kernels)
  }
}

/// Whether parameters keep their digits as floats, and as pairs of them, and so do products with them.
private func fitFloats(_ job: Job) -> Bool { job.parametersFit(0x1p60) }

@inline(never) private func fast64(_ job: Job, _ kernels: UnsafePointer<Kernels>) {
  sweepNative(job, DoubleLanes.self, isArithmetic: kernels.pointee.isArithmetic, settle: { exact64($0, kernels) }) {
    kernels.pointee.doubles($0, $1, $2, $3, $4)
    return $2
  }
}
@inline(never) private func fast32(_ job: Job, _ kernels: UnsafePointer<Kernels>) {
  sweepNative(job, FloatLanes.self, isArithmetic: kernels.pointee.isArithmetic, settle: { rounded32($0, kernels) }) {
    kernels.pointee.floats($0, $1, $2, $3, $4)
    return $2
  }
}
@inline(never) private func exact32(_ job: Job, _ kernels: UnsafePointer<Kernels>) {
  guard kernels.pointee.hasSingles, job.pointee.factors.0 == nil else { return rounded32(job, kernels) }
  sweepNative(job, FloatLanes.self, isArithmetic: kernels.pointee.isArithmetic, settle: { rounded32($0, kernels) }) {
    kernels.pointee.singles($0, $1, $2, $3, $4)
  }
}
@inline(never) private func exact64(_ job: Job, _ kernels: UnsafePointer<Kernels>) { Elements<Float64>(job, kernels).sweepPairs() }
@inline(never) private func rounded32(_ job: Job, _ kernels: UnsafePointer<Kernels>) {
  Elements<Float32>(job, kernels).sweepRounded()
}
@inline(never) private func exact16(_ job: Job, _ kernels: UnsafePointer<Kernels>) {
  Elements<Float16Bits>(job, kernels).sweepRounded()
}
@inline(never) private func exactB16(_ job: Job, _ kernels: UnsafePointer<Kernels>) {
  Elements<BFloat16Bits>(job, kernels).sweepRounded()
}
