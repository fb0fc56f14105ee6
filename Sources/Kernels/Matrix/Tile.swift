import Lanes

// How many rows, and how many registers of columns, a tile has: its sums fill the registers, less those that a register of
// b in each column and one element of a need.
#if ACT_V3
let tileRows = 6, tileColumns = 2
typealias TileSums<V> = InlineArray<12, V>
#elseif ACT_V4 || arch(arm64)
let tileRows = 8, tileColumns = 3
typealias TileSums<V> = InlineArray<24, V>
#else
let tileRows = 4, tileColumns = 2
typealias TileSums<V> = InlineArray<8, V>
#endif

/// What all tiles of a block share: the inner index runs over `k` values.
struct Block<T: MatrixElement> {
  var k: Int
  /// From one value of the inner index to the next, and from one row of a to the next: one of both is 1.
  var aStep: Int, bStep: Int, aRow: Int
  /// Whether b lies tile by tile; its step is the tile's width, then.
  var isPacked: Bool
  var cRow: Int
  /// Whether the sums begin here, and whether they end here.
  var isFirst: Bool, isLast: Bool
  /// So many columns come first, that the others begin with a cache line.
  var head: Int
}

/// How many rows, and registers of columns, a tile has.
enum Shape<let rows: Int, let columns: Int> {}

/// A tile of c; of the last column's register only so many elements are there (0: all). Each sum is one chain of fma over
/// the inner index; from block to block it goes on in c.
@inline(__always) func tile<T: MatrixElement, let rows: Int, let columns: Int>(
  _ shape: Shape<rows, columns>.Type, _ block: Block<T>, _ a: UnsafePointer<T>, _ b: UnsafePointer<T>,
  _ bias: UnsafePointer<T>?, _ c: UnsafeMutablePointer<T>, some: Int
) {
  if some == 0 {
    tile(shape, block, a, b, bias, c) {
      T.load($0)
    } store: {
      T.store($0, $1)
    }
  } else {
    tile(shape, block, a, b, bias, c) {
      T.load($0, first: some)
    } store: {
      T.store($0, $1, first: some)
    }
  }
}

@inline(__always) private func tile<T: MatrixElement, let rows: Int, let columns: Int>(
  _ shape: Shape<rows, columns>.Type, _ block: Block<T>, _ a: UnsafePointer<T>, _ b: UnsafePointer<T>,
  _ bias: UnsafePointer<T>?, _ c: UnsafeMutablePointer<T>, load: (UnsafePointer<T>) -> T.Vector,
  store: (T.Vector, UnsafeMutablePointer<T>) -> Void
) {
  @inline(__always) func read(_ p: UnsafePointer<T>, _ j: Int) -> T.Vector {
    j == columns &- 1 ? load(p + j &* T.width) : T.load(p + j &* T.width)
  }
  var sums = TileSums<T.Vector>(repeating: T.splat(0))
  if !block.isFirst {
    for r in 0..<rows { for j in 0..<columns { sums[unchecked: r &* columns &+ j] = read(c + r &* block.cRow, j) } }
  }
  var a = a, b = b
  @inline(__always) func multiply(_ element: (_ row: Int) -> T) {
    for r in 0..<rows {
      let x = T.splat(element(r))
      for j in 0..<columns { sums[unchecked: r &* columns &+ j] = T.fma(x, read(b, j), sums[unchecked: r &* columns &+ j]) }
    }
    b += block.bStep
  }
  // Both ways each address is a register and a constant or an index.
  if block.aRow == 1 {
    for _ in 0..<block.k {
      multiply { a[$0] }
      a += block.aStep
    }
  } else {
    var starts = InlineArray<8, UnsafePointer<T>>(repeating: a)
    for r in 0..<rows { starts[unchecked: r] = opaque_pointer(a + r &* block.aRow).assumingMemoryBound(to: T.self) }
    for i in 0..<block.k { multiply { starts[unchecked: $0][i] } }
  }
  if block.isLast {
    if let bias {
      for j in 0..<columns {
        let x = read(bias, j)
        for r in 0..<rows { sums[unchecked: r &* columns &+ j] = T.add(sums[unchecked: r &* columns &+ j], x) }
      }
    }
    for r in 0..<rows { for j in 0..<columns { sums[unchecked: r &* columns &+ j] = T.quiet(sums[unchecked: r &* columns &+ j]) } }
  }
  for r in 0..<rows {
    for j in 0..<columns {
      let p = c + (r &* block.cRow &+ j &* T.width)
      if j == columns &- 1 { store(sums[unchecked: r &* columns &+ j], p) } else { T.store(sums[unchecked: r &* columns &+ j], p) }
    }
  }
}
