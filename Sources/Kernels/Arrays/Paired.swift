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
          var r = DoublePair(f, other), sum = other, product = f, g = DoubleLanes(1), h = g
          if let first = factors.0 {
            g = load(first, i)
            r = r * DoublePair(g)
            product = r.high
            if let second = factors.1 {
              h = load(second, i)
              r = r * DoublePair(h)
            }
            sum = r.sum
          }
          let isUsual = fits && all_usual64(sum.v) && (isAlone || all_usual64(f.v) && (factors.1 == nil || all_usual64(product.v)))
          store(isUsual ? sum : unusual(r, sum, f, g, product, h, i), i)
          i &+= DoubleLanes.count
        }
        start &+= blockSize
      }
    }
  }

  /// The high part where it is a right zero, as it is where a factor is zero and the others are not large; doubles where x is zero,
  /// infinite or NaN or a factor is zero or NaN; and the referee elsewhere.
  @inline(__always) private func unusual(
    _ r: DoublePair, _ sum: DoubleLanes, _ f: DoubleLanes, _ g: DoubleLanes, _ product: DoubleLanes, _ h: DoubleLanes, _ i: Int
  ) -> DoubleLanes {
    var usual = sum.isUsual, zero = r.isRightZero(of: load(x, i), isArithmetic: kernels.pointee.isArithmetic)
    if factors.0 != nil {
      usual = and64(usual, and64(f.isUsual, product.isUsual))
      let first = and64(and64(f.isUsual, isZero(g)), DoubleLanes.abs(h) < DoubleLanes(Double.infinity))
      zero = or64(zero, or64(first, and64(product.isUsual, isZero(h))))
    }
    if !fits { usual = and64(usual, fitting(i)) }
    let good = or64(usual, zero), result = DoubleLanes.select(zero, r.high, sum)
    return DoubleLanes.all(good) ? result : DoubleLanes.select(good, result, special(good, g, h, i))
  }
  @inline(__always) private func isZero(_ x: DoubleLanes) -> DoubleLanes.Mask { same64(x.v, DoubleLanes(0).v) }
  @inline(never) private func special(_ good: DoubleLanes.Mask, _ g: DoubleLanes, _ h: DoubleLanes, _ i: Int) -> DoubleLanes {
    let v = load(x, i)
    var special = special64(v.v)
    if !fits { special = and64(special, not64(isZero(v))) }
    func isZeroOrNaN(_ x: DoubleLanes) -> DoubleLanes.Mask { and64(special64(x.v), not64(DoubleLanes.infinite(x))) }
    special = or64(special, or64(isZeroOrNaN(g), isZeroOrNaN(h)))
    let plain = inDoubles(v, i).quiet
    return DoubleLanes.all(or64(good, special)) ? plain : DoubleLanes.select(special, plain, refereed(v, i, toOdd: false))
  }
}
