import Lanes
import Synchronization

/// Chooses, at the first call, the kernels for the processor that the library runs on.
public enum Processor {
  /// 0: not known yet; else 1, 3 or 4.
  private static let known = Atomic<Int>(0)

  private static var level: Int {
    let level = known.load(ordering: .relaxed)
    if level != 0 { return level }
    let found = limited(Int(act_processor_level()))
    known.store(found, ordering: .relaxed)
    return found
  }

  /// The environment's ACT_ISA may only lower it.
  private static func limited(_ level: Int) -> Int {
    #if ACT_BASELINE_ONLY
    return 1
    #else
    guard let limit = getenv("ACT_ISA") else { return level }
    if strcmp(limit, "baseline") == 0 { return 1 }
    if strcmp(limit, "v3") == 0 { return min(level, 3) }
    return level
    #endif
  }

  #if arch(x86_64) && !ACT_BASELINE_ONLY
  static func run(_ job: UnsafePointer<act_job>) { choose(kernels_run_v1(job), kernels_run_v3(job), kernels_run_v4(job)) }
  static func run(_ job: UnsafePointer<act_row_job>) {
    choose(kernels_run_rows_v1(job), kernels_run_rows_v3(job), kernels_run_rows_v4(job))
  }
  static func run(_ job: UnsafePointer<act_product_job>) {
    choose(kernels_run_product_v1(job), kernels_run_product_v3(job), kernels_run_product_v4(job))
  }
  static func run(_ job: UnsafeMutablePointer<act_loss_job>) {
    choose(kernels_run_loss_v1(job), kernels_run_loss_v3(job), kernels_run_loss_v4(job))
  }
  static func run(_ job: UnsafePointer<act_update_job>) {
    choose(kernels_run_update_v1(job), kernels_run_update_v3(job), kernels_run_update_v4(job))
  }
  static func run(_ job: UnsafeMutablePointer<act_norm_job>) {
    choose(kernels_run_norm_v1(job), kernels_run_norm_v3(job), kernels_run_norm_v4(job))
  }
  static func run(_ job: UnsafePointer<act_pass_job>) {
    choose(kernels_run_pass_v1(job), kernels_run_pass_v3(job), kernels_run_pass_v4(job))
  }
  #else
  static func run(_ job: UnsafePointer<act_job>) { choose(kernels_run_v1(job), (), ()) }
  static func run(_ job: UnsafePointer<act_row_job>) { choose(kernels_run_rows_v1(job), (), ()) }
  static func run(_ job: UnsafePointer<act_product_job>) { choose(kernels_run_product_v1(job), (), ()) }
  static func run(_ job: UnsafeMutablePointer<act_loss_job>) { choose(kernels_run_loss_v1(job), (), ()) }
  static func run(_ job: UnsafePointer<act_update_job>) { choose(kernels_run_update_v1(job), (), ()) }
  static func run(_ job: UnsafeMutablePointer<act_norm_job>) { choose(kernels_run_norm_v1(job), (), ()) }
  static func run(_ job: UnsafePointer<act_pass_job>) { choose(kernels_run_pass_v1(job), (), ()) }
  #endif

  /// Calls the one of these that the processor can, in the library's own rounding mode.
  @inline(__always) private static func choose(
    _ v1: @autoclosure () -> Void, _ v3: @autoclosure () -> Void, _ v4: @autoclosure () -> Void
  ) {
    let modes = act_modes_enter()
    switch level {
    case 4: v4()
    case 3: v3()
    default: v1()
    }
    act_modes_leave(modes)
  }

  public static var name: StaticString {
    #if arch(x86_64)
    switch level {
    case 4: "v4"
    case 3: "v3"
    default: "baseline"
    }
    #elseif arch(arm64)
    "aarch64"
    #else
    "riscv64"
    #endif
  }
}
