import Lanes

extension Elements where S == Float64 {
  /// y = f(x) or f′(x), times factors, in pairs of doubles, and where they do not hold in doubles or by the referee.
  @inline(__always) func sweepPairs() {
    withBlocks(Double.self, Double.self) { high, low in
      var start = 0
      while start < count {
        let end = min(start &+ blockSize, count), whole = (end &- start) & ~(DoubleLanes.count &- 1)
        _ = kernels.pointee.pairs(x + start, high, low, whole, start, job)
        if start &+ whole < end {
          load(x, start &+ whole).store(high + whole)
          _ = kernels.pointee.pairs(high + whole, high + whole, low + whole, DoubleLanes.count, start &+ whole, job)
        }
        var i = start
        while i < end {
          var r = DoublePair(DoubleLanes.load(high + (i &- start)), DoubleLanes.load(low + (i &- start)))
          let f = r.high
          if let first = factors.0 { r = r * DoublePair(load(first, i)) }
          let product = r.high
          if let second = factors.1 { r = r * DoublePair(load(second, i)) }
          let sum = r.high + r.low
          var usual = sum.isUsual
          if factors.0 != nil { usual = and64(usual, f.isUsual) }
          if factors.1 != nil { usual = and64(usual, product.isUsual) }
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
