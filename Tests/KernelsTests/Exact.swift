/// An exact sum of doubles: terms that do not overlap, the smallest first (Shewchuk's expansions). Products are exact as
/// long as nothing underflows.
struct Exact {
  private var terms: [Double] = []

  init() {}
  init(_ x: Double) { add(x) }
  init(_ x: Parts) {
    add(Double(sign: .plus, exponent: x.exponent, significand: x.high))
    if x.low != 0 { add(Double(sign: .plus, exponent: x.exponent, significand: x.low)) }
  }

  mutating func add(_ x: Double) {
    var carry = x, rest: [Double] = []
    for term in terms {
      let sum = carry + term, part = sum - carry
      let error = (carry - (sum - part)) + (term - part)
      if error != 0 { rest.append(error) }
      carry = sum
    }
    terms = carry == 0 ? rest : rest + [carry]
  }
  static func + (a: Exact, b: Exact) -> Exact { b.terms.reduce(into: a) { $0.add($1) } }
  static prefix func - (a: Exact) -> Exact {
    var r = a
    r.terms = a.terms.map { -$0 }
    return r
  }
  static func - (a: Exact, b: Exact) -> Exact { a + -b }
  static func * (a: Exact, b: Exact) -> Exact {
    var r = Exact()
    for x in a.terms {
      for y in b.terms {
        let product = x * y
        r.add(product)
        r.add((-product).addingProduct(x, y))
      }
    }
    return r
  }

  var isNegative: Bool { (terms.last ?? 0) < 0 }
  /// The magnitude, to a few units in the last place.
  var magnitude: Double { terms.reduce(0, +).magnitude }
}

extension Exact {
  /// The float nearest to the sum, ties to even.
  var nearestFloat: Float {
    let near = Float(terms.reduce(0, +))
    func distance(_ f: Float) -> Exact {
      let d = self - Exact(Double(f))
      return d.isNegative ? -d : d
    }
    return [near.nextDown, near, near.nextUp].min { a, b in
      let difference = distance(a) - distance(b)
      return difference.magnitude == 0 ? a.bitPattern & 1 < b.bitPattern & 1 : difference.isNegative
    }!
  }
}
