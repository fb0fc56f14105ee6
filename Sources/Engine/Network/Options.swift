import Lanes

public func setDefaults(_ o: inout act_fit_options) {
  o = act_fit_options()
  o.size = MemoryLayout<act_fit_options>.size
  (o.epochs, o.batch_size, o.shuffle) = (10, 32, 1)
  (o.optimizer, o.learning_rate) = (ACT_ADAM, 0.001)
  (o.beta1, o.beta2, o.alpha, o.epsilon) = (0.9, 0.999, 0.99, 1e-8)
  o.weight_decay = .nan
  (o.schedule, o.schedule_epochs, o.schedule_factor) = (ACT_CONSTANT, 10, .nan)
  o.restore_best = 1
}

extension act_fit_options {
  /// With its own defaults in place of NaN; nil if something is not allowed.
  var checked: act_fit_options? {
    var o = self
    if o.weight_decay.isNaN { o.weight_decay = o.optimizer == ACT_ADAMW ? 0.01 : 0 }
    if o.schedule_factor.isNaN { o.schedule_factor = o.schedule == ACT_STEP ? 0.1 : o.schedule == ACT_EXPONENTIAL ? 0.95 : 0 }
    func isShare(_ x: Double) -> Bool { x >= 0 && x < 1 }
    func isSize(_ x: Double) -> Bool { x >= 0 && x < .infinity }
    guard o.size == MemoryLayout<act_fit_options>.size, o.optimizer.rawValue <= ACT_RMSPROP.rawValue,
      o.schedule.rawValue <= ACT_LINEAR.rawValue, o.epochs >= 0, o.batch_size > 0, o.schedule_epochs > 0, o.warmup_epochs >= 0,
      o.validation_samples >= 0, o.patience >= 0
    else { return nil }
    guard isSize(o.learning_rate), isShare(o.momentum), isShare(o.beta1), isShare(o.beta2), o.alpha >= 0, o.alpha <= 1 else {
      return nil
    }
    guard isSize(o.epsilon), isSize(o.weight_decay), isShare(o.dropout), isSize(o.clip_norm), isSize(o.clip_value) else {
      return nil
    }
    guard isShare(o.validation), o.schedule_factor >= 0, o.schedule_factor <= 1, isSize(o.min_delta) else { return nil }
    return o.validation > 0 && o.validation_samples > 0 ? nil : o
  }

  /// The learning rate of an epoch, from 0.
  func rate(_ epoch: Int) -> Double {
    if epoch < warmup_epochs { return learning_rate * Double(epoch + 1) / Double(warmup_epochs + 1) }
    let done = epoch - warmup_epochs, t = Double(done) / Double(max(epochs - warmup_epochs, 1))
    switch schedule {
    case ACT_STEP: return learning_rate * power(schedule_factor, done / schedule_epochs)
    case ACT_EXPONENTIAL: return learning_rate * power(schedule_factor, done)
    case ACT_LINEAR: return learning_rate * (1 - (1 - schedule_factor) * t)
    case ACT_COSINE:
      // (1 + cos πt)/2 = 1 − sin²(πt/2)
      var sinusoid = Catalogue.function(named: ("sinusoid" as StaticString).cString)!
      let s = LayerFunction.checked(&sinusoid).1!.value(at: .pi / 2 * t)
      return learning_rate * (1 - (1 - schedule_factor) * (s * s))
    default: return learning_rate
    }
  }
  private func power(_ x: Double, _ n: Int) -> Double {
    var y = 1.0
    for _ in 0..<min(n, 100_000) { y *= x }
    return y
  }
}
