/// An activation function: everything about it, in one file.
protocol ActivationFunction {
  /// What it is where its parameters have their defaults, if that is computed faster.
  associatedtype Standard: ActivationFunction = Self
  static var about: About { get }
  /// In the order of `Parameters`.
  static var parameters: (Parameter?, Parameter?) { get }
  /// Whether the first parameter must be at most the second.
  static var areParametersOrdered: Bool { get }
  static func value<R: Number>(_ x: R, _ p: Parameters<R>) -> R
  static func derivative<R: Number>(_ x: R, _ p: Parameters<R>) -> R

  /// Adds, multiplies and selects only, and is not tiny unless x or a parameter is: what comes out as 0 is 0. Exact float32
  /// goes in pairs of floats, if it is not proven.
  static var isArithmetic: Bool { get }
  /// Whether exact float32 is computed faster in pairs of floats, with vectors in doubt anew in doubles, than all in doubles.
  static var suitsPairs: (value: Bool, derivative: Bool) { get }
  /// Fast results are computed in longer numbers, too: float32 in doubles, float64 in pairs of them.
  static var needsMore: (value: Bool, derivative: Bool) { get }
  /// Of those floats or doubles do what they can, and leave the rest to the longer numbers: where they give NaN.
  static var shorterDoMost: (float32: Bool, float64: Bool) { get }
  /// How large parameters may be for fast results, and their reciprocals.
  static var reach: (float: Double, double: Double) { get }
  /// Where x equals a parameter something happens. A parameter need not be a float, so fast float32 is the exact one.
  static var comparesParameters: Bool { get }
  /// The limits at −∞ and +∞, for a formula that is NaN there.
  static var valueLimits: (left: Double, right: Double)? { get }
  static var derivativeLimits: (left: Double, right: Double)? { get }
}
extension ActivationFunction {
  static var parameters: (Parameter?, Parameter?) { (nil, nil) }
  static var areParametersOrdered: Bool { false }
  static var isArithmetic: Bool { false }
  static var suitsPairs: (value: Bool, derivative: Bool) { (false, false) }
  static var needsMore: (value: Bool, derivative: Bool) { (false, false) }
  static var shorterDoMost: (float32: Bool, float64: Bool) { (false, false) }
  static var reach: (float: Double, double: Double) { (0x1p60, doubleReach) }
  static var comparesParameters: Bool { false }
  static var valueLimits: (left: Double, right: Double)? { nil }
  static var derivativeLimits: (left: Double, right: Double)? { nil }
}

/// What users are told about a function.
struct About {
  var name: StaticString
  var aliases: [Alias] = []
  var formula: StaticString
  var derivative: StaticString
  var formulaLaTeX: StaticString
  var derivativeLaTeX: StaticString
  var source: StaticString
  var range: (Double, Double)
  var isMonotonic: Bool
  var smoothness: StaticString
  var isZeroCentred: Bool
  var saturates: (left: Bool, right: Bool)
  /// Upper bounds of the errors measured (`make verify`), in ULP.
  var valueErrors: Errors
  var derivativeErrors: Errors
}

/// ULP of exact float64, fast float64 and fast float32.
struct Errors {
  var exact64: Double, fast64: Double, fast32: Double
}

/// A real parameter. `standard` is NaN if there is no default.
struct Parameter {
  var name: StaticString
  var standard: Double
  var domain: Domain
  init(_ name: StaticString, _ standard: Double = .nan, _ domain: Domain = .finite) {
    self.name = name
    self.standard = standard
    self.domain = domain
  }
}

/// The values that a parameter may have, and how users are told: "alpha must be " + `text`.
struct Domain {
  var minimum: Double, maximum: Double, text: StaticString
  init(from minimum: Double = -.greatestFiniteMagnitude, to maximum: Double = .greatestFiniteMagnitude, _ text: StaticString) {
    self.minimum = minimum
    self.maximum = maximum
    self.text = text
  }
  static var finite: Domain { Domain("finite") }
  static var notNegative: Domain { Domain(from: 0, "finite and at least 0") }
  static var positive: Domain { Domain(from: .leastNormalMagnitude, "finite, greater than 0 and not subnormal") }
}

/// Another name; under it the parameters may be called otherwise and have other defaults, and have the same domains.
struct Alias {
  var name: StaticString
  var parameters: [Parameter]
  init(_ name: StaticString, _ parameters: Parameter...) {
    self.name = name
    self.parameters = parameters
  }
}

/// The values of a function's parameters, in the order in which it declares them.
struct Parameters<R: Number> {
  var first: R, second: R
}
