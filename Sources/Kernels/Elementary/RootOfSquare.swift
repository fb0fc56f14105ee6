import Lanes

// √(x² + b). Where x² dwarfs b it is |x| to all digits.

extension Lanes {
  @inline(__always) static func rescaled(_ q: Self, _ c: Self, _ a: Self) -> Self { any(c < a) ? q * square(c / a) : q }
}

extension FloatLanes {
  @inline(__always) static func squarable(_ x: Self) -> Self { atMost(x, 0x1p62) }
  @inline(__always) static func rootOfSquare(_ x: Self, plus b: Self) -> Self {
    let a = abs(x), c = squarable(a)
    return select(c < a, a, squareRoot(fma(c, c, b)))
  }
}

extension Doubles {
  @inline(__always) static func squarable(_ x: Self) -> Self { Reach.isNarrow ? x : atMost(x, 0x1p510) }
  @inline(__always) static func rootOfSquare(_ x: Self, plus b: Self) -> Self {
    if Reach.isNarrow { return squareRoot(fma(x, x, b)) }
    let a = abs(x), c = squarable(a)
    return select(c < a, a, squareRoot(fma(c, c, b)))
  }
}

extension DoublePair {
  @inline(__always) static func squarable(_ x: Self) -> Self { select(0x1p400 < x, 0x1p400, x) }
  /// The root in doubles, and its exact remainder over twice the root.
  @inline(__always) static func rootOfSquare(_ x: Self, plus b: Self) -> Self {
    let a = abs(x), isAll = DoubleLanes(0x1p400) < a.high
    let square = DoublePair.square(Self(DoubleLanes.select(isAll, 1, a.high), a.isDouble ? 0 : DoubleLanes.select(isAll, 0, a.low)))
    let s = b + square, root = DoubleLanes.squareRoot(s.high)
    let rest = (DoubleLanes.fma(-root, root, s.high) + s.low) * (0.5 / root)
    return select(isAll, a, Self(root, rest))
  }
}

extension DoubleDouble {
  /// Any b > 0: both are scaled to about 1 before.
  @inline(never) static func rootOfSquare(_ x: Self, plus b: Self) -> Self {
    let a = abs(x.plain), b = b.plain
    let j = DoubleLanes(exponent64(a.high.v)), l = DoubleLanes.round(DoubleLanes(exponent64(b.high.v)) * 0.5)
    let k = DoubleLanes.select(j < l, l, j), c = scale(a, -k), d = scale(scale(b, -k), -k)
    let s = (d + c * c).plain, root = DoubleLanes.squareRoot(s.high)
    let rest = (DoubleLanes.fma(-root, root, s.high) + s.low) / (root + root)
    return Self(DoubleLanes.orderedSum(root, rest)).times(k)
  }
}
