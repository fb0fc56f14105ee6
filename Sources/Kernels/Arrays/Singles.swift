import Lanes

/// Exact float32 in whole vectors: in the numbers of the function's kernel for it, and vectors in which these leave a
/// rounding open in doubles.
@inline(never) func exactSingles(
  _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int, _ first: Int, _ job: Job,
  _ kernels: UnsafePointer<Kernels>
) {
  if kernels.pointee.notesDoubts { return notedSingles(x, y, count, first, job, kernels) }
  untilDone(count) {
    kernels.pointee.singles(x + $0, y + $0, count &- $0, first &+ $0, job, nil)
  } settle: {
    let rest = FloatLanes.count &- $0 % FloatLanes.count  // which may be half a vector
    settleSingles(x + $0, y + $0, rest, first &+ $0, job, kernels)
    return rest
  }
}

/// In parts, so that vectors can be noted, and of a copy where x is overwritten.
@inline(never) private func notedSingles(
  _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int, _ first: Int, _ job: Job,
  _ kernels: UnsafePointer<Kernels>
) {
  let vectors = 512
  withUnsafeTemporaryAllocation(byteCount: vectors, alignment: 8) { memory in
    let noted = memory.baseAddress!.assumingMemoryBound(to: UInt64.self)
    let doubts = memory.baseAddress!.assumingMemoryBound(to: Bool.self)
    @inline(__always) func run(_ x: UnsafePointer<Float>, _ done: Int, _ count: Int) {
      let words = (count / FloatLanes.count &+ 7) / 8
      noted[words &- 1] = 0
      _ = kernels.pointee.singles(x, y + done, count, first &+ done, job, doubts)
      for word in 0..<words where noted[word] != 0 {
        for vector in word &* 8..<word &* 8 &+ 8 where doubts[vector] {
          let at = vector &* FloatLanes.count
          settleSingles(x + at, y + done + at, FloatLanes.count, first &+ done &+ at, job, kernels)
        }
      }
    }
    var done = 0
    if x == UnsafePointer(y) {
      var block = InlineArray<512, Float>(repeating: 0)
      withUnsafeMutableBytes(of: &block) { bytes in
        let block = bytes.baseAddress!.assumingMemoryBound(to: Float.self)
        while done < count {
          let n = min(512, count &- done)
          copy(x + done, to: block, n)
          run(block, done, n)
          done &+= n
        }
      }
      return
    }
    while done < count {
      let n = min(vectors &* FloatLanes.count, count &- done)
      run(x + done, done, n)
      done &+= n
    }
  }
}

/// In doubles, and where they leave a doubt, too, by the referee.
@inline(never) private func settleSingles(
  _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int, _ first: Int, _ job: Job,
  _ kernels: UnsafePointer<Kernels>
) {
  var vector = job.pointee.part(first, count: count, x: x, y: y)
  Elements<Float32>(&vector, kernels).sweepRounded()
}
