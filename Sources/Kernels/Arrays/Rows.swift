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

/// The type of the elements and the numbers in which their rows are computed.
protocol RowKind {
  associatedtype S: Storage
  associatedtype R: Number
  /// How many elements a vector has: a divisor of 32.
  static var width: Int { get }
  static func load(_ p: UnsafePointer<S.Element>) -> R
  static func store(_ r: R, _ p: UnsafeMutablePointer<S.Element>)
  static func greatest(_ p: UnsafePointer<S.Element>, _ count: Int) -> Double
  /// What is summed: the elements of a vector are so many of these.
  associatedtype Addend: RowAddend
  static func add(_ r: R, to accumulator: inout Accumulator<Addend>, at i: Int)
  static func divisor(_ sum: (high: Double, low: Double)) -> R
  /// e over the divisor times the factor, e being e^(−a).
  static func quotient(_ e: R, _ a: R, _ divisor: R, times factor: R) -> R
  static func keep(_ e: R, _ i: Int, _ memory: Kept)
  static func kept(_ i: Int, _ memory: Kept) -> R
}
extension RowKind {
  @inline(__always) static func greatest(_ p: UnsafePointer<S.Element>, _ count: Int) -> Double {
    var most = DoubleLanes(-Double.infinity), i = 0
    while i < count {
      let v = S.load(p + i)
      most = .select(most < v, v, most)
      i &+= DoubleLanes.count
    }
    return greatest64(most.v)
  }
  @inline(__always) static func add(_ r: R, to accumulator: inout Accumulator<Addend>, at i: Int) where Addend == R {
    accumulator.parts[i / width] = accumulator.parts[i / width] + r
  }
}

/// Where exponentials are kept, in one or two parts.
struct Kept {
  let high: UnsafeMutablePointer<Double>, low: UnsafeMutablePointer<Double>
}

/// Thirty-two sums, of the elements of equal place modulo 32: however wide a vector is, they are added in one order.
struct Sums {
  static let count = 32
  let high: UnsafeMutablePointer<Double>, low: UnsafeMutablePointer<Double>

  @inline(__always) func clear() {
    for i in 0..<Sums.count { (high[i], low[i]) = (0, 0) }
  }
  @inline(never) var total: (high: Double, low: Double) {
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

/// What the sums are kept in while a block is added.
protocol RowAddend {
  static func + (a: Self, b: Self) -> Self
  static func load(_ sums: Sums, _ i: Int) -> Self
  func store(_ sums: Sums, _ i: Int)
}
extension Doubles: RowAddend {
  @inline(__always) static func load(_ sums: Sums, _ i: Int) -> Self { .load(sums.high + i) }
  @inline(__always) func store(_ sums: Sums, _ i: Int) { store(sums.high + i) }
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
}
// As many vectors as make thirty-two doubles.
#if ACT_V4
typealias Parts<A> = InlineArray<2, A>
#elseif ACT_V3
typealias Parts<A> = InlineArray<4, A>
#elseif arch(arm64)
typealias Parts<A> = InlineArray<8, A>
#else
typealias Parts<A> = InlineArray<16, A>
#endif
struct Accumulator<A: RowAddend> {
  var parts: Parts<A>
  private let sums: Sums

  @inline(__always) init(_ sums: Sums) {
    self.sums = sums
    parts = Parts { .load(sums, $0 &* DoubleLanes.count) }
  }
  @inline(__always) func store() {
    for j in parts.indices { parts[j].store(sums, j &* DoubleLanes.count) }
  }
}

/// float32, float16 and bfloat16 in doubles.
enum NarrowRows<S: Storage>: RowKind {
  static var width: Int { NarrowLanes.count }
  @inline(__always) static func load(_ p: UnsafePointer<S.Element>) -> NarrowLanes { NarrowLanes(S.load(p).v) }
  @inline(__always) static func store(_ r: NarrowLanes, _ p: UnsafeMutablePointer<S.Element>) {
    S.store(S.round(DoubleLanes(r.v)).quiet, p)
  }
  typealias Addend = NarrowLanes
  @inline(__always) static func divisor(_ sum: (high: Double, low: Double)) -> NarrowLanes { NarrowLanes(1 / (sum.high + sum.low)) }
  @inline(__always) static func quotient(_ e: NarrowLanes, _ a: NarrowLanes, _ divisor: NarrowLanes, times factor: NarrowLanes)
    -> NarrowLanes
  {
    e * divisor * factor
  }
  @inline(__always) static func keep(_ e: NarrowLanes, _ i: Int, _ memory: Kept) { e.store(memory.high + i) }
  @inline(__always) static func kept(_ i: Int, _ memory: Kept) -> NarrowLanes { .load(memory.high + i) }
}

/// float64 in doubles.
enum FastDoubleRows: RowKind {
  typealias S = Float64
  static var width: Int { DoubleLanes.count }
  @inline(__always) static func load(_ p: UnsafePointer<Double>) -> DoubleLanes { .load(p) }
  @inline(__always) static func store(_ r: DoubleLanes, _ p: UnsafeMutablePointer<Double>) { r.quiet.store(p) }
  typealias Addend = DoubleLanes
  @inline(__always) static func divisor(_ sum: (high: Double, low: Double)) -> DoubleLanes { DoubleLanes(1 / (sum.high + sum.low)) }
  @inline(__always) static func quotient(_ e: DoubleLanes, _ a: DoubleLanes, _ divisor: DoubleLanes, times factor: DoubleLanes)
    -> DoubleLanes
  {
    e * divisor * factor
  }
  @inline(__always) static func keep(_ e: DoubleLanes, _ i: Int, _ memory: Kept) { e.store(memory.high + i) }
  @inline(__always) static func kept(_ i: Int, _ memory: Kept) -> DoubleLanes { .load(memory.high + i) }
}

/// float64 in pairs of doubles.
enum PairRows: RowKind {
  typealias S = Float64
  static var width: Int { DoubleLanes.count }
  @inline(__always) static func load(_ p: UnsafePointer<Double>) -> DoublePair { DoublePair(DoubleLanes.load(p)) }
  @inline(__always) static func store(_ r: DoublePair, _ p: UnsafeMutablePointer<Double>) {
    (r.isDouble ? r.high : r.high + r.low).quiet.store(p)
  }
  typealias Addend = PairAddend
  @inline(__always) static func add(_ r: DoublePair, to accumulator: inout Accumulator<PairAddend>, at i: Int) {
    let j = i / width
    accumulator.parts[j] = accumulator.parts[j] + PairAddend(high: r.high, low: r.isDouble ? 0 : r.low)
  }
  @inline(__always) static func divisor(_ sum: (high: Double, low: Double)) -> DoublePair { DoublePair(sum.high, sum.low) }
  /// Pairs of doubles do not reach down to subnormal numbers: there the referee decides.
  @inline(__always) static func quotient(_ e: DoublePair, _ a: DoublePair, _ divisor: DoublePair, times factor: DoublePair)
    -> DoublePair
  {
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
}

/// float32 in floats, their sums in doubles.
enum FloatRows: RowKind {
  typealias S = Float32
  static var width: Int { FloatLanes.count }
  @inline(__always) static func load(_ p: UnsafePointer<Float>) -> FloatLanes { .load(p) }
  @inline(__always) static func store(_ r: FloatLanes, _ p: UnsafeMutablePointer<Float>) { r.quiet.store(p) }
  @inline(__always) static func greatest(_ p: UnsafePointer<Float>, _ count: Int) -> Double {
    var most = FloatLanes(-Double.infinity), i = 0
    while i < count {
      let v = FloatLanes.load(p + i)
      most = .select(most < v, v, most)
      i &+= FloatLanes.count
    }
    return Double(greatest32(most.v))
  }
  typealias Addend = DoubleLanes
  @inline(__always) static func add(_ r: FloatLanes, to accumulator: inout Accumulator<DoubleLanes>, at i: Int) {
    let h = r.halves(DoubleLanes.self), j = i / DoubleLanes.count
    accumulator.parts[j] = accumulator.parts[j] + h.low
    accumulator.parts[j &+ 1] = accumulator.parts[j &+ 1] + h.high
  }
  @inline(__always) static func divisor(_ sum: (high: Double, low: Double)) -> FloatLanes { FloatLanes(1 / (sum.high + sum.low)) }
  @inline(__always) static func quotient(_ e: FloatLanes, _ a: FloatLanes, _ divisor: FloatLanes, times factor: FloatLanes)
    -> FloatLanes
  {
    e * divisor * factor
  }
  @inline(__always) private static func floats(_ memory: Kept) -> UnsafeMutablePointer<Float> {
    UnsafeMutableRawPointer(memory.high).assumingMemoryBound(to: Float.self)
  }
  @inline(__always) static func keep(_ e: FloatLanes, _ i: Int, _ memory: Kept) { e.store(floats(memory) + i) }
  @inline(__always) static func kept(_ i: Int, _ memory: Kept) -> FloatLanes { .load(floats(memory) + i) }
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

/// ln(1 + more + rest): with the largest element of a row left out, its sum is that, and the logarithm of a sum near 1
/// keeps its digits. 1 + t = 2^k·(1 + f).
@inline(__always) private func logOnePlus<R: Number>(_ number: R.Type, _ more: Double, _ rest: (high: Double, low: Double)) -> R {
  let high = more + rest.high, low = rest.low + (more == 0 ? 0 : rest.high - (high - more))
  let k = (1 + high).exponent, power = Double(sign: .plus, exponent: -k, significand: 1)
  let f = R(power - 1) + R(high * power, low * power)
  return R.log1p(f) + R(Double(k)) * R(0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56)
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

  /// The elements from i on, one after the other: where they lie, if they do so there, else gathered; filled up with −∞,
  /// of which the exponential is 0, or 0.
  @inline(__always)
  func block(_ p: UnsafePointer<Element>, _ i: Int, _ memory: UnsafeMutablePointer<Element>, filler: Double)
    -> UnsafePointer<Element>
  {
    if inner == 1 && n &- i >= blockSize { return p + i }
    gather(p, i, memory, filler)
    return UnsafePointer(memory)
  }
  @inline(never) func gather(_ p: UnsafePointer<Element>, _ i: Int, _ memory: UnsafeMutablePointer<Element>, _ filler: Double) {
    let count = min(blockSize, n &- i)
    if inner == 1 {
      copy(p + i, to: memory, count)
    } else {
      for k in 0..<count { memory[k] = p[(i &+ k) &* inner] }
    }
    if count == blockSize { return }
    withUnsafeTemporaryAllocation(of: Element.self, capacity: DoubleLanes.count) { one in
      K.S.store(DoubleLanes(filler), one.baseAddress!)
      for k in count..<blockSize { memory[k] = one[0] }
    }
  }
  @inline(never) func scatter(_ memory: UnsafePointer<Element>, _ i: Int) {
    let count = min(blockSize, n &- i)
    if inner == 1 { return copy(memory, to: y + i, count) }
    for k in 0..<count { y[(i &+ k) &* inner] = memory[k] }
  }

  /// Adds what `body` makes of each vector of the row: of where its x is, its exponentials and where its dy is.
  @inline(__always) func accumulate(
    _ most: Double, gradient: Bool,
    _ body: (_ x: UnsafePointer<Element>, _ e: K.R, _ dy: UnsafePointer<Element>) -> (sum: K.R, product: K.R)?
  ) {
    var i = 0
    while i < n {
      let x = block(self.x, i, xBlock, filler: -.infinity)
      let dy = gradient ? block(self.dy!, i, dyBlock, filler: 0) : x
      let memory = memory(i), end = min(blockSize, n &- i)
      exponentials(x, most, end, memory)
      var sum = Accumulator<K.Addend>(sums), product = Accumulator<K.Addend>(products)
      var k = 0
      while k < end {
        var j = 0
        while j < Sums.count {
          let e = K.kept(k &+ j, memory)
          if let (a, b) = body(x + (k &+ j), e, dy + (k &+ j)) {
            K.add(a, to: &sum, at: j)
            K.add(b, to: &product, at: j)
          } else {
            K.add(e, to: &sum, at: j)
          }
          j &+= K.width
        }
        k &+= Sums.count
      }
      sum.store()
      product.store()
      i &+= blockSize
    }
  }
  /// The same once more, storing what `body` makes of them.
  @inline(__always) func map(
    _ most: Double, exponentials needed: Bool = true, gradient: Bool,
    _ body: (_ x: UnsafePointer<Element>, _ e: K.R, _ dy: UnsafePointer<Element>) -> K.R
  ) {
    var i = 0
    while i < n {
      let x = block(self.x, i, xBlock, filler: -.infinity)
      let dy = gradient ? block(self.dy!, i, dyBlock, filler: 0) : x
      let memory = memory(i), end = min(blockSize, n &- i)
      if needed && !keeps { exponentials(x, most, end, memory) }
      let isWhole = inner == 1 && end == blockSize
      let y = isWhole ? self.y + i : xBlock
      var k = 0
      while k < end {
        K.store(body(x + k, needed ? K.kept(k, memory) : 0, dy + k), y + k)
        k &+= K.width
      }
      if !isWhole { scatter(y, i) }
      i &+= blockSize
    }
  }
  /// Where the exponentials of the block at i are.
  @inline(__always) func memory(_ i: Int) -> Kept {
    guard keeps else { return blockOfExponentials }
    let p = job.pointee.scratch!
    return Kept(high: p + i, low: p + job.pointee.kept + i)
  }
  /// e^(x − most) of a block.
  @inline(never) func exponentials(_ x: UnsafePointer<Element>, _ most: Double, _ count: Int, _ memory: Kept) {
    let m = K.R(most)
    var k = 0
    while k < (count &+ Sums.count &- 1) & ~(Sums.count &- 1) {
      let x = K.load(x + k), a = K.R.exactDifference(m, x)
      K.keep(.select(x <= K.R(-Double.infinity), 0, .expMinus(a.value, rest: a.rest)), k, memory)
      k &+= K.width
    }
  }

  @inline(__always) func greatest() -> Double {
    var most = -Double.infinity, i = 0
    while i < n {
      let x = block(self.x, i, xBlock, filler: -.infinity)
      let m = K.greatest(x, (min(blockSize, n &- i) &+ K.width &- 1) & ~(K.width &- 1))
      if m > most { most = m }
      i &+= blockSize
    }
    return most
  }
  @inline(never) func softmax(_ most: Double) {
    accumulate(most, gradient: false) { _, _, _ in nil }
    let m = K.R(most), divisor = K.divisor(sums.total)
    map(most, gradient: false) { x, e, _ in K.quotient(e, m - K.load(x), divisor, times: 1) }
  }
  @inline(never) func softmaxGradient(_ most: Double) {
    accumulate(most, gradient: true) { _, e, dy in (e, e * K.load(dy)) }
    let m = K.R(most), divisor = K.divisor(sums.total), total = products.total
    let mean = K.quotient(K.R(total.high, total.low), 0, divisor, times: 1)
    map(most, gradient: true) { x, e, dy in K.quotient(e, m - K.load(x), divisor, times: K.load(dy) - mean) }
  }
  /// With the largest x left out, the sum is 1 + t, and the logarithm keeps its digits where t is small.
  @inline(never) func logSoftmax(_ most: Double) {
    let m = K.R(most)
    accumulate(most, gradient: false) { x, e, _ in
      let isMost = m <= K.load(x)
      return (.select(isMost, 0, e), .select(isMost, 1, 0))
    }
    let more = products.total.high - 1, rest = sums.total
    let minusLog = 0 - (more == 0 && rest.high < 0x1p-100 ? K.R(sumOfTiny(most)) : logOnePlus(K.R.self, more, rest))
    map(most, exponentials: false, gradient: false) { p, _, _ in
      let x = K.load(p), lowest = K.R(-Double.infinity)
      return .select(x <= lowest, lowest, minusLog - (m - x))
    }
  }
  /// The sum, but for the largest x, of exponentials that are so small that they have lost digits: e^(second − most) times
  /// the sum of those that the second largest x is taken from. It is its own ln(1 + t).
  @inline(never) func sumOfTiny(_ most: Double) -> Double {
    var second = DoubleLanes(-Double.infinity), i = 0
    while i < n {
      let x = block(self.x, i, xBlock, filler: -.infinity)
      var k = 0
      while k < blockSize && i &+ k < n {
        let v = K.S.load(x + k)
        second = .select(and64(second < v, v < DoubleLanes(most)), v, second)
        k &+= DoubleLanes.count
      }
      i &+= blockSize
    }
    let next = greatest64(second.v)
    if next == -.infinity { return 0 }
    sums.clear()
    accumulate(next, gradient: false) { x, e, _ in (.select(K.R(most) <= K.load(x), 0, e), 0) }
    let s = sums.total, a = DoubleLanes.sum(DoubleLanes(most), DoubleLanes(-next))
    let e = DoubleDouble.expMinus(DoubleDouble(a.high, a.low)),
      sum = DoubleLanes.orderedSum(DoubleLanes(s.high), DoubleLanes(s.low))
    return (e * DoubleDouble(sum.high, sum.low)).plain.high.v[0]
  }
  /// dyᵢ − yᵢ·Σ dyⱼ, y being the softmax.
  @inline(never) func logSoftmaxGradient(_ most: Double) {
    accumulate(most, gradient: true) { _, e, dy in (e, K.load(dy)) }
    let m = K.R(most), divisor = K.divisor(sums.total), total = products.total, sum = K.R(total.high, total.low)
    map(most, gradient: true) { x, e, dy in K.load(dy) - K.quotient(e, m - K.load(x), divisor, times: sum) }
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
      gather(x, i, xBlock, 0)
      if let dy { gather(dy, i, dyBlock, 0) }
      let count = min(blockSize, n &- i)
      var k = 0
      while k < count {
        var x = K.S.load(xBlock + k)
        let dy = hasGradient ? K.S.load(dyBlock + k) : 0
        for lane in 0..<min(DoubleLanes.count, count &- k) { x.v[lane] = body(x.v[lane], dy.v[lane]) }
        if stores { K.S.store(K.S.round(x).quiet, xBlock + k) }
        k &+= DoubleLanes.count
      }
      if stores { scatter(xBlock, i) }
      i &+= blockSize
    }
  }
}
