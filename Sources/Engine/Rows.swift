import Lanes

/// softmax, log_softmax or their backward products over an array of outer × n × inner elements.
public func applyRows(
  logarithm: Bool, _ type: act_type, _ accuracy: act_accuracy, _ outer: Int, _ n: Int, _ inner: Int,
  _ x: UnsafeRawPointer?, _ y: UnsafeMutableRawPointer?, dy: UnsafeRawPointer? = nil, isBackward: Bool = false
) -> act_status {
  guard accuracy == ACT_EXACT || accuracy == ACT_FAST else { return ACT_ERROR_ACCURACY }
  if outer == 0 || n == 0 || inner == 0 { return ACT_OK }
  guard let x, let y, !isBackward || dy != nil else { return ACT_ERROR_NULL }
  let (rows, tooMany) = outer.multipliedReportingOverflow(by: inner)
  let (elements, tooLarge) = rows.multipliedReportingOverflow(by: n)
  guard outer > 0, n > 0, inner > 0, !tooMany, !tooLarge, let bytes = bytes(of: elements, type) else { return ACT_ERROR_SIZE }
  var arrays = firstError(check(output: y, bytes), check(input: x, for: y, bytes))
  if let dy { arrays = firstError(arrays, check(input: dy, for: y, bytes)) }
  guard arrays == ACT_OK else { return arrays }

  var job = act_row_job(
    logarithm: logarithm ? 1 : 0, type: type, accuracy: accuracy, first: 0, count: rows, n: n, inner: inner, x: x, dy: dy, y: y,
    at_once: 1, scratch: nil, kept: 0, columns: nil)
  Threads.split(rows, elements: elements, &job) { context, first, count in
    var part = context!.assumingMemoryBound(to: act_row_job.self).pointee
    part.first = first
    part.count = count
    // Without scratch memory exponentials are computed twice, and rows that are not contiguous read as they lie.
    // Short rows are computed side by side: as many as leave room in L1.
    let kept = (part.n + 63) & ~63, atOnce = kept <= 512 ? Int(ACT_ROWS_AT_ONCE) : 1, exponentials = atOnce * 2 * kept * 8
    let columns = part.inner > 1 ? 2 * Int(ACT_ROW_COLUMNS) * kept * size(of: part.type) : 0
    part.scratch = kept <= 1 << 16 ? malloc(exponentials + columns)?.assumingMemoryBound(to: Double.self) : nil
    if part.scratch != nil {
      part.kept = kept
      part.at_once = atOnce
      part.columns = columns > 0 ? UnsafeMutableRawPointer(part.scratch) + exponentials : nil
    }
    Processor.run(&part)
    free(part.scratch)
  }
  return ACT_OK
}
