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

/// In parts, so that doubts can be noted, and of a copy where x is overwritten.
@inline(never) private func notedSingles(
  _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int, _ first: Int, _ job: Job,
  _ kernels: UnsafePointer<Kernels>
) {
  let vectors = 256
  withUnsafeTemporaryAllocation(of: UInt32.self, capacity: vectors) { memory in
    let doubts = memory.baseAddress!
    @inline(__always) func run(_ x: UnsafePointer<Float>, _ done: Int, _ count: Int) {
      _ = kernels.pointee.singles(x, y + done, count, first &+ done, job, doubts)
      var any: UInt32 = 0
      for vector in 0..<count / FloatLanes.count { any |= doubts[vector] }
      if any != 0 { settleDoubts(doubts, x, y + done, count, first &+ done, job, kernels) }
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

/// Elements in doubt lie scattered: they are settled side by side.
@inline(never) private func settleDoubts(
  _ doubts: UnsafePointer<UInt32>, _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int, _ first: Int,
  _ job: Job, _ kernels: UnsafePointer<Kernels>
) {
  let room = 64
  withUnsafeTemporaryAllocation(byteCount: 12 &* room, alignment: 8) { memory in
    let some = memory.baseAddress!.assumingMemoryBound(to: Float.self), results = some + room
    let places = (memory.baseAddress! + 8 &* room).assumingMemoryBound(to: Int32.self)
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 &* room) { parameters in
      let parameters = parameters.baseAddress!, has = job.pointee.parameter_step != 0
      var filled = 0
      func settle() {
        var part = job.part(first, count: filled, x: some, y: results)
        if has { part.parameters = (UnsafePointer(parameters), UnsafePointer(parameters + room)) }
        Elements<Float32>(&part, kernels).sweepRounded()
        for i in 0..<filled { y[Int(places[i])] = results[i] }
        filled = 0
      }
      for vector in 0..<count / FloatLanes.count {
        var bits = doubts[vector]
        while bits != 0 {
          let i = vector &* FloatLanes.count &+ bits.trailingZeroBitCount
          bits &= bits &- 1
          some[filled] = x[i]
          places[filled] = Int32(truncatingIfNeeded: i)
          if has {
            parameters[filled] = job.pointee.parameters.0![first &+ i]
            parameters[room &+ filled] = job.pointee.parameters.1![first &+ i]
          }
          filled &+= 1
          if filled == room { settle() }
        }
      }
      if filled > 0 { settle() }
    }
  }
}

/// In doubles, and where they leave a doubt, too, by the referee.
@inline(never) private func settleSingles(
  _ x: UnsafePointer<Float>, _ y: UnsafeMutablePointer<Float>, _ count: Int, _ first: Int, _ job: Job,
  _ kernels: UnsafePointer<Kernels>
) {
  var vector = job.part(first, count: count, x: x, y: y)
  Elements<Float32>(&vector, kernels).sweepRounded()
}
