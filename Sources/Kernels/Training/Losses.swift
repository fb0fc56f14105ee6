import Lanes

typealias LossJob = UnsafeMutablePointer<act_loss_job>

func runLoss(_ job: LossJob) {
  if job.pointee.type == ACT_F64 { loss(job, DoubleLanes.self) } else { loss(job, FloatLanes.self) }
}

private func loss<R: TrainingLanes>(_ job: LossJob, _ lanes: R.Type) {
  switch job.pointee.loss {
  case ACT_CROSS_ENTROPY: crossEntropy(job, lanes)
  case ACT_BINARY_CROSS_ENTROPY:
    // σ(z) − y, and ln(1 + e^z) − z·y
    elementwise(job, lanes) { z, y in
      let e = R.expMinus(R.abs(z)), one = R.select(z < 0, e, 1) / (1 + e)
      return (R.select(z > 0, z, 0) - z * y + R.log1p(e), one - y)
    }
  case ACT_SQUARED_ERROR:
    elementwise(job, lanes) { z, y in
      let d = z - y
      return (d * d, d + d)
    }
  default:
    let delta = R(job.pointee.delta)
    elementwise(job, lanes) { z, y in
      let d = z - y, a = R.abs(d), isSmall = a <= delta
      return (.select(isSmall, 0.5 * (d * d), delta * (a - 0.5 * delta)), .select(isSmall, d, R.copysign(delta, d)))
    }
  }
}

/// Losses that are sums over the outputs: `body` gives one output's loss and slope.
@inline(__always) private func elementwise<R: TrainingLanes>(_ job: LossJob, _ lanes: R.Type, _ body: (_ z: R, _ y: R) -> (R, R)) {
  let count = job.pointee.samples &* job.pointee.outputs, scale = R(job.pointee.scale)
  let z = job.pointee.z.of(lanes), y = job.pointee.y.of(lanes), losses = job.pointee.scratch.of(lanes)
  let gradient = job.pointee.gradient?.of(lanes)
  forEachVector(lanes, count) { i in
    let (loss, slope) = body(R.load(z + i), R.load(y + i))
    loss.store(losses + i)
    if let gradient { (slope * scale).quiet.store(gradient + i) }
  }
  var sum = 0.0
  for i in 0..<count { sum += Double(losses[i]) }
  job.pointee.sum = sum
}

/// ln Σ e^zⱼ − z of the label, in terms of a = m − z, m being the largest z: ln Σ e^(−aⱼ) + a of the label. The gradient is
/// e^(−aⱼ)/Σ, less 1 for the label.
@inline(never) private func crossEntropy<R: TrainingLanes>(_ job: LossJob, _ lanes: R.Type) {
  let samples = job.pointee.samples, n = job.pointee.outputs, z = job.pointee.z.of(lanes), a = job.pointee.scratch.of(lanes)
  let labels = job.pointee.y.assumingMemoryBound(to: Int64.self)
  let padded = (samples &* n &+ Int(ACT_TRAINING_PADDING) &- 1) & ~(Int(ACT_TRAINING_PADDING) &- 1)
  let ofLabels = UnsafeMutableRawPointer(a + padded).assumingMemoryBound(to: Double.self)
  let sums = ofLabels + ((samples &+ Int(ACT_TRAINING_PADDING) &- 1) & ~(Int(ACT_TRAINING_PADDING) &- 1))

  for i in 0..<samples {
    let z = z + i &* n, a = a + i &* n
    var most = z[0]
    for j in 1..<max(n, 1) where z[j] > most { most = z[j] }
    for j in 0..<n { a[j] = most - z[j] }
    ofLabels[i] = Double(a[Int(labels[i])])
  }
  forEachVector(lanes, samples &* n) { R.expMinus(R.load(a + $0)).store(a + $0) }
  for i in 0..<samples {
    let e = a + i &* n
    var sum = 0.0
    for j in 0..<n { sum += Double(e[j]) }
    sums[i] = sum
  }
  if let gradient = job.pointee.gradient?.of(lanes) {
    let scale = R.Element(job.pointee.scale)
    for i in 0..<samples {
      let e = a + i &* n, g = gradient + i &* n, share = R.Element(1 / sums[i]), label = Int(labels[i])
      let ofLabel = (e[label] * share - 1) * scale
      for j in 0..<n { g[j] = e[j] * share * scale }
      g[label] = ofLabel
    }
    forEachVector(lanes, samples &* n) { R.load(gradient + $0).quiet.store(gradient + $0) }
  }
  forEachVector(DoubleLanes.self, samples) { i in
    (logarithm(.load(sums + i)) + .load(ofLabels + i)).store(sums + i)
  }
  var sum = 0.0
  for i in 0..<samples { sum += sums[i] }
  job.pointee.sum = sum
}

/// ln x for normal x: k·ln 2 + ln(1 + f), 1 ≤ 1 + f < 2.
@inline(__always) private func logarithm(_ x: DoubleLanes) -> DoubleLanes {
  let k = DoubleLanes(exponent64(x.v)), f = x * DoubleLanes(power64((-k).v)) - 1
  return DoubleLanes.fma(k, DoubleLanes(0x1.62e42fefa39efp-1), .log1p(f))
}
