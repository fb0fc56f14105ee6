import CActivations
import Engine

@_cdecl("act_softmax_f64") @implementation
public func act_softmax_f64(
  _ accuracy: act_accuracy, _ outer: Int, _ n: Int, _ inner: Int, _ x: UnsafePointer<Double>!, _ y: UnsafeMutablePointer<Double>!
) -> act_status {
  applyRows(logarithm: false, ACT_F64, accuracy, outer, n, inner, x, y)
}
@_cdecl("act_softmax_backward_f64") @implementation
public func act_softmax_backward_f64(
  _ accuracy: act_accuracy, _ outer: Int, _ n: Int, _ inner: Int, _ x: UnsafePointer<Double>!, _ dy: UnsafePointer<Double>!,
  _ dx: UnsafeMutablePointer<Double>!
) -> act_status {
  applyRows(logarithm: false, ACT_F64, accuracy, outer, n, inner, x, dx, dy: dy, isBackward: true)
}
@_cdecl("act_softmax_f32") @implementation
public func act_softmax_f32(
  _ accuracy: act_accuracy, _ outer: Int, _ n: Int, _ inner: Int, _ x: UnsafePointer<Float>!, _ y: UnsafeMutablePointer<Float>!
) -> act_status {
  applyRows(logarithm: false, ACT_F32, accuracy, outer, n, inner, x, y)
}
@_cdecl("act_softmax_backward_f32") @implementation
public func act_softmax_backward_f32(
  _ accuracy: act_accuracy, _ outer: Int, _ n: Int, _ inner: Int, _ x: UnsafePointer<Float>!, _ dy: UnsafePointer<Float>!,
  _ dx: UnsafeMutablePointer<Float>!
) -> act_status {
  applyRows(logarithm: false, ACT_F32, accuracy, outer, n, inner, x, dx, dy: dy, isBackward: true)
}
@_cdecl("act_softmax_f16") @implementation
public func act_softmax_f16(
  _ accuracy: act_accuracy, _ outer: Int, _ n: Int, _ inner: Int, _ x: UnsafePointer<UInt16>!, _ y: UnsafeMutablePointer<UInt16>!
) -> act_status {
  applyRows(logarithm: false, ACT_F16, accuracy, outer, n, inner, x, y)
}
@_cdecl("act_softmax_backward_f16") @implementation
public func act_softmax_backward_f16(
  _ accuracy: act_accuracy, _ outer: Int, _ n: Int, _ inner: Int, _ x: UnsafePointer<UInt16>!, _ dy: UnsafePointer<UInt16>!,
  _ dx: UnsafeMutablePointer<UInt16>!
) -> act_status {
  applyRows(logarithm: false, ACT_F16, accuracy, outer, n, inner, x, dx, dy: dy, isBackward: true)
}
@_cdecl("act_softmax_bf16") @implementation
public func act_softmax_bf16(
  _ accuracy: act_accuracy, _ outer: Int, _ n: Int, _ inner: Int, _ x: UnsafePointer<UInt16>!, _ y: UnsafeMutablePointer<UInt16>!
) -> act_status {
  applyRows(logarithm: false, ACT_BF16, accuracy, outer, n, inner, x, y)
}
@_cdecl("act_softmax_backward_bf16") @implementation
public func act_softmax_backward_bf16(
  _ accuracy: act_accuracy, _ outer: Int, _ n: Int, _ inner: Int, _ x: UnsafePointer<UInt16>!, _ dy: UnsafePointer<UInt16>!,
  _ dx: UnsafeMutablePointer<UInt16>!
) -> act_status {
  applyRows(logarithm: false, ACT_BF16, accuracy, outer, n, inner, x, dx, dy: dy, isBackward: true)
}
@_cdecl("act_log_softmax_f64") @implementation
public func act_log_softmax_f64(
  _ accuracy: act_accuracy, _ outer: Int, _ n: Int, _ inner: Int, _ x: UnsafePointer<Double>!, _ y: UnsafeMutablePointer<Double>!
) -> act_status {
  applyRows(logarithm: true, ACT_F64, accuracy, outer, n, inner, x, y)
}
@_cdecl("act_log_softmax_backward_f64") @implementation
public func act_log_softmax_backward_f64(
  _ accuracy: act_accuracy, _ outer: Int, _ n: Int, _ inner: Int, _ x: UnsafePointer<Double>!, _ dy: UnsafePointer<Double>!,
  _ dx: UnsafeMutablePointer<Double>!
) -> act_status {
  applyRows(logarithm: true, ACT_F64, accuracy, outer, n, inner, x, dx, dy: dy, isBackward: true)
}
@_cdecl("act_log_softmax_f32") @implementation
public func act_log_softmax_f32(
  _ accuracy: act_accuracy, _ outer: Int, _ n: Int, _ inner: Int, _ x: UnsafePointer<Float>!, _ y: UnsafeMutablePointer<Float>!
) -> act_status {
  applyRows(logarithm: true, ACT_F32, accuracy, outer, n, inner, x, y)
}
@_cdecl("act_log_softmax_backward_f32") @implementation
public func act_log_softmax_backward_f32(
  _ accuracy: act_accuracy, _ outer: Int, _ n: Int, _ inner: Int, _ x: UnsafePointer<Float>!, _ dy: UnsafePointer<Float>!,
  _ dx: UnsafeMutablePointer<Float>!
) -> act_status {
  applyRows(logarithm: true, ACT_F32, accuracy, outer, n, inner, x, dx, dy: dy, isBackward: true)
}
@_cdecl("act_log_softmax_f16") @implementation
public func act_log_softmax_f16(
  _ accuracy: act_accuracy, _ outer: Int, _ n: Int, _ inner: Int, _ x: UnsafePointer<UInt16>!, _ y: UnsafeMutablePointer<UInt16>!
) -> act_status {
  applyRows(logarithm: true, ACT_F16, accuracy, outer, n, inner, x, y)
}
@_cdecl("act_log_softmax_backward_f16") @implementation
public func act_log_softmax_backward_f16(
  _ accuracy: act_accuracy, _ outer: Int, _ n: Int, _ inner: Int, _ x: UnsafePointer<UInt16>!, _ dy: UnsafePointer<UInt16>!,
  _ dx: UnsafeMutablePointer<UInt16>!
) -> act_status {
  applyRows(logarithm: true, ACT_F16, accuracy, outer, n, inner, x, dx, dy: dy, isBackward: true)
}
@_cdecl("act_log_softmax_bf16") @implementation
public func act_log_softmax_bf16(
  _ accuracy: act_accuracy, _ outer: Int, _ n: Int, _ inner: Int, _ x: UnsafePointer<UInt16>!, _ y: UnsafeMutablePointer<UInt16>!
) -> act_status {
  applyRows(logarithm: true, ACT_BF16, accuracy, outer, n, inner, x, y)
}
@_cdecl("act_log_softmax_backward_bf16") @implementation
public func act_log_softmax_backward_bf16(
  _ accuracy: act_accuracy, _ outer: Int, _ n: Int, _ inner: Int, _ x: UnsafePointer<UInt16>!, _ dy: UnsafePointer<UInt16>!,
  _ dx: UnsafeMutablePointer<UInt16>!
) -> act_status {
  applyRows(logarithm: true, ACT_BF16, accuracy, outer, n, inner, x, dx, dy: dy, isBackward: true)
}
