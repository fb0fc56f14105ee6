import Lanes

/// A relative bound on the error of every formula in narrow doubles and of its products with factors. A smaller one would gain
/// nothing: one float32 result in some two hundred thousand lies so close to the middle between two floats that the referee is
/// asked.
let narrowBound = 0x1p-42

extension Elements where S.Element: NarrowElement {
  /// y = f(x) or f′(x), times factors, rounded correctly: in doubles, and where they leave a doubt by the referee.
  /// Blocks, because a kernel that only computes keeps its registers: faster than all in one loop.
  @inline(__always) func sweepRounded() {
    let isProven = kernels.pointee.isProven && (factors.0 == nil || kernels.pointee.areFloats && factors.1 == nil)
    withBlocks(Float.self, Double.self) { block, results in
      var start = 0
      while start < count {
        let end = min(start &+ blockSize, count)
        var i = start
        while i < end {
          Float32.store(load(x, i), block + (i &- start))
          i &+= DoubleLanes.count
        }
        kernels.pointee.narrow(block, results, i &- start, start, job)
        i = start
        while i < end {
          let r = times(DoubleLanes.load(results + (i &- start)), i)
          let rounded = S.round(isProven ? r : r * DoubleLanes(1 - narrowBound))
          if isProven || fits && agree64(rounded.v, S.round(r * DoubleLanes(1 + narrowBound)).v) {
            store(rounded.quiet, i)
          } else {
            store(S.round(refereed(load(x, i), i, toOdd: true)).quiet, i)
          }
          i &+= DoubleLanes.count
        }
        start &+= blockSize
      }
    }
  }
}

/// Elements whose every value is a float.
protocol NarrowElement {}
extension Float: NarrowElement {}
extension UInt16: NarrowElement {}
