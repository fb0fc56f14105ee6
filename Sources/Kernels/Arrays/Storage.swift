import Lanes

/// The type of an array's elements: how a vector of them becomes doubles and back.
protocol Storage {
  associatedtype Element: BitwiseCopyable
  static func load(_ p: UnsafePointer<Element>) -> DoubleLanes
  /// The nearest value that the type holds, ties to even.
  static func round(_ r: DoubleLanes) -> DoubleLanes
  /// Stores values that the type holds.
  static func store(_ r: DoubleLanes, _ p: UnsafeMutablePointer<Element>)
}

enum Float64: Storage {
  @inline(__always) static func load(_ p: UnsafePointer<Double>) -> DoubleLanes { .load(p) }
  @inline(__always) static func round(_ r: DoubleLanes) -> DoubleLanes { r }
  @inline(__always) static func store(_ r: DoubleLanes, _ p: UnsafeMutablePointer<Double>) { r.store(p) }
}

enum Float32: Storage {
  @inline(__always) static func load(_ p: UnsafePointer<Float>) -> DoubleLanes {
    DoubleLanes(from_f32(UnsafeRawPointer(p).loadUnaligned(as: half_f32.self)))
  }
  @inline(__always) static func round(_ r: DoubleLanes) -> DoubleLanes { DoubleLanes(from_f32(to_f32(r.v))) }
  @inline(__always) static func store(_ r: DoubleLanes, _ p: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(p).storeBytes(of: to_f32(r.v), as: half_f32.self)
  }
}

enum Float16Bits: Storage {
  @inline(__always) static func load(_ p: UnsafePointer<UInt16>) -> DoubleLanes {
    DoubleLanes(from_f16(UnsafeRawPointer(p).loadUnaligned(as: half_u16.self)))
  }
  @inline(__always) static func round(_ r: DoubleLanes) -> DoubleLanes { DoubleLanes(round_to(r.v, 11, -14, 65520)) }
  @inline(__always) static func store(_ r: DoubleLanes, _ p: UnsafeMutablePointer<UInt16>) {
    UnsafeMutableRawPointer(p).storeBytes(of: to_f16(r.v), as: half_u16.self)
  }
}

enum BFloat16Bits: Storage {
  @inline(__always) static func load(_ p: UnsafePointer<UInt16>) -> DoubleLanes {
    DoubleLanes(from_bf16(UnsafeRawPointer(p).loadUnaligned(as: half_u16.self)))
  }
  @inline(__always) static func round(_ r: DoubleLanes) -> DoubleLanes { DoubleLanes(round_to(r.v, 8, -126, 0x1.ffp127)) }
  @inline(__always) static func store(_ r: DoubleLanes, _ p: UnsafeMutablePointer<UInt16>) {
    UnsafeMutableRawPointer(p).storeBytes(of: to_bf16(r.v), as: half_u16.self)
  }
}
