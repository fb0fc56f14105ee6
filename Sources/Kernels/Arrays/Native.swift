import Lanes

/// Computes in the array's own type: whole vectors where they lie, the rest and `dy` by way of blocks.
/// `kernel` says how many elements it did; what it leaves, a vector at a time, is for `settle`, and so is a product with
/// dy of which the other factor may have lost digits, unless it is `exact`.
@inline(__always) func sweepNative<R: Lanes>(
  _ job: Job, _ numbers: R.Type, isExact: Bool, settle: (Job) -> Void,
  _ kernel: (UnsafePointer<R.Element>, UnsafeMutablePointer<R.Element>, Int, Int, Job) -> Int
) {
  let x = job.pointee.x.assumingMemoryBound(to: R.Element.self), y = job.pointee.y.assumingMemoryBound(to: R.Element.self)
  let dy = job.pointee.form == ACT_BACKWARD ? job.pointee.dy.assumingMemoryBound(to: R.Element.self) : nil
  let count = job.pointee.count

  @inline(never) func settleVector(
    _ x: UnsafePointer<R.Element>, _ y: UnsafeMutablePointer<R.Element>, _ dy: UnsafePointer<R.Element>?, _ count: Int, _ first: Int
  ) {
    var vector = job.pointee
    vector.skip(first, count: count)
    vector.x = UnsafeRawPointer(x)
    vector.y = UnsafeMutableRawPointer(y)
    vector.dy = UnsafeRawPointer(dy)
    if dy == nil && vector.form == ACT_BACKWARD { vector.form = ACT_DERIVATIVE }
    settle(&vector)
  }
  @inline(__always) func run(_ x: UnsafePointer<R.Element>, _ y: UnsafeMutablePointer<R.Element>, _ count: Int, _ first: Int) {
    var done = 0
    while true {
      done &+= kernel(x + done, y + done, count &- done, first &+ done, job)
      if done >= count { return }
      settleVector(x + done, y + done, nil, R.count, first &+ done)
      done &+= R.count
    }
  }

  /// The elements from `start` to `end`, which need not be whole vectors.
  @inline(__always) func runBlocks(_ start: Int, _ end: Int) {
    withBlocks(R.Element.self, R.Element.self) { block, gradient in
      var start = start
      while start < end {
        let n = min(blockSize, end &- start), padded = (n &+ R.count &- 1) & ~(R.count &- 1)
        let isWhole = n == padded
        if isWhole {
          run(x + start, block, n, start)
        } else {
          copy(x + start, to: block, n)
          for i in n..<padded { block[i] = 0 }
          run(block, block, padded, start)
        }
        if let dy {
          if !isWhole {
            copy(dy + start, to: gradient, n)
            for i in n..<padded { gradient[i] = 0 }
          }
          let g = isWhole ? dy + start : UnsafePointer(gradient), out = isWhole ? y + start : block
          var i = 0
          while i < n {
            let f = R.load(block + i), g = R.load(g + i)
            var r = (f * g).quiet
            if !isExact {
              let lost = R.losesDigits(f, g)
              if R.any(lost) {
                // Only these: the result for an element must not depend on its neighbours.
                settleVector(x + start + i, block + i, dy + start + i, min(R.count, n &- i), start &+ i)
                r = R.select(lost, R.load(block + i), r)
              }
            }
            r.store(out + i)
            i &+= R.count
          }
        }
        if dy == nil || !isWhole { copy(block, to: y + start, n) }
        start &+= n
      }
    }
  }

  if dy != nil { return runBlocks(0, count) }
  // Vectors that lie across two cache lines cost twice as much: of long arrays a few elements go first.
  let step = MemoryLayout<R.Element>.stride
  let head = count < 1024 ? 0 : (64 &- Int(bitPattern: y) & 63) & 63 / step
  let tail = head &+ (count &- head) & ~(R.count &- 1)
  if head > 0 { runBlocks(0, head) }
  if head < tail { run(x + head, y + head, tail &- head, head) }
  if tail < count { runBlocks(tail, count) }
}
