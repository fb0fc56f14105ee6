import Lanes

/// Computes in the array's own type: whole vectors where they lie, the rest and products with factors by way of blocks.
/// A product is for `settle` where the function's value, unless it is `exact`, or the factors' product may have lost digits.
@inline(__always) func sweepNative<R: Lanes>(
  _ job: Job, _ numbers: R.Type, isExact: Bool, settle: (Job) -> Void,
  _ run: (_ x: UnsafePointer<R.Element>, _ y: UnsafeMutablePointer<R.Element>, _ count: Int, _ first: Int) -> Void
) {
  let x = job.pointee.x.assumingMemoryBound(to: R.Element.self), y = job.pointee.y.assumingMemoryBound(to: R.Element.self)
  let factors = job.factors(of: R.Element.self)
  let count = job.pointee.count

  @inline(never) func settleVector(
    _ x: UnsafePointer<R.Element>, _ y: UnsafeMutablePointer<R.Element>,
    _ factors: (UnsafePointer<R.Element>?, UnsafePointer<R.Element>?),
    _ count: Int, _ first: Int
  ) {
    var vector = job.part(first, count: count, x: x, y: y, factors: factors)
    settle(&vector)
  }
  /// n elements, filled up with zeros to whole vectors.
  @inline(__always) func fill(_ block: UnsafeMutablePointer<R.Element>, from: UnsafePointer<R.Element>, _ n: Int) {
    copy(from, to: block, n)
    for i in n..<(n &+ R.count &- 1) & ~(R.count &- 1) { block[i] = 0 }
  }

  /// The elements from `start` to `end`, which need not be whole vectors.
  @inline(__always) func runBlocks(_ start: Int, _ end: Int) {
    withBlocks(R.Element.self, R.Element.self) { block, factor in
      var start = start
      while start < end {
        let n = min(blockSize, end &- start), padded = (n &+ R.count &- 1) & ~(R.count &- 1), isWhole = n == padded
        if isWhole {
          run(x + start, block, n, start)
        } else {
          fill(factor, from: x + start, n)
          run(factor, block, padded, start)
        }
        if let first = factors.0 {
          let isDirect = isWhole && factors.1 == nil
          if !isDirect { fill(factor, from: first + start, n) }
          if let second = factors.1 { multiply(factor, by: second + start, n) }
          let g = isDirect ? first + start : UnsafePointer(factor), out = isWhole ? y + start : block
          var i = 0
          while i < n {
            let f = R.load(block + i), g = R.load(g + i)
            var r = (f * g).quiet
            if !isExact || factors.1 != nil {
              let lost = R.losesDigits(f, g, ofProduct: factors.1 != nil)
              if R.any(lost) {
                // Only these: the result for an element must not depend on its neighbours.
                let at = start &+ i
                settleVector(x + at, block + i, (first + at, factors.1.map { $0 + at }), min(R.count, n &- i), at)
                r = R.select(lost, R.load(block + i), r)
              }
            }
            r.store(out + i)
            i &+= R.count
          }
        }
        if factors.0 == nil || !isWhole { copy(block, to: y + start, n) }
        start &+= n
      }
    }
  }
  @inline(never) func multiply(_ block: UnsafeMutablePointer<R.Element>, by factor: UnsafePointer<R.Element>, _ n: Int) {
    for i in 0..<n { block[i] *= factor[i] }
  }

  if factors.0 != nil { return runBlocks(0, count) }
  // Vectors that lie across two cache lines cost twice as much: of long arrays a few elements go first.
  let step = MemoryLayout<R.Element>.stride
  let head = count < 1024 ? 0 : (64 &- Int(bitPattern: y) & 63) & 63 / step
  let tail = head &+ (count &- head) & ~(R.count &- 1)
  if head > 0 { runBlocks(0, head) }
  if head < tail { run(x + head, y + head, tail &- head, head) }
  if tail < count { runBlocks(tail, count) }
}
