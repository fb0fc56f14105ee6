import Lanes

/// softmax e^(xᵢ − m)/Σ e^(xⱼ − m) and log_softmax (xᵢ − m) − ln Σ e^(xⱼ − m), m being the largest x of the row, and the
/// products of dy with their Jacobians. Nothing overflows, and the sum is at least 1.
func runRows(_ job: RowJob) {
  switch (job.pointee.type, job.pointee.accuracy) {
  case (ACT_F64, ACT_FAST) where job.pointee.dy == nil: runRows(job, FastDoubleRows.self)
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
    var most = f64(repeating: -Double.infinity), i = 0
    while i < count {
      most = orelse64(load(p + i).v, most)
      i &+= DoubleLanes.count
    }
    return greatest64(most)
  }
}
extension Float64: RowStorage {}
extension Float16Bits: RowStorage {}
extension BFloat16Bits: RowStorage {}
extension Float32: RowStorage {
  @inline(__always) static func greatest(_ p: UnsafePointer<Float>, _ count: Int) -> Double {
    var most = f32(repeating: -.infinity), i = 0
    while i < count {
      most = orelse32(FloatLanes.load(p + i).v, most)
      i &+= FloatLanes.count
    }
    return Double(greatest32(most))
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
  /// Adds `rowStep` exponentials, where it does not matter what the largest of them does to the others' digits: for a logarithm
  /// where the sum is at least `leastStepped` times the largest.
  static func addStep(to accumulator: inout Accumulator<Addend>, _ vector: (_ i: Int) -> R)
  static var leastStepped: Double { get }
  associatedtype Divisor = R
  static func divisor(_ sum: (high: Double, low: Double)) -> Divisor
  /// e over the divisor times the factor, e being the exponential of x in a row with that largest element.
  static func quotient(_ e: R, _ x: R, _ most: Double, _ divisor: Divisor, times factor: R) -> R
  /// Whether exponentials are as long as results, so that they may be kept where these go.
  static var fitsResults: Bool { get }
  static func keep(_ e: R, _ i: Int, _ memory: Kept)
  static func kept(_ i: Int, _ memory: Kept) -> R
  /// The numbers for the logarithm of the sum. Where the sum is less than 1 + `leastRest` its logarithm would miss digits.
  associatedtype Logarithm: Number
  static var leastRest: Double { get }
  static func constant(_ r: Logarithm) -> R
  /// The sum over the largest exponential.
  static func relative(_ sum: (high: Double, low: Double), _ most: Double, _ base: Base) -> (high: Double, low: Double)
  /// minusLog − most, if the digits that are lost there do not count beside the logarithm; and minusLog − (most − x).
  static func joined(_ minusLog: R, _ most: Double) -> R?
  static func less(_ minusLog: R, _ most: R, _ x: R) -> R
}
extension RowKind {
  static var leastStepped: Double { 0 }
  static var fitsResults: Bool { false }
  @inline(__always) static func addStep(to accumulator: inout Accumulator<Addend>, _ vector: (_ i: Int) -> R) {
    var i = 0
    while i < rowStep {
      add(vector(i), to: &accumulator, at: i)
      i &+= width
    }
  }
  @inline(__always)
  static func relative(_ sum: (high: Double, low: Double), _ most: Double, _ base: Base) -> (high: Double, low: Double) {
    sum
  }
  @inline(__always) static func joined(_ minusLog: R, _ most: Double) -> R? { nil }
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
extension RowKind where R: Lanes, R.Element == Double, Divisor == R {
  @inline(__always) static func quotient(_ e: R, _ x: R, _ most: Double, _ divisor: R, times factor: R) -> R {
    e * divisor * factor
  }
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
}

/// What the sums are kept in while a part of the row is added.
protocol RowAddend {
  static func + (a: Self, b: Self) -> Self
  static var zero: Self { get }
  static func load(_ sums: Sums, _ i: Int) -> Self
  func store(_ sums: Sums, _ i: Int)
  static func total(_ sums: Sums) -> (high: Double, low: Double)
}
extension Doubles: RowAddend {
  @inline(__always) static var zero: Self { 0 }
  @inline(__always) static func load(_ sums: Sums, _ i: Int) -> Self { .load(sums.high + i) }
  @inline(__always) func store(_ sums: Sums, _ i: Int) { store(sums.high + i) }
  @inline(__always) static func total(_ sums: Sums) -> (high: Double, low: Double) { (sum_of_sixteen(sums.high), 0) }
}
struct PairAddend: RowAddend {
  var high: DoubleLanes, low: DoubleLanes
  @inline(__always) static var zero: Self { Self(high: 0, low: 0) }
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

  @inline(__always) init(_ sums: Sums, continued: Bool) {
    self.sums = sums
    parts = continued ? Parts { .load(sums, $0 &* DoubleLanes.count) } : Parts(repeating: .zero)
  }
  /// To the sums of a vector's place.
  @inline(__always) mutating func add(_ a: A, _ vector: Int) {
    let i = vector % parts.count
    parts[i] = parts[i] + a
  }
  @inline(__always) mutating func add(_ a: DoubleLanes, _ vector: Int) where A == PairAddend {
    let i = vector % parts.count, s = DoubleLanes.sum(parts[i].high, a)
    parts[i] = PairAddend(high: s.high, low: s.low + parts[i].low)
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
  @inline(__always) static func joined(_ minusLog: NarrowLanes, _ most: Double) -> NarrowLanes? {
    most.magnitude < -0x1p18 * minusLog.v[0] ? minusLog - NarrowLanes(most) : nil
  }
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
    accumulator.add(r, i / width)
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
  @inline(__always) static func quotient(
    _ e: DoublePair, _ x: DoublePair, _ most: Double, _ divisor: DoublePair, times factor: DoublePair
  ) -> DoublePair {
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
    let isLarge = most.magnitude > 1000, k = isLarge ? 0 : most * 0x1.71547652b82fep0 + 0x1.8p52 - 0x1.8p52
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
  /// The sum is off by 2^-25 then, and its logarithm by less than a unit in the last place.
  static var leastStepped: Double { 1.25 }
  /// Those that are sixteen apart as floats first.
  @inline(__always) static func addStep(to accumulator: inout Accumulator<DoubleLanes>, _ vector: (_ i: Int) -> FloatLanes) {
    if width == rowStep { return accumulator.add(DoubleLanes(sum_of_halves(vector(0).v)), 0) }
    var i = 0
    while i < rowStep / 2 {
      add(vector(i) + vector(i &+ rowStep / 2), to: &accumulator, at: i)
      i &+= width
    }
  }
  /// The reciprocal as the sum of two floats: one error less.
  @inline(__always) static func divisor(_ sum: (high: Double, low: Double)) -> (high: FloatLanes, low: FloatLanes) {
    let y = 1 / sum.high
    return (FloatLanes(y), FloatLanes(y - Double(Float(y))))
  }
  @inline(__always)
  static func quotient(
    _ e: FloatLanes, _ x: FloatLanes, _ most: Double, _ divisor: (high: FloatLanes, low: FloatLanes), times factor: FloatLanes
  ) -> FloatLanes {
    .fma(e, divisor.high, e * divisor.low) * factor
  }
  static var fitsResults: Bool { true }
  @inline(__always) private static func floats(_ memory: Kept) -> UnsafeMutablePointer<Float> {
    UnsafeMutableRawPointer(memory.high).assumingMemoryBound(to: Float.self)
  }
  @inline(__always) static func keep(_ e: FloatLanes, _ i: Int, _ memory: Kept) { e.store(floats(memory) + i) }
  @inline(__always) static func kept(_ i: Int, _ memory: Kept) -> FloatLanes { .load(floats(memory) + i) }
  typealias Logarithm = NarrowLanes
  static var leastRest: Double { 0x1p-20 }
  @inline(__always) static func constant(_ r: NarrowLanes) -> FloatLanes { FloatLanes(r.v[0]) }
  @inline(__always)
  static func relative(_ sum: (high: Double, low: Double), _ most: Double, _ base: Base) -> (high: Double, low: Double) {
    (sum.high / Double(exponential(FloatLanes(most), base).v[0]), 0)
  }
}

@inline(never) private func runRows<K: RowKind>(_ job: RowJob, _ kind: K.Type) {
  typealias Element = K.S.Element
  let n = job.pointee.n, inner = job.pointee.inner
  withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * Sums.count) { sums in
    withBlocks(Element.self, Element.self) { xBlock, dyBlock in
      withBlocks(Double.self, Double.self) { high, low in
        let memory = Memory<K>(
          x: xBlock, dy: dyBlock, exponentials: Kept(high: high, low: low),
          sums: Sums(high: sums.baseAddress!, low: sums.baseAddress! + Sums.count))
        let x = job.pointee.x.assumingMemoryBound(to: Element.self), y = job.pointee.y.assumingMemoryBound(to: Element.self)
        let dy = job.pointee.dy?.assumingMemoryBound(to: Element.self)
        let end = job.pointee.first &+ job.pointee.count
        var r = job.pointee.first
        while r < end {
          let start = r / inner &* n &* inner &+ r % inner
          let place = Place(x: x + start, dy: dy.map { $0 + start }, y: y + start, inner: inner)
          if let columns = job.pointee.columns, inner > 1 {
            let count = min(Int(ACT_ROW_COLUMNS), min(inner &- r % inner, end &- r))
            runColumns(job, count, place, columns.assumingMemoryBound(to: Element.self), memory)
            r &+= count
          } else {
            let count = inner > 1 ? 1 : min(job.pointee.at_once, end &- r)
            run(job, count, place, distance: n, memory)
            r &+= count
          }
        }
      }
    }
  }
}
/// Where the first elements of a row are; the next ones are `inner` further on.
private struct Place<Element> {
  let x: UnsafePointer<Element>, dy: UnsafePointer<Element>?, y: UnsafeMutablePointer<Element>, inner: Int

  /// The k-th row from here.
  @inline(__always) func row(_ k: Int, distance: Int) -> Self {
    Self(x: x + k &* distance, dy: dy.map { $0 + k &* distance }, y: y + k &* distance, inner: inner)
  }
}
/// For parts of rows that have to be filled up or gathered, of which no more than `rowStep` elements have to be if inner is 1;
/// for exponentials that nobody needs later, and for sums.
private struct Memory<K: RowKind> {
  let x: UnsafeMutablePointer<K.S.Element>, dy: UnsafeMutablePointer<K.S.Element>
  let exponentials: Kept, sums: Sums
}
/// Some rows, and one step with all of them before the next: what a row's largest element and its sum have to wait for is
/// hidden behind other rows then.
@inline(never) private func run<K: RowKind>(
  _ job: RowJob, _ count: Int, _ place: Place<K.S.Element>, distance: Int, _ memory: Memory<K>
) {
  @inline(__always) func row(_ k: Int) -> Row<K> {
    Row(job: job, place: place.row(k, distance: distance), memory: memory, k: k)
  }
  typealias Sum = (high: Double, low: Double)  // as many as ACT_ROWS_AT_ONCE
  var most = InlineArray<4, Double>(repeating: 0), sums = InlineArray<4, (sum: Sum, product: Sum)>(repeating: ((0, 0), (0, 0)))
  for k in 0..<count { most[k] = row(k).greatest() }
  for k in 0..<count where most[k].magnitude < .infinity { sums[k] = row(k).sums(most[k]) }
  for k in 0..<count { row(k).finish(most[k], sums[k].sum, sums[k].product) }
}
/// Rows that lie side by side, by way of memory where each lies alone: a cache line then is read once for all of them.
@inline(never) private func runColumns<K: RowKind>(
  _ job: RowJob, _ count: Int, _ place: Place<K.S.Element>, _ columns: UnsafeMutablePointer<K.S.Element>, _ memory: Memory<K>
) {
  let n = job.pointee.n, inner = place.inner, step = job.pointee.kept
  /// Column by column, in blocks of which all cache lines stay near.
  @inline(__always) func forEach(_ body: (_ apart: Int, _ alone: Int) -> Void) {
    var first = 0
    while first < n {
      let end = min(first &+ blockSize, n)
      for c in 0..<count {
        for i in first..<end { body(i &* inner &+ c, c &* step &+ i) }
      }
      first = end
    }
  }
  let slopes = columns + Int(ACT_ROW_COLUMNS) &* step
  forEach { columns[$1] = place.x[$0] }
  if let dy = place.dy { forEach { slopes[$1] = dy[$0] } }
  let alone = Place(x: columns, dy: place.dy == nil ? nil : UnsafePointer(slopes), y: columns, inner: 1)
  var c = 0
  while c < count {
    let some = min(job.pointee.at_once, count &- c)
    run(job, some, alone.row(c, distance: step), distance: step, memory)
    c &+= some
  }
  forEach { place.y[$0] = columns[$1] }
}

private struct Row<K: RowKind> {
  typealias Element = K.S.Element
  typealias Sum = (high: Double, low: Double)
  let job: RowJob
  let x: UnsafePointer<Element>, dy: UnsafePointer<Element>?, y: UnsafeMutablePointer<Element>, inner: Int
  let xBlock: UnsafeMutablePointer<Element>, dyBlock: UnsafeMutablePointer<Element>
  /// For the exponentials of the row, if there is memory, or of a block of it.
  let exponentials: Kept, block: Kept
  let sums: Sums

  @inline(__always) init(job: RowJob, place: Place<Element>, memory: Memory<K>, k: Int) {
    self.job = job
    x = place.x
    dy = place.dy
    y = place.y
    inner = place.inner
    xBlock = memory.x + k &* rowStep
    dyBlock = memory.dy
    block = memory.exponentials
    let kept = job.pointee.kept
    exponentials = job.pointee.scratch.map { Kept(high: $0 + 2 &* k &* kept, low: $0 + (2 &* k &+ 1) &* kept) } ?? block
    sums = memory.sums
  }
  @inline(__always) var n: Int { job.pointee.n }
  @inline(__always) var isLogarithm: Bool { job.pointee.logarithm != 0 }
  @inline(__always) var hasGradient: Bool { dy != nil }
  /// How many elements are computed where they lie.
  @inline(__always) private var whole: Int { inner == 1 ? n & ~(rowStep &- 1) : 0 }
  @inline(__always) private var keepsInPlace: Bool { K.fitsResults && inner == 1 }
  @inline(__always) private var keeps: Bool { keepsInPlace || n <= job.pointee.kept }

  @inline(__always) func sums(_ most: Double) -> (sum: Sum, product: Sum) {
    if hasGradient { return isLogarithm ? logSoftmaxSums(most) : softmaxSums(most) }
    return (isLogarithm ? logSoftmaxSum(most) : softmaxSum(most), (0, 0))
  }
  @inline(__always) func finish(_ most: Double, _ sum: Sum, _ product: Sum) {
    if most.magnitude == .infinity {
      atInfinity(most)
    } else if hasGradient {
      if isLogarithm { logSoftmaxGradient(most, sum, product) } else { softmaxGradient(most, sum, product) }
    } else if sum.high != sum.high {
      fillWithNaN()
    } else {
      if isLogarithm { logSoftmax(most, sum) } else { softmax(most, sum) }
    }
  }

  /// A row is computed in parts, from i on so many elements: all that lie one after the other and need not be filled up,
  /// if there is memory for their exponentials, else blocks.
  @inline(__always) private func count(from i: Int, keeping: Bool) -> Int {
    if i >= whole { return min(blockSize, n &- i) }
    return keeping && keeps ? whole &- i : min(blockSize, whole &- i)
  }
  /// A part: where it lies, if that is in one piece, else gathered; filled up with −∞, of which the exponential is 0, or 0.
  @inline(__always)
  private func part(
    _ p: UnsafePointer<Element>, _ i: Int, _ count: Int, _ memory: UnsafeMutablePointer<Element>, filler: Double, again: Bool
  ) -> UnsafePointer<Element> {
    if inner == 1 && count & (rowStep &- 1) == 0 { return p + i }
    if !again || inner != 1 { gather(p, i, count, memory, filler) }  // else it is still there
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
    if keeping && keepsInPlace {
      return i < whole
        ? Kept(high: UnsafeMutableRawPointer(y + i).assumingMemoryBound(to: Double.self), low: exponentials.low) : exponentials
    }
    return keeping && keeps ? Kept(high: exponentials.high + i, low: exponentials.low + i) : block
  }

  @inline(never) func greatest() -> Double {
    var most = -Double.infinity
    forEachPart(keeping: true, again: false) { _, count, x, _, _ in
      let m = K.S.greatest(x, (count &+ rowStep &- 1) & ~(rowStep &- 1))
      if m > most { most = m }
    }
    return most
  }
  /// The exponentials of the part at i, added to the sums and, where there is memory for them, kept.
  @inline(__always)
  private func addExponentials(_ i: Int, _ x: UnsafePointer<Element>, _ base: K.Base, _ count: Int, keptIn memory: Kept?) {
    var sum = Accumulator<K.Addend>(sums, continued: i > 0), k = 0
    while k < count {
      K.addStep(to: &sum) {
        let e = K.exponential(K.load(x + (k &+ $0)), base)
        if let memory { K.keep(e, k &+ $0, memory) }
        return e
      }
      k &+= rowStep
    }
    sum.store()
  }
  /// Where there is no memory to keep those of a row.
  @inline(never) private func keepAgain(_ x: UnsafePointer<Element>, _ most: Double, _ count: Int, _ memory: Kept) {
    let base = K.base(most)
    var k = 0
    while k < count {
      K.keep(K.exponential(K.load(x + k), base), k, memory)
      k &+= K.width
    }
  }
  /// Adds what `body` makes of each vector of the part at i.
  @inline(__always) private func add(_ i: Int, _ count: Int, _ body: (_ k: Int) -> K.R) {
    var sum = Accumulator<K.Addend>(sums, continued: i > 0), k = 0
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

  @inline(never) private func softmaxSum(_ most: Double) -> Sum {
    let base = K.base(most)
    forEachPart(keeping: true) { i, count, x, _, memory in addExponentials(i, x, base, count, keptIn: memory) }
    return K.Addend.total(sums)
  }
  @inline(never) private func softmax(_ most: Double, _ sum: Sum) {
    let divisor = K.divisor(sum)
    forEachPart(keeping: true) { i, count, x, _, memory in
      if !keeps { keepAgain(x, most, count, memory) }
      map(i, count) { k, y in K.store(K.quotient(K.kept(k, memory), K.load(x + k), most, divisor, times: 1), y) }
    }
  }
  /// And that of their products with dy.
  @inline(never) private func softmaxSums(_ most: Double) -> (sum: Sum, product: Sum) {
    let sum = softmaxSum(most)
    forEachPart(keeping: true, gradient: true) { i, count, x, dy, memory in
      if !keeps { keepAgain(x, most, count, memory) }
      add(i, count) { K.kept($0, memory) * K.load(dy + $0) }
    }
    return (sum, K.Addend.total(sums))
  }
  @inline(never) private func softmaxGradient(_ most: Double, _ sum: Sum, _ product: Sum) {
    let divisor = K.divisor(sum)
    let tiny = product.high.magnitude < 0x1p-900 ? tinyMean(most, sum) : nil
    let mean = tiny.map { K.R($0) } ?? K.quotient(K.R(product.high, product.low), K.R(most), most, divisor, times: 1)
    forEachPart(keeping: true, gradient: true) { i, count, x, dy, memory in
      if !keeps { keepAgain(x, most, count, memory) }
      map(i, count) { k, y in
        K.storeAny(K.quotient(K.kept(k, memory), K.load(x + k), most, divisor, times: K.load(dy + k) - mean), y)
      }
    }
  }
  /// The mean of dy where the largest x has none, and those that have are so far below it that their exponentials have lost
  /// digits: summed over that of the largest of them. nil: they are not.
  @inline(never) private func tinyMean(_ most: Double, _ sum: Sum) -> Double? {
    let start = largest(gradient: true) { _, dy in not64(same64(dy.v, DoubleLanes(0).v)) }
    guard most - start > 500, most - start < 1600 else { return nil }
    let base = K.base(start), m = K.R(start)
    forEachPart(keeping: false, gradient: true) { i, count, x, dy, _ in
      add(i, count) {
        let v = K.load(x + $0)
        return .select(v <= m, K.exponential(v, base), 0) * K.load(dy + $0)
      }
    }
    let s = K.relative(K.Addend.total(sums), start, base), a = DoubleLanes.sum(DoubleLanes(most), DoubleLanes(-start))
    func tidy(_ s: Sum) -> DoubleDouble { DoubleDouble(DoubleLanes.orderedSum(DoubleLanes(s.high), DoubleLanes(s.low))) }
    return (DoubleDouble.expMinus(DoubleDouble(a.high, a.low)) * tidy(s) / tidy(sum)).plain.high.v[0]
  }
  /// Over the largest exponential.
  @inline(never) private func logSoftmaxSum(_ most: Double) -> Sum {
    let base = K.base(most)
    forEachPart(keeping: false) { i, count, x, _, _ in addExponentials(i, x, base, count, keptIn: nil) }
    let sum = K.relative(K.Addend.total(sums), most, base)
    return sum.high < K.leastStepped ? singleSum(most, base) : sum
  }
  @inline(never) private func singleSum(_ most: Double, _ base: K.Base) -> Sum {
    forEachPart(keeping: false) { i, count, x, _, _ in add(i, count) { K.exponential(K.load(x + $0), base) } }
    return K.relative(K.Addend.total(sums), most, base)
  }
  /// The sum is 1 + t. Where t is small, it is added up without the largest exponential, so that the logarithm keeps its
  /// digits. Where it is below all numbers, the largest element's result is −0.
  @inline(never) private func logSoftmax(_ most: Double, _ sum: Sum) {
    let m = K.R(most)
    guard let log = sum.high < 1 + K.leastRest ? logOfNearOne(most) : logarithm(sum) else {
      let zero = K.constant(0)
      forEachPart(keeping: false) { i, count, x, _, _ in
        map(i, count) { k, y in K.store(-abs(K.less(zero, m, K.load(x + k))), y) }
      }
      return
    }
    let minusLog = K.constant(0 - log)
    let joined = K.joined(minusLog, most)
    forEachPart(keeping: false) { i, count, x, _, _ in
      if let joined {
        map(i, count) { k, y in K.store(K.load(x + k) + joined, y) }
      } else {
        map(i, count) { k, y in K.store(K.less(minusLog, m, K.load(x + k)), y) }
      }
    }
  }
  /// ln(2^k·(1 + f))
  @inline(__always) private func logarithm(_ sum: Sum) -> K.Logarithm {
    let k = sum.high.exponent, power = Double(sign: .plus, exponent: -k, significand: 1)
    let f = sum.high * power - 1, low = sum.low * power, high = f + low
    return .log1p(K.Logarithm(high, low - (high - f)))
      + K.Logarithm(Double(k)) * K.Logarithm(0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56)
  }
  /// nil: not 0, but below all numbers.
  @inline(never) private func logOfNearOne(_ most: Double) -> K.Logarithm? {
    let rest = sumOfOthers(most, from: most)
    if rest.high >= 0x1p-100 { return .log1p(K.Logarithm(rest.high, rest.low)) }
    let next = secondLargest(most), tiny = sumOfTiny(most, next)
    return tiny == 0 && next > -.infinity ? nil : K.Logarithm(tiny)
  }
  /// The sum of all exponentials but the largest, over that of some x.
  @inline(never) private func sumOfOthers(_ most: Double, from other: Double) -> Sum {
    let base = K.base(other), m = K.R(most)
    forEachPart(keeping: false) { i, count, x, _, _ in
      add(i, count) {
        let v = K.load(x + $0)
        return .select(m <= v, 0, K.exponential(v, base))
      }
    }
    return K.relative(K.Addend.total(sums), other, base)
  }
  @inline(never) private func secondLargest(_ most: Double) -> Double {
    largest(gradient: false) { x, _ in x < DoubleLanes(most) }
  }
  /// The largest x of those that count; without a gradient dy is x.
  @inline(__always) private func largest(
    gradient: Bool, where counts: (_ x: DoubleLanes, _ dy: DoubleLanes) -> DoubleLanes.Mask
  ) -> Double {
    var largest = DoubleLanes(-Double.infinity)
    forEachPart(keeping: false, gradient: gradient) { _, count, x, dy, _ in
      var k = 0
      while k < count {
        let v = K.S.load(x + k)
        largest = .select(and64(largest < v, counts(v, K.S.load(dy + k))), v, largest)
        k &+= DoubleLanes.count
      }
    }
    return greatest64(largest.v)
  }
  /// The sum of the others over the largest exponential, where it is so small that exponentials have lost digits:
  /// e^(next − most) times the sum over the second largest.
  @inline(never) private func sumOfTiny(_ most: Double, _ next: Double) -> Double {
    if most - next > 1600 { return 0 }
    let s = sumOfOthers(most, from: next), a = DoubleLanes.sum(DoubleLanes(most), DoubleLanes(-next))
    let e = DoubleDouble.expMinus(DoubleDouble(a.high, a.low)),
      sum = DoubleLanes.orderedSum(DoubleLanes(s.high), DoubleLanes(s.low))
    return (e * DoubleDouble(sum.high, sum.low)).plain.high.v[0]
  }
  /// And the sum of dy.
  @inline(never) private func logSoftmaxSums(_ most: Double) -> (sum: Sum, product: Sum) {
    let sum = softmaxSum(most)
    forEachPart(keeping: false, gradient: true) { i, count, _, dy, _ in add(i, count) { K.load(dy + $0) } }
    return (sum, K.Addend.total(sums))
  }
  /// dyᵢ − yᵢ·Σ dyⱼ, y being the softmax.
  @inline(never) private func logSoftmaxGradient(_ most: Double, _ sum: Sum, _ product: Sum) {
    let divisor = K.divisor(sum), factor = K.R(product.high, product.low)
    forEachPart(keeping: true, gradient: true) { i, count, x, dy, memory in
      if !keeps { keepAgain(x, most, count, memory) }
      map(i, count) { k, y in
        K.storeAny(K.load(dy + k) - K.quotient(K.kept(k, memory), K.load(x + k), most, divisor, times: factor), y)
      }
    }
  }

  /// Where the largest x is infinite or all are −∞. The limits for one x that grows beyond all bounds; where there is none,
  /// NaN.
  @inline(never) func atInfinity(_ most: Double) {
    let isLog = isLogarithm, hasGradient = hasGradient
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
