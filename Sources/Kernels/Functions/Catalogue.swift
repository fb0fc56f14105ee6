/// Every activation function. A new one is its own file and one line here.
@inline(__always) func visitFunctions<V: FunctionVisitor>(_ visitor: V) -> Int {
  var list = FunctionList(visitor: visitor)
  list.next(Identity.self)
  list.next(Tanh.self)
  list.next(Sigmoid.self)
  list.next(ReLU.self)
  list.next(LeakyReLU.self)
  list.next(PReLU.self)
  list.next(BentIdentity.self)
  list.next(Sinusoid.self)
  list.next(ELU.self)
  list.next(SELU.self)
  list.next(CELU.self)
  list.next(GELU.self)
  list.next(GELUTanh.self)
  list.next(QuickGELU.self)
  list.next(SiLU.self)
  list.next(Swish.self)
  list.next(Mish.self)
  list.next(Softplus.self)
  list.next(Softsign.self)
  list.next(LogSigmoid.self)
  list.next(Tanhshrink.self)
  list.next(Softshrink.self)
  list.next(Hardshrink.self)
  list.next(Hardtanh.self)
  list.next(Hardsigmoid.self)
  list.next(Hardswish.self)
  list.next(ReLU6.self)
  list.next(Threshold.self)
  list.next(SquaredReLU.self)
  list.next(Gaussian.self)
  list.next(Arctan.self)
  list.next(Lisht.self)
  list.next(Squareplus.self)
  list.next(Snake.self)
  list.next(Exponential.self)
  list.next(Erf.self)
  return list.count
}

/// Something to be done with one function as a type, so that the compiler makes code for each.
protocol FunctionVisitor {
  /// The function's place in the list.
  var wanted: Int { get }
  func visit<F: ActivationFunction>(_ function: F.Type)
}

private struct FunctionList<V: FunctionVisitor> {
  let visitor: V
  var count = 0

  @inline(__always) mutating func next<F: ActivationFunction>(_ function: F.Type) {
    if count == visitor.wanted { visitor.visit(function) }
    count &+= 1
  }
}
