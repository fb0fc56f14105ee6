/// Why `Activation(named:parameters:)` made no activation.
public enum ActivationError: Error, Hashable {
  /// No function has that name. `similar` are names that differ from it by little.
  case unknownName(String, similar: [String])
  /// The function has no such parameter. `known` are those it has.
  case unknownParameter(String, of: String, known: [String])
  /// The parameter has no default and was not given.
  case missingParameter(String, of: String)
  /// These are names of the same parameter.
  case parameterGivenTwice([String], of: String)
  /// The parameter must be `allowed`, such as "finite and greater than 0".
  case parameterNotAllowed(String, of: String, value: Double, allowed: String)
}

extension ActivationError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unknownName(let name, let similar):
      let hint = similar.isEmpty ? "Activation.all has the names" : "did you mean \(similar.joined(separator: " or "))?"
      return "no activation function is called \"\(name)\"; \(hint)"
    case .unknownParameter(let parameter, let function, let known):
      let hint = known.isEmpty ? "it has none" : "it has \(known.joined(separator: " and "))"
      return "\(function) has no parameter \"\(parameter)\"; \(hint)"
    case .missingParameter(let parameter, let function):
      return "\(function) needs the parameter \(parameter)"
    case .parameterGivenTwice(let names, let function):
      return "\(names.joined(separator: " and ")) are the same parameter of \(function)"
    case .parameterNotAllowed(let parameter, let function, let value, let allowed):
      return "\(parameter) of \(function) must be \(allowed), not \(value)"
    }
  }
}

extension Activation {
  /// The names that are at most two letters away, or the same but for case and underscores: the nearest first.
  static func names(like name: String) -> [String] {
    let wanted = simplified(name)
    let distances = all.flatMap { [$0.name] + $0.aliases }.map { (name: $0, distance: distance(simplified($0), wanted)) }
    guard let least = distances.map(\.distance).min(), least <= min(2, wanted.count / 2) else { return [] }
    return distances.filter { $0.distance == least }.map(\.name)
  }
  private static func simplified(_ name: String) -> [Character] { name.lowercased().filter { $0 != "_" } }

  /// How many letters must be put in, left out or replaced (Levenshtein).
  private static func distance(_ a: [Character], _ b: [Character]) -> Int {
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var corner = row[0]
      row[0] = i + 1
      for (j, y) in b.enumerated() {
        (corner, row[j + 1]) = (row[j + 1], min(corner + (x == y ? 0 : 1), row[j] + 1, row[j + 1] + 1))
      }
    }
    return row[b.count]
  }
}
