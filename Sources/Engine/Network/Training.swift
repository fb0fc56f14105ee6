import Lanes

/// Trains a network: see act_network_fit_f32.
public func fit(
  _ handle: OpaquePointer?, _ type: act_type, _ count: Int, _ x: UnsafeRawPointer?, _ y: UnsafeRawPointer?,
  _ options: UnsafePointer<act_fit_options>?
) -> act_status {
  guard let network = network(handle) else { return ACT_ERROR_NULL }
  guard network.pointee.type == type else { return ACT_ERROR_TYPE }
  var given = act_fit_options()
  setDefaults(&given)
  if let options {
    guard options.pointee.size == MemoryLayout<act_fit_options>.size else { return ACT_ERROR_OPTIONS }
    given = options.pointee
  }
  guard let o = given.checked else { return ACT_ERROR_OPTIONS }
  guard count != 0 else { return ACT_ERROR_DATA }
  guard count > 0 else { return ACT_ERROR_SIZE }
  var status = Samples.check(network.pointee, count, x, y)
  if status == ACT_OK { status = Samples.check(network.pointee, o.validation_samples, o.validation_x, o.validation_y) }
  guard status == ACT_OK, let x, let y else { return status }
  let held = Int(Double(count) * o.validation)
  guard held < count, o.validation == 0 || held > 0 else { return ACT_ERROR_DATA }
  guard let training = Training(network, Samples(network.pointee, count, x, y), held: held, o) else { return ACT_ERROR_MEMORY }
  training.run()
  training.free()
  return ACT_OK
}

private struct Training {
  let network: UnsafeMutablePointer<Network>
  let samples: Samples, held: Int
  let o: act_fit_options
  let workspace: Workspace
  /// The samples to train with, then those to validate with; and the former in an epoch's order.
  let places: UnsafeMutablePointer<UInt32>, order: UnsafeMutablePointer<UInt32>
  /// The best epoch's parameters, if they are wanted.
  let best: UnsafeMutableRawPointer?
  /// For the report: how many of each unit's derivatives were 0, and near it; and the shares of units.
  let counts: UnsafeMutablePointer<Int32>, shares: UnsafeMutablePointer<Double>

  var trained: Int { samples.count - held }

  /// nil: there is not enough memory.
  init?(_ network: UnsafeMutablePointer<Network>, _ samples: Samples, held: Int, _ o: act_fit_options) {
    let n = network.pointee
    var units = 0
    for l in 1..<n.layers { units += n.sizes[l] }
    let keepsBest = o.patience > 0 && o.restore_best != 0
    let places = malloc(samples.count * 4), order = malloc(samples.count * 4), counts = zeros(2 * units * 4)
    let shares = zeros(2 * n.layers * 8), best = keepsBest ? zeros(n.bytes) : nil
    let workspace = Workspace(network, rows: max(min(o.batch_size, samples.count), min(samples.count, 64)), gradients: true)
    let hasMemory = network.prepare(o)
    guard let places, let order, let counts, let shares, var workspace, hasMemory, best != nil || !keepsBest else {
      Lanes.free(places)
      Lanes.free(order)
      Lanes.free(counts)
      Lanes.free(shares)
      Lanes.free(best)
      workspace?.free()
      return nil
    }
    workspace.dropout = o.dropout
    (self.network, self.samples, self.held, self.o, self.workspace) = (network, samples, held, o, workspace)
    self.places = places.bindMemory(to: UInt32.self, capacity: samples.count)
    self.order = order.bindMemory(to: UInt32.self, capacity: samples.count)
    self.counts = counts.bindMemory(to: Int32.self, capacity: 2 * units)
    self.shares = shares.bindMemory(to: Double.self, capacity: 2 * n.layers)
    self.best = best
    for i in 0..<samples.count { self.places[i] = UInt32(i) }
    if held > 0 && o.shuffle != 0 {
      Generator(seed: n.seed).shuffle(UnsafeMutableBufferPointer(start: self.places, count: samples.count), 0, .validation)
    }
  }
  func free() {
    Lanes.free(places)
    Lanes.free(order)
    Lanes.free(counts)
    Lanes.free(shares)
    Lanes.free(best)
    workspace.free()
  }

  func run() {
    var leastLoss = Double.infinity, waited = 0
    var clock = Clock()
    for epoch in 0..<o.epochs {
      let rate = o.rate(epoch)
      memcpy(order, places, trained * 4)
      if o.shuffle != 0 {
        let generator = Generator(seed: network.pointee.seed)
        generator.shuffle(UnsafeMutableBufferPointer(start: order, count: trained), network.pointee.epochs, .order)
      }
      var sum = 0.0, norm = 0.0, done = 0
      while done < trained {
        let rows = min(o.batch_size, trained - done)
        sum += workspace.gradients(samples, order, done, rows, step: network.pointee.steps) * Double(rows)
        norm = max(norm, step(rate))
        done += rows
        if let poll = o.poll, clock.isDue, poll(o.context, epoch + 1, done) != 0 { return finish(leastLoss) }
      }
      network.pointee.epochs += 1
      let loss = sum / Double(trained), validation = validationLoss, judged = validation.isNaN && !isValidated ? loss : validation
      var isLast = false
      if o.patience > 0 {
        if judged < leastLoss - o.min_delta {
          (leastLoss, waited) = (judged, 0)
          if let best { memcpy(best, network.pointee.parameters, network.pointee.bytes) }
        } else {
          waited += 1
          isLast = waited >= o.patience
        }
      }
      if let progress = o.progress {
        if report(progress, epoch, loss, validation, rate, norm) != 0 { isLast = true }
      }
      if isLast { break }
    }
    finish(leastLoss)
  }
  private func finish(_ leastLoss: Double) {
    if let best, leastLoss < .infinity { memcpy(network.pointee.parameters, best, network.pointee.bytes) }
  }

  private var isValidated: Bool { held > 0 || o.validation_samples > 0 }
  private var validationLoss: Double {
    if held > 0 { return workspace.loss(samples, places, trained, held) }
    guard o.validation_samples > 0, let x = o.validation_x, let y = o.validation_y else { return .nan }
    let samples = Samples(network.pointee, o.validation_samples, x, y)
    return workspace.loss(samples, nil, 0, samples.count)
  }

  /// One step of the optimiser; returns the gradient's norm, before clipping, if it is asked for.
  private func step(_ rate: Double) -> Double {
    let n = network.pointee, norm = o.progress != nil ? sumOfSquares(workspace.gradient).squareRoot() : 0
    var factor = 1.0
    if o.clip_norm > 0 {
      let isKnown = o.progress != nil && o.clip_value == 0
      let clipped = isKnown ? norm : sumOfSquares(workspace.gradient, limit: o.clip_value).squareRoot()
      factor = min(1, o.clip_norm / (clipped + 1e-6))
    }
    network.pointee.memory.power1 *= o.beta1
    network.pointee.memory.power2 *= o.beta2
    let memory = network.pointee.memory
    var job = act_update_job()
    (job.type, job.optimizer, job.count, job.p, job.g) = (n.type, o.optimizer, n.count, n.parameters, workspace.gradient)
    (job.first, job.second) = (memory.first, memory.second)
    if o.optimizer == ACT_SGD || o.optimizer == ACT_RMSPROP, o.momentum == 0 { job.first = nil }
    (job.clip_value, job.factor, job.rate, job.decay, job.momentum) = (o.clip_value, factor, rate, o.weight_decay, o.momentum)
    (job.beta1, job.beta2, job.alpha, job.epsilon) = (o.beta1, o.beta2, o.alpha, o.epsilon)
    (job.correction1, job.correction2) = (1 / (1 - memory.power1), 1 / (1 - memory.power2).squareRoot())
    job.nesterov = o.nesterov != 0 ? 1 : 0
    let block = Int(ACT_TRAINING_PADDING)
    Threads.split((n.count + block - 1) / block, elements: n.count, &job) { context, first, count in
      var part = context!.assumingMemoryBound(to: act_update_job.self).pointee
      let block = Int(ACT_TRAINING_PADDING), start = first * block, bytes = start * size(of: part.type)
      part.count = min(count * block, part.count - start)
      part.p += bytes
      part.g += bytes
      part.first = part.first.map { $0 + bytes }
      part.second = part.second.map { $0 + bytes }
      Processor.run(&part)
    }
    // What is beyond the last parameter stays 0, whatever the optimiser made of it.
    memset(n.parameters + n.count * n.element, 0, n.bytes - n.count * n.element)
    network.pointee.steps += 1
    return norm
  }
  private func sumOfSquares(_ x: UnsafeRawPointer, limit: Double = 0) -> Double {
    var job = act_norm_job(type: network.pointee.type, count: network.pointee.count, x: x, limit: limit, sum: 0)
    Processor.run(&job)
    return job.sum
  }

  private func report(
    _ progress: @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<act_progress>?) -> Int32, _ epoch: Int, _ loss: Double,
    _ validation: Double, _ rate: Double, _ norm: Double
  ) -> Int32 {
    let n = network.pointee, hidden = n.layers - 1
    countUnits()
    var at = 0
    for l in 0..<hidden {
      let units = n.sizes[l + 1]
      var dead = 0, saturated = 0
      for i in at..<at + units {
        if Int(counts[2 * i]) == probes {
          dead += 1
        } else if Int(counts[2 * i + 1]) * 100 >= 95 * probes {
          saturated += 1
        }
      }
      shares[l] = Double(dead) / Double(units)
      shares[n.layers + l] = Double(saturated) / Double(units)
      at += units
    }
    let isFinite = loss.isFinite && sumOfSquares(n.parameters).isFinite
    var p = act_progress(
      size: MemoryLayout<act_progress>.size, epoch: epoch + 1, epochs: o.epochs, loss: loss, validation_loss: validation,
      learning_rate: rate, gradient_norm: norm, diverged: isFinite ? 0 : 1, hidden: hidden, dead: UnsafePointer(shares),
      saturated: UnsafePointer(shares + n.layers))
    return progress(o.context, &p)
  }
  /// The samples that units are judged by, spread over those trained with.
  private var probes: Int { min(512, trained) }
  private func countUnits() {
    let n = network.pointee
    var units = 0
    for l in 1..<n.layers { units += n.sizes[l] }
    memset(counts, 0, 2 * units * 4)
    for i in 0..<probes { order[i] = places[i * trained / probes] }
    var done = 0
    while done < probes {
      let rows = min(workspace.capacity, probes - done)
      samples.gather(order, done, rows, to: workspace)
      workspace.forward(rows, workspace.x)
      var at = 0
      for l in 0..<n.layers - 1 {
        let units = n.sizes[l + 1]
        n.function(l)!.derivative(n.type, rows * units, workspace.sums(l), to: workspace.spare)
        if n.type == ACT_F64 {
          count(workspace.spare.assumingMemoryBound(to: Double.self), rows, units, at)
        } else {
          count(workspace.spare.assumingMemoryBound(to: Float.self), rows, units, at)
        }
        at += units
      }
      done += rows
    }
  }
  private func count<T: BinaryFloatingPoint>(_ slopes: UnsafePointer<T>, _ rows: Int, _ units: Int, _ at: Int) {
    let limit: T = 0.01
    for r in 0..<rows {
      for i in 0..<units {
        let slope = slopes[r * units + i].magnitude
        if slope == 0 { counts[2 * (at + i)] += 1 }
        if slope < limit { counts[2 * (at + i) + 1] += 1 }
      }
    }
  }
}

extension UnsafeMutablePointer where Pointee == Network {
  /// The optimiser's memory, from before if it is the same one; false: there is not enough.
  fileprivate func prepare(_ o: act_fit_options) -> Bool {
    let n = pointee, memory = n.memory
    let isSame = memory.isUsed && memory.optimizer == o.optimizer
    let needsFirst = o.optimizer == ACT_ADAM || o.optimizer == ACT_ADAMW || o.momentum > 0, needsSecond = o.optimizer != ACT_SGD
    let first = needsFirst && !(isSame && memory.first != nil) ? zeros(n.bytes) : nil
    let second = needsSecond && !(isSame && memory.second != nil) ? zeros(n.bytes) : nil
    let hasFirst = !needsFirst || first != nil || isSame && memory.first != nil
    guard hasFirst, !needsSecond || second != nil || isSame && memory.second != nil else {
      Lanes.free(first)
      Lanes.free(second)
      return false
    }
    if !isSame { pointee.memory.forget() }
    pointee.memory.optimizer = o.optimizer
    pointee.memory.isUsed = true
    if let first { pointee.memory.first = first }
    if let second { pointee.memory.second = second }
    return true
  }
}

public func forgetOptimizer(_ handle: OpaquePointer?) -> act_status {
  guard let network = network(handle) else { return ACT_ERROR_NULL }
  network.pointee.memory.forget()
  return ACT_OK
}

/// Some twenty times a second.
struct Clock {
  private var next = Clock.now + 0.05

  private static var now: Double {
    var t = timespec()
    clock_gettime(CLOCK_MONOTONIC, &t)
    return Double(t.tv_sec) + Double(t.tv_nsec) * 1e-9
  }
  var isDue: Bool {
    mutating get {
      let now = Clock.now
      if now < next { return false }
      next = now + 0.05
      return true
    }
  }
}
