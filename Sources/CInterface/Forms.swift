import CActivations
import Engine

// Forms × element types: each call is checked and carried out by `apply`.
public typealias Function = UnsafePointer<act_function>

@_cdecl("act_forward_f64") @implementation
public func act_forward_f64(_ f: Function!, _ n: Int, _ x: UnsafePointer<Double>!, _ y: UnsafeMutablePointer<Double>!) -> act_status
{
  apply(f, ACT_VALUE, ACT_F64, n, x, y)
}
@_cdecl("act_forward_f32") @implementation
public func act_forward_f32(_ f: Function!, _ n: Int, _ x: UnsafePointer<Float>!, _ y: UnsafeMutablePointer<Float>!) -> act_status {
  apply(f, ACT_VALUE, ACT_F32, n, x, y)
}
@_cdecl("act_forward_f16") @implementation
public func act_forward_f16(_ f: Function!, _ n: Int, _ x: UnsafePointer<UInt16>!, _ y: UnsafeMutablePointer<UInt16>!) -> act_status
{
  apply(f, ACT_VALUE, ACT_F16, n, x, y)
}
@_cdecl("act_forward_bf16") @implementation
public func act_forward_bf16(_ f: Function!, _ n: Int, _ x: UnsafePointer<UInt16>!, _ y: UnsafeMutablePointer<UInt16>!)
  -> act_status
{
  apply(f, ACT_VALUE, ACT_BF16, n, x, y)
}
@_cdecl("act_derivative_f64") @implementation
public func act_derivative_f64(_ f: Function!, _ n: Int, _ x: UnsafePointer<Double>!, _ dydx: UnsafeMutablePointer<Double>!)
  -> act_status
{
  apply(f, ACT_DERIVATIVE, ACT_F64, n, x, dydx)
}
@_cdecl("act_derivative_f32") @implementation
public func act_derivative_f32(_ f: Function!, _ n: Int, _ x: UnsafePointer<Float>!, _ dydx: UnsafeMutablePointer<Float>!)
  -> act_status
{
  apply(f, ACT_DERIVATIVE, ACT_F32, n, x, dydx)
}
@_cdecl("act_derivative_f16") @implementation
public func act_derivative_f16(_ f: Function!, _ n: Int, _ x: UnsafePointer<UInt16>!, _ dydx: UnsafeMutablePointer<UInt16>!)
  -> act_status
{
  apply(f, ACT_DERIVATIVE, ACT_F16, n, x, dydx)
}
@_cdecl("act_derivative_bf16") @implementation
public func act_derivative_bf16(_ f: Function!, _ n: Int, _ x: UnsafePointer<UInt16>!, _ dydx: UnsafeMutablePointer<UInt16>!)
  -> act_status
{
  apply(f, ACT_DERIVATIVE, ACT_BF16, n, x, dydx)
}
@_cdecl("act_backward_f64") @implementation
public func act_backward_f64(
  _ f: Function!, _ n: Int, _ x: UnsafePointer<Double>!, _ dy: UnsafePointer<Double>!, _ dx: UnsafeMutablePointer<Double>!
) -> act_status {
  apply(f, ACT_BACKWARD, ACT_F64, n, x, dx, dy: dy)
}
@_cdecl("act_backward_f32") @implementation
public func act_backward_f32(
  _ f: Function!, _ n: Int, _ x: UnsafePointer<Float>!, _ dy: UnsafePointer<Float>!, _ dx: UnsafeMutablePointer<Float>!
) -> act_status {
  apply(f, ACT_BACKWARD, ACT_F32, n, x, dx, dy: dy)
}
@_cdecl("act_backward_f16") @implementation
public func act_backward_f16(
  _ f: Function!, _ n: Int, _ x: UnsafePointer<UInt16>!, _ dy: UnsafePointer<UInt16>!, _ dx: UnsafeMutablePointer<UInt16>!
) -> act_status {
  apply(f, ACT_BACKWARD, ACT_F16, n, x, dx, dy: dy)
}
@_cdecl("act_backward_bf16") @implementation
public func act_backward_bf16(
  _ f: Function!, _ n: Int, _ x: UnsafePointer<UInt16>!, _ dy: UnsafePointer<UInt16>!, _ dx: UnsafeMutablePointer<UInt16>!
) -> act_status {
  apply(f, ACT_BACKWARD, ACT_BF16, n, x, dx, dy: dy)
}

@_cdecl("act_apply") @implementation
public func act_apply(_ f: Function!, _ arrays: UnsafePointer<act_arrays>!) -> act_status { apply(f, arrays) }
