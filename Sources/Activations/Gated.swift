internal import CActivations

extension Activation {
  /// A gated unit: value·f(gate) for each pair of elements, rounded once.
  ///
  ///     let y = Activation.sigmoid.gated(value, gate: gate)   // the gated linear unit, GLU
  ///
  /// With `silu` it is SwiGLU, with `gelu` GEGLU, with `relu` ReGLU.
  ///
  /// - Precondition: `value` and `gate` have the same number of elements.
  public func gated<T: ActivationElement>(_ value: [T], gate: [T]) -> [T] {
    check(value.count, gate.count)
    return [T](unsafeUninitializedCapacity: gate.count) { y, count in
      count = gate.count
      let status = value.withUnsafeBytes { value in
        gate.withUnsafeBytes { gate in
          withUnsafePointer(to: function) { f in
            let v = value.baseAddress, g = gate.baseAddress, y = UnsafeMutableRawPointer(y.baseAddress)
            return switch T._activationType {
            case .float64: act_gated_forward_f64(f, count, v?.bound(), g?.bound(), y?.bound())
            case .float32: act_gated_forward_f32(f, count, v?.bound(), g?.bound(), y?.bound())
            case .float16: act_gated_forward_f16(f, count, v?.bound(), g?.bound(), y?.bound())
            }
          }
        }
      }
      precondition(status == ACT_OK, "\(self): \(String(cString: act_status_string(status)))")
    }
  }

  /// The gradients that go back through `gated`: dy·f(gate) to the value and dy·value·f′(gate) to the gate, each rounded
  /// once.
  ///
  /// - Precondition: `value`, `gate` and `dy` have the same number of elements.
  public func gatedBackward<T: ActivationElement>(_ value: [T], gate: [T], gradient dy: [T]) -> (value: [T], gate: [T]) {
    check(value.count, gate.count)
    check(dy.count, gate.count)
    var toValue = dy
    let toGate = [T](unsafeUninitializedCapacity: gate.count) { toGate, count in
      count = gate.count
      let status = value.withUnsafeBytes { value in
        gate.withUnsafeBytes { gate in
          toValue.withUnsafeMutableBytes { dy in  // dy, which becomes the gradient of the value
            withUnsafePointer(to: function) { f in
              let v = value.baseAddress, g = gate.baseAddress, a = dy.baseAddress, d = UnsafeRawPointer(a)
              let b = UnsafeMutableRawPointer(toGate.baseAddress)
              return switch T._activationType {
              case .float64: act_gated_backward_f64(f, count, v?.bound(), g?.bound(), d?.bound(), a?.bound(), b?.bound())
              case .float32: act_gated_backward_f32(f, count, v?.bound(), g?.bound(), d?.bound(), a?.bound(), b?.bound())
              case .float16: act_gated_backward_f16(f, count, v?.bound(), g?.bound(), d?.bound(), a?.bound(), b?.bound())
              }
            }
          }
        }
      }
      precondition(status == ACT_OK, "\(self): \(String(cString: act_status_string(status)))")
    }
    return (toValue, toGate)
  }

  private func check(_ count: Int, _ other: Int) {
    precondition(count == other, "\(self): arrays of \(count) and \(other) elements")
  }
}

extension UnsafeRawPointer {
  fileprivate func bound<E>() -> UnsafePointer<E> { assumingMemoryBound(to: E.self) }
}
extension UnsafeMutableRawPointer {
  fileprivate func bound<E>() -> UnsafeMutablePointer<E> { assumingMemoryBound(to: E.self) }
}
