internal import CActivations

/// The numbers that dense layers and networks are made of: `Float` and `Double`.
public protocol NetworkElement: ActivationElement, Sendable {}
extension Float: NetworkElement {}
extension Double: NetworkElement {}

/// A dense layer: y = f(x·w + b).
///
///     let layer = Dense<Float>(inputs: 3, outputs: 2, weights: w, biases: b, activation: .gelu)
///     let y = layer(x)
///
/// Matrices are arrays, row after row. Any number of rows of inputs can go through it at once; what comes out for a row has
/// the same bits alone and in any batch, on every processor: every sum is one chain of fused multiply-adds, in order.
public struct Dense<Element: NetworkElement>: Sendable {
  public let inputs: Int, outputs: Int
  /// `inputs` rows of `outputs` weights.
  public var weights: [Element] { didSet { check() } }
  /// One for each output; empty: none.
  public var biases: [Element] { didSet { check() } }
  public var activation: Activation

  /// - Precondition: There are inputs·outputs weights, and outputs or no biases.
  public init(inputs: Int, outputs: Int, weights: [Element], biases: [Element] = [], activation: Activation = .identity) {
    precondition(inputs >= 0 && outputs >= 0, "Dense: \(inputs) inputs and \(outputs) outputs")
    (self.inputs, self.outputs, self.weights, self.biases, self.activation) = (inputs, outputs, weights, biases, activation)
    check()
  }
  private func check() {
    precondition(weights.count == inputs * outputs, "Dense: \(weights.count) weights instead of \(inputs)·\(outputs)")
    precondition(biases.isEmpty || biases.count == outputs, "Dense: \(biases.count) biases for \(outputs) outputs")
  }

  /// f(x·w + b) for each row of `x`.
  public func callAsFunction(_ x: [Element]) -> [Element] { forward(x).values }

  /// Both x·w + b, which `gradients` needs, and f of it.
  ///
  /// - Precondition: `x` is a whole number of rows of `inputs`.
  public func forward(_ x: [Element]) -> (sums: [Element], values: [Element]) {
    let batch = rows(of: x, inputs)
    var sums = [Element](repeating: 0, count: batch * outputs), values = sums
    run(batch) { arrays, f in
      x.withUnsafeBytes { x in
        sums.withUnsafeMutableBytes { z in
          values.withUnsafeMutableBytes { y in
            (arrays.x, arrays.z, arrays.y) = (x.baseAddress, z.baseAddress, y.baseAddress)
            return act_dense_forward(f, &arrays)
          }
        }
      }
    }
    return (sums, values)
  }

  /// From the gradient of the values those of the inputs, weights and biases: with dz = dy·f′(z), dz·wᵀ, xᵀ·dz and dz's sum
  /// over the rows, in their order.
  ///
  /// - Parameters:
  ///   - x: What went in.
  ///   - sums: z, from `forward`.
  ///   - dy: As many rows of `outputs`.
  public func gradients(_ x: [Element], sums: [Element], gradient dy: [Element]) -> (
    inputs: [Element], weights: [Element], biases: [Element]
  ) {
    let batch = rows(of: x, inputs)
    precondition(
      sums.count == batch * outputs && dy.count == sums.count,
      "Dense: \(batch) rows of inputs, but \(sums.count) sums and \(dy.count) gradients of \(outputs) outputs")
    var dx = [Element](repeating: 0, count: x.count), dw = [Element](repeating: 0, count: weights.count)
    var db = [Element](repeating: 0, count: outputs), z = sums
    run(batch) { arrays, f in
      x.withUnsafeBytes { x in
        dy.withUnsafeBytes { dy in
          z.withUnsafeMutableBytes { z in
            dx.withUnsafeMutableBytes { dx in
              dw.withUnsafeMutableBytes { dw in
                db.withUnsafeMutableBytes { db in
                  (arrays.x, arrays.z, arrays.dy) = (x.baseAddress, z.baseAddress, dy.baseAddress)
                  (arrays.dx, arrays.dw, arrays.db) = (dx.baseAddress, dw.baseAddress, db.baseAddress)
                  return act_dense_backward(f, &arrays)
                }
              }
            }
          }
        }
      }
    }
    return (dx, dw, db)
  }

  private func rows(of x: [Element], _ columns: Int) -> Int {
    if columns == 0 { return 0 }
    precondition(x.count % columns == 0, "Dense: \(x.count) elements are no rows of \(columns) inputs")
    return x.count / columns
  }
  private func run(_ batch: Int, _ body: (inout act_dense_arrays, UnsafePointer<act_function>) -> act_status) {
    let size = Element._activationType.size
    var arrays = act_dense_arrays()
    arrays.size = MemoryLayout<act_dense_arrays>.size
    (arrays.type, arrays.batch, arrays.n_in, arrays.n_out) = (Element._activationType.c, batch, inputs, outputs)
    arrays.x_strides = (inputs * size, size)
    arrays.w_strides = (outputs * size, size)
    arrays.dy_strides = arrays.w_strides
    let status = weights.withUnsafeBytes { w in
      biases.withUnsafeBytes { b in
        arrays.w = w.baseAddress
        arrays.b = biases.isEmpty ? nil : b.baseAddress
        return withUnsafePointer(to: activation.function) { body(&arrays, $0) }
      }
    }
    precondition(status == ACT_OK, "Dense: \(String(cString: act_status_string(status)))")
  }
}
