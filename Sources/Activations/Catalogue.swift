internal import CActivations

extension Activation {
  /// Every function, with its default parameters and exact.
  ///
  /// Where a parameter has no default the function is not complete, and to call it is a precondition failure: make it with
  /// `init(named:parameters:)`.
  public static let all: [Activation] = (0..<act_catalogue_count()).map { i in
    var function = act_function()
    let status = act_function_named(act_catalogue_at(i).pointee.name, &function)
    precondition(status == ACT_OK)
    return Activation(function)
  }

  /// A parameter of a function, and its value.
  public struct Parameter: Sendable, Hashable {
    /// The name, such as `"negative_slope"`.
    public let name: String
    /// What aliases of the function call it.
    public let aliases: [String]
    /// The value; nil: it has none, which is found in `all` only.
    public let value: Double?
    /// The value under the canonical name if none is given; nil: one must be given.
    public let defaultValue: Double?
    /// The values it may have.
    public let allowedValues: ClosedRange<Double>
    /// The same in words, such as `"finite and at most max_val"`.
    public let allowed: String

    func isCalled(_ other: String) -> Bool { other == name || aliases.contains(other) }
  }

  private var info: act_info { function.info.pointee }
  private var aliasInfos: UnsafeBufferPointer<act_alias_info> {
    UnsafeBufferPointer(start: info.aliases, count: info.alias_count)
  }

  /// The canonical name, such as `"leaky_relu"`.
  public var name: String { String(cString: info.name) }

  /// Its other names.
  public var aliases: [String] { aliasInfos.map { String(cString: $0.name) } }

  /// The parameters with their values.
  public var parameters: [Parameter] {
    let infos = [info.parameters.0, info.parameters.1], values = [function.parameters.0, function.parameters.1]
    return (0..<info.parameter_count).map { i in
      let name = String(cString: infos[i].name)
      var aliases: [String] = []
      for alias in aliasInfos {
        guard let other = [alias.parameter_name.0, alias.parameter_name.1][i].map({ String(cString: $0) }) else { continue }
        if other != name && !aliases.contains(other) { aliases.append(other) }
      }
      return Parameter(
        name: name, aliases: aliases, value: values[i].isNaN ? nil : values[i],
        defaultValue: infos[i].default_value.isNaN ? nil : infos[i].default_value,
        allowedValues: infos[i].minimum...infos[i].maximum, allowed: String(cString: infos[i].allowed))
    }
  }

  /// Where the first parameter must be at most the second and is not: one of them, of those given if there is one.
  func parameterOutOfOrder(given: [String: Double]) -> (Parameter, value: Double)? {
    guard info.parameters_ordered != 0, function.parameters.0 > function.parameters.1 else { return nil }
    let both = parameters, i = given.keys.contains(where: both[0].isCalled) ? 0 : 1
    return (both[i], i == 0 ? function.parameters.0 : function.parameters.1)
  }

  /// Whether every parameter has a value; only some functions of `all` lack one.
  public var isComplete: Bool { parameters.allSatisfy { $0.value != nil } }

  /// f(x) in plain text.
  public var formula: String { String(cString: info.formula) }
  /// f′(x) in plain text.
  public var derivativeFormula: String { String(cString: info.derivative_formula) }
  /// f(x) in LaTeX.
  public var latexFormula: String { String(cString: info.formula_latex) }
  /// f′(x) in LaTeX.
  public var latexDerivativeFormula: String { String(cString: info.derivative_latex) }
  /// The paper or book that the function comes from.
  public var source: String { String(cString: info.source) }

  /// The infimum and the supremum of f with its default parameters; whether f attains them is not said.
  public var range: ClosedRange<Double> { info.range_minimum...info.range_maximum }
  /// Whether f, with its default parameters, never decreases.
  public var isMonotonic: Bool { info.monotonic != 0 }
  /// How often f can be differentiated continuously: `"C⁰"`, …, `"C∞"`.
  public var smoothness: String { String(cString: info.smoothness) }
  /// Whether f takes both signs and f(0) = 0.
  public var isZeroCentred: Bool { info.zero_centred != 0 }
  /// Whether f′(x) tends to 0 for x → −∞, and for x → +∞.
  public var saturates: (left: Bool, right: Bool) { (info.saturates_left != 0, info.saturates_right != 0) }

  /// Bounds of the errors measured with this accuracy, of values and of derivatives, in units in the last place of the
  /// true value.
  public func errorBounds<T: ActivationElement>(in type: T.Type) -> (value: Double, derivative: Double) {
    func bound(_ errors: act_errors) -> Double {
      switch (T._activationType, accuracy) {
      case (.float64, .exact): errors.exact_f64
      case (.float64, .fast): errors.fast_f64
      case (.float32, .fast): errors.fast_f32
      default: 0.5
      }
    }
    return (bound(info.value_errors), bound(info.derivative_errors))
  }
}
