import Lanes

// How many registers wide a strip is: its sums and deltas stay in registers while the rows go by.
#if ACT_V4
private typealias Strip = InlineArray<8, Double.Vector>
private typealias Widest = Width<8>
private let widest = 8
#elseif ACT_V3 || arch(arm64)
private typealias Strip = InlineArray<6, Double.Vector>
private typealias Widest = Width<6>
private let widest = 6
#else
private typealias Strip = InlineArray<4, Double.Vector>
private typealias Widest = Width<4>
private let widest = 4
#endif
private enum Width<let registers: Int> {}

/// w ← w + uᵀ·d and z = x·w: the rows of w one after the other, in strips of columns.
func runPass(_ job: UnsafePointer<act_pass_job>) {
  var j = 0
  while j < job.pointee.n {
    let left = (job.pointee.n &- j) / Double.width, registers = left >= widest ? widest : left >= 4 ? 4 : left >= 2 ? 2 : 1
    switch registers {
    case 1: strip(Width<1>.self, job, j)
    case 2: strip(Width<2>.self, job, j)
    case 4: strip(Width<4>.self, job, j)
    default: strip(Widest.self, job, j)
    }
    j &+= registers &* Double.width
  }
}

@inline(__always) private func strip<let registers: Int>(
  _ width: Width<registers>.Type, _ job: UnsafePointer<act_pass_job>, _ column: Int
) {
  var z = Strip(repeating: Double.splat(0)), d = Strip(repeating: Double.splat(0))
  let n = job.pointee.n, m = job.pointee.m
  var row = job.pointee.w + column
  @inline(__always) func read(_ p: UnsafePointer<Double>, _ j: Int) -> Double.Vector { Double.load(p + j &* Double.width) }
  if let u = job.pointee.u {
    for j in 0..<registers { d[unchecked: j] = read(job.pointee.d + column, j) }
    if let x = job.pointee.x {
      for i in 0..<m {
        let learned = Double.splat(u[i]), value = Double.splat(x[i])
        for j in 0..<registers {
          let w = Double.fma(learned, d[unchecked: j], read(UnsafePointer(row), j))
          Double.store(w, row + j &* Double.width)
          z[unchecked: j] = Double.fma(value, w, z[unchecked: j])
        }
        row += n
      }
    } else {
      for i in 0..<m {
        let learned = Double.splat(u[i])
        for j in 0..<registers {
          Double.store(Double.fma(learned, d[unchecked: j], read(UnsafePointer(row), j)), row + j &* Double.width)
        }
        row += n
      }
      return
    }
  } else if let x = job.pointee.x {
    for i in 0..<m {
      let value = Double.splat(x[i])
      for j in 0..<registers { z[unchecked: j] = Double.fma(value, read(UnsafePointer(row), j), z[unchecked: j]) }
      row += n
    }
  }
  for j in 0..<registers { Double.store(z[unchecked: j], job.pointee.z + (column &+ j &* Double.width)) }
}
