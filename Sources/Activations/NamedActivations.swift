extension Activation {
  /// The hyperbolic tangent.
  public static let tanh = Activation(catalogued: "tanh")
  /// The logistic function.
  public static let sigmoid = Activation(catalogued: "sigmoid")
  /// The rectified linear unit.
  public static let relu = Activation(catalogued: "relu")
  /// The rectified linear unit that lets a little through, with its default slope for x ≤ 0.
  public static let leakyReLU = Activation(catalogued: "leaky_relu")
  /// A line that bends from slope ½ to slope 3/2.
  public static let bentIdentity = Activation(catalogued: "bent_identity")
  /// The sine.
  public static let sinusoid = Activation(catalogued: "sinusoid")
  /// x as it is.
  public static let identity = Activation(catalogued: "identity")
  /// x/(1 + |x|).
  public static let softsign = Activation(catalogued: "softsign")
  /// 0 for |x| ≤ ½, and all other numbers nearer to it by as much.
  public static let softshrink = Activation(catalogued: "softshrink")
  /// 0 for |x| ≤ ½, else x.
  public static let hardshrink = Activation(catalogued: "hardshrink")
  /// x between −1 and 1.
  public static let hardtanh = Activation(catalogued: "hardtanh")
  /// A sigmoid of three lines.
  public static let hardsigmoid = Activation(catalogued: "hardsigmoid")
  /// x times a sigmoid of three lines.
  public static let hardswish = Activation(catalogued: "hardswish")
  /// The rectified linear unit that ends at 6.
  public static let relu6 = Activation(catalogued: "relu6")
  /// The square of the rectified linear unit.
  public static let squaredReLU = Activation(catalogued: "squared_relu")
  /// A rectifier whose bend is a hyperbola, with b = 4.
  public static let squareplus = Activation(catalogued: "squareplus")

  /// The rectified linear unit that lets a little through.
  ///
  /// - Parameter negativeSlope: The slope for x ≤ 0.
  /// - Precondition: `negativeSlope` is finite.
  public static func leakyReLU(negativeSlope: Double) -> Activation {
    Activation(catalogued: "leaky_relu", ["negative_slope": negativeSlope])
  }

  /// The rectified linear unit with a slope that is learnt.
  ///
  /// - Parameter weight: The slope for x ≤ 0.
  /// - Precondition: `weight` is finite.
  public static func prelu(weight: Double) -> Activation { Activation(catalogued: "prelu", ["weight": weight]) }

  /// 0 for |x| ≤ λ, and all other numbers nearer to it by as much.
  ///
  /// - Precondition: `lambda` is finite and at least 0.
  public static func softshrink(lambda: Double) -> Activation { Activation(catalogued: "softshrink", ["lambd": lambda]) }

  /// 0 for |x| ≤ λ, else x.
  ///
  /// - Precondition: `lambda` is finite and at least 0.
  public static func hardshrink(lambda: Double) -> Activation { Activation(catalogued: "hardshrink", ["lambd": lambda]) }

  /// x between two limits.
  ///
  /// - Precondition: The limits are finite, and `minimum` is at most `maximum`.
  public static func hardtanh(minimum: Double, maximum: Double) -> Activation {
    Activation(catalogued: "hardtanh", ["min_val": minimum, "max_val": maximum])
  }

  /// x above a threshold, elsewhere a value.
  ///
  /// - Precondition: Both are finite.
  public static func threshold(_ threshold: Double, value: Double) -> Activation {
    Activation(catalogued: "threshold", ["threshold": threshold, "value": value])
  }

  /// (x + √(x² + b))/2.
  ///
  /// - Precondition: `b` is finite and at least 0.
  public static func squareplus(b: Double) -> Activation { Activation(catalogued: "squareplus", ["b": b]) }

  private init(catalogued name: String, _ parameters: [String: Double] = [:]) {
    do { try self.init(named: name, parameters: parameters) } catch { preconditionFailure("\(error)") }
  }
}
