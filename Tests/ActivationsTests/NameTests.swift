import Activations
import CActivations
import Foundation
import Testing

@Suite struct NameTests {
  @Test func everyName() throws {
    #expect(Activation.all.map(\.name) == (0..<act_catalogue_count()).map { String(cString: act_catalogue_at($0).pointee.name) })
    for f in Activation.all where f.isComplete {
      #expect(try Activation(named: f.name) == f)
      for alias in f.aliases { #expect(try Activation(named: alias).name == f.name) }
    }
    let six: [Activation] = [.tanh, .sigmoid, .relu, .leakyReLU, .bentIdentity, .sinusoid]
    #expect(Set(six).count == 6 && Set(six).isSubset(of: Activation.all))
  }

  /// The names that programs are written against come first, in the order of Tests/names.txt.
  @Test func promisedNames() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../names.txt")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").filter { !$0.hasPrefix("#") }
    #expect(lines.count >= 36 && lines.count <= Activation.all.count)
    for (line, f) in zip(lines, Activation.all) {
      let words = line.split(separator: " ").map { $0.split(separator: "=", omittingEmptySubsequences: false).map(String.init) }
      #expect(words.filter { $0.count == 1 }.map { $0[0] } == [f.name] + f.aliases)
      var parameters: [String: [[String]]] = [:], name = ""
      for word in words { if word.count == 1 { name = word[0] } else { parameters[name, default: []].append(word) } }
      for (name, declared) in parameters {
        #expect(declared.count == f.parameters.count, "\(name)")
        for (i, word) in declared.enumerated() where i < f.parameters.count {
          #expect(word[0] == f.parameters[i].name || f.parameters[i].aliases.contains(word[0]), "\(name)")
          // With all others given, it alone is missing, or is what the name makes of it.
          let others = declared.filter { $0 != word }.map { ($0[0], Double($0[1]) ?? 0.5) }
          let made = try? Activation(named: name, parameters: Dictionary(uniqueKeysWithValues: others))
          #expect(made?.parameters[i].value == Double(word[1]), "\(name)")
        }
      }
      #expect(parameters[f.name] != nil || f.parameters.isEmpty, "\(f)")
    }
  }

  /// An alias brings its own names and defaults of parameters.
  @Test func alias() throws {
    #expect(try Activation(named: "LeakyRELU") == .leakyReLU(negativeSlope: 0.3))
    #expect(try Activation(named: "LeakyRELU", parameters: ["negative_slope": 0.01]) == .leakyReLU)
    #expect(try Activation(named: "leaky_relu", parameters: ["a": 0.3]) == .leakyReLU(negativeSlope: 0.3))
  }

  @Test(arguments: [
    ("Tanh", "no activation function is called \"Tanh\"; did you mean tanh?"),
    ("leakyReLU", "no activation function is called \"leakyReLU\"; did you mean leaky_relu or LeakyRELU?"),
    ("sigmiod", "no activation function is called \"sigmiod\"; did you mean sigmoid?"),
    ("perceptron", "no activation function is called \"perceptron\"; Activation.all has the names"),
    ("", "no activation function is called \"\"; Activation.all has the names"),
  ])
  func unknownName(name: String, message: String) {
    #expect(errorText { try Activation(named: name) } == message)
  }

  @Test func wrongParameters() {
    func check(_ name: String, _ parameters: [String: Double], _ message: String) {
      #expect(errorText { try Activation(named: name, parameters: parameters) } == message)
    }
    check("tanh", ["a": 1], "tanh has no parameter \"a\"; it has none")
    check("leaky_relu", ["slope": 1], "leaky_relu has no parameter \"slope\"; it has negative_slope")
    check("LeakyRELU", ["a": .nan], "a of LeakyRELU must be finite, not nan")
    check("leaky_relu", ["negative_slope": -.infinity], "negative_slope of leaky_relu must be finite, not -inf")
    check("prelu", [:], "prelu needs the parameter weight")
    check("softshrink", ["lambd": -0.5], "lambd of softshrink must be finite and at least 0, not -0.5")
    check("hardtanh", ["min_val": 2], "min_val of hardtanh must be finite and at most max_val, not 2.0")
    check("hardtanh", ["max_val": -2], "max_val of hardtanh must be finite and at least min_val, not -2.0")
    check("leaky_relu", ["negative_slope": 1, "a": 1], "a and negative_slope are the same parameter of leaky_relu")
  }

  @Test func domainInWords() {
    let outside = ActivationError.parameterNotAllowed("beta", of: "softplus", value: 0, allowed: "finite and greater than 0")
    #expect("\(outside)" == "beta of softplus must be finite and greater than 0, not 0.0")
  }

  @Test func equality() {
    #expect(Activation.tanh == .tanh && Activation.tanh != .sigmoid && Activation.tanh != .tanh.fast)
    #expect(Activation.leakyReLU(negativeSlope: 0) != .leakyReLU(negativeSlope: -0.0))
    var f = Activation.tanh.fast
    f.accuracy = .exact
    #expect(f == .tanh && f.accuracy == .exact && Set([f, .tanh, .tanh.fast]).count == 2)
  }

  @Test func description() {
    #expect("\(Activation.tanh)" == "tanh" && "\(Activation.bentIdentity.fast)" == "bent_identity.fast")
    #expect("\(Activation.leakyReLU(negativeSlope: 0.3).fast)" == "leaky_relu(negative_slope: 0.3).fast")
  }

  @Test func knowledge() {
    let f = Activation.leakyReLU(negativeSlope: 0.3), p = f.parameters[0]
    #expect(f.name == "leaky_relu" && f.aliases == ["LeakyRELU"] && f.parameters.count == 1)
    #expect(p.name == "negative_slope" && p.aliases == ["a"] && p.value == 0.3 && p.defaultValue == 0.01)
    #expect(p.allowedValues == -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude && p.allowed == "finite")
    #expect(Activation.tanh.range == -1...1 && Activation.tanh.saturates == (left: true, right: true))
    #expect(Activation.relu.saturates == (left: true, right: false) && Activation.relu.smoothness == "C⁰")
    #expect(Activation.tanh.isMonotonic && !Activation.sinusoid.isMonotonic)
    #expect(Activation.tanh.isZeroCentred && !Activation.sigmoid.isZeroCentred)
    #expect(Activation.sinusoid.formula == "sin x" && Activation.sinusoid.derivativeFormula == "cos x")
    for f in Activation.all {
      #expect(![f.formula, f.derivativeFormula, f.latexFormula, f.latexDerivativeFormula, f.source, f.smoothness].contains(""))
    }
  }

  @Test func errorBounds() {
    #expect(Activation.tanh.errorBounds(in: Float.self) == (0.5, 0.5))
    for f in Activation.all {
      let exact = f.errorBounds(in: Double.self), fast = [f.fast.errorBounds(in: Float.self), f.fast.errorBounds(in: Double.self)]
      #expect(max(exact.value, exact.derivative) < 1, "\(f)")
      for bounds in fast { #expect(max(bounds.value, bounds.derivative) <= 4, "\(f)") }
    }
  }
}

private func errorText(_ make: () throws -> Activation) -> String? {
  do { _ = try make() } catch { return "\(error)" }
  return nil
}
