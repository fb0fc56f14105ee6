import Lanes

/// The vectors that networks are trained in: in the numbers that they are made of.
protocol TrainingLanes: Lanes where Element: Comparable {
  static func squareRoot(_ x: Self) -> Self
  static func doubles(_ p: UnsafePointer<Element>) -> DoubleLanes
}
extension FloatLanes: TrainingLanes {
  @inline(__always) static func doubles(_ p: UnsafePointer<Float>) -> DoubleLanes { Float32.load(p) }
}
extension DoubleLanes: TrainingLanes {
  @inline(__always) static func doubles(_ p: UnsafePointer<Double>) -> DoubleLanes { .load(p) }
}

extension UnsafeRawPointer {
  @inline(__always) func of<R: TrainingLanes>(_ lanes: R.Type) -> UnsafePointer<R.Element> {
    assumingMemoryBound(to: R.Element.self)
  }
}
extension UnsafeMutableRawPointer {
  @inline(__always) func of<R: TrainingLanes>(_ lanes: R.Type) -> UnsafeMutablePointer<R.Element> {
    assumingMemoryBound(to: R.Element.self)
  }
}

/// Calls `body` with the place of each vector, the last of which goes beyond the count.
@inline(__always) func forEachVector<R: TrainingLanes>(_ lanes: R.Type, _ count: Int, _ body: (Int) -> Void) {
  var i = 0
  while i < count {
    body(i)
    i &+= R.count
  }
}
