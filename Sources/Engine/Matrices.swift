import Lanes

/// Where a matrix lies: strides are counted in elements.
struct Matrix {
  var start: UnsafeRawPointer?
  var row: Int, column: Int

  init(_ start: UnsafeRawPointer?, row: Int, column: Int = 1) { (self.start, self.row, self.column) = (start, row, column) }
  init(_ start: UnsafeMutableRawPointer?, row: Int) { self.init(UnsafeRawPointer(start), row: row) }
  var transposed: Matrix { Matrix(start, row: column, column: row) }
}

/// f or f′ of what a layer computes, in place; and the same times factors.
struct LayerFunction {
  var index: Int, accuracy: act_accuracy
  var parameters: (Double, Double)

  var isIdentity: Bool { strcmp(Catalogue.functions[index].name, ("identity" as StaticString).cString) == 0 }

  /// Calls `body` with the job y = f(x), or factors·f′(x).
  func withJob(
    _ type: act_type, _ n: Int, _ x: UnsafeRawPointer, derivative: Bool, times factors: UnsafeRawPointer? = nil,
    to y: UnsafeMutableRawPointer, _ body: (UnsafePointer<act_job>) -> Void
  ) {
    withUnsafePointer(to: parameters) { p in
      p.withMemoryRebound(to: Double.self, capacity: 2) {
        var job = act_job(
          function: index, derivative: derivative ? 1 : 0, type: type, accuracy: accuracy, count: n, x: x,
          factors: (factors, nil), y: y, parameters: ($0, $0 + 1), parameter_step: 0)
        body(&job)
      }
    }
  }
  /// y = f(x), or factors·f′(x).
  func run(_ type: act_type, _ n: Int, _ x: UnsafeRawPointer, times factors: UnsafeRawPointer? = nil, to y: UnsafeMutableRawPointer)
  {
    withJob(type, n, x, derivative: factors != nil, times: factors, to: y) { Threads.run($0) }
  }
  /// f(x) of one double.
  func value(at x: Double) -> Double {
    var y = 0.0
    withUnsafePointer(to: x) { run(ACT_F64, 1, $0, to: &y) }
    return y
  }
  /// f′(x).
  func derivative(_ type: act_type, _ n: Int, _ x: UnsafeRawPointer, to y: UnsafeMutableRawPointer) {
    withJob(type, n, x, derivative: true, to: y) { Threads.run($0) }
  }
}

/// A product of matrices, and perhaps a function of its elements: c = a·b + bias, y = f(c) or c·f′(x).
struct Product {
  let type: act_type
  let m: Int, n: Int, k: Int
  var a: Matrix, b: Matrix
  var bias: UnsafeRawPointer? = nil
  var c: UnsafeMutableRawPointer
  var function: LayerFunction? = nil
  /// For f′: what it is of.
  var x: UnsafeRawPointer? = nil
  /// Where f goes; it may be c.
  var y: UnsafeMutableRawPointer? = nil
  /// Whether the sums go on from what is in c.
  var accumulates = false

  /// Memory for a product of at most so many columns, aligned to cache lines.
  static func scratchBytes(columns n: Int, _ type: act_type) -> Int { (act_product_scratch(n, type) + 63) & ~63 }
  /// How many threads it is worth to split the product over, at most `limit`: below a few million multiplications, of which
  /// a function costs sixteen, another one is not awake in time.
  func parts(atMost limit: Int) -> Int {
    let work = Double(m) * Double(n) * Double(function == nil ? k : k + 16)
    return max(1, min(limit, Int(min(work / 0x1p21, 1024))))
  }

  /// By `parts` threads, each with `step` bytes of scratch memory.
  func run(parts: Int, scratch: UnsafeMutableRawPointer, step: Int) {
    guard let function, let y, y != c || x != nil || !function.isIdentity else {
      return run(nil, parts: parts, scratch: scratch, step: step)
    }
    let c = UnsafeRawPointer(c)
    function.withJob(type, m * n, x ?? c, derivative: x != nil, times: x == nil ? nil : c, to: y) {
      run($0, parts: parts, scratch: scratch, step: step)
    }
  }
  /// Few rows, or of a matrix that has to be packed, by columns: so that only what is small is read or packed by all; else by rows.
  private func run(_ function: UnsafePointer<act_job>?, parts: Int, scratch: UnsafeMutableRawPointer, step: Int) {
    let byColumns = m < 6 * Part.rows || b.column != 1 && n >= 6 * Part.columns
    let units = byColumns ? (n + Part.columns - 1) / Part.columns : (m + Part.rows - 1) / Part.rows
    let part = Part(
      product: self, function: function, byColumns: byColumns, units: units, parts: min(parts, units), scratch: scratch, step: step)
    if part.parts <= 1 { return part.compute(0) }
    withUnsafePointer(to: part) {
      Threads.each(part.parts, $0) { context, first, count in
        for i in first..<first + count { context!.assumingMemoryBound(to: Part.self).pointee.compute(i) }
      }
    }
  }

  private struct Part {
    /// What rows and columns are split by: so that halves are alike, and in whole cache lines.
    static let rows = 8, columns = 16

    let product: Product, function: UnsafePointer<act_job>?
    let byColumns: Bool, units: Int, parts: Int
    let scratch: UnsafeMutableRawPointer, step: Int

    func compute(_ part: Int) {
      let first = units * part / parts, last = units * (part + 1) / parts, scratch = scratch + part * step
      if byColumns {
        let start = first * Part.columns
        multiply(0, product.m, start, min(last * Part.columns, product.n) - start, scratch)
      } else {
        let start = first * Part.rows
        multiply(start, min(last * Part.rows, product.m) - start, 0, product.n, scratch)
      }
    }
    private func multiply(_ row: Int, _ rows: Int, _ column: Int, _ columns: Int, _ scratch: UnsafeMutableRawPointer) {
      let p = product, size = size(of: p.type), start = row * p.n + column
      let a = p.a.start.map { $0 + row * p.a.row * size }
      let b = p.b.start.map { $0 + column * p.b.column * size }
      let bias = p.bias.map { $0 + column * size }
      var job = act_product_job(
        type: p.type, m: rows, n: columns, k: p.k, a: a, a_row: p.a.row, a_column: p.a.column,
        b: b, b_row: p.b.row, b_column: p.b.column, bias: bias,
        c: p.c + start * size, c_row: p.n, accumulates: p.accumulates ? 1 : 0, function: nil, scratch: scratch)
      guard let function else { return Processor.run(&job) }
      withUnsafePointer(to: act_job_part(function, start, 0)) {
        job.function = $0
        Processor.run(&job)
      }
    }
  }
}
