internal import CActivations

/// A neural-network activation function, with its parameters and its accuracy.
///
/// An activation is a value that can be called:
///
///     let y = Activation.tanh(x)                           // f(x)
///     let slope = Activation.tanh.derivative(at: x)        // f′(x)
///     let dx = Activation.tanh.backward(x, gradient: dy)   // dy·f′(x)
///
/// Here `x` is a `Float`, a `Double`, a `Float16` or an array of one of them, and the result is of the same type and, if an
/// array, of the same length. Buffers are computed into other buffers, or into themselves.
///
/// Every function has a name, and some have parameters:
///
///     let f = try Activation(named: "leaky_relu", parameters: ["negative_slope": 0.3])
///     f == .leakyReLU(negativeSlope: 0.3)                  // true
///
/// **Accuracy.** Results are correctly rounded for `Float` and `Float16`, and less than one unit in the last place (ULP)
/// from the true value for `Double`. `fast` is the same function for speed, within 4 ULP.
///
/// **Sameness.** A result depends on its own input only: it has the same bits on every processor, in an array of any
/// length, at any place in it, with any number of threads.
///
/// **Edges.** NaN gives NaN, ±∞ gives the limit where there is one, and no number in `x` traps. At a kink the derivative is
/// the limit from the side where the formula reads "else".
///
/// Two activations are equal if they compute the same: function, parameters and accuracy are equal.
public struct Activation: Sendable {
  /// How near a result comes to the true value.
  public enum Accuracy: Sendable, Hashable {
    /// Correctly rounded; for `Double`, less than 1 ULP from the true value.
    case exact
    /// Within 4 ULP for `Float` and `Double`; for `Float16` as `exact`.
    case fast
  }

  // What its pointer leads to never changes.
  nonisolated(unsafe) var function: act_function

  init(_ function: act_function) { self.function = function }

  /// The function of that name, exact.
  ///
  /// - Parameters:
  ///   - name: A name of the catalogue or an alias, such as `"leaky_relu"` or `"LeakyRELU"`. Case matters.
  ///   - parameters: Parameters by their names or those that an alias gives them. One that is left out has the default
  ///     that goes with `name`.
  /// - Throws: `ActivationError`: the name or a parameter is unknown, or a parameter is missing, given twice or not
  ///   allowed.
  public init(named name: String, parameters: [String: Double] = [:]) throws {
    function = act_function()
    guard act_function_named(name, &function) == ACT_OK else {
      throw ActivationError.unknownName(name, similar: Self.names(like: name))
    }
    let known = self.parameters
    if let unknown = parameters.keys.sorted().first(where: { key in !known.contains { $0.isCalled(key) } }) {
      throw ActivationError.unknownParameter(unknown, of: name, known: known.map(\.name))
    }
    for parameter in known {
      let given = parameters.filter { parameter.isCalled($0.key) }
      guard given.count < 2 else { throw ActivationError.parameterGivenTwice(given.keys.sorted(), of: name) }
      if let (key, value) = given.first {
        guard act_function_set(&function, key, value) == ACT_OK else {
          throw ActivationError.parameterNotAllowed(key, of: name, value: value, allowed: parameter.allowed)
        }
      } else if parameter.value == nil {
        throw ActivationError.missingParameter(parameter.name, of: name)
      }
    }
    if let (parameter, value) = parameterOutOfOrder(given: parameters) {
      throw ActivationError.parameterNotAllowed(parameter.name, of: name, value: value, allowed: parameter.allowed)
    }
  }

  /// The accuracy: `exact` unless it was set.
  public var accuracy: Accuracy {
    get { function.accuracy == ACT_FAST ? .fast : .exact }
    set { function.accuracy = newValue == .fast ? ACT_FAST : ACT_EXACT }
  }

  /// The same function with the accuracy `fast`.
  ///
  ///     let y = Activation.tanh.fast(x)
  public var fast: Activation {
    var copy = self
    copy.accuracy = .fast
    return copy
  }
}

extension Activation: Hashable {
  /// Bits, because a parameter of −0 gives other results than one of 0, and because NaN stands for one that is not set.
  private var parameterBits: [UInt64] { [function.parameters.0.bitPattern, function.parameters.1.bitPattern] }

  public static func == (a: Activation, b: Activation) -> Bool {
    a.function.info == b.function.info && a.accuracy == b.accuracy && a.parameterBits == b.parameterBits
  }
  public func hash(into hasher: inout Hasher) {
    hasher.combine(function.info)
    hasher.combine(accuracy)
    hasher.combine(parameterBits)
  }
}

extension Activation: CustomStringConvertible {
  /// The name, the parameters and, if it is not exact, the accuracy: `leaky_relu(negative_slope: 0.3).fast`.
  public var description: String {
    let list = parameters.map { "\($0.name): \($0.value?.description ?? "not set")" }
    return name + (list.isEmpty ? "" : "(\(list.joined(separator: ", ")))") + (accuracy == .fast ? ".fast" : "")
  }
}
