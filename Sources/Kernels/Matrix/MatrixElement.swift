import Lanes

/// The elements of matrices, and vectors of one register of them.
protocol MatrixElement: BitwiseCopyable, BinaryFloatingPoint {
  associatedtype Vector: BitwiseCopyable
  static var width: Int { get }
  static func splat(_ x: Self) -> Vector
  static func fma(_ a: Vector, _ b: Vector, _ c: Vector) -> Vector
  static func add(_ a: Vector, _ b: Vector) -> Vector
  static func quiet(_ a: Vector) -> Vector
  /// The first `count` elements, then zeros.
  static func load(_ p: UnsafePointer<Self>, first count: Int) -> Vector
  static func store(_ a: Vector, _ p: UnsafeMutablePointer<Self>, first count: Int)
  /// `count` columns of at most `transposedRows` rows become rows of as many elements, `step` apart: what these have beyond
  /// the step is written over by the next one.
  static var transposedRows: Int { get }
  static func transpose(
    _ from: UnsafePointer<Self>, _ row: Int, rows: Int, _ count: Int, to: UnsafeMutablePointer<Self>, _ step: Int)
}
extension MatrixElement {
  @inline(__always) static func load(_ p: UnsafePointer<Self>) -> Vector { UnsafeRawPointer(p).loadUnaligned(as: Vector.self) }
  @inline(__always) static func store(_ a: Vector, _ p: UnsafeMutablePointer<Self>) {
    UnsafeMutableRawPointer(p).storeBytes(of: a, as: Vector.self)
  }
}

extension Float: MatrixElement {
  @inline(__always) static var width: Int { r32.scalarCount }
  @inline(__always) static func splat(_ x: Float) -> r32 { r32(repeating: x) }
  @inline(__always) static func fma(_ a: r32, _ b: r32, _ c: r32) -> r32 { fma_r32(a, b, c) }
  @inline(__always) static func add(_ a: r32, _ b: r32) -> r32 { add_r32(a, b) }
  @inline(__always) static func quiet(_ a: r32) -> r32 { quiet_r32(a) }
  @inline(__always) static func load(_ p: UnsafePointer<Float>, first count: Int) -> r32 { load_some_r32(p, count) }
  @inline(__always) static func store(_ a: r32, _ p: UnsafeMutablePointer<Float>, first count: Int) { store_some_r32(p, a, count) }
  @inline(__always) static var transposedRows: Int { Int(TRANSPOSED_R32) }
  @inline(__always) static func transpose(
    _ from: UnsafePointer<Float>, _ row: Int, rows: Int, _ count: Int, to: UnsafeMutablePointer<Float>, _ step: Int
  ) { transpose_r32(from, row, rows, count, to, step) }
}
extension Double: MatrixElement {
  @inline(__always) static var width: Int { r64.scalarCount }
  @inline(__always) static func splat(_ x: Double) -> r64 { r64(repeating: x) }
  @inline(__always) static func fma(_ a: r64, _ b: r64, _ c: r64) -> r64 { fma_r64(a, b, c) }
  @inline(__always) static func add(_ a: r64, _ b: r64) -> r64 { add_r64(a, b) }
  @inline(__always) static func quiet(_ a: r64) -> r64 { quiet_r64(a) }
  @inline(__always) static func load(_ p: UnsafePointer<Double>, first count: Int) -> r64 { load_some_r64(p, count) }
  @inline(__always) static func store(_ a: r64, _ p: UnsafeMutablePointer<Double>, first count: Int) { store_some_r64(p, a, count) }
  @inline(__always) static var transposedRows: Int { Int(TRANSPOSED_R64) }
  @inline(__always) static func transpose(
    _ from: UnsafePointer<Double>, _ row: Int, rows: Int, _ count: Int, to: UnsafeMutablePointer<Double>, _ step: Int
  ) { transpose_r64(from, row, rows, count, to, step) }
}
