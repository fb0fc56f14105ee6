internal import CActivations

extension Activation {
  /// How many threads large arrays are split over, the caller's included; results do not depend on it.
  ///
  /// At first the environment's `ACT_THREADS`, else as many as the processors that this process may use. May be changed at
  /// any time from any thread.
  ///
  /// - Precondition: At least 1 and at most 256.
  public static var threadCount: Int {
    get { Int(act_threads()) }
    set {
      let status = act_set_threads(Int32(clamping: newValue))
      precondition(status == ACT_OK, "Activation.threadCount must be from 1 to \(ACT_THREADS_MAX), not \(newValue)")
    }
  }
}
