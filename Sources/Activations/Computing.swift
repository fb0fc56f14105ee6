internal import CActivations

// MARK: Numbers

extension Activation {
  /// f(x).
  public func callAsFunction<T: ActivationElement>(_ x: T) -> T { compute(ACT_VALUE, x) }

  /// f′(x).
  public func derivative<T: ActivationElement>(at x: T) -> T { compute(ACT_DERIVATIVE, x) }

  /// dy·f′(x), rounded once: the gradient that goes back through the function.
  public func backward<T: ActivationElement>(_ x: T, gradient dy: T) -> T { compute(ACT_BACKWARD, x, dy) }
}

// MARK: Arrays

extension Activation {
  /// f(x) for each element.
  ///
  /// Large arrays are split over `threadCount` threads; so are those of the other methods.
  public func callAsFunction<T: ActivationElement>(_ x: [T]) -> [T] { compute(ACT_VALUE, x) }

  /// f′(x) for each element.
  public func derivative<T: ActivationElement>(at x: [T]) -> [T] { compute(ACT_DERIVATIVE, x) }

  /// dy·f′(x), rounded once, for each pair of elements.
  ///
  /// - Precondition: `x` and `dy` have the same number of elements.
  public func backward<T: ActivationElement>(_ x: [T], gradient dy: [T]) -> [T] { compute(ACT_BACKWARD, x, dy) }
}

// MARK: Buffers

extension Activation {
  /// Sets each element of `y` to f(x).
  ///
  /// - Precondition: `x` and `y` have the same number of elements, and are the same memory or share none of it.
  public func callAsFunction<T: ActivationElement>(_ x: UnsafeBufferPointer<T>, into y: UnsafeMutableBufferPointer<T>) {
    compute(ACT_VALUE, x, nil, y)
  }

  /// Sets each element of `dydx` to f′(x).
  ///
  /// - Precondition: `x` and `dydx` have the same number of elements, and are the same memory or share none of it.
  public func derivative<T: ActivationElement>(at x: UnsafeBufferPointer<T>, into dydx: UnsafeMutableBufferPointer<T>) {
    compute(ACT_DERIVATIVE, x, nil, dydx)
  }

  /// Sets each element of `dx` to dy·f′(x), rounded once.
  ///
  /// - Precondition: `x`, `dy` and `dx` have the same number of elements. `dx` is the same memory as `x` or `dy`, or
  ///   shares none with them.
  public func backward<T: ActivationElement>(
    _ x: UnsafeBufferPointer<T>, gradient dy: UnsafeBufferPointer<T>, into dx: UnsafeMutableBufferPointer<T>
  ) {
    compute(ACT_BACKWARD, x, dy, dx)
  }
}

// MARK: -

extension Activation {
  private func compute<T: ActivationElement>(_ form: act_form, _ x: T, _ dy: T? = nil) -> T {
    var y = x
    withUnsafeMutablePointer(to: &y) { y in
      withUnsafePointer(to: dy ?? 0) { compute(form, 1, UnsafePointer(y), $0, y) }
    }
    return y
  }

  private func compute<T: ActivationElement>(_ form: act_form, _ x: [T], _ dy: [T]? = nil) -> [T] {
    [T](unsafeUninitializedCapacity: x.count) { y, count in
      count = x.count
      let y = UnsafeMutableBufferPointer(rebasing: y[..<count])
      x.withUnsafeBufferPointer { x in
        if let dy { dy.withUnsafeBufferPointer { compute(form, x, $0, y) } } else { compute(form, x, nil, y) }
      }
    }
  }

  private func compute<T: ActivationElement>(
    _ form: act_form, _ x: UnsafeBufferPointer<T>, _ dy: UnsafeBufferPointer<T>?, _ y: UnsafeMutableBufferPointer<T>
  ) {
    if let dy { precondition(dy.count == x.count, "\(self): x has \(x.count) elements, gradient has \(dy.count)") }
    precondition(y.count == x.count, "\(self): x has \(x.count) elements, the result has room for \(y.count)")
    compute(form, x.count, x.baseAddress, dy?.baseAddress, y.baseAddress)
  }

  private func compute<T: ActivationElement>(
    _ form: act_form, _ n: Int, _ x: UnsafePointer<T>?, _ dy: UnsafePointer<T>?, _ y: UnsafeMutablePointer<T>?
  ) {
    let stride = MemoryLayout<T>.stride
    let arrays = act_arrays(
      size: MemoryLayout<act_arrays>.size, form: form, type: T._activationType.c, n: n, x: x, x_stride: stride,
      dy: dy, dy_stride: stride, y: y, y_stride: stride, parameters: (nil, nil), parameter_strides: (0, 0))
    let status = withUnsafePointer(to: arrays) { arrays in withUnsafePointer(to: function) { act_apply($0, arrays) } }
    precondition(status == ACT_OK, "\(self): \(String(cString: act_status_string(status)))")
  }
}
