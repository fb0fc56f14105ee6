import Lanes

typealias ProductJob = UnsafePointer<act_product_job>

func runProduct(_ job: ProductJob) {
  if job.pointee.type == ACT_F64 { product(job, Double.self) } else { product(job, Float.self) }
}

/// The matrix product behind every layer, forward and backward. A block of b is read by all rows: it is packed, so that tiles
/// read it in order, unless there are few rows. A tile's rows of a are packed if many tiles read them; then these lie side by
/// side, as they do in a transposed matrix.
private func product<T: MatrixElement>(_ job: ProductJob, _ type: T.Type) {
  let m = job.pointee.m, n = job.pointee.n, k = job.pointee.k
  let a = job.pointee.a?.assumingMemoryBound(to: T.self), b = job.pointee.b?.assumingMemoryBound(to: T.self)
  let bias = job.pointee.bias?.assumingMemoryBound(to: T.self), c = job.pointee.c!.assumingMemoryBound(to: T.self)
  let widest = Int(ACT_PRODUCT_WIDTH) / MemoryLayout<T>.stride
  let bytesOfRow = job.pointee.b_row.magnitude &* UInt(MemoryLayout<T>.stride)
  // Tiles as narrow as a cache line wait for a b that is not near, where each row means two of them or another page.
  let waits = tileColumns < 3 && bytesOfRow &* UInt(k) > nearBytes, isFar = waits && bytesOfRow > ACT_PRODUCT_WIDTH
  let isPacked = job.pointee.b_column != 1 || m > (isFar ? 48 : fewRows)
  let depth = isPacked ? Int(ACT_PRODUCT_DEPTH) : m < 4 ? shallow : deep, width = m < 4 && !isPacked ? n : widest
  let packsA = job.pointee.a_row != 1 && (job.pointee.a_column != 1 || n > fewColumns)
  let packedA = job.pointee.scratch!.assumingMemoryBound(to: T.self)
  let packedB = packedA + (Int(ACT_PRODUCT_DEPTH) &* tileRows &+ 16)
  let head = isPacked || m >= 4 && !waits ? 0 : unaligned(b, job.pointee.b_row)

  var column = 0
  while column < n {
    let columns = min(width, n &- column)
    var inner = 0
    repeat {
      let count = min(depth, k &- inner)
      var block = Block<T>(
        k: count, aStep: job.pointee.a_column, bStep: job.pointee.b_row, aRow: job.pointee.a_row, isPacked: isPacked,
        cRow: job.pointee.c_row, isFirst: inner == 0 && job.pointee.accumulates == 0, isLast: inner &+ count >= k,
        head: min(head, columns))
      let bHere = b.map { $0 + (inner &* job.pointee.b_row &+ column &* job.pointee.b_column) } ?? UnsafePointer(packedB)
      if isPacked { packColumns(bHere, job.pointee.b_row, job.pointee.b_column, count, columns, to: packedB) }
      let b = isPacked ? UnsafePointer(packedB) : bHere
      let biasHere = bias.map { $0 + column }
      var row = 0, finished = 0
      while row < m {
        let rows = tileHeight(m &- row)
        var aHere = a.map { $0 + (row &* job.pointee.a_row &+ inner &* job.pointee.a_column) } ?? UnsafePointer(packedA)
        if packsA && (rows > 1 || job.pointee.a_column != 1) {
          pack(aHere, job.pointee.a_row, job.pointee.a_column, rows, count, to: packedA, rows)
          aHere = UnsafePointer(packedA)
          block.aStep = rows
          block.aRow = 1
        } else {
          block.aStep = job.pointee.a_column
          block.aRow = rows == 1 ? 1 : job.pointee.a_row
        }
        let cHere = c + (row &* job.pointee.c_row &+ column)
        switch rows {
        case 1: sweep(Height<1>.self, block, aHere, b, biasHere, cHere, columns)
        case 2: sweep(Height<2>.self, block, aHere, b, biasHere, cHere, columns)
        case 4: sweep(Height<4>.self, block, aHere, b, biasHere, cHere, columns)
        default: sweep(FullHeight.self, block, aHere, b, biasHere, cHere, columns)
        }
        row &+= rows
        if block.isLast && (row &- finished >= hotRows || row >= m) {
          applyFunction(job, finished, row &- finished, column, columns)
          finished = row
        }
      }
      inner &+= count
    } while inner < k
    column &+= columns
  }
}

/// Up to so many rows it does not pay to pack b. It is read as it lies then, in parts of so many values of the inner index; of
/// a row or three, of so few that it comes from memory as fast as that is.
private let fewRows = 128, deep = 128, shallow = 12
/// Up to so many columns it does not pay to pack a.
private let fewColumns = 256
/// So many rows are in the cache yet when the function comes to them.
private let hotRows = 64
/// A b of so many bytes is in the nearest cache.
private let nearBytes: UInt = 32768, cacheLine: UInt = 64

/// How many elements every row of b has before the first that begins a cache line; 0 where rows differ in that.
@inline(__always) private func unaligned<T: MatrixElement>(_ b: UnsafePointer<T>?, _ row: Int) -> Int {
  let line = Int(cacheLine) / MemoryLayout<T>.stride
  return row % line == 0 ? (0 &- Int(bitPattern: b) / MemoryLayout<T>.stride) & (line &- 1) : 0
}

/// The job's function of some rows' columns.
private func applyFunction(_ job: ProductJob, _ row: Int, _ rows: Int, _ column: Int, _ columns: Int) {
  guard let function = job.pointee.function else { return }
  // Whole rows are one array.
  let isWhole = columns == job.pointee.c_row
  for r in 0..<(isWhole ? 1 : rows) {
    let start = (row &+ r) &* job.pointee.c_row &+ column
    var part = act_job_part(function, start, isWhole ? rows &* columns : columns)
    runFunction(&part)
  }
}
@inline(__always) private func tileHeight(_ rows: Int) -> Int {
  rows >= tileRows ? tileRows : rows >= 4 ? 4 : rows >= 2 ? 2 : 1
}
/// The last columns in halves, rather than a whole tile and a narrow one.
@inline(__always) private func tileWidth(_ registers: Int) -> Int {
  registers == tileColumns &+ 1 ? (registers &+ 1) / 2 : min(registers, tileColumns)
}

/// All tiles of some rows.
@inline(never) private func sweep<T: MatrixElement, let rows: Int>(
  _ height: Height<rows>.Type, _ shared: Block<T>, _ a: UnsafePointer<T>, _ b: UnsafePointer<T>, _ bias: UnsafePointer<T>?,
  _ c: UnsafeMutablePointer<T>, _ n: Int
) {
  var j = 0
  while j < n {
    let left = (j < shared.head ? shared.head : n) &- j, registers = (left &+ T.width &- 1) / T.width
    let columns = tileWidth(registers), some = columns == registers ? left & (T.width &- 1) : 0
    var block = shared, bHere = b + j
    if block.isPacked {
      block.bStep = columns &* T.width
      bHere = b + j &* block.k
    }
    let biasHere = bias.map { $0 + j }
    switch columns {
    case 1: tile(Shape<rows, 1>.self, block, a, bHere, biasHere, c + j, some: some)
    case 2: tile(Shape<rows, 2>.self, block, a, bHere, biasHere, c + j, some: some)
    default:
      #if ACT_V4 || arch(arm64)
      tile(Shape<rows, 3>.self, block, a, bHere, biasHere, c + j, some: some)
      #endif
    }
    j &+= min(left, columns &* T.width)
  }
}
private enum Height<let rows: Int> {}
#if ACT_V3
private typealias FullHeight = Height<6>
#elseif ACT_V4 || arch(arm64)
private typealias FullHeight = Height<8>
#else
private typealias FullHeight = Height<4>
#endif

/// b, tile by tile, each row after row and filled up to whole registers with anything.
@inline(never) private func packColumns<T: MatrixElement>(
  _ b: UnsafePointer<T>, _ row: Int, _ column: Int, _ k: Int, _ n: Int, to packed: UnsafeMutablePointer<T>
) {
  var j = 0
  while j < n {
    let step = tileWidth((n &- j &+ T.width &- 1) / T.width) &* T.width, count = min(step, n &- j)
    let from = b + j &* column, to = packed + j &* k
    if column == 1 {
      for i in 0..<k {
        let from = from + i &* row, to = to + i &* step
        var at = 0
        while at &+ T.width <= count {
          T.store(T.load(from + at), to + at)
          at &+= T.width
        }
        if at < count { T.store(T.load(from + at, first: count &- at), to + at) }
      }
    } else {
      pack(from, column, row, count, k, to: to, step)
    }
    j &+= step
  }
}

/// Some rows of a, or columns of b, element beside element. `to` has room for some more.
@inline(never) private func pack<T: MatrixElement>(
  _ a: UnsafePointer<T>, _ row: Int, _ column: Int, _ rows: Int, _ k: Int, to packed: UnsafeMutablePointer<T>, _ step: Int
) {
  // The last first: what they have too many is written over.
  var r = (rows &- 1) / T.transposedRows &* T.transposedRows
  while r >= 0 {
    let from = a + r &* row, some = min(rows &- r, T.transposedRows)
    if column == 1 && some > 1 {
      T.transpose(from, row, rows: some, k, to: packed + r, step)
    } else {
      for i in 0..<k { for l in 0..<some { packed[i &* step &+ (r &+ l)] = from[l &* row &+ i &* column] } }
    }
    r &-= T.transposedRows
  }
}
