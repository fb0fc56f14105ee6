import Lanes

// √(x² + b). Where x² dwarfs b it is |x| to all digits. And 1/(1 + x²).

extension FloatLanes {
  @inline(__always) static func squarable(_ x: Self) -> Self { atMost(x, 0x1p62) }
  @inline(__always) static func rootOfSquare(_ x: Self, plus b: Self) -> Self {
    let a = abs(x), c = squarable(a)
    return select(c < a, a, squareRoot(fma(c, c, b)))
  }
}

extension FloatPair {
  /// The root in floats, and its exact remainder over twice the root. Where x² overflows or underflows others decide.
  @inline(__always) static func rootOfSquare(_ x: Self, plus b: Self) -> Self {
    if !isNative { return inDoubles(x, b) { DoubleLanes.rootOfSquare($0, plus: $1) } }
    let s = b + square(x), root = FloatLanes.squareRoot(s.high)
    return Self(root, (.fma(-root, root, s.high) + s.low) * (0.5 / root), isRough: true)
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
    let s = b + square, root = DoubleLanes.squareRoot(s.high), high = DoubleLanes.select(isAll, a.high, root)
    let rest = (DoubleLanes.fma(-root, root, s.high) + s.low) * (0.5 * (1 / high))  // who divides by the root has 1/high, too
    return Self(high, DoubleLanes.select(isAll, a.low, rest))
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

extension Number {
  @inline(__always) static func bend(_ x: Self) -> Self { x * (0.5 * x / (1 + rootOfSquare(x, plus: 1))) }
}

// For |x| ≥ 0.354 the difference has digits enough; below it is x²·P(x²): processors divide and take roots in the same place, so
// that a division takes longer than P does. P: minimax, Sources/Constants/coefficients.py.

extension FloatLanes {
  @inline(__always) static func bend(_ x: Self) -> Self {
    let z = x * x, p = horner(z, [-0x1.09263cp-6, 0x1.fb1f0cp-6, -0x1.ffeb14p-5, 0x1.fffff4p-3])
    return select(abs(x) < 0.354, z * p, fma(rootOfSquare(x, plus: 1), 0.5, -0.5))
  }
}

extension Doubles {
  @inline(__always) static func bend(_ x: Self) -> Self {
    let z = x * x
    let p = estrin(
      z,
      [
        0x1.b8c42af0b4a83p-9, -0x1.8debc20b2009p-8, 0x1.05fa021b484c9p-7, -0x1.4fd71c02e16fp-7, 0x1.bffe07a8030e9p-7,
        -0x1.3ffff8d34b38ap-6, 0x1.ffffffe39c859p-6, -0x1.ffffffffe66fbp-5, 0x1.fffffffffffcap-3,
      ])
    return select(abs(x) < 0.354, z * p, fma(rootOfSquare(x, plus: 1), 0.5, -0.5))
  }
}

extension Number {
  /// From 2⁶⁰ on (1/x)²: x² may overflow where this does not underflow.
  @inline(__always) static func inverseOnePlusSquare(_ x: Self) -> Self {
    let a = abs(x), isLarge = a > 0x1p60, y = 1 / select(isLarge, a, 1 + square(a))
    return select(isLarge, square(y), y)
  }
}

extension DoublePair {
  /// Where x² may overflow, results are the referee's. The remainder of the first sum is one of the second, less what that
  /// has to round.
  @inline(__always) static func inverseOnePlusSquare(_ x: Self) -> Self {
    let s = DoubleLanes.fma(x.high, x.high, 1), t = 1 - s, rest = DoubleLanes.fma(x.high, x.high, t) - ((t + s) - 1)
    return 1 / Self(s, x.isDouble ? rest : DoubleLanes.fma(x.high + x.high, x.low, rest))
  }
}

extension FloatPair {
  /// As in pairs of doubles. Where x² overflows the result is NaN, and so in doubt.
  @inline(__always) static func inverseOnePlusSquare(_ x: Self) -> Self {
    let s = FloatLanes.fma(x.high, x.high, 1), t = 1 - s, rest = FloatLanes.fma(x.high, x.high, t) - ((t + s) - 1)
    return 1 / Self(s, x.isFloat ? rest : FloatLanes.fma(x.high + x.high, x.low, rest))
  }
}
