import Lanes

/// Two blocks on the stack. Above 1,024 bytes each a temporary allocation would come from the heap.
let blockSize = 128
@inline(__always) func withBlocks<A, B>(
  _ a: A.Type, _ b: B.Type, _ body: (UnsafeMutablePointer<A>, UnsafeMutablePointer<B>) -> Void
) {
  withUnsafeTemporaryAllocation(of: A.self, capacity: blockSize) { a in
    withUnsafeTemporaryAllocation(of: B.self, capacity: blockSize) { b in
      body(a.baseAddress!, b.baseAddress!)
    }
  }
}

/// `UnsafeMutablePointer.update(from:count:)` goes element by element here, at 1 ns each.
@inline(__always) func copy<T: BitwiseCopyable>(_ from: UnsafePointer<T>, to: UnsafeMutablePointer<T>, _ count: Int) {
  UnsafeMutableRawPointer(to).copyMemory(from: from, byteCount: count &* MemoryLayout<T>.stride)
}

/// The arrays of one job, taken a vector of doubles at a time; the last vector is filled up with zeros.
struct Elements<S: Storage> {
  let x: UnsafePointer<S.Element>, dy: UnsafePointer<S.Element>?, y: UnsafeMutablePointer<S.Element>
  let job: Job, kernels: UnsafePointer<Kernels>, count: Int

  @inline(__always) init(_ job: Job, _ kernels: UnsafePointer<Kernels>) {
    x = job.pointee.x.assumingMemoryBound(to: S.Element.self)
    dy = job.pointee.form == ACT_BACKWARD ? job.pointee.dy.assumingMemoryBound(to: S.Element.self) : nil
    y = job.pointee.y.assumingMemoryBound(to: S.Element.self)
    self.job = job
    count = job.pointee.count
    self.kernels = kernels
  }
  @inline(__always) func load(_ p: UnsafePointer<S.Element>, _ i: Int) -> DoubleLanes {
    count &- i >= DoubleLanes.count ? S.load(p + i) : loadFew(p + i, count &- i)
  }
  @inline(__always) func store(_ r: DoubleLanes, _ i: Int) {
    if count &- i >= DoubleLanes.count { S.store(r, y + i) } else { storeFew(r, y + i, count &- i) }
  }
  @inline(never) private func loadFew(_ p: UnsafePointer<S.Element>, _ count: Int) -> DoubleLanes {
    withUnsafeTemporaryAllocation(of: S.Element.self, capacity: DoubleLanes.count) { few in
      UnsafeMutableRawBufferPointer(few).initializeMemory(as: UInt8.self, repeating: 0)
      copy(p, to: few.baseAddress!, count)
      return S.load(few.baseAddress!)
    }
  }
  @inline(never) private func storeFew(_ r: DoubleLanes, _ p: UnsafeMutablePointer<S.Element>, _ count: Int) {
    withUnsafeTemporaryAllocation(of: S.Element.self, capacity: DoubleLanes.count) { few in
      S.store(r, few.baseAddress!)
      copy(few.baseAddress!, to: p, count)
    }
  }

  /// Vector `i` in doubles, which know −0 and ±∞, where longer numbers do not.
  @inline(__always) func inDoubles(_ v: DoubleLanes, _ i: Int) -> DoubleLanes {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: DoubleLanes.count) { memory in
      let plain = memory.baseAddress!
      v.store(plain)
      kernels.pointee.doubles(plain, plain, DoubleLanes.count, i, job)
      let r = DoubleLanes.load(plain)
      guard let dy else { return r }
      let g = load(dy, i), isTooLarge = and64(DoubleLanes.infinite(r), not64(DoubleLanes.infinite(v)))
      // 0 times what is infinite only as a double is 0.
      return DoubleLanes.select(and64(isTooLarge, same64(g.v, DoubleLanes(0).v)), DoubleLanes.copysign(1, r), r) * g
    }
  }
  /// Vector `i` from the referee: rounded to the nearest double, or to odd for a narrower type.
  @inline(never) func refereed(_ v: DoubleLanes, _ i: Int, toOdd: Bool) -> DoubleLanes {
    let f = kernels.pointee.referee(v, i, job)
    var product = f, other = inDoubles(v, i).quiet
    if let dy {
      let dy = load(dy, i)
      product = f * DoubleDouble(dy)
      // An infinite dy times what only as a double is 0.
      let isInfinite = and64(DoubleLanes.infinite(dy), not64(DoubleLanes.infinite(v)))
      other = DoubleLanes.select(and64(f.isNormal, isInfinite), f.high * dy, other)
    }
    let exact = product.plain
    return DoubleLanes.select(exact.isNormal, toOdd ? exact.roundedToOdd : exact.high, other)
  }
  /// y = f(x), or dy·f′(x), all from the referee.
  @inline(never) func sweepRefereed(toOdd: Bool) {
    var i = 0
    while i < count {
      store(S.round(refereed(load(x, i), i, toOdd: toOdd)).quiet, i)
      i &+= DoubleLanes.count
    }
  }
}
