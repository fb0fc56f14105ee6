import Lanes

/// Rows of a job's arrays, each so many bytes after the one before.
private struct RowsOfJobs {
  var job: act_job
  var xStep: Int, firstStep: Int, secondStep: Int, yStep: Int

  func run(_ rows: Int) {
    if rows == 1 { return withUnsafePointer(to: job) { Threads.run($0) } }
    withUnsafePointer(to: self) {
      Threads.split(rows, elements: rows * job.count, $0) { context, first, count in
        let rows = context!.assumingMemoryBound(to: RowsOfJobs.self).pointee
        for row in first..<first + count {
          var job = rows.job
          job.x += row * rows.xStep
          job.factors.0 = job.factors.0.map { $0 + row * rows.firstStep }
          job.factors.1 = job.factors.1.map { $0 + row * rows.secondStep }
          job.y += row * rows.yStep
          Processor.run(&job)
        }
      }
    }
  }
}

/// What a gated unit's arrays are: `outer` rows of n elements, those of the two halves `step` bytes apart, those of y and dy
/// one after the other.
private struct GatedUnit {
  let f: act_function, index: Int, type: act_type, outer: Int, n: Int, step: Int, bytes: Int

  func run(
    derivative: Bool, gate: UnsafeRawPointer, _ first: (UnsafeRawPointer, step: Int),
    _ second: (UnsafeRawPointer, step: Int)? = nil,
    to y: (UnsafeMutableRawPointer, step: Int)
  ) {
    withUnsafePointer(to: f.parameters) { p in
      p.withMemoryRebound(to: Double.self, capacity: 2) {
        let job = act_job(
          function: index, derivative: derivative ? 1 : 0, type: type, accuracy: f.accuracy, count: n, x: gate,
          factors: (first.0, second?.0), y: y.0, parameters: ($0, $0 + 1), parameter_step: 0)
        RowsOfJobs(job: job, xStep: step, firstStep: first.step, secondStep: second?.step ?? 0, yStep: y.step).run(outer)
      }
    }
  }
  func forward(_ value: UnsafeRawPointer, _ gate: UnsafeRawPointer, _ y: UnsafeMutableRawPointer) {
    run(derivative: false, gate: gate, (value, step), to: (y, bytes))
  }
  /// dvalue last: it may be one of the inputs.
  func backward(
    _ value: UnsafeRawPointer, _ gate: UnsafeRawPointer, _ dy: UnsafeRawPointer, _ dvalue: UnsafeMutableRawPointer?,
    _ dgate: UnsafeMutableRawPointer?
  ) {
    if let dgate { run(derivative: true, gate: gate, (dy, bytes), (value, step), to: (dgate, step)) }
    if let dvalue { run(derivative: false, gate: gate, (dy, bytes), to: (dvalue, step)) }
  }
}

/// The unit, if there is something to compute and it can be.
private func unit(_ f: UnsafePointer<act_function>?, _ type: act_type, outer: Int, _ n: Int, isSplit: Bool) -> (
  act_status, GatedUnit?
) {
  if n == 0 || outer == 0 { return (ACT_OK, nil) }
  let (checked, index) = check(f)
  guard checked == ACT_OK, let f else { return (checked, nil) }
  let status = checkParameters(f, except: (false, false))
  guard status == ACT_OK else { return (status, nil) }
  let (elements, overflow) = outer.multipliedReportingOverflow(by: n)
  guard outer > 0, n > 0, !overflow, bytes(of: elements, type) != nil else { return (ACT_ERROR_SIZE, nil) }
  let row = n * size(of: type)
  return (ACT_OK, GatedUnit(f: f.pointee, index: index, type: type, outer: outer, n: n, step: isSplit ? 2 * row : row, bytes: row))
}

/// y = value·f(gate).
public func applyGated(
  _ f: UnsafePointer<act_function>?, _ type: act_type, _ n: Int, _ value: UnsafeRawPointer?, _ gate: UnsafeRawPointer?,
  _ y: UnsafeMutableRawPointer?
) -> act_status {
  let (status, unit) = unit(f, type, outer: 1, n, isSplit: false)
  guard let unit else { return status }
  guard let value, let gate, let y else { return ACT_ERROR_NULL }
  let bytes = UInt(unit.bytes)
  let arrays = firstError(
    check(output: y, bytes), firstError(check(input: value, for: y, bytes), check(input: gate, for: y, bytes)))
  if arrays == ACT_OK { unit.forward(value, gate, y) }
  return arrays
}

/// dvalue = dy·f(gate), dgate = dy·value·f′(gate).
public func applyGatedBackward(
  _ f: UnsafePointer<act_function>?, _ type: act_type, _ n: Int, _ value: UnsafeRawPointer?, _ gate: UnsafeRawPointer?,
  _ dy: UnsafeRawPointer?, _ dvalue: UnsafeMutableRawPointer?, _ dgate: UnsafeMutableRawPointer?
) -> act_status {
  let (status, unit) = unit(f, type, outer: 1, n, isSplit: false)
  guard let unit else { return status }
  guard let value, let gate, let dy else { return ACT_ERROR_NULL }
  let bytes = UInt(unit.bytes)
  var arrays = ACT_OK
  for input in [value, gate, dy] {
    if let dvalue { arrays = firstError(arrays, firstError(check(output: dvalue, bytes), check(input: input, for: dvalue, bytes))) }
    if let dgate {
      arrays = firstError(arrays, firstError(check(output: dgate, bytes), check(input: input, apartFrom: dgate, bytes, bytes)))
    }
  }
  if let dvalue, let dgate { arrays = firstError(arrays, check(input: dvalue, apartFrom: dgate, bytes, bytes)) }
  if arrays == ACT_OK { unit.backward(value, gate, dy, dvalue, dgate) }
  return arrays
}

/// The same where value and gate are the halves of each row of x.
public func applyGLU(
  _ f: UnsafePointer<act_function>?, _ type: act_type, _ outer: Int, _ n: Int, _ x: UnsafeRawPointer?, _ y: UnsafeMutableRawPointer?
) -> act_status {
  let (status, unit) = unit(f, type, outer: outer, n, isSplit: true)
  guard let unit else { return status }
  guard let x, let y else { return ACT_ERROR_NULL }
  let bytes = UInt(outer * unit.bytes),
    arrays = firstError(check(output: y, bytes), check(input: x, apartFrom: y, 2 * bytes, bytes))
  if arrays == ACT_OK { unit.forward(x, x + unit.bytes, y) }
  return arrays
}
public func applyGLUBackward(
  _ f: UnsafePointer<act_function>?, _ type: act_type, _ outer: Int, _ n: Int, _ x: UnsafeRawPointer?, _ dy: UnsafeRawPointer?,
  _ dx: UnsafeMutableRawPointer?
) -> act_status {
  let (status, unit) = unit(f, type, outer: outer, n, isSplit: true)
  guard let unit else { return status }
  guard let x, let dy, let dx else { return ACT_ERROR_NULL }
  let bytes = UInt(outer * unit.bytes)
  var arrays = firstError(check(output: dx, 2 * bytes), check(input: x, apartFrom: dx, 2 * bytes, 2 * bytes))
  arrays = firstError(arrays, check(input: dy, apartFrom: dx, bytes, 2 * bytes))
  if arrays == ACT_OK { unit.backward(x, x + unit.bytes, dy, dx, dx + unit.bytes) }
  return arrays
}
