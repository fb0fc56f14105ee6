import Lanes

#if ACT_V4
@_cdecl("kernels_run_loss_v4") @implementation
public func kernels_run_loss_v4(_ job: UnsafeMutablePointer<act_loss_job>!) { runLoss(job) }
@_cdecl("kernels_run_update_v4") @implementation
public func kernels_run_update_v4(_ job: UnsafePointer<act_update_job>!) { runUpdate(job) }
@_cdecl("kernels_run_pass_v4") @implementation
public func kernels_run_pass_v4(_ job: UnsafePointer<act_pass_job>!) { runPass(job) }
@_cdecl("kernels_run_norm_v4") @implementation
public func kernels_run_norm_v4(_ job: UnsafeMutablePointer<act_norm_job>!) { runNorm(job) }
#elseif ACT_V3
@_cdecl("kernels_run_loss_v3") @implementation
public func kernels_run_loss_v3(_ job: UnsafeMutablePointer<act_loss_job>!) { runLoss(job) }
@_cdecl("kernels_run_update_v3") @implementation
public func kernels_run_update_v3(_ job: UnsafePointer<act_update_job>!) { runUpdate(job) }
@_cdecl("kernels_run_pass_v3") @implementation
public func kernels_run_pass_v3(_ job: UnsafePointer<act_pass_job>!) { runPass(job) }
@_cdecl("kernels_run_norm_v3") @implementation
public func kernels_run_norm_v3(_ job: UnsafeMutablePointer<act_norm_job>!) { runNorm(job) }
#else
@_cdecl("kernels_run_loss_v1") @implementation
public func kernels_run_loss_v1(_ job: UnsafeMutablePointer<act_loss_job>!) { runLoss(job) }
@_cdecl("kernels_run_update_v1") @implementation
public func kernels_run_update_v1(_ job: UnsafePointer<act_update_job>!) { runUpdate(job) }
@_cdecl("kernels_run_pass_v1") @implementation
public func kernels_run_pass_v1(_ job: UnsafePointer<act_pass_job>!) { runPass(job) }
@_cdecl("kernels_run_norm_v1") @implementation
public func kernels_run_norm_v1(_ job: UnsafeMutablePointer<act_norm_job>!) { runNorm(job) }
#endif
