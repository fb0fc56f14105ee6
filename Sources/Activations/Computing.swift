internal import CActivations

// MARK: Numbers

extension Activation {
  /// f(x).
  public func callAsFunction<T: ActivationElement>(_ x: T) -> T { compute(ACT_VALUE, x, x) }

  /// f′(x).
  public func derivative<T: ActivationElement>(at x: T) -> T { compute(ACT_DERIVATIVE, x, x) }

  /// dy·f′(x), rounded once: the gradient that goes back through the function.
  public func backward<T: ActivationElement>(_ x: T, gradient dy: T) -> T { compute(ACT_BACKWARD, x, dy) }
}

// MARK: Arrays

extension Activation {
  /// f(x) for each element.
  ///
  /// Large arrays are split over `threadCount` threads; so are those of the other methods.
  public func callAsFunction<T: ActivationElement>(_ x: [T]) -> [T] { compute(ACT_VALUE, x, x) }

  /// f′(x) for each element.
  public func derivative<T: ActivationElement>(at x: [T]) -> [T] { compute(ACT_DERIVATIVE, x, x) }

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
    compute(ACT_VALUE, x, x, y)
  }

  /// Sets each element of `dydx` to f′(x).
  ///
  /// - Precondition: `x` and `dydx` have the same number of elements, and are the same memory or share none of it.
  public func derivative<T: ActivationElement>(at x: UnsafeBufferPointer<T>, into dydx: UnsafeMutableBufferPointer<T>) {
    compute(ACT_DERIVATIVE, x, x, dydx)
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
  // Forms without a gradient do not read it.
  private func compute<T: ActivationElement>(_ form: act_form, _ x: T, _ dy: T) -> T {
    var y = x
    withUnsafeMutablePointer(to: &y) { y in
      withUnsafePointer(to: dy) { compute(form, T._activationType, 1, y, $0, y) }
    }
    return y
  }

  private func compute<T: ActivationElement>(_ form: act_form, _ x: [T], _ dy: [T]) -> [T] {
    [T](unsafeUninitializedCapacity: x.count) { y, count in
      count = x.count
      let y = UnsafeMutableBufferPointer(rebasing: y[..<count])
      x.withUnsafeBufferPointer { x in dy.withUnsafeBufferPointer { compute(form, x, $0, y) } }
    }
  }

  private func compute<T: ActivationElement>(
    _ form: act_form, _ x: UnsafeBufferPointer<T>, _ dy: UnsafeBufferPointer<T>, _ y: UnsafeMutableBufferPointer<T>
  ) {
    precondition(dy.count == x.count, "\(self): x has \(x.count) elements, the gradient has \(dy.count)")
    precondition(y.count == x.count, "\(self): x has \(x.count) elements, the result has room for \(y.count)")
    compute(form, T._activationType, x.count, x.baseAddress, dy.baseAddress, y.baseAddress)
  }

  private func compute(
    _ form: act_form, _ type: _ActivationType, _ n: Int, _ x: UnsafeRawPointer?, _ dy: UnsafeRawPointer?,
    _ y: UnsafeMutableRawPointer?
  ) {
    let arrays = act_arrays(
      size: MemoryLayout<act_arrays>.size, form: form, type: type.c, n: n, x: x, x_stride: type.size, dy: dy,
      dy_stride: type.size, y: y, y_stride: type.size, parameters: (nil, nil), parameter_strides: (0, 0))
    let status = withUnsafePointer(to: arrays) { arrays in withUnsafePointer(to: function) { act_apply($0, arrays) } }
    precondition(status == ACT_OK, "\(self): \(String(cString: act_status_string(status)))")
  }
}
