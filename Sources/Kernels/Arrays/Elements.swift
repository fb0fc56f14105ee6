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
  let x: UnsafePointer<S.Element>, y: UnsafeMutablePointer<S.Element>
  /// What the function or its derivative is multiplied by.
  let factors: (UnsafePointer<S.Element>?, UnsafePointer<S.Element>?)
  let job: Job, kernels: UnsafePointer<Kernels>, count: Int
  /// Whether no parameter is so large or small that products and quotients with it leave the range of doubles.
  let fits: Bool

  @inline(__always) init(_ job: Job, _ kernels: UnsafePointer<Kernels>) {
    x = job.pointee.x.assumingMemoryBound(to: S.Element.self)
    factors = job.factors(of: S.Element.self)
    y = job.pointee.y.assumingMemoryBound(to: S.Element.self)
    self.job = job
    count = job.pointee.count
    self.kernels = kernels
    fits = kernels.pointee.isArithmetic || job.parametersFit(doubleReach)
  }
  /// Where that is so.
  @inline(never) func fitting(_ i: Int) -> DoubleLanes.Mask {
    func fit(_ p: UnsafePointer<Double>) -> DoubleLanes.Mask {
      let size = DoubleLanes.abs(job.pointee.parameter_step == 0 ? DoubleLanes(p.pointee) : DoubleLanes.load(p + i))
      let inside = and64(DoubleLanes(1 / doubleReach) < size, size < DoubleLanes(doubleReach))
      return or64(inside, same64(size.v, DoubleLanes(0).v))
    }
    return and64(fit(job.pointee.parameters.0!), fit(job.pointee.parameters.1!))
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

  /// r times the factors.
  @inline(__always) func times(_ r: DoubleLanes, _ i: Int) -> DoubleLanes {
    guard let first = factors.0 else { return r }
    let product = r * load(first, i)
    return if let second = factors.1 { product * load(second, i) } else { product }
  }

  /// r, or where it is infinite of a finite x and a factor is 0, another number: their product is 0.
  @inline(__always) private func finite(_ r: DoubleLanes, _ v: DoubleLanes, _ i: Int) -> DoubleLanes {
    guard let first = factors.0 else { return r }
    var zero = same64(load(first, i).v, DoubleLanes(0).v)
    if let second = factors.1 { zero = or64(zero, same64(load(second, i).v, DoubleLanes(0).v)) }
    let overflown = and64(zero, and64(DoubleLanes.infinite(r), not64(DoubleLanes.infinite(v))))
    return DoubleLanes.select(overflown, DoubleLanes.copysign(1, r), r)
  }

  /// Vector `i` in doubles, which know −0 and ±∞, where longer numbers do not.
  @inline(__always) func inDoubles(_ v: DoubleLanes, _ i: Int) -> DoubleLanes {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: DoubleLanes.count) { memory in
      let plain = memory.baseAddress!
      v.store(plain)
      kernels.pointee.doubles(plain, plain, DoubleLanes.count, i, job)
      let r = DoubleLanes.load(plain)
      return times(finite(r, v, i), i)
    }
  }
  /// Vector `i` from the referee: rounded to the nearest double, or to odd for a narrower type.
  @inline(never) func refereed(_ v: DoubleLanes, _ i: Int, toOdd: Bool) -> DoubleLanes {
    let f = kernels.pointee.referee(v, i, job)
    var product = f, other = inDoubles(v, i).quiet
    if let first = factors.0 {
      let a = load(first, i)
      product = f * DoubleDouble(a)
      var isInfinite = DoubleLanes.infinite(a)
      if let second = factors.1 {
        let b = load(second, i)
        product = product * DoubleDouble(b)
        isInfinite = or64(isInfinite, DoubleLanes.infinite(b))
      }
      // An infinite factor times what only as a double is 0.
      isInfinite = and64(isInfinite, not64(DoubleLanes.infinite(v)))
      other = DoubleLanes.select(and64(f.isNormal, isInfinite), times(f.high, i), other)
    }
    // Beyond the range of double it is known, too, where doubles may have lost their way.
    let exact = product.plain, isKnown = and64(product.isNormal, not64(DoubleLanes.infinite(v)))
    other = DoubleLanes.select(isKnown, exact.high, other)
    return DoubleLanes.select(exact.isNormal, toOdd ? exact.roundedToOdd : exact.high, other)
  }
}

/// Parameters up to it, and from its reciprocal on, are for doubles; others are the referee's.
let doubleReach = 0x1p500

/// Whether a parameter is 0 or its size lies between 1/limit and limit.
@inline(__always) func fits(_ parameter: Double, _ limit: Double) -> Bool {
  parameter == 0 || parameter.magnitude > 1 / limit && parameter.magnitude < limit
}

extension Job {
  /// Whether all parameters do that.
  func parametersFit(_ limit: Double) -> Bool {
    func fit(_ p: UnsafePointer<Double>) -> Bool {
      for i in 0..<(pointee.parameter_step == 0 ? 1 : pointee.count) where !fits(p[i], limit) { return false }
      return true
    }
    return fit(pointee.parameters.0!) && fit(pointee.parameters.1!)
  }
  @inline(__always) func factors<T>(of type: T.Type) -> (UnsafePointer<T>?, UnsafePointer<T>?) {
    (pointee.factors.0?.assumingMemoryBound(to: type), pointee.factors.1?.assumingMemoryBound(to: type))
  }
}
