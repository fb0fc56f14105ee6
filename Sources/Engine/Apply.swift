import Lanes

/// One form of f over contiguous arrays.
public func apply(
  _ f: UnsafePointer<act_function>?, _ form: act_form, _ type: act_type, _ n: Int,
  _ x: UnsafeRawPointer?, _ y: UnsafeMutableRawPointer?, dy: UnsafeRawPointer? = nil
) -> act_status {
  if n == 0 { return ACT_OK }
  let (status, index) = check(f)
  guard status == ACT_OK, let f else { return status }
  let parameters = checkParameters(f, except: (false, false))
  guard parameters == ACT_OK else { return parameters }
  return withUnsafePointer(to: f.pointee.parameters) { p in
    p.withMemoryRebound(to: Double.self, capacity: 2) { applyContiguous(f, index, form, type, n, x, y, dy, $0, $0 + 1) }
  }
}

private func applyContiguous(
  _ f: UnsafePointer<act_function>, _ index: Int, _ form: act_form, _ type: act_type, _ n: Int,
  _ x: UnsafeRawPointer?, _ y: UnsafeMutableRawPointer?, _ dy: UnsafeRawPointer?,
  _ first: UnsafePointer<Double>, _ second: UnsafePointer<Double>
) -> act_status {
  guard let x, let y, form != ACT_BACKWARD || dy != nil else { return ACT_ERROR_NULL }
  guard let bytes = bytes(of: n, type) else { return ACT_ERROR_SIZE }
  var arrays = firstError(check(output: y, bytes), check(input: x, for: y, bytes))
  if form == ACT_BACKWARD, let dy { arrays = firstError(arrays, check(input: dy, for: y, bytes)) }
  guard arrays == ACT_OK else { return arrays }
  var job = act_job(
    function: index, derivative: form == ACT_VALUE ? 0 : 1, type: type, accuracy: f.pointee.accuracy, count: n, x: x,
    factors: (form == ACT_BACKWARD ? dy : nil, nil), y: y,
    parameters: (first, second), parameter_step: 0)
  Threads.run(&job)
  return ACT_OK
}

/// One form of f over arrays with strides and perhaps a parameter for each element.
public func apply(_ f: UnsafePointer<act_function>?, _ arrays: UnsafePointer<act_arrays>?) -> act_status {
  guard let arrays else { return ACT_ERROR_NULL }
  let a = arrays.pointee
  guard a.size == MemoryLayout<act_arrays>.size else { return ACT_ERROR_ARRAYS }
  guard a.form.rawValue <= ACT_BACKWARD.rawValue, a.type.rawValue <= ACT_BF16.rawValue else { return ACT_ERROR_ARRAYS }
  if a.n == 0 { return ACT_OK }
  let (status, index) = check(f)
  guard status == ACT_OK, let f else { return status }
  let parameters = checkParameters(f, except: (a.parameters.0 != nil, a.parameters.1 != nil))
  guard parameters == ACT_OK else { return parameters }
  guard let x = a.x, let y = a.y, a.form != ACT_BACKWARD || a.dy != nil else { return ACT_ERROR_NULL }

  // A parameter that does not move is one for all.
  var shared = f.pointee.parameters
  let moves = (a.parameters.0 != nil && a.parameter_strides.0 != 0, a.parameters.1 != nil && a.parameter_strides.1 != 0)
  if let p = a.parameters.0 { shared.0 = UnsafeRawPointer(p).loadUnaligned(as: Double.self) }
  if let p = a.parameters.1 { shared.1 = UnsafeRawPointer(p).loadUnaligned(as: Double.self) }
  let elementSize = size(of: a.type)
  let isContiguous =
    a.x_stride == elementSize && a.y_stride == elementSize && (a.form != ACT_BACKWARD || a.dy_stride == elementSize)
  if isContiguous && !moves.0 && !moves.1 {
    return withUnsafePointer(to: shared) { p in
      p.withMemoryRebound(to: Double.self, capacity: 2) {
        applyContiguous(f, index, a.form, a.type, a.n, x, y, a.dy, $0, $0 + 1)
      }
    }
  }
  guard a.n > 0, a.n <= addressSpace / elementSize else { return ACT_ERROR_SIZE }
  for (p, stride) in [(x, a.x_stride), (a.dy ?? x, a.form == ACT_BACKWARD ? a.dy_stride : 0), (UnsafeRawPointer(y), a.y_stride)] {
    let (span, overflow) = UInt(a.n - 1).multipliedReportingOverflow(by: stride.magnitude)
    guard !overflow, stride < 0 ? span <= UInt(bitPattern: p) : fits(p, span) else { return ACT_ERROR_SIZE }
  }
  let template = act_job(
    function: index, derivative: a.form == ACT_VALUE ? 0 : 1, type: a.type, accuracy: f.pointee.accuracy, count: 0, x: nil,
    factors: (nil, nil), y: nil,
    parameters: (nil, nil), parameter_step: 0)
  switch elementSize {
  case 8: applyStrided(UInt64.self, a, shared, moves, template)
  case 4: applyStrided(UInt32.self, a, shared, moves, template)
  default: applyStrided(UInt16.self, a, shared, moves, template)
  }
  return ACT_OK
}

/// Gathers a block, computes it and scatters it.
private func applyStrided<T: FixedWidthInteger & BitwiseCopyable>(
  _ element: T.Type, _ a: act_arrays, _ shared: (Double, Double), _ moves: (Bool, Bool), _ template: act_job
) {
  let block = 64, padded = block + Int(ACT_JOB_PADDING)
  withUnsafeTemporaryAllocation(of: T.self, capacity: 2 * block) { data in
    withUnsafeTemporaryAllocation(of: Double.self, capacity: padded) { first in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: padded) { second in
        let x = data.baseAddress!, dy = x + block
        for i in 0..<padded {
          first[i] = shared.0
          second[i] = shared.1
        }
        var job = template, start = 0
        job.x = UnsafeRawPointer(x)
        if a.form == ACT_BACKWARD { job.factors.0 = UnsafeRawPointer(dy) }
        job.y = UnsafeMutableRawPointer(x)
        job.parameters = (UnsafePointer(first.baseAddress!), UnsafePointer(second.baseAddress!))
        job.parameter_step = moves.0 || moves.1 ? 1 : 0
        while start < a.n {
          let n = min(block, a.n - start)
          gather(a.x!, a.x_stride, start, n, x)
          if a.form == ACT_BACKWARD { gather(a.dy!, a.dy_stride, start, n, dy) }
          if moves.0 { gather(a.parameters.0!, a.parameter_strides.0, start, n, first.baseAddress!) }
          if moves.1 { gather(a.parameters.1!, a.parameter_strides.1, start, n, second.baseAddress!) }
          job.count = n
          Processor.run(&job)
          var to = a.y! + start * a.y_stride
          for i in 0..<n {
            to.storeBytes(of: x[i], as: T.self)
            to += a.y_stride
          }
          start += n
        }
      }
    }
  }
}

@inline(__always) private func gather<T: BitwiseCopyable>(
  _ from: UnsafeRawPointer, _ stride: Int, _ start: Int, _ n: Int, _ to: UnsafeMutablePointer<T>
) {
  var p = from + start * stride
  for i in 0..<n {
    to[i] = p.loadUnaligned(as: T.self)
    p += stride
  }
}
