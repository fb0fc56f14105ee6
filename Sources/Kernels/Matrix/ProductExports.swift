import Lanes

#if ACT_V4
@_cdecl("kernels_run_product_v4") @implementation
public func kernels_run_product_v4(_ job: UnsafePointer<act_product_job>!) { runProduct(job) }
#elseif ACT_V3
@_cdecl("kernels_run_product_v3") @implementation
public func kernels_run_product_v3(_ job: UnsafePointer<act_product_job>!) { runProduct(job) }
#else
@_cdecl("kernels_run_product_v1") @implementation
public func kernels_run_product_v1(_ job: UnsafePointer<act_product_job>!) { runProduct(job) }
#endif
