import Lanes

/// softmax e^(xᵢ − m)/Σ e^(xⱼ − m) and log_softmax (xᵢ − m) − ln Σ e^(xⱼ − m), m being the largest x of the row, and the
/// products of dy with their Jacobians. Nothing overflows, and the sum is at least 1.
func runRows(_ job: RowJob) {
  switch (job.pointee.type, job.pointee.accuracy) {
  case (ACT_F64, ACT_FAST): runRows(job, FastDoubleRows.self)
  case (ACT_F64, _): runRows(job, PairRows.self)
  case (ACT_F32, ACT_FAST) where job.pointee.dy == nil: runRows(job, FloatRows.self)
  case (ACT_F32, _): runRows(job, NarrowRows<Float32>.self)
  case (ACT_F16, _): runRows(job, NarrowRows<Float16Bits>.self)
  default: runRows(job, NarrowRows<BFloat16Bits>.self)
  }
}

typealias RowJob = UnsafePointer<act_row_job>

/// How the elements of a row are swept for its largest.
protocol RowStorage: Storage {
  /// Of `count` elements, whole vectors of any type; NaN is passed over.
  static func greatest(_ p: UnsafePointer<Element>, _ count: Int) -> Double
}
extension RowStorage {
  @inline(__always) static func greatest(_ p: UnsafePointer<Element>, _ count: Int) -> Double {
    var most = DoubleLanes(-Double.infinity), i = 0
    while i < count {
      let v = load(p + i)
      most = .select(most < v, v, most)
      i &+= DoubleLanes.count
    }
    return greatest64(most.v)
  }
}
extension Float64: RowStorage {}
extension Float16Bits: RowStorage {}
extension BFloat16Bits: RowStorage {}
extension Float32: RowStorage {
  @inline(__always) static func greatest(_ p: UnsafePointer<Float>, _ count: Int) -> Double {
    var most = FloatLanes(-Double.infinity), i = 0
    while i < count {
      let v = FloatLanes.load(p + i)
      most = .select(most < v, v, most)
      i &+= FloatLanes.count
    }
    return Double(greatest32(most.v))
  }
}

/// The type of the elements and the numbers in which their rows are computed.
protocol RowKind {
  associatedtype S: RowStorage
  associatedtype R: Number
  /// How many elements a vector has: a divisor of `rowStep`.
  static var width: Int { get }
  static func load(_ p: UnsafePointer<S.Element>) -> R
  /// Of numbers that are not NaN, and of any.
  static func store(_ r: R, _ p: UnsafeMutablePointer<S.Element>)
  static func storeAny(_ r: R, _ p: UnsafeMutablePointer<S.Element>)
  /// What is the same for all elements of a row with that largest one.
  associatedtype Base
  static func base(_ most: Double) -> Base
  /// e^(x − most), times a factor that is the same for all of the row.
  static func exponential(_ x: R, _ base: Base) -> R
  /// What is summed: the elements of a vector are so many of these.
  associatedtype Addend: RowAddend
  static func add(_ r: R, to accumulator: inout Accumulator<Addend>, at i: Int)
  static func divisor(_ sum: (high: Double, low: Double)) -> R
  /// e over the divisor times the factor, e being the exponential of x.
  static func quotient(_ e: R, _ x: R, _ base: Base, _ divisor: R, times factor: R) -> R
  static func keep(_ e: R, _ i: Int, _ memory: Kept)
  static func kept(_ i: Int, _ memory: Kept) -> R
  /// The numbers for the logarithm of the sum. Where the sum is less than 1 + `leastRest` its logarithm would miss digits.
  associatedtype Logarithm: Number
  static var leastRest: Double { get }
  static func constant(_ r: Logarithm) -> R
  /// The sum over the largest exponential.
  static func relative(_ sum: (high: Double, low: Double), _ most: Double, _ base: Base) -> (high: Double, low: Double)
  /// minusLog − (most − x)
  static func less(_ minusLog: R, _ most: R, _ x: R) -> R
}
extension RowKind {
  @inline(__always) static func relative(_ sum: (high: Double, low: Double), _ most: Double, _ base: Base) -> (high: Double, low: Double) {
    sum
  }
  @inline(__always) static func less(_ minusLog: R, _ most: R, _ x: R) -> R { minusLog - (most - x) }
}
extension RowKind where Logarithm == R {
  @inline(__always) static func constant(_ r: R) -> R { r }
}
extension RowKind where Addend == R {
  @inline(__always) static func add(_ r: R, to accumulator: inout Accumulator<Addend>, at i: Int) {
    accumulator.add(r, i / width)
  }
}
extension RowKind where R: Lanes {
  @inline(__always) static func quotient(_ e: R, _ x: R, _ base: Base, _ divisor: R, times factor: R) -> R { e * divisor * factor }
}
extension RowKind where R: Lanes, R.Element == Double {
  @inline(__always) static func divisor(_ sum: (high: Double, low: Double)) -> R { R(1 / (sum.high + sum.low)) }
  @inline(__always) static func keep(_ e: R, _ i: Int, _ memory: Kept) { e.store(memory.high + i) }
  @inline(__always) static func kept(_ i: Int, _ memory: Kept) -> R { .load(memory.high + i) }
}

/// What is done at a time: whole vectors of any type.
private let rowStep = 32

/// Where exponentials are kept, in one or two parts.
struct Kept {
  let high: UnsafeMutablePointer<Double>, low: UnsafeMutablePointer<Double>
}

/// Sixteen sums, of the elements of equal place modulo 16: however wide a vector is, they are added in one order.
struct Sums {
  static let count = 16
  let high: UnsafeMutablePointer<Double>, low: UnsafeMutablePointer<Double>

  @inline(__always) func clear() {
    for i in 0..<Sums.count { (high[i], low[i]) = (0, 0) }
  }
}

/// What the sums are kept in while a part of the row is added.
protocol RowAddend {
  static func + (a: Self, b: Self) -> Self
  static func load(_ sums: Sums, _ i: Int) -> Self
  func store(_ sums: Sums, _ i: Int)
  static func total(_ sums: Sums) -> (high: Double, low: Double)
}
extension Doubles: RowAddend {
  @inline(__always) static func load(_ sums: Sums, _ i: Int) -> Self { .load(sums.high + i) }
  @inline(__always) func store(_ sums: Sums, _ i: Int) { store(sums.high + i) }
  @inline(__always) static func total(_ sums: Sums) -> (high: Double, low: Double) { (sum_of_sixteen(sums.high), 0) }
}
struct PairAddend: RowAddend {
  var high: DoubleLanes, low: DoubleLanes
  @inline(__always) static func + (a: Self, b: Self) -> Self {
    let s = DoubleLanes.sum(a.high, b.high)
    return Self(high: s.high, low: s.low + (a.low + b.low))
  }
  @inline(__always) static func load(_ sums: Sums, _ i: Int) -> Self { Self(high: .load(sums.high + i), low: .load(sums.low + i)) }
  @inline(__always) func store(_ sums: Sums, _ i: Int) {
    high.store(sums.high + i)
    low.store(sums.low + i)
  }
  @inline(never) static func total(_ sums: Sums) -> (high: Double, low: Double) {
    let high = sums.high, low = sums.low
    var n = Sums.count / 2
    while n > 0 {
      for i in 0..<n {
        let a = high[i], b = high[i + n], s = a + b, t = s - a
        high[i] = s
        low[i] = low[i] + low[i + n] + ((a - (s - t)) + (b - t))
      }
      n /= 2
    }
    return (high[0], low[0])
  }
}
// As many vectors as make sixteen doubles.
#if ACT_V4
typealias Parts<A> = InlineArray<1, A>
#elseif ACT_V3
typealias Parts<A> = InlineArray<2, A>
#elseif arch(arm64)
typealias Parts<A> = InlineArray<4, A>
#else
typealias Parts<A> = InlineArray<8, A>
#endif
struct Accumulator<A: RowAddend> {
  private var parts: Parts<A>
  private let sums: Sums

  @inline(__always) init(_ sums: Sums) {
    self.sums = sums
    parts = Parts { .load(sums, $0 &* DoubleLanes.count) }
  }
  /// To the sums of a vector's place.
  @inline(__always) mutating func add(_ a: A, _ vector: Int) {
    let i = vector % parts.count
    parts[i] = parts[i] + a
  }
  @inline(__always) func store() {
    for j in parts.indices { parts[j].store(sums, j &* DoubleLanes.count) }
  }
}

/// float32, float16 and bfloat16 in doubles.
enum NarrowRows<S: RowStorage>: RowKind {
  static var width: Int { NarrowLanes.count }
  @inline(__always) static func load(_ p: UnsafePointer<S.Element>) -> NarrowLanes { NarrowLanes(S.load(p).v) }
  @inline(__always) static func store(_ r: NarrowLanes, _ p: UnsafeMutablePointer<S.Element>) {
    S.store(S.round(DoubleLanes(r.v)), p)
  }
  @inline(__always) static func storeAny(_ r: NarrowLanes, _ p: UnsafeMutablePointer<S.Element>) {
    S.store(S.round(DoubleLanes(r.v)).quiet, p)
  }
  @inline(__always) static func base(_ most: Double) -> Double { most }
  /// 2^((x − most)/ln 2), to 2^-33: the quotient is so close, and the whole part of it is exact. NaN stays NaN.
  @inline(__always) static func exponential(_ x: NarrowLanes, _ most: Double) -> NarrowLanes {
    let z = NarrowLanes(atleast64(((x - NarrowLanes(most)) * NarrowLanes(0x1.71547652b82fep0)).v, f64(repeating: -1023)))
    let t = z + NarrowLanes(0x1.8p52 + 1023), r = z - (t - NarrowLanes(0x1.8p52 + 1023))
    var p = NarrowLanes.fma(0x1.ffcbf260222d2p-17, r, 0x1.443f65def8b09p-13)
    p = .fma(p, r, 0x1.5d88bda0fd329p-10)
    p = .fma(p, r, 0x1.3b2a1c326487ap-7)
    p = .fma(p, r, 0x1.c6b08cb17922ep-5)
    p = .fma(p, r, 0x1.ebfbe045333dep-3)
    p = .fma(p, r, 0x1.62e42fefd321ap-1)
    return .fma(p, r, 1) * NarrowLanes(power_of_biased64(t.v))
  }
  typealias Addend = NarrowLanes
  typealias Logarithm = NarrowLanes
  static var leastRest: Double { 0x1p-16 }
}

/// float64 in doubles.
enum FastDoubleRows: RowKind {
  typealias S = Float64
  static var width: Int { DoubleLanes.count }
  @inline(__always) static func load(_ p: UnsafePointer<Double>) -> DoubleLanes { .load(p) }
  @inline(__always) static func store(_ r: DoubleLanes, _ p: UnsafeMutablePointer<Double>) { r.store(p) }
  @inline(__always) static func storeAny(_ r: DoubleLanes, _ p: UnsafeMutablePointer<Double>) { r.quiet.store(p) }
  @inline(__always) static func base(_ most: Double) -> Double { most }
  @inline(__always) static func exponential(_ x: DoubleLanes, _ most: Double) -> DoubleLanes { farExponential(x, most) }
  typealias Addend = PairAddend
  @inline(__always) static func add(_ r: DoubleLanes, to accumulator: inout Accumulator<PairAddend>, at i: Int) {
    accumulator.add(PairAddend(high: r, low: 0), i / width)
  }
  typealias Logarithm = DoubleLanes
  static var leastRest: Double { 0x1p-40 }
}

/// float64 in pairs of doubles.
enum PairRows: RowKind {
  typealias S = Float64
  static var width: Int { DoubleLanes.count }
  @inline(__always) static func load(_ p: UnsafePointer<Double>) -> DoublePair { DoublePair(DoubleLanes.load(p)) }
  @inline(__always) static func store(_ r: DoublePair, _ p: UnsafeMutablePointer<Double>) {
    (r.isDouble ? r.high : r.high + r.low).store(p)
  }
  @inline(__always) static func storeAny(_ r: DoublePair, _ p: UnsafeMutablePointer<Double>) {
    (r.isDouble ? r.high : r.high + r.low).quiet.store(p)
  }
  @inline(__always) static func base(_ most: Double) -> Double { most }
  @inline(__always) static func exponential(_ x: DoublePair, _ most: Double) -> DoublePair { farExponential(x, most) }
  typealias Addend = PairAddend
  @inline(__always) static func add(_ r: DoublePair, to accumulator: inout Accumulator<PairAddend>, at i: Int) {
    accumulator.add(PairAddend(high: r.high, low: r.isDouble ? 0 : r.low), i / width)
  }
  @inline(__always) static func divisor(_ sum: (high: Double, low: Double)) -> DoublePair { DoublePair(sum.high, sum.low) }
  /// Pairs of doubles do not reach down to subnormal numbers: there the referee decides.
  @inline(__always) static func quotient(_ e: DoublePair, _ x: DoublePair, _ most: Double, _ divisor: DoublePair, times factor: DoublePair)
    -> DoublePair
  {
    let a = DoublePair(most) - x
    let r = e / divisor * factor, isTiny = and64(DoubleLanes(600) < a.high, a.high < DoubleLanes(800))
    guard DoubleLanes.any(isTiny) else { return r }
    return .select(isTiny, tiny(a, divisor, factor), r)
  }
  @inline(never) private static func tiny(_ a: DoublePair, _ divisor: DoublePair, _ factor: DoublePair) -> DoublePair {
    func tidy(_ x: DoublePair) -> DoubleDouble { DoubleDouble(DoubleLanes.orderedSum(x.high, x.low)) }
    let r = DoubleDouble.expMinus(tidy(a)) / tidy(divisor) * tidy(factor)
    return DoublePair(r.plain.high)
  }
  @inline(__always) static func keep(_ e: DoublePair, _ i: Int, _ memory: Kept) {
    e.high.store(memory.high + i)
    e.low.store(memory.low + i)
  }
  @inline(__always) static func kept(_ i: Int, _ memory: Kept) -> DoublePair {
    DoublePair(.load(memory.high + i), .load(memory.low + i))
  }
  typealias Logarithm = DoublePair
  static var leastRest: Double { 0x1p-40 }
  @inline(__always) static func less(_ minusLog: DoublePair, _ most: DoublePair, _ x: DoublePair) -> DoublePair {
    let d = most - x
    return .select(DoublePair(Double.infinity) <= d, DoublePair(-Double.infinity), minusLog - d)
  }
}
/// The difference may overflow, and then has no rest.
@inline(__always) private func farExponential<R: Number>(_ x: R, _ most: Double) -> R {
  let a = R.exactDifference(R(most), x)
  return .select(R(1600) < a.value, 0, .expMinus(a.value, rest: a.rest))
}

/// float32 in floats, their sums in doubles.
enum FloatRows: RowKind {
  typealias S = Float32
  static var width: Int { FloatLanes.count }
  @inline(__always) static func load(_ p: UnsafePointer<Float>) -> FloatLanes { .load(p) }
  @inline(__always) static func store(_ r: FloatLanes, _ p: UnsafeMutablePointer<Float>) { r.store(p) }
  @inline(__always) static func storeAny(_ r: FloatLanes, _ p: UnsafeMutablePointer<Float>) { r.quiet.store(p) }

  /// x − most is no float in general. So what is computed is e^(x − start)·2^(32 − k), where either start is 0 and 2^k near
  /// e^most, or most is so large that where e^(x − most) is not 0 it is exact to subtract it: start is most then, and k = 0.
  /// The factor keeps the exponentials from being subnormal: from x = `least` down they are 0.
  struct Base {
    let start: Float, least: Float, offset: Float
  }
  @inline(__always) static func base(_ most: Double) -> Base {
    let isLarge = most.magnitude > 1000, k = isLarge ? 0 : (most * 0x1.71547652b82fep0).rounded(.toNearestOrEven)
    return Base(
      start: isLarge ? Float(most) : 0, least: Float((k - 159) * 0x1.62e42fefa39efp-1), offset: Float(0x1.8p23 + 127 + 32 - k))
  }
  @inline(__always) static func exponential(_ x: FloatLanes, _ base: Base) -> FloatLanes {
    let d = FloatLanes(atleast32((x - FloatLanes(f32(repeating: base.start))).v, f32(repeating: base.least)))
    let offset = FloatLanes(f32(repeating: base.offset))
    let t = FloatLanes.fma(d, 0x1.715476p0, offset), k = t - offset
    let r = FloatLanes.fma(k, 0x1.05c61p-29, .fma(k, -0x1.62e43p-1, d))  // the first product is exact
    let power = FloatLanes(power_of_biased32(t.v))
    return .fma(.expm1Reduced(r), power, power)
  }
  typealias Addend = DoubleLanes
  @inline(__always) static func add(_ r: FloatLanes, to accumulator: inout Accumulator<DoubleLanes>, at i: Int) {
    let h = r.halves(DoubleLanes.self), vector = i / DoubleLanes.count
    accumulator.add(h.low, vector)
    accumulator.add(h.high, vector &+ 1)
  }
  @inline(__always) static func divisor(_ sum: (high: Double, low: Double)) -> FloatLanes { FloatLanes(1 / sum.high) }
  @inline(__always) private static func floats(_ memory: Kept) -> UnsafeMutablePointer<Float> {
    UnsafeMutableRawPointer(memory.high).assumingMemoryBound(to: Float.self)
  }
  @inline(__always) static func keep(_ e: FloatLanes, _ i: Int, _ memory: Kept) { e.store(floats(memory) + i) }
  @inline(__always) static func kept(_ i: Int, _ memory: Kept) -> FloatLanes { .load(floats(memory) + i) }
  typealias Logarithm = NarrowLanes
  static var leastRest: Double { 0x1p-20 }
  @inline(__always) static func constant(_ r: NarrowLanes) -> FloatLanes { FloatLanes(r.v[0]) }
  @inline(__always) static func relative(_ sum: (high: Double, low: Double), _ most: Double, _ base: Base) -> (high: Double, low: Double) {
    (sum.high / Double(exponential(FloatLanes(most), base).v[0]), 0)
  }
}

@inline(never) private func runRows<K: RowKind>(_ job: RowJob, _ kind: K.Type) {
  let n = job.pointee.n, inner = job.pointee.inner
  withUnsafeTemporaryAllocation(of: Double.self, capacity: 4 * Sums.count) { sums in
    withBlocks(K.S.Element.self, K.S.Element.self) { xBlock, dyBlock in
      withBlocks(Double.self, Double.self) { high, low in
        let p = sums.baseAddress!
        var rows = Rows<K>(
          job: job, x: job.pointee.x.assumingMemoryBound(to: K.S.Element.self),
          dy: job.pointee.dy?.assumingMemoryBound(to: K.S.Element.self), y: job.pointee.y.assumingMemoryBound(to: K.S.Element.self),
          inner: inner, xBlock: xBlock, dyBlock: dyBlock, blockOfExponentials: Kept(high: high, low: low),
          sums: Sums(high: p, low: p + Sums.count), products: Sums(high: p + 2 * Sums.count, low: p + 3 * Sums.count))
        let all = rows, end = job.pointee.first &+ job.pointee.count
        var r = job.pointee.first
        while r < end {
          let start = r / inner &* n &* inner &+ r % inner
          rows.x = all.x + start
          rows.dy = all.dy.map { $0 + start }
          rows.y = all.y + start
          if let columns = job.pointee.columns, inner > 1 {
            let count = min(Int(ACT_ROW_COLUMNS), min(inner &- r % inner, end &- r))
            rows.runColumns(count, columns.assumingMemoryBound(to: K.S.Element.self))
            r &+= count
          } else {
            rows.run()
            r &+= 1
          }
        }
      }
    }
  }
}

private struct Rows<K: RowKind> {
  typealias Element = K.S.Element
  let job: RowJob
  /// The first elements of the row; the next ones are `inner` further on.
  var x: UnsafePointer<Element>, dy: UnsafePointer<Element>?, y: UnsafeMutablePointer<Element>, inner: Int
  let xBlock: UnsafeMutablePointer<Element>, dyBlock: UnsafeMutablePointer<Element>
  let blockOfExponentials: Kept
  let sums: Sums, products: Sums

  @inline(__always) var n: Int { job.pointee.n }
  @inline(__always) var hasGradient: Bool { dy != nil }
  @inline(__always) var keeps: Bool { n <= job.pointee.kept }

  @inline(never) func run() {
    let most = greatest()
    if most.magnitude == .infinity { return atInfinity(most) }
    sums.clear()
    products.clear()
    if job.pointee.logarithm == 0 {
      if hasGradient { softmaxGradient(most) } else { softmax(most) }
    } else {
      if hasGradient { logSoftmaxGradient(most) } else { logSoftmax(most) }
    }
  }
  /// Rows that lie side by side, by way of memory where each lies alone: a cache line then is read once for all of them.
  @inline(never) func runColumns(_ count: Int, _ memory: UnsafeMutablePointer<Element>) {
    let step = job.pointee.kept
    func move(_ from: UnsafePointer<Element>, to memory: UnsafeMutablePointer<Element>) {
      for i in 0..<n {
        for c in 0..<count { memory[c &* step &+ i] = from[i &* inner &+ c] }
      }
    }
    var one = self
    one.inner = 1
    let slopes = memory + Int(ACT_ROW_COLUMNS) &* step
    move(x, to: memory)
    if let dy { move(dy, to: slopes) }
    for c in 0..<count {
      one.x = UnsafePointer(memory + c &* step)
      one.dy = dy == nil ? nil : UnsafePointer(slopes + c &* step)
      one.y = memory + c &* step
      one.run()
    }
    for i in 0..<n {
      for c in 0..<count { y[i &* inner &+ c] = memory[c &* step &+ i] }
    }
  }

  /// A row is computed in parts, from i on so many elements: all that lie one after the other and need not be filled up,
  /// if there is memory for their exponentials, else blocks.
  @inline(__always) private func count(from i: Int, keeping: Bool) -> Int {
    let whole = inner == 1 ? n & ~(rowStep &- 1) : 0
    if i >= whole { return min(blockSize, n &- i) }
    return keeping && keeps ? whole &- i : min(blockSize, whole &- i)
  }
  /// A part: where it lies, if that is in one piece, else gathered; filled up with −∞, of which the exponential is 0, or 0.
  @inline(__always)
  private func part(
    _ p: UnsafePointer<Element>, _ i: Int, _ count: Int, _ memory: UnsafeMutablePointer<Element>, filler: Double, again: Bool
  ) -> UnsafePointer<Element> {
    if inner == 1 && count & (rowStep &- 1) == 0 { return p + i }
    if !again || n > blockSize { gather(p, i, count, memory, filler) }  // the only one is still there
    return UnsafePointer(memory)
  }
  @inline(never) private func gather(
    _ p: UnsafePointer<Element>, _ i: Int, _ count: Int, _ memory: UnsafeMutablePointer<Element>, _ filler: Double
  ) {
    var k = count & ~(rowStep &- 1)
    let end = (count &+ rowStep &- 1) & ~(rowStep &- 1)
    while k < end {
      K.S.store(DoubleLanes(filler), memory + k)
      k &+= DoubleLanes.count
    }
    if inner == 1 {
      copy(p + i, to: memory, count)
    } else {
      for k in 0..<count { memory[k] = p[(i &+ k) &* inner] }
    }
  }
  @inline(never) private func scatter(_ memory: UnsafePointer<Element>, _ i: Int, _ count: Int) {
    if inner == 1 { return copy(memory, to: y + i, count) }
    for k in 0..<count { y[(i &+ k) &* inner] = memory[k] }
  }

  /// Calls `body` with where each part of x lies, its exponentials are or may be kept, and its dy.
  @inline(__always) private func forEachPart(
    keeping: Bool, gradient: Bool = false, again: Bool = true,
    _ body: (_ i: Int, _ count: Int, _ x: UnsafePointer<Element>, _ dy: UnsafePointer<Element>, _ memory: Kept) -> Void
  ) {
    var i = 0
    while i < n {
      let count = count(from: i, keeping: keeping), x = part(self.x, i, count, xBlock, filler: -.infinity, again: again)
      body(i, count, x, gradient ? part(dy!, i, count, dyBlock, filler: 0, again: false) : x, memory(i, keeping: keeping))
      i &+= count
    }
  }
  @inline(__always) private func memory(_ i: Int, keeping: Bool) -> Kept {
    guard keeping && keeps else { return blockOfExponentials }
    let p = job.pointee.scratch!
    return Kept(high: p + i, low: p + job.pointee.kept + i)
  }

  @inline(__always) private func greatest() -> Double {
    var most = -Double.infinity
    forEachPart(keeping: true, again: false) { _, count, x, _, _ in
      let m = K.S.greatest(x, (count &+ rowStep &- 1) & ~(rowStep &- 1))
      if m > most { most = m }
    }
    return most
  }
  /// The exponentials of a part, added to the sums, and kept there if wanted.
  @inline(__always)
  private func addExponentials(_ x: UnsafePointer<Element>, _ base: K.Base, _ count: Int, keptIn memory: Kept?) {
    var sum = Accumulator<K.Addend>(sums), k = 0
    while k < count {
      var j = 0
      while j < rowStep {
        let e = K.exponential(K.load(x + (k &+ j)), base)
        if let memory { K.keep(e, k &+ j, memory) }
        K.add(e, to: &sum, at: j)
        j &+= K.width
      }
      k &+= rowStep
    }
    sum.store()
  }
  @inline(never) private func keepExponentials(_ x: UnsafePointer<Element>, _ base: K.Base, _ count: Int, _ memory: Kept) {
    addExponentials(x, base, count, keptIn: memory)
  }
  /// Adds what `body` makes of each vector of exponentials.
  @inline(__always) private func add(_ count: Int, to sums: Sums, _ body: (_ k: Int) -> K.R) {
    var sum = Accumulator<K.Addend>(sums), k = 0
    while k < count {
      var j = 0
      while j < rowStep {
        K.add(body(k &+ j), to: &sum, at: j)
        j &+= K.width
      }
      k &+= rowStep
    }
    sum.store()
  }
  /// Stores what `body` makes of each vector of a part.
  @inline(__always) private func map(
    _ i: Int, _ count: Int, _ body: (_ k: Int, _ y: UnsafeMutablePointer<Element>) -> Void
  ) {
    let isWhole = inner == 1 && count & (rowStep &- 1) == 0, y = isWhole ? self.y + i : xBlock
    var k = 0
    while k < count {
      body(k, y + k)
      k &+= K.width
    }
    if !isWhole { scatter(y, i, count) }
  }
  /// All of y is NaN: one for all, because which one an operation gives differs from processor to processor.
  @inline(never) private func fillWithNaN() {
    withUnsafeTemporaryAllocation(of: Element.self, capacity: DoubleLanes.count) { one in
      K.S.store(DoubleLanes(Double.nan), one.baseAddress!)
      for i in 0..<n { y[i &* inner] = one[0] }
    }
  }

  @inline(never) private func softmax(_ most: Double) {
    let base = K.base(most)
    forEachPart(keeping: true) { _, count, x, _, memory in keepExponentials(x, base, count, memory) }
    let total = K.Addend.total(sums), divisor = K.divisor(total)
    if total.high != total.high { return fillWithNaN() }
    forEachPart(keeping: true) { i, count, x, _, memory in
      if !keeps { keepExponentials(x, base, count, memory) }
      map(i, count) { k, y in K.store(K.quotient(K.kept(k, memory), K.load(x + k), base, divisor, times: 1), y) }
    }
  }
  @inline(never) private func softmaxGradient(_ most: Double) {
    let base = K.base(most)
    forEachPart(keeping: true, gradient: true) { _, count, x, dy, memory in
      keepExponentials(x, base, count, memory)
      add(count, to: products) { K.kept($0, memory) * K.load(dy + $0) }
    }
    let divisor = K.divisor(K.Addend.total(sums)), total = K.Addend.total(products)
    let mean = K.quotient(K.R(total.high, total.low), K.R(most), base, divisor, times: 1)
    forEachPart(keeping: true, gradient: true) { i, count, x, dy, memory in
      if !keeps { keepExponentials(x, base, count, memory) }
      map(i, count) { k, y in
        K.storeAny(K.quotient(K.kept(k, memory), K.load(x + k), base, divisor, times: K.load(dy + k) - mean), y)
      }
    }
  }
  /// The sum is 1 + t, over the largest exponential. Where t is small, it is added up without that one, so that the logarithm
  /// keeps its digits.
  @inline(never) private func logSoftmax(_ most: Double) {
    let base = K.base(most)
    forEachPart(keeping: false) { _, count, x, _, _ in addExponentials(x, base, count, keptIn: nil) }
    let sum = K.relative(K.Addend.total(sums), most, base)
    if sum.high != sum.high { return fillWithNaN() }
    let m = K.R(most), minusLog = K.constant(0 - (sum.high < 1 + K.leastRest ? logOfNearOne(most) : logarithm(sum)))
    forEachPart(keeping: false) { i, count, x, _, _ in
      map(i, count) { k, y in K.store(K.less(minusLog, m, K.load(x + k)), y) }
    }
  }
  /// ln(2^k·(1 + f))
  @inline(__always) private func logarithm(_ sum: (high: Double, low: Double)) -> K.Logarithm {
    let k = sum.high.exponent, power = Double(sign: .plus, exponent: -k, significand: 1)
    let f = sum.high * power - 1, low = sum.low * power, high = f + low
    return .log1p(K.Logarithm(high, low - (high - f)))
      + K.Logarithm(Double(k)) * K.Logarithm(0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56)
  }
  /// With the sum of the exponentials but for the largest, over that.
  @inline(never) private func logOfNearOne(_ most: Double) -> K.Logarithm {
    let rest = sumBelow(most, from: most)
    return rest.high < 0x1p-100 ? K.Logarithm(restOfTiny(most)) : .log1p(K.Logarithm(rest.high, rest.low))
  }
  /// The sum of the exponentials of what is less than `most`, over that of another number.
  @inline(never) private func sumBelow(_ most: Double, from other: Double) -> (high: Double, low: Double) {
    let base = K.base(other), m = K.R(most)
    sums.clear()
    forEachPart(keeping: false) { _, count, x, _, _ in
      add(count, to: sums) {
        let v = K.load(x + $0)
        return .select(m <= v, 0, K.exponential(v, base))
      }
    }
    return K.relative(K.Addend.total(sums), other, base)
  }
  /// The sum that `logOfNearOne` needs where they are so small that they have lost digits: e^(second − most) times the sum of those that the second
  /// largest x is taken from.
  @inline(never) private func restOfTiny(_ most: Double) -> Double {
    var second = DoubleLanes(-Double.infinity)
    forEachPart(keeping: false) { _, count, x, _, _ in
      var k = 0
      while k < count {
        let v = K.S.load(x + k)
        second = .select(and64(second < v, v < DoubleLanes(most)), v, second)
        k &+= DoubleLanes.count
      }
    }
    let next = greatest64(second.v)
    if most - next > 1600 { return 0 }
    let s = sumBelow(most, from: next), a = DoubleLanes.sum(DoubleLanes(most), DoubleLanes(-next))
    let e = DoubleDouble.expMinus(DoubleDouble(a.high, a.low)),
      sum = DoubleLanes.orderedSum(DoubleLanes(s.high), DoubleLanes(s.low))
    return (e * DoubleDouble(sum.high, sum.low)).plain.high.v[0]
  }
  /// dyᵢ − yᵢ·Σ dyⱼ, y being the softmax.
  @inline(never) private func logSoftmaxGradient(_ most: Double) {
    let base = K.base(most)
    forEachPart(keeping: true, gradient: true) { _, count, x, dy, memory in
      keepExponentials(x, base, count, memory)
      add(count, to: products) { K.load(dy + $0) }
    }
    let divisor = K.divisor(K.Addend.total(sums)), total = K.Addend.total(products), sum = K.R(total.high, total.low)
    forEachPart(keeping: true, gradient: true) { i, count, x, dy, memory in
      if !keeps { keepExponentials(x, base, count, memory) }
      map(i, count) { k, y in
        K.storeAny(K.load(dy + k) - K.quotient(K.kept(k, memory), K.load(x + k), base, divisor, times: sum), y)
      }
    }
  }

  /// Where the largest x is infinite or all are −∞. The limits for one x that grows beyond all bounds; where there is none,
  /// NaN.
  @inline(never) func atInfinity(_ most: Double) {
    let isLog = job.pointee.logarithm != 0, hasGradient = hasGradient
    var infinite = 0, isNaN = most < 0, sum = 0.0
    eachInDoubles() { x, dy in
      if x == .infinity { infinite += 1 }
      isNaN = isNaN || x != x
      if isLog || x == .infinity { sum += dy }
      return 0
    }
    eachInDoubles(stores: true) { x, dy in
      let y = isNaN || x == .infinity && infinite > 1 ? Double.nan : x == .infinity ? 1.0 : 0.0
      if hasGradient { return isLog ? dy - y * sum : y * (dy - sum) }
      return isLog ? (y == 0 ? -.infinity : y - 1) : y
    }
  }
  private func eachInDoubles(stores: Bool = false, _ body: (Double, Double) -> Double) {
    var i = 0
    while i < n {
      let count = min(blockSize, n &- i)
      gather(x, i, count, xBlock, 0)
      if let dy { gather(dy, i, count, dyBlock, 0) }
      var k = 0
      while k < count {
        var x = K.S.load(xBlock + k)
        let dy = hasGradient ? K.S.load(dyBlock + k) : 0
        for lane in 0..<min(DoubleLanes.count, count &- k) { x.v[lane] = body(x.v[lane], dy.v[lane]) }
        if stores { K.S.store(K.S.round(x).quiet, xBlock + k) }
        k &+= DoubleLanes.count
      }
      if stores { scatter(xBlock, i, count) }
      i &+= blockSize
    }
  }
}
