import CActivations
import Engine

/// Arrays that lie row after row.
private func arrays<T>(
  _ type: act_type, _ batch: Int, _ nIn: Int, _ nOut: Int, _ x: UnsafePointer<T>?, _ w: UnsafePointer<T>?
) -> act_dense_arrays {
  let size = MemoryLayout<T>.size
  var arrays = act_dense_arrays()
  arrays.size = MemoryLayout<act_dense_arrays>.size
  (arrays.type, arrays.batch, arrays.n_in, arrays.n_out) = (type, batch, nIn, nOut)
  (arrays.x, arrays.w) = (UnsafeRawPointer(x), UnsafeRawPointer(w))
  arrays.x_strides = (nIn &* size, size)
  arrays.w_strides = (nOut &* size, size)
  arrays.dy_strides = arrays.w_strides
  return arrays
}
private func forward<T>(
  _ f: Function?, _ arrays: act_dense_arrays, _ b: UnsafePointer<T>?, _ z: UnsafeMutablePointer<T>?, _ y: UnsafeMutablePointer<T>?
) -> act_status {
  var arrays = arrays
  (arrays.b, arrays.z, arrays.y) = (UnsafeRawPointer(b), UnsafeMutableRawPointer(z), UnsafeMutableRawPointer(y))
  return denseForward(f, &arrays, isPlain: true)
}
private func backward<T>(
  _ f: Function?, _ arrays: act_dense_arrays, _ z: UnsafePointer<T>?, _ dy: UnsafePointer<T>?, _ dx: UnsafeMutablePointer<T>?,
  _ dw: UnsafeMutablePointer<T>?, _ db: UnsafeMutablePointer<T>?
) -> act_status {
  var arrays = arrays
  (arrays.z, arrays.dy) = (UnsafeMutableRawPointer(mutating: z), UnsafeRawPointer(dy))
  (arrays.dx, arrays.dw, arrays.db) = (UnsafeMutableRawPointer(dx), UnsafeMutableRawPointer(dw), UnsafeMutableRawPointer(db))
  return denseBackward(f, &arrays, isPlain: true)
}

@_cdecl("act_dense_forward_f64") @implementation
public func act_dense_forward_f64(
  _ f: Function!, _ batch: Int, _ n_in: Int, _ n_out: Int, _ x: UnsafePointer<Double>!, _ w: UnsafePointer<Double>!,
  _ b: UnsafePointer<Double>!, _ z: UnsafeMutablePointer<Double>!, _ y: UnsafeMutablePointer<Double>!
) -> act_status {
  forward(f, arrays(ACT_F64, batch, n_in, n_out, x, w), b, z, y)
}
@_cdecl("act_dense_forward_f32") @implementation
public func act_dense_forward_f32(
  _ f: Function!, _ batch: Int, _ n_in: Int, _ n_out: Int, _ x: UnsafePointer<Float>!, _ w: UnsafePointer<Float>!,
  _ b: UnsafePointer<Float>!, _ z: UnsafeMutablePointer<Float>!, _ y: UnsafeMutablePointer<Float>!
) -> act_status {
  forward(f, arrays(ACT_F32, batch, n_in, n_out, x, w), b, z, y)
}
@_cdecl("act_dense_backward_f64") @implementation
public func act_dense_backward_f64(
  _ f: Function!, _ batch: Int, _ n_in: Int, _ n_out: Int, _ x: UnsafePointer<Double>!, _ w: UnsafePointer<Double>!,
  _ z: UnsafePointer<Double>!, _ dy: UnsafePointer<Double>!, _ dx: UnsafeMutablePointer<Double>!,
  _ dw: UnsafeMutablePointer<Double>!, _ db: UnsafeMutablePointer<Double>!
) -> act_status {
  backward(f, arrays(ACT_F64, batch, n_in, n_out, x, w), z, dy, dx, dw, db)
}
@_cdecl("act_dense_backward_f32") @implementation
public func act_dense_backward_f32(
  _ f: Function!, _ batch: Int, _ n_in: Int, _ n_out: Int, _ x: UnsafePointer<Float>!, _ w: UnsafePointer<Float>!,
  _ z: UnsafePointer<Float>!, _ dy: UnsafePointer<Float>!, _ dx: UnsafeMutablePointer<Float>!,
  _ dw: UnsafeMutablePointer<Float>!, _ db: UnsafeMutablePointer<Float>!
) -> act_status {
  backward(f, arrays(ACT_F32, batch, n_in, n_out, x, w), z, dy, dx, dw, db)
}
@_cdecl("act_dense_forward") @implementation
public func act_dense_forward(_ f: Function!, _ arrays: UnsafePointer<act_dense_arrays>!) -> act_status { denseForward(f, arrays) }
@_cdecl("act_dense_backward") @implementation
public func act_dense_backward(_ f: Function!, _ arrays: UnsafePointer<act_dense_arrays>!) -> act_status {
  denseBackward(f, arrays)
}
