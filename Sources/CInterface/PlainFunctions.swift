import CActivations
import Engine

// The functions that have a plain call of their own.

/// The function of that name, exact, over arrays.
private func plain(
  _ name: StaticString, _ form: act_form, _ type: act_type, _ n: Int, _ x: UnsafeRawPointer?, _ y: UnsafeMutableRawPointer?,
  _ parameter: Double? = nil
) -> act_status {
  var f = Catalogue.function(named: name.c)!
  if let parameter { f.parameters.0 = parameter }
  return apply(&f, form, type, n, x, y)
}

@_cdecl("act_tanh_f32") @implementation
public func act_tanh_f32(_ n: Int, _ x: UnsafePointer<Float>!, _ y: UnsafeMutablePointer<Float>!) -> act_status {
  plain("tanh", ACT_VALUE, ACT_F32, n, x, y)
}
@_cdecl("act_tanh_f64") @implementation
public func act_tanh_f64(_ n: Int, _ x: UnsafePointer<Double>!, _ y: UnsafeMutablePointer<Double>!) -> act_status {
  plain("tanh", ACT_VALUE, ACT_F64, n, x, y)
}
@_cdecl("act_tanh_deriv_f32") @implementation
public func act_tanh_deriv_f32(_ n: Int, _ x: UnsafePointer<Float>!, _ y: UnsafeMutablePointer<Float>!) -> act_status {
  plain("tanh", ACT_DERIVATIVE, ACT_F32, n, x, y)
}
@_cdecl("act_tanh_deriv_f64") @implementation
public func act_tanh_deriv_f64(_ n: Int, _ x: UnsafePointer<Double>!, _ y: UnsafeMutablePointer<Double>!) -> act_status {
  plain("tanh", ACT_DERIVATIVE, ACT_F64, n, x, y)
}
@_cdecl("act_sigmoid_f32") @implementation
public func act_sigmoid_f32(_ n: Int, _ x: UnsafePointer<Float>!, _ y: UnsafeMutablePointer<Float>!) -> act_status {
  plain("sigmoid", ACT_VALUE, ACT_F32, n, x, y)
}
@_cdecl("act_sigmoid_f64") @implementation
public func act_sigmoid_f64(_ n: Int, _ x: UnsafePointer<Double>!, _ y: UnsafeMutablePointer<Double>!) -> act_status {
  plain("sigmoid", ACT_VALUE, ACT_F64, n, x, y)
}
@_cdecl("act_sigmoid_deriv_f32") @implementation
public func act_sigmoid_deriv_f32(_ n: Int, _ x: UnsafePointer<Float>!, _ y: UnsafeMutablePointer<Float>!) -> act_status {
  plain("sigmoid", ACT_DERIVATIVE, ACT_F32, n, x, y)
}
@_cdecl("act_sigmoid_deriv_f64") @implementation
public func act_sigmoid_deriv_f64(_ n: Int, _ x: UnsafePointer<Double>!, _ y: UnsafeMutablePointer<Double>!) -> act_status {
  plain("sigmoid", ACT_DERIVATIVE, ACT_F64, n, x, y)
}
@_cdecl("act_relu_f32") @implementation
public func act_relu_f32(_ n: Int, _ x: UnsafePointer<Float>!, _ y: UnsafeMutablePointer<Float>!) -> act_status {
  plain("relu", ACT_VALUE, ACT_F32, n, x, y)
}
@_cdecl("act_relu_f64") @implementation
public func act_relu_f64(_ n: Int, _ x: UnsafePointer<Double>!, _ y: UnsafeMutablePointer<Double>!) -> act_status {
  plain("relu", ACT_VALUE, ACT_F64, n, x, y)
}
@_cdecl("act_relu_deriv_f32") @implementation
public func act_relu_deriv_f32(_ n: Int, _ x: UnsafePointer<Float>!, _ y: UnsafeMutablePointer<Float>!) -> act_status {
  plain("relu", ACT_DERIVATIVE, ACT_F32, n, x, y)
}
@_cdecl("act_relu_deriv_f64") @implementation
public func act_relu_deriv_f64(_ n: Int, _ x: UnsafePointer<Double>!, _ y: UnsafeMutablePointer<Double>!) -> act_status {
  plain("relu", ACT_DERIVATIVE, ACT_F64, n, x, y)
}
@_cdecl("act_leaky_relu_f32") @implementation
public func act_leaky_relu_f32(_ n: Int, _ x: UnsafePointer<Float>!, _ y: UnsafeMutablePointer<Float>!, _ a: Float) -> act_status {
  plain("leaky_relu", ACT_VALUE, ACT_F32, n, x, y, Double(a))
}
@_cdecl("act_leaky_relu_f64") @implementation
public func act_leaky_relu_f64(_ n: Int, _ x: UnsafePointer<Double>!, _ y: UnsafeMutablePointer<Double>!, _ a: Double) -> act_status
{
  plain("leaky_relu", ACT_VALUE, ACT_F64, n, x, y, a)
}
@_cdecl("act_leaky_relu_deriv_f32") @implementation
public func act_leaky_relu_deriv_f32(_ n: Int, _ x: UnsafePointer<Float>!, _ y: UnsafeMutablePointer<Float>!, _ a: Float)
  -> act_status
{
  plain("leaky_relu", ACT_DERIVATIVE, ACT_F32, n, x, y, Double(a))
}
@_cdecl("act_leaky_relu_deriv_f64") @implementation
public func act_leaky_relu_deriv_f64(_ n: Int, _ x: UnsafePointer<Double>!, _ y: UnsafeMutablePointer<Double>!, _ a: Double)
  -> act_status
{
  plain("leaky_relu", ACT_DERIVATIVE, ACT_F64, n, x, y, a)
}
@_cdecl("act_bent_identity_f32") @implementation
public func act_bent_identity_f32(_ n: Int, _ x: UnsafePointer<Float>!, _ y: UnsafeMutablePointer<Float>!) -> act_status {
  plain("bent_identity", ACT_VALUE, ACT_F32, n, x, y)
}
@_cdecl("act_bent_identity_f64") @implementation
public func act_bent_identity_f64(_ n: Int, _ x: UnsafePointer<Double>!, _ y: UnsafeMutablePointer<Double>!) -> act_status {
  plain("bent_identity", ACT_VALUE, ACT_F64, n, x, y)
}
@_cdecl("act_bent_identity_deriv_f32") @implementation
public func act_bent_identity_deriv_f32(_ n: Int, _ x: UnsafePointer<Float>!, _ y: UnsafeMutablePointer<Float>!) -> act_status {
  plain("bent_identity", ACT_DERIVATIVE, ACT_F32, n, x, y)
}
@_cdecl("act_bent_identity_deriv_f64") @implementation
public func act_bent_identity_deriv_f64(_ n: Int, _ x: UnsafePointer<Double>!, _ y: UnsafeMutablePointer<Double>!) -> act_status {
  plain("bent_identity", ACT_DERIVATIVE, ACT_F64, n, x, y)
}
@_cdecl("act_sinusoid_f32") @implementation
public func act_sinusoid_f32(_ n: Int, _ x: UnsafePointer<Float>!, _ y: UnsafeMutablePointer<Float>!) -> act_status {
  plain("sinusoid", ACT_VALUE, ACT_F32, n, x, y)
}
@_cdecl("act_sinusoid_f64") @implementation
public func act_sinusoid_f64(_ n: Int, _ x: UnsafePointer<Double>!, _ y: UnsafeMutablePointer<Double>!) -> act_status {
  plain("sinusoid", ACT_VALUE, ACT_F64, n, x, y)
}
@_cdecl("act_sinusoid_deriv_f32") @implementation
public func act_sinusoid_deriv_f32(_ n: Int, _ x: UnsafePointer<Float>!, _ y: UnsafeMutablePointer<Float>!) -> act_status {
  plain("sinusoid", ACT_DERIVATIVE, ACT_F32, n, x, y)
}
@_cdecl("act_sinusoid_deriv_f64") @implementation
public func act_sinusoid_deriv_f64(_ n: Int, _ x: UnsafePointer<Double>!, _ y: UnsafeMutablePointer<Double>!) -> act_status {
  plain("sinusoid", ACT_DERIVATIVE, ACT_F64, n, x, y)
}
