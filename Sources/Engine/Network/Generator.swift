/// Random numbers by their place: Philox4x32-10 (J. K. Salmon et al.: Parallel Random Numbers: As Easy as 1, 2, 3, 2011). The
/// key is the seed; the counter's words are the index, its upper half, which layer, epoch or step, and the purpose.
struct Generator {
  let seed: UInt64

  /// What the numbers are for: the lowest byte of the counter's last word.
  enum Purpose: UInt32 { case weights = 0, order = 1, validation = 2, dropout = 3 }

  func block(_ index: UInt64, _ which: UInt32, _ purpose: Purpose, _ more: UInt32 = 0) -> (UInt32, UInt32, UInt32, UInt32) {
    var c = (UInt32(truncatingIfNeeded: index), UInt32(truncatingIfNeeded: index >> 32), which, purpose.rawValue | more << 8)
    var key = (UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
    for _ in 0..<10 {
      let a = UInt64(c.0) &* 0xd251_1f53, b = UInt64(c.2) &* 0xcd9e_8d57
      c = (
        UInt32(truncatingIfNeeded: b >> 32) ^ c.1 ^ key.0, UInt32(truncatingIfNeeded: b),
        UInt32(truncatingIfNeeded: a >> 32) ^ c.3 ^ key.1, UInt32(truncatingIfNeeded: a)
      )
      key = (key.0 &+ 0x9e37_79b9, key.1 &+ 0xbb67_ae85)
    }
    return c
  }
  /// The two numbers of 64 bits that a block makes.
  func pair(_ index: UInt64, _ which: UInt32, _ purpose: Purpose, _ more: UInt32 = 0) -> (UInt64, UInt64) {
    let r = block(index, which, purpose, more)
    return (UInt64(r.1) << 32 | UInt64(r.0), UInt64(r.3) << 32 | UInt64(r.2))
  }

  /// Between −1 and 1, neither of them nor 0: an odd multiple of 2⁻⁵³.
  private func symmetric(_ bits: UInt64) -> Double { Double(Int64(bits >> 11) * 2 + 1 - 0x20_0000_0000_0000) * 0x1p-53 }

  /// The i-th number of a layer, uniformly from ±1.
  func uniform(_ i: Int, layer: Int) -> Double {
    let p = pair(UInt64(i / 2), UInt32(truncatingIfNeeded: layer), .weights)
    return symmetric(i % 2 == 0 ? p.0 : p.1)
  }
  /// From the normal distribution (Marsaglia's polar method), each of a row of its own of the uniform pairs.
  func normal(_ i: Int, layer: Int) -> Double {
    var attempt = 1 as UInt32
    while true {
      let p = pair(UInt64(i), UInt32(truncatingIfNeeded: layer), .weights, attempt)
      let u = symmetric(p.0), v = symmetric(p.1), s = u * u + v * v
      if s < 1 { return u * (-2 * logarithm(s) / s).squareRoot() }
      attempt += 1
    }
  }

  /// Shuffles them (Fisher, Yates).
  func shuffle(_ order: UnsafeMutableBufferPointer<UInt32>, _ which: UInt64, _ purpose: Purpose) {
    var last = (UInt64.max, (0 as UInt64, 0 as UInt64))
    var i = order.count - 1
    while i > 0 {
      let index = UInt64(i / 2)
      if last.0 != index {
        last = (index, pair(index, UInt32(truncatingIfNeeded: which), purpose, UInt32(truncatingIfNeeded: which >> 32)))
      }
      let j = Int((i % 2 == 0 ? last.1.0 : last.1.1).multipliedFullWidth(by: UInt64(i + 1)).high)
      (order[i], order[j]) = (order[j], order[i])
      i -= 1
    }
  }

  /// x times a mask: 0 where a number is less than the rate, else 1/(1 − rate). Each layer and step has its own.
  func dropOut<T: BinaryFloatingPoint>(_ x: UnsafeMutablePointer<T>, _ count: Int, rate: Double, layer: Int, step: UInt64) {
    let threshold = UInt32(rate * 0x1p32), factor = T(1 / (1 - rate)), which = UInt32(truncatingIfNeeded: step)
    let more = UInt32(truncatingIfNeeded: layer) ^ UInt32(truncatingIfNeeded: step >> 32) &* 0x9e37_79b9
    var i = 0
    while i < count {
      let r = block(UInt64(i / 4), which, .dropout, more)
      x[i] *= r.0 < threshold ? 0 : factor
      if i + 1 < count { x[i + 1] *= r.1 < threshold ? 0 : factor }
      if i + 2 < count { x[i + 2] *= r.2 < threshold ? 0 : factor }
      if i + 3 < count { x[i + 3] *= r.3 < threshold ? 0 : factor }
      i += 4
    }
  }
}

/// ln x of a normal x > 0, from operations that every processor does alike: 2·artanh((m − 1)/(m + 1)) + k·ln 2.
private func logarithm(_ x: Double) -> Double {
  var m = x.significand, k = Double(x.exponent)
  if m > 1.4142135623730951 { (m, k) = (m / 2, k + 1) }
  let s = (m - 1) / (m + 1), z = s * s
  var sum = 0.0, n = 23.0
  while n >= 1 {
    sum = sum * z + 1 / n
    n -= 2
  }
  return 2 * s * sum + k * 0x1.62e42fefa39efp-1
}
