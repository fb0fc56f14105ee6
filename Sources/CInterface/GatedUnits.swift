import CActivations
import Engine

@_cdecl("act_gated_forward_f64") @implementation
public func act_gated_forward_f64(
  _ f: UnsafePointer<act_function>!, _ n: Int, _ value: UnsafePointer<Double>!, _ gate: UnsafePointer<Double>!,
  _ y: UnsafeMutablePointer<Double>!
) -> act_status {
  applyGated(f, ACT_F64, n, value, gate, y)
}
@_cdecl("act_gated_backward_f64") @implementation
public func act_gated_backward_f64(
  _ f: UnsafePointer<act_function>!, _ n: Int, _ value: UnsafePointer<Double>!, _ gate: UnsafePointer<Double>!,
  _ dy: UnsafePointer<Double>!, _ dvalue: UnsafeMutablePointer<Double>!, _ dgate: UnsafeMutablePointer<Double>!
) -> act_status {
  applyGatedBackward(f, ACT_F64, n, value, gate, dy, dvalue, dgate)
}
@_cdecl("act_glu_forward_f64") @implementation
public func act_glu_forward_f64(
  _ f: UnsafePointer<act_function>!, _ outer: Int, _ n: Int, _ x: UnsafePointer<Double>!, _ y: UnsafeMutablePointer<Double>!
) -> act_status {
  applyGLU(f, ACT_F64, outer, n, x, y)
}
@_cdecl("act_glu_backward_f64") @implementation
public func act_glu_backward_f64(
  _ f: UnsafePointer<act_function>!, _ outer: Int, _ n: Int, _ x: UnsafePointer<Double>!, _ dy: UnsafePointer<Double>!,
  _ dx: UnsafeMutablePointer<Double>!
) -> act_status {
  applyGLUBackward(f, ACT_F64, outer, n, x, dy, dx)
}
@_cdecl("act_gated_forward_f32") @implementation
public func act_gated_forward_f32(
  _ f: UnsafePointer<act_function>!, _ n: Int, _ value: UnsafePointer<Float>!, _ gate: UnsafePointer<Float>!,
  _ y: UnsafeMutablePointer<Float>!
) -> act_status {
  applyGated(f, ACT_F32, n, value, gate, y)
}
@_cdecl("act_gated_backward_f32") @implementation
public func act_gated_backward_f32(
  _ f: UnsafePointer<act_function>!, _ n: Int, _ value: UnsafePointer<Float>!, _ gate: UnsafePointer<Float>!,
  _ dy: UnsafePointer<Float>!, _ dvalue: UnsafeMutablePointer<Float>!, _ dgate: UnsafeMutablePointer<Float>!
) -> act_status {
  applyGatedBackward(f, ACT_F32, n, value, gate, dy, dvalue, dgate)
}
@_cdecl("act_glu_forward_f32") @implementation
public func act_glu_forward_f32(
  _ f: UnsafePointer<act_function>!, _ outer: Int, _ n: Int, _ x: UnsafePointer<Float>!, _ y: UnsafeMutablePointer<Float>!
) -> act_status {
  applyGLU(f, ACT_F32, outer, n, x, y)
}
@_cdecl("act_glu_backward_f32") @implementation
public func act_glu_backward_f32(
  _ f: UnsafePointer<act_function>!, _ outer: Int, _ n: Int, _ x: UnsafePointer<Float>!, _ dy: UnsafePointer<Float>!,
  _ dx: UnsafeMutablePointer<Float>!
) -> act_status {
  applyGLUBackward(f, ACT_F32, outer, n, x, dy, dx)
}
@_cdecl("act_gated_forward_f16") @implementation
public func act_gated_forward_f16(
  _ f: UnsafePointer<act_function>!, _ n: Int, _ value: UnsafePointer<UInt16>!, _ gate: UnsafePointer<UInt16>!,
  _ y: UnsafeMutablePointer<UInt16>!
) -> act_status {
  applyGated(f, ACT_F16, n, value, gate, y)
}
@_cdecl("act_gated_backward_f16") @implementation
public func act_gated_backward_f16(
  _ f: UnsafePointer<act_function>!, _ n: Int, _ value: UnsafePointer<UInt16>!, _ gate: UnsafePointer<UInt16>!,
  _ dy: UnsafePointer<UInt16>!, _ dvalue: UnsafeMutablePointer<UInt16>!, _ dgate: UnsafeMutablePointer<UInt16>!
) -> act_status {
  applyGatedBackward(f, ACT_F16, n, value, gate, dy, dvalue, dgate)
}
@_cdecl("act_glu_forward_f16") @implementation
public func act_glu_forward_f16(
  _ f: UnsafePointer<act_function>!, _ outer: Int, _ n: Int, _ x: UnsafePointer<UInt16>!, _ y: UnsafeMutablePointer<UInt16>!
) -> act_status {
  applyGLU(f, ACT_F16, outer, n, x, y)
}
@_cdecl("act_glu_backward_f16") @implementation
public func act_glu_backward_f16(
  _ f: UnsafePointer<act_function>!, _ outer: Int, _ n: Int, _ x: UnsafePointer<UInt16>!, _ dy: UnsafePointer<UInt16>!,
  _ dx: UnsafeMutablePointer<UInt16>!
) -> act_status {
  applyGLUBackward(f, ACT_F16, outer, n, x, dy, dx)
}
@_cdecl("act_gated_forward_bf16") @implementation
public func act_gated_forward_bf16(
  _ f: UnsafePointer<act_function>!, _ n: Int, _ value: UnsafePointer<UInt16>!, _ gate: UnsafePointer<UInt16>!,
  _ y: UnsafeMutablePointer<UInt16>!
) -> act_status {
  applyGated(f, ACT_BF16, n, value, gate, y)
}
@_cdecl("act_gated_backward_bf16") @implementation
public func act_gated_backward_bf16(
  _ f: UnsafePointer<act_function>!, _ n: Int, _ value: UnsafePointer<UInt16>!, _ gate: UnsafePointer<UInt16>!,
  _ dy: UnsafePointer<UInt16>!, _ dvalue: UnsafeMutablePointer<UInt16>!, _ dgate: UnsafeMutablePointer<UInt16>!
) -> act_status {
  applyGatedBackward(f, ACT_BF16, n, value, gate, dy, dvalue, dgate)
}
@_cdecl("act_glu_forward_bf16") @implementation
public func act_glu_forward_bf16(
  _ f: UnsafePointer<act_function>!, _ outer: Int, _ n: Int, _ x: UnsafePointer<UInt16>!, _ y: UnsafeMutablePointer<UInt16>!
) -> act_status {
  applyGLU(f, ACT_BF16, outer, n, x, y)
}
@_cdecl("act_glu_backward_bf16") @implementation
public func act_glu_backward_bf16(
  _ f: UnsafePointer<act_function>!, _ outer: Int, _ n: Int, _ x: UnsafePointer<UInt16>!, _ dy: UnsafePointer<UInt16>!,
  _ dx: UnsafeMutablePointer<UInt16>!
) -> act_status {
  applyGLUBackward(f, ACT_BF16, outer, n, x, dy, dx)
}
