import Lanes

// √(1 + x²). Where x² dwarfs 1 it is |x| to all digits.

extension FloatLanes {
  @inline(__always) static func hypot1(_ x: Self) -> Self {
    let a = abs(x), b = atMost(a, 0x1p60)
    return select(b < a, a, squareRoot(fma(b, b, 1)))
  }
}

extension Doubles {
  @inline(__always) static func hypot1(_ x: Self) -> Self {
    if Reach.isNarrow { return squareRoot(fma(x, x, 1)) }
    let a = abs(x), b = atMost(a, 0x1p500)
    return select(b < a, a, squareRoot(fma(b, b, 1)))
  }
}

extension DoublePair {
  /// The root in doubles, and its exact remainder over twice the root.
  @inline(__always) static func hypot1(_ x: Self) -> Self {
    let a = abs(x), big = DoubleLanes(0x1p400) < a.high
    let square = DoublePair.square(Self(DoubleLanes.select(big, 0, a.high), a.isDouble ? 0 : DoubleLanes.select(big, 0, a.low)))
    let s = 1 + square, root = DoubleLanes.squareRoot(s.high)
    let rest = (DoubleLanes.fma(-root, root, s.high) + s.low) * (0.5 / root)
    return select(big, a, Self(root, rest))
  }
}

extension DoubleDouble {
  @inline(never) static func hypot1(_ x: Self) -> Self {
    let a = abs(x.plain), big = DoubleLanes(0x1p400) < a.high
    let b = select(big, 1, a), s = (1 + b * b).plain, root = DoubleLanes.squareRoot(s.high)
    let rest = (DoubleLanes.fma(-root, root, s.high) + s.low) / (root + root)
    return select(big, a, Self(DoubleLanes.orderedSum(root, rest)))
  }
}
