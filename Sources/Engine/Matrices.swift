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

  /// y = f(x), or factors·f′(x).
  func run(_ type: act_type, _ n: Int, _ x: UnsafeRawPointer, times factors: UnsafeRawPointer? = nil, to y: UnsafeMutableRawPointer)
  {
    withUnsafePointer(to: parameters) { p in
      p.withMemoryRebound(to: Double.self, capacity: 2) {
        var job = act_job(
          function: index, derivative: factors == nil ? 0 : 1, type: type, accuracy: accuracy, count: n, x: x,
          factors: (factors, nil), y: y, parameters: ($0, $0 + 1), parameter_step: 0)
        Threads.run(&job)
      }
    }
  }
  /// f(x) of one double.
  func value(at x: Double) -> Double {
    var y = 0.0
    withUnsafePointer(to: x) { run(ACT_F64, 1, $0, to: &y) }
    return y
  }
  /// f′(x).
  func derivative(_ type: act_type, _ n: Int, _ x: UnsafeRawPointer, to y: UnsafeMutableRawPointer) {
    withUnsafePointer(to: parameters) { p in
      p.withMemoryRebound(to: Double.self, capacity: 2) {
        var job = act_job(
          function: index, derivative: 1, type: type, accuracy: accuracy, count: n, x: x,
          factors: (nil, nil), y: y, parameters: ($0, $0 + 1), parameter_step: 0)
        Threads.run(&job)
      }
    }
  }
}

/// A product of matrices, and perhaps a function of its elements: c = a·b + bias, y = f(c).
struct Product {
  let type: act_type
  let m: Int, n: Int, k: Int
  var a: Matrix, b: Matrix
  var bias: UnsafeRawPointer? = nil
  var c: UnsafeMutableRawPointer
  var function: LayerFunction? = nil
  /// Where f goes; it may be c.
  var y: UnsafeMutableRawPointer? = nil
  /// Whether the sums go on from what is in c.
  var accumulates = false

  /// Memory for `threads` products of at most so many columns, aligned to cache lines.
  static func scratchBytes(columns n: Int, _ type: act_type) -> Int {
    (act_product_scratch(n) * size(of: type) + 63) & ~63
  }
  /// How many threads it is worth to split such a product over, at most `limit`: below a few million multiplications another
  /// one is not awake in time.
  static func parts(_ m: Int, _ n: Int, _ k: Int, atMost limit: Int) -> Int {
    let work = Double(m) * Double(n) * Double(k)
    return max(1, min(limit, Int(min(work / 0x1p21, 1024))))
  }

  /// By `parts` threads, each with `step` bytes of scratch memory. Of a matrix that has to be packed, by columns: so that only
  /// the other one's packing is done by all; else by rows, and the function follows while its block is in the cache.
  func run(parts: Int, scratch: UnsafeMutableRawPointer, step: Int) {
    let byColumns = m < 2 * Part.rows || b.column != 1 && n >= 2 * Part.columns
    let units = byColumns ? (n + Part.columns - 1) / Part.columns : (m + Part.rows - 1) / Part.rows
    let part = Part(product: self, byColumns: byColumns, units: units, parts: min(parts, units), scratch: scratch, step: step)
    if part.parts <= 1 {
      part.compute(0)
    } else {
      withUnsafePointer(to: part) {
        Threads.each(part.parts, $0) { context, first, count in
          for i in first..<first + count { context!.assumingMemoryBound(to: Part.self).pointee.compute(i) }
        }
      }
    }
    if byColumns && part.parts > 1, let function, let y { function.run(type, m * n, c, to: y) }
  }

  private struct Part {
    /// What rows and columns are split by: whole tiles, whatever their size.
    static let rows = 24, columns = 48
    /// So many rows are in the cache yet when the function comes to them.
    static let hotRows = 64

    let product: Product, byColumns: Bool, units: Int, parts: Int
    let scratch: UnsafeMutableRawPointer, step: Int

    func compute(_ part: Int) {
      let first = units * part / parts, last = units * (part + 1) / parts
      var scratch = scratch
      scratch += part * step
      if byColumns {
        let start = first * Part.columns
        multiply(0, product.m, start, min(last * Part.columns, product.n) - start, scratch)
        if parts == 1 { apply(0, product.m) }
        return
      }
      var row = first * Part.rows
      let end = min(last * Part.rows, product.m)
      let height = product.function == nil || product.b.column != 1 ? end - row : Part.hotRows
      while row < end {
        let rows = min(height, end - row)
        multiply(row, rows, 0, product.n, scratch)
        apply(row, rows)
        row += rows
      }
    }
    private func multiply(_ row: Int, _ rows: Int, _ column: Int, _ columns: Int, _ scratch: UnsafeMutableRawPointer) {
      let p = product, size = size(of: p.type)
      let a = p.a.start.map { $0 + row * p.a.row * size }
      let b = p.b.start.map { $0 + column * p.b.column * size }
      let bias = p.bias.map { $0 + column * size }
      var job = act_product_job(
        type: p.type, m: rows, n: columns, k: p.k, a: a, a_row: p.a.row, a_column: p.a.column,
        b: b, b_row: p.b.row, b_column: p.b.column, bias: bias,
        c: p.c + (row * p.n + column) * size, c_row: p.n, accumulates: p.accumulates ? 1 : 0, scratch: scratch)
      Processor.run(&job)
    }
    private func apply(_ row: Int, _ rows: Int) {
      guard let function = product.function, let y = product.y else { return }
      let start = row * product.n * size(of: product.type)
      function.run(product.type, rows * product.n, product.c + start, to: y + start)
    }
  }
}
