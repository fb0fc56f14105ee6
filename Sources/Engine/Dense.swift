import Lanes

/// z = x·w + b, y = f(z). `isPlain`: y must be there.
public func denseForward(_ f: UnsafePointer<act_function>?, _ arrays: UnsafePointer<act_dense_arrays>?, isPlain: Bool = false)
  -> act_status
{
  let (status, layer) = DenseLayer.checked(f, arrays)
  guard let layer, layer.a.batch > 0, layer.a.n_out > 0 else { return status }
  let a = layer.a
  guard a.y != nil || a.z != nil && !isPlain else { return ACT_ERROR_NULL }
  var regions = Regions(type: a.type)
  regions.read(a.x, a.batch, a.n_in, a.x_strides)
  regions.read(a.w, a.n_in, a.n_out, a.w_strides)
  if let b = a.b { regions.read(b, 1, a.n_out) }
  if let z = a.z { regions.write(z, a.batch, a.n_out) }
  if let y = a.y { regions.write(y, a.batch, a.n_out) }
  guard regions.status == ACT_OK else { return regions.status }
  let product = Product(
    type: a.type, m: a.batch, n: a.n_out, k: a.n_in, a: layer.x, b: layer.w, bias: a.b, c: a.z ?? a.y!,
    function: layer.function, y: a.y)
  guard let scratch = aligned_alloc(64, product.parts * product.scratchBytes) else { return ACT_ERROR_MEMORY }
  product.run(scratch)
  free(scratch)
  return ACT_OK
}

/// dx, dw and db, from z and dy. `isPlain`: dw must be there.
public func denseBackward(_ f: UnsafePointer<act_function>?, _ arrays: UnsafePointer<act_dense_arrays>?, isPlain: Bool = false)
  -> act_status
{
  let (status, layer) = DenseLayer.checked(f, arrays)
  guard let layer else { return status }
  let wantsInput = layer.a.dx != nil && layer.a.batch > 0 && layer.a.n_in > 0
  let wantsWeights = (layer.a.dw != nil || isPlain) && layer.a.n_in > 0 && layer.a.n_out > 0
  let wantsBias = layer.a.db != nil && layer.a.n_out > 0
  guard wantsInput || wantsWeights || wantsBias else { return status }
  let a = layer.a
  guard a.dw != nil || !wantsWeights else { return ACT_ERROR_NULL }
  var regions = Regions(type: a.type)
  if wantsWeights { regions.read(a.x, a.batch, a.n_in, a.x_strides) }
  if wantsInput { regions.read(a.w, a.n_in, a.n_out, a.w_strides) }
  regions.read(a.z, a.batch, a.n_out)
  regions.read(a.dy, a.batch, a.n_out, a.dy_strides)
  if wantsInput { regions.write(a.dx!, a.batch, a.n_in) }
  if wantsWeights { regions.write(a.dw!, a.n_in, a.n_out) }
  if wantsBias { regions.write(a.db!, 1, a.n_out) }
  guard regions.status == ACT_OK else { return regions.status }

  let bytes = (a.batch * a.n_out * size(of: a.type) + 63) & ~63
  let products = layer.products(wantsInput: wantsInput, wantsWeights: wantsWeights, wantsBias: wantsBias)
  guard let memory = aligned_alloc(64, bytes + products.scratchBytes) else { return ACT_ERROR_MEMORY }
  layer.gradientOfSums(to: memory)
  products.run(gradient: memory, scratch: memory + bytes)
  free(memory)
  return ACT_OK
}

private struct DenseLayer {
  let a: act_dense_arrays, function: LayerFunction

  /// The layer; none if there is nothing to compute, or an error.
  static func checked(_ f: UnsafePointer<act_function>?, _ arrays: UnsafePointer<act_dense_arrays>?) -> (act_status, DenseLayer?) {
    guard let arrays else { return (ACT_ERROR_NULL, nil) }
    let a = arrays.pointee
    guard a.size == MemoryLayout<act_dense_arrays>.size, a.type == ACT_F64 || a.type == ACT_F32 else {
      return (ACT_ERROR_ARRAYS, nil)
    }
    guard a.batch >= 0, a.n_in >= 0, a.n_out >= 0 else { return (ACT_ERROR_SIZE, nil) }
    if a.batch == 0 && (a.n_in == 0 || a.n_out == 0) || a.n_in == 0 && a.n_out == 0 { return (ACT_OK, nil) }
    let (status, function) = LayerFunction.checked(f)
    return (status, function.map { DenseLayer(a: a, function: $0) })
  }

  private func matrix(_ p: UnsafeRawPointer?, _ strides: (Int, Int)) -> Matrix {
    Matrix(p, row: strides.0 / size(of: a.type), column: strides.1 / size(of: a.type))
  }
  var x: Matrix { matrix(a.x, a.x_strides) }
  var w: Matrix { matrix(a.w, a.w_strides) }

  /// dz = dy·f′(z), row after row.
  func gradientOfSums(to dz: UnsafeMutableRawPointer) {
    let count = a.batch * a.n_out, bytes = size(of: a.type)
    guard count > 0 else { return }
    if a.dy_strides.1 == bytes && (a.dy_strides.0 == a.n_out * bytes || a.batch == 1) {
      return function.run(a.type, count, a.z, times: a.dy, to: dz)
    }
    for i in 0..<a.batch {
      for j in 0..<a.n_out {
        memcpy(dz + (i * a.n_out + j) * bytes, a.dy + (i * a.dy_strides.0 + j * a.dy_strides.1), bytes)
      }
    }
    function.run(a.type, count, a.z, times: dz, to: dz)
  }

  /// The gradients that are wanted, of which dz is to come.
  func products(wantsInput: Bool, wantsWeights: Bool, wantsBias: Bool) -> Gradients {
    let dz = Matrix(nil as UnsafeRawPointer?, row: a.n_out)
    var products = Gradients()
    if wantsInput { products.dx = Product(type: a.type, m: a.batch, n: a.n_in, k: a.n_out, a: dz, b: w.transposed, c: a.dx) }
    if wantsWeights { products.dw = Product(type: a.type, m: a.n_in, n: a.n_out, k: a.batch, a: x.transposed, b: dz, c: a.dw) }
    if wantsBias { products.db = Product(sumOfRows: dz, a.batch, a.n_out, a.type, to: a.db) }
    return products
  }
}

private struct Gradients {
  var dx: Product?, dw: Product?, db: Product?

  /// Memory for each of them, one after the other.
  var scratchBytes: Int { max(bytes(dx), max(bytes(dw), bytes(db))) }
  private func bytes(_ product: Product?) -> Int { product.map { $0.parts * $0.scratchBytes } ?? 0 }

  func run(gradient dz: UnsafeMutableRawPointer, scratch: UnsafeMutableRawPointer) {
    if var dx {
      dx.a.start = UnsafeRawPointer(dz)
      dx.run(scratch)
    }
    if var dw {
      dw.b.start = UnsafeRawPointer(dz)
      dw.run(scratch)
    }
    if var db {
      db.b.start = UnsafeRawPointer(dz)
      db.run(scratch)
    }
  }
}

extension LayerFunction {
  static func checked(_ f: UnsafePointer<act_function>?) -> (act_status, LayerFunction?) {
    let (status, index) = check(f)
    guard status == ACT_OK, let f else { return (status, nil) }
    let parameters = checkParameters(f, except: (false, false))
    guard parameters == ACT_OK else { return (parameters, nil) }
    return (ACT_OK, LayerFunction(index: index, accuracy: f.pointee.accuracy, parameters: f.pointee.parameters))
  }
}

extension Product {
  /// The sums of a matrix's columns, from its first row to its last: a row of ones times it.
  init(sumOfRows matrix: Matrix, _ rows: Int, _ columns: Int, _ type: act_type, to sums: UnsafeMutableRawPointer) {
    self.init(type: type, m: 1, n: columns, k: rows, a: Matrix(act_one(type), row: 1, column: 0), b: matrix, c: sums)
  }
  var parts: Int { parts(atMost: Threads.count) }
  var scratchBytes: Int { Product.scratchBytes(columns: n, type) }

  /// By all threads that it is worth, in memory for as many.
  func run(_ scratch: UnsafeMutableRawPointer) { run(parts: parts, scratch: scratch, step: scratchBytes) }
}

/// The bytes that arrays lie in, and the first error among them: an output may share none with anything else.
struct Regions {
  let type: act_type
  private(set) var status = ACT_OK
  private var list: InlineArray<8, (start: UnsafeRawPointer, bytes: UInt)>
  private var count = 0

  init(type: act_type) {
    self.type = type
    list = InlineArray(repeating: (act_one(type), 0))
  }

  /// A matrix, row after row unless strides in bytes are given.
  mutating func read(_ p: UnsafeRawPointer?, _ rows: Int, _ columns: Int, _ strides: (Int, Int)? = nil) {
    add(p, rows, columns, strides, isOutput: false)
  }
  mutating func write(_ p: UnsafeRawPointer, _ rows: Int, _ columns: Int) { add(p, rows, columns, nil, isOutput: true) }

  private mutating func add(_ p: UnsafeRawPointer?, _ rows: Int, _ columns: Int, _ strides: (Int, Int)?, isOutput: Bool) {
    guard status == ACT_OK, rows > 0, columns > 0 else { return }
    guard let p else { return status = ACT_ERROR_NULL }
    let element = size(of: type)
    let (elements, overflow) = rows.multipliedReportingOverflow(by: columns)
    guard !overflow, bytes(of: elements, type) != nil else { return status = ACT_ERROR_SIZE }
    let strides = strides ?? (columns * element, element)
    guard strides.0 % element == 0, strides.1 % element == 0 else { return status = ACT_ERROR_ARRAYS }
    let (down, tooFar) = (rows - 1).multipliedReportingOverflow(by: strides.0)
    let (right, tooWide) = (columns - 1).multipliedReportingOverflow(by: strides.1)
    guard !tooFar, !tooWide, down.magnitude < addressSpace, right.magnitude < addressSpace else { return status = ACT_ERROR_SIZE }
    let before = UInt(-(min(down, 0) + min(right, 0))), after = UInt(max(down, 0) + max(right, 0) + element)
    guard before < UInt(bitPattern: p), fits(p, after) else { return status = ACT_ERROR_SIZE }
    let start = p - Int(before), bytes = before + after
    if isOutput {
      for i in 0..<count where overlap(start, bytes, list[i].start, list[i].bytes) { return status = ACT_ERROR_OVERLAP }
    }
    list[count] = (start, bytes)
    count += 1
  }
}
