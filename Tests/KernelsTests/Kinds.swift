import Lanes
@testable import KernelsV1

/// A kind of number, made and read lane by lane.
protocol Kind: Number {
  static var lanes: Int { get }
  /// From numbers of one part, and from sums of two.
  init(_ highs: [Double])
  init(_ highs: [Double], _ lows: [Double])
  func parts(_ lane: Int) -> Parts
}

/// (high + low)·2^exponent.
struct Parts: Equatable {
  var high: Double, low = 0.0, exponent = 0
}

extension FloatLanes: Kind {
  static var lanes: Int { count }
  init(_ highs: [Double]) { self = highs.map { Float($0) }.withUnsafeBufferPointer { .load($0.baseAddress!) } }
  init(_ highs: [Double], _ lows: [Double]) { self.init(highs) }
  func parts(_ lane: Int) -> Parts { Parts(high: Double(v[lane])) }
}

extension FloatPair: Kind {
  static var lanes: Int { FloatLanes.count }
  init(_ highs: [Double]) { self.init(FloatLanes(highs)) }
  init(_ highs: [Double], _ lows: [Double]) { self.init(FloatLanes(highs), FloatLanes(lows)) }
  func parts(_ lane: Int) -> Parts { Parts(high: Double(high.v[lane]), low: Double(low.v[lane])) }
}

extension Doubles: Kind {
  static var lanes: Int { count }
  init(_ highs: [Double]) { self = highs.withUnsafeBufferPointer { .load($0.baseAddress!) } }
  init(_ highs: [Double], _ lows: [Double]) { self.init(highs) }
  func parts(_ lane: Int) -> Parts { Parts(high: v[lane]) }
}

extension DoublePair: Kind {
  static var lanes: Int { DoubleLanes.count }
  init(_ highs: [Double]) { self.init(DoubleLanes(highs)) }
  init(_ highs: [Double], _ lows: [Double]) { self.init(DoubleLanes(highs), DoubleLanes(lows)) }
  func parts(_ lane: Int) -> Parts { Parts(high: high.v[lane], low: low.v[lane]) }
}

extension DoubleDouble: Kind {
  static var lanes: Int { DoubleLanes.count }
  init(_ highs: [Double]) { self.init(DoubleLanes(highs)) }
  init(_ highs: [Double], _ lows: [Double]) { self.init(DoubleLanes(highs), DoubleLanes(lows)) }
  func parts(_ lane: Int) -> Parts {
    Parts(high: high.v[lane], low: low.v[lane], exponent: exponent.map { Int($0.v[lane]) } ?? 0)
  }
}

/// The lanes of `function` over the inputs, a vector at a time.
func evaluate<N: Kind>(_ inputs: [Parts], isPair: Bool, _ function: (N) -> N) -> [Parts] {
  evaluate(inputs, inputs, isPair: isPair) { a, _ in function(a) }
}
func evaluate<N: Kind>(_ a: [Parts], _ b: [Parts], isPair: Bool, _ function: (N, N) -> N) -> [Parts] {
  func vector(_ inputs: [Parts], _ start: Int) -> N {
    let lanes = (start..<start + N.lanes).map { inputs[min($0, inputs.count - 1)] }
    return isPair ? N(lanes.map(\.high), lanes.map(\.low)) : N(lanes.map(\.high))
  }
  return stride(from: 0, to: a.count, by: N.lanes).flatMap { start in
    let result = function(vector(a, start), vector(b, start))
    return (0..<min(N.lanes, a.count - start)).map(result.parts)
  }
}
