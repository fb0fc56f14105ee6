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

  /// The rectified linear unit that lets a little through.
  ///
  /// - Parameter negativeSlope: The slope for x ≤ 0.
  /// - Precondition: `negativeSlope` is finite.
  public static func leakyReLU(negativeSlope: Double) -> Activation {
    Activation(catalogued: "leaky_relu", ["negative_slope": negativeSlope])
  }

  private init(catalogued name: String, _ parameters: [String: Double] = [:]) {
    do { try self.init(named: name, parameters: parameters) } catch { preconditionFailure("\(error)") }
  }
}
