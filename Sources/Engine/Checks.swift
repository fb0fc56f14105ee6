import Lanes

/// The sizes of the element types, by `act_type`.
@inline(__always) func size(of type: act_type) -> Int {
  switch type {
  case ACT_F64: 8
  case ACT_F32: 4
  default: 2
  }
}

/// Whether a function can be computed as it is.
@inline(__always) func check(_ f: UnsafePointer<act_function>?) -> (status: act_status, index: Int) {
  guard let f else { return (ACT_ERROR_NULL, 0) }
  guard let index = Catalogue.index(of: f.pointee.info) else { return (ACT_ERROR_FUNCTION, 0) }
  guard f.pointee.accuracy == ACT_EXACT || f.pointee.accuracy == ACT_FAST else { return (ACT_ERROR_ACCURACY, 0) }
  return (ACT_OK, index)
}
@inline(__always) func checkParameters(_ f: UnsafePointer<act_function>, except given: (Bool, Bool)) -> act_status {
  let info = f.pointee.info!.pointee
  if info.parameter_count > 0 && !given.0 && !info.parameters.0.allows(f.pointee.parameters.0) { return ACT_ERROR_PARAMETER }
  if info.parameter_count > 1 && !given.1 && !info.parameters.1.allows(f.pointee.parameters.1) { return ACT_ERROR_PARAMETER }
  if !given.0 && !given.1 && !info.isInOrder(f.pointee.parameters) { return ACT_ERROR_PARAMETER }
  return ACT_OK
}

/// No array is longer, on the machines there are.
let addressSpace = 1 << 48

/// Whether so many bytes can lie there.
@inline(__always) func fits(_ p: UnsafeRawPointer, _ bytes: UInt) -> Bool {
  let start = UInt(bitPattern: p), end = start.addingReportingOverflow(bytes)
  return bytes <= addressSpace && !end.overflow && (start >= addressSpace || end.partialValue <= addressSpace)
}

/// How many bytes n elements have, if there can be so many. size_t arrives as Int: what is negative here was above 2^63.
@inline(__always) func bytes(of n: Int, _ type: act_type) -> UInt? {
  n > 0 && n <= addressSpace / 8 ? UInt(n &* size(of: type)) : nil
}

/// Whether two arrays share bytes.
@inline(__always) func overlap(_ a: UnsafeRawPointer, _ bytesOfA: UInt, _ b: UnsafeRawPointer, _ bytesOfB: UInt) -> Bool {
  let a = UInt(bitPattern: a), b = UInt(bitPattern: b)
  return a < b ? b &- a < bytesOfA : a &- b < bytesOfB
}

/// Whether an output of so many bytes can lie there; an input, which the output may be; one which it may not.
@inline(__always) func check(output y: UnsafeRawPointer, _ bytes: UInt) -> act_status {
  fits(y, bytes) ? ACT_OK : ACT_ERROR_SIZE
}
@inline(__always) func check(input x: UnsafeRawPointer, for y: UnsafeRawPointer, _ bytes: UInt) -> act_status {
  x == y ? fits(x, bytes) ? ACT_OK : ACT_ERROR_SIZE : check(input: x, apartFrom: y, bytes, bytes)
}
@inline(__always) func check(input x: UnsafeRawPointer, apartFrom y: UnsafeRawPointer, _ bytes: UInt, _ bytesOfY: UInt)
  -> act_status
{
  fits(x, bytes) ? overlap(x, bytes, y, bytesOfY) ? ACT_ERROR_OVERLAP : ACT_OK : ACT_ERROR_SIZE
}
/// The first error of two.
@inline(__always) func firstError(_ a: act_status, _ b: act_status) -> act_status { a == ACT_OK ? b : a }
