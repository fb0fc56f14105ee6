internal import CActivations

extension Activation {
  /// Softmax e^xᵢ/Σⱼ e^xⱼ of each row.
  ///
  /// Nothing overflows, and each result is less than one unit in the last place from the true value, with `.fast` less than
  /// four. It depends on its row only. Of one x = +∞ in a row the result is 1, of −∞ it is 0; where there is no limit, as
  /// in a row of nothing but −∞, it is NaN.
  ///
  /// - Parameters:
  ///   - x: Rows, one after the other.
  ///   - rowLength: How many elements a row has; nil: all of `x` is one.
  /// - Precondition: `x.count` is a multiple of `rowLength`.
  public static func softmax<T: ActivationElement>(_ x: [T], rowLength: Int? = nil, accuracy: Accuracy = .exact) -> [T] {
    Rows(rowLength, of: x, accuracy).compute(x, x, act_softmax_f64, act_softmax_f32, act_softmax_f16)
  }

  /// Log-softmax xᵢ − ln Σⱼ e^xⱼ of each row: see `softmax`.
  public static func logSoftmax<T: ActivationElement>(_ x: [T], rowLength: Int? = nil, accuracy: Accuracy = .exact) -> [T] {
    Rows(rowLength, of: x, accuracy).compute(x, x, act_log_softmax_f64, act_log_softmax_f32, act_log_softmax_f16)
  }

  /// The gradient that goes back through `softmax`: yᵢ·(dyᵢ − Σⱼ yⱼ·dyⱼ) with y = softmax(x).
  ///
  /// - Precondition: `x` and `dy` have the same number of elements, a multiple of `rowLength`.
  public static func softmaxBackward<T: ActivationElement>(
    _ x: [T], gradient dy: [T], rowLength: Int? = nil, accuracy: Accuracy = .exact
  ) -> [T] {
    Rows(rowLength, of: x, accuracy).computeBackward(
      x, dy, act_softmax_backward_f64, act_softmax_backward_f32, act_softmax_backward_f16)
  }

  /// The gradient that goes back through `logSoftmax`: dyᵢ − e^yᵢ·Σⱼ dyⱼ with y = logSoftmax(x).
  ///
  /// - Precondition: `x` and `dy` have the same number of elements, a multiple of `rowLength`.
  public static func logSoftmaxBackward<T: ActivationElement>(
    _ x: [T], gradient dy: [T], rowLength: Int? = nil, accuracy: Accuracy = .exact
  ) -> [T] {
    Rows(rowLength, of: x, accuracy).computeBackward(
      x, dy, act_log_softmax_backward_f64, act_log_softmax_backward_f32, act_log_softmax_backward_f16)
  }
}

/// How an array is cut into rows.
private struct Rows {
  let count: Int, length: Int, accuracy: act_accuracy

  init<T>(_ length: Int?, of x: [T], _ accuracy: Activation.Accuracy) {
    self.length = length ?? x.count
    precondition(self.length > 0 || x.isEmpty, "softmax: a row must have at least one element, not \(self.length)")
    count = self.length == 0 ? 0 : x.count / self.length
    precondition(count * self.length == x.count, "softmax: \(x.count) elements are no rows of \(self.length)")
    self.accuracy = accuracy == .fast ? ACT_FAST : ACT_EXACT
  }

  typealias Forward<E> = (act_accuracy, Int, Int, Int, UnsafePointer<E>?, UnsafeMutablePointer<E>?) -> act_status
  typealias Backward<E> = (act_accuracy, Int, Int, Int, UnsafePointer<E>?, UnsafePointer<E>?, UnsafeMutablePointer<E>?) ->
    act_status

  func compute<T: ActivationElement>(
    _ x: [T], _ dy: [T], _ f64: Forward<Double>, _ f32: Forward<Float>, _ f16: Forward<UInt16>
  ) -> [T] {
    computeBackward(
      x, x, { f64($0, $1, $2, $3, $4, $6) }, { f32($0, $1, $2, $3, $4, $6) }, { f16($0, $1, $2, $3, $4, $6) })
  }
  func computeBackward<T: ActivationElement>(
    _ x: [T], _ dy: [T], _ f64: Backward<Double>, _ f32: Backward<Float>, _ f16: Backward<UInt16>
  ) -> [T] {
    precondition(dy.count == x.count, "softmax: x has \(x.count) elements, the gradient has \(dy.count)")
    func call<E>(_ f: Backward<E>, _ x: UnsafeRawPointer?, _ dy: UnsafeRawPointer?, _ y: UnsafeMutableRawPointer?) -> act_status {
      f(
        accuracy, count, length, 1, x?.assumingMemoryBound(to: E.self), dy?.assumingMemoryBound(to: E.self),
        y?.assumingMemoryBound(to: E.self))
    }
    return [T](unsafeUninitializedCapacity: x.count) { y, written in
      written = x.count
      let status = x.withUnsafeBytes { x in
        dy.withUnsafeBytes { dy in
          switch T._activationType {
          case .float64: call(f64, x.baseAddress, dy.baseAddress, y.baseAddress)
          case .float32: call(f32, x.baseAddress, dy.baseAddress, y.baseAddress)
          case .float16: call(f16, x.baseAddress, dy.baseAddress, y.baseAddress)
          }
        }
      }
      precondition(status == ACT_OK, "softmax: \(String(cString: act_status_string(status)))")
    }
  }
}
