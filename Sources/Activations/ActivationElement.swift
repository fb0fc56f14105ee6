internal import CActivations

/// The numbers that activation functions are computed for: `Float`, `Double` and, where Swift has it, `Float16`.
///
/// Other types cannot conform: the library has no code for them.
public protocol ActivationElement: BinaryFloatingPoint {
  /// Which of the library's types this is.
  static var _activationType: _ActivationType { get }
}

/// The library's element types that Swift has.
public enum _ActivationType: Sendable {
  case float64, float32, float16

  var c: act_type {
    switch self {
    case .float64: ACT_F64
    case .float32: ACT_F32
    case .float16: ACT_F16
    }
  }
  var size: Int {
    switch self {
    case .float64: 8
    case .float32: 4
    case .float16: 2
    }
  }
}

extension Double: ActivationElement {
  public static var _activationType: _ActivationType { .float64 }
}
extension Float: ActivationElement {
  public static var _activationType: _ActivationType { .float32 }
}
#if !((os(macOS) || targetEnvironment(macCatalyst)) && arch(x86_64))
extension Float16: ActivationElement {
  public static var _activationType: _ActivationType { .float16 }
}
#endif
