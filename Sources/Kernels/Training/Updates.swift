import Lanes

typealias UpdateJob = UnsafePointer<act_update_job>

func runUpdate(_ job: UpdateJob) {
  if job.pointee.type == ACT_F64 { update(job, DoubleLanes.self) } else { update(job, FloatLanes.self) }
}

private func update<R: TrainingLanes>(_ job: UpdateJob, _ lanes: R.Type) {
  switch job.pointee.optimizer {
  case ACT_SGD: descend(job, lanes)
  case ACT_RMSPROP: rootMeanSquare(job, lanes)
  default: adapt(job, lanes)
  }
}

/// The gradient of the vector at i, clipped and with the decay that belongs to it.
@inline(__always) private func gradient<R: TrainingLanes>(_ job: UpdateJob, _ i: Int, _ p: R, decay: R) -> R {
  var g = R.load(UnsafePointer(job.pointee.g.of(R.self)) + i)
  if job.pointee.clip_value > 0 { g = R.clamp(g, -job.pointee.clip_value, job.pointee.clip_value) }
  if job.pointee.factor != 1 { g = g * R(job.pointee.factor) }
  return .fma(decay, p, g)
}

/// SGD: b ← μ·b + g, p ← p − r·b, with Nesterov's p ← p − r·(g + μ·b).
@inline(never) private func descend<R: TrainingLanes>(_ job: UpdateJob, _ lanes: R.Type) {
  let parameters = job.pointee.p.of(lanes), first = job.pointee.first?.of(lanes)
  let rate = R(-job.pointee.rate), momentum = R(job.pointee.momentum), decay = R(job.pointee.decay)
  let isNesterov = job.pointee.nesterov != 0
  forEachVector(lanes, job.pointee.count) { i in
    let p = R.load(parameters + i)
    var g = gradient(job, i, p, decay: decay)
    if let first {
      let b = R.fma(momentum, R.load(first + i), g)
      b.quiet.store(first + i)
      g = isNesterov ? R.fma(momentum, b, g) : b
    }
    R.fma(rate, g, p).quiet.store(parameters + i)
  }
}

/// Adam: m ← m + (1 − β₁)(g − m), v ← β₂·v + (1 − β₂)·g², p ← p − r/(1 − β₁ᵗ)·m/(√(v/(1 − β₂ᵗ)) + ε); AdamW has the decay
/// apart from the gradient: p ← p − r·λ·p.
@inline(never) private func adapt<R: TrainingLanes>(_ job: UpdateJob, _ lanes: R.Type) {
  let parameters = job.pointee.p.of(lanes), first = job.pointee.first!.of(lanes), second = job.pointee.second!.of(lanes)
  let isApart = job.pointee.optimizer == ACT_ADAMW
  let kept = R(isApart ? 1 - job.pointee.rate * job.pointee.decay : 1), decay = R(isApart ? 0 : job.pointee.decay)
  let new1 = R(1 - job.pointee.beta1), beta2 = R(job.pointee.beta2), new2 = R(1 - job.pointee.beta2)
  let step = R(-job.pointee.rate * job.pointee.correction1), correction = R(job.pointee.correction2)
  let epsilon = R(job.pointee.epsilon)
  forEachVector(lanes, job.pointee.count) { i in
    var p = R.load(parameters + i)
    let g = gradient(job, i, p, decay: decay)
    if isApart { p = kept * p }
    let old = R.load(first + i), m = R.fma(new1, g - old, old), v = R.fma(beta2, R.load(second + i), new2 * g * g)
    m.quiet.store(first + i)
    v.quiet.store(second + i)
    R.fma(step, m / R.fma(R.squareRoot(v), correction, epsilon), p).quiet.store(parameters + i)
  }
}

/// RMSprop: v ← α·v + (1 − α)·g², b ← μ·b + g/(√v + ε), p ← p − r·b.
@inline(never) private func rootMeanSquare<R: TrainingLanes>(_ job: UpdateJob, _ lanes: R.Type) {
  let parameters = job.pointee.p.of(lanes), first = job.pointee.first?.of(lanes), second = job.pointee.second!.of(lanes)
  let rate = R(-job.pointee.rate), momentum = R(job.pointee.momentum), decay = R(job.pointee.decay)
  let alpha = R(job.pointee.alpha), new = R(1 - job.pointee.alpha), epsilon = R(job.pointee.epsilon)
  forEachVector(lanes, job.pointee.count) { i in
    let p = R.load(parameters + i), g = gradient(job, i, p, decay: decay)
    let v = R.fma(alpha, R.load(second + i), new * g * g)
    v.quiet.store(second + i)
    var step = g / (R.squareRoot(v) + epsilon)
    if let first {
      step = R.fma(momentum, R.load(first + i), step)
      step.quiet.store(first + i)
    }
    R.fma(rate, step, p).quiet.store(parameters + i)
  }
}

func runNorm(_ job: UnsafeMutablePointer<act_norm_job>) {
  if job.pointee.type == ACT_F64 { norm(job, DoubleLanes.self) } else { norm(job, FloatLanes.self) }
}

/// In thirty-two sums, so that their order is the same however wide a vector is.
private func norm<R: TrainingLanes>(_ job: UnsafeMutablePointer<act_norm_job>, _ lanes: R.Type) {
  let x = job.pointee.x.of(lanes), limit = job.pointee.limit
  withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * Sums.count) { memory in
    let sums = Sums(high: memory.baseAddress!, low: memory.baseAddress! + Sums.count)
    sums.clear()
    var accumulator = Accumulator<DoubleLanes>(sums)
    var i = 0
    while i < job.pointee.count {
      for j in accumulator.parts.indices {
        var v = R.doubles(x + (i &+ j &* DoubleLanes.count))
        if limit > 0 { v = DoubleLanes.clamp(v, -limit, limit) }
        accumulator.parts[j] = DoubleLanes.fma(v, v, accumulator.parts[j])
      }
      i &+= Sums.count
    }
    accumulator.store()
    job.pointee.sum = sums.total.high
  }
}
