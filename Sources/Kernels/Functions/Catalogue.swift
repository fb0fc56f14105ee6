/// Every activation function. A new one is its own file and one line here.
@inline(__always) func visitFunctions<V: FunctionVisitor>(_ visitor: V) -> Int {
  var list = FunctionList(visitor: visitor)
  list.next(Tanh.self)
  list.next(GELU.self)
  list.next(Gaussian.self)
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
