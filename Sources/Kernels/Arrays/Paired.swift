import Lanes

extension Elements where S == Float64 {
  /// y = f(x) or f′(x), times factors, in pairs of doubles, and where they do not hold in doubles or by the referee.
  @inline(__always) func sweepPairs() {
    let isAlone = factors.0 == nil
    /// Low parts, or sums: sums as the kernel makes them need not be high + low.
    @inline(__always) func run(
      _ x: UnsafePointer<Double>, _ high: UnsafeMutablePointer<Double>, _ other: UnsafeMutablePointer<Double>, _ count: Int,
      _ first: Int
    ) {
      _ = kernels.pointee.pairs(x, high, isAlone ? nil : other, isAlone ? other : nil, count, first, job)
    }
    withBlocks(Double.self, Double.self) { high, other in
      var start = 0
      while start < count {
        let end = min(start &+ blockSize, count), whole = (end &- start) & ~(DoubleLanes.count &- 1)
        run(x + start, high, other, whole, start)
        if start &+ whole < end {
          load(x, start &+ whole).store(high + whole)
          run(high + whole, high + whole, other + whole, DoubleLanes.count, start &+ whole)
        }
        var i = start
        while i < end {
          let f = DoubleLanes.load(high + (i &- start)), other = DoubleLanes.load(other + (i &- start))
          var r = DoublePair(f, other), sum = other, usual: DoubleLanes.Mask
          if let first = factors.0 {
            r = r * DoublePair(load(first, i))
            let product = r.high
            if let second = factors.1 { r = r * DoublePair(load(second, i)) }
            sum = r.sum
            usual = and64(sum.isUsual, f.isUsual)
            if factors.1 != nil { usual = and64(usual, product.isUsual) }
          } else {
            usual = sum.isUsual
          }
          if !fits { usual = and64(usual, fitting(i)) }
          store(DoubleLanes.all(usual) ? sum : unusual(r, sum, usual, i), i)
          i &+= DoubleLanes.count
        }
        start &+= blockSize
      }
    }
  }

  /// The high part where it is a right zero, doubles where x is zero, infinite or NaN or a factor is zero or NaN, and the
  /// referee elsewhere.
  @inline(__always) private func unusual(_ r: DoublePair, _ sum: DoubleLanes, _ usual: DoubleLanes.Mask, _ i: Int) -> DoubleLanes {
    let zero = r.isRightZero(of: load(x, i), isArithmetic: kernels.pointee.isArithmetic)
    let good = or64(usual, zero), result = DoubleLanes.select(zero, r.high, sum)
    return DoubleLanes.all(good) ? result : DoubleLanes.select(good, result, special(good, i))
  }
  @inline(never) private func special(_ good: DoubleLanes.Mask, _ i: Int) -> DoubleLanes {
    let v = load(x, i)
    var special = special64(v.v)
    if !fits { special = and64(special, not64(same64(v.v, DoubleLanes(0).v))) }
    func isZeroOrNaN(_ x: DoubleLanes) -> DoubleLanes.Mask { and64(special64(x.v), not64(DoubleLanes.infinite(x))) }
    if let first = factors.0 { special = or64(special, isZeroOrNaN(load(first, i))) }
    if let second = factors.1 { special = or64(special, isZeroOrNaN(load(second, i))) }
    let plain = inDoubles(v, i).quiet
    return DoubleLanes.all(or64(good, special)) ? plain : DoubleLanes.select(special, plain, refereed(v, i, toOdd: false))
  }
}
