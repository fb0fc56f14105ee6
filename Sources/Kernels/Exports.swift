import Lanes

func runFunction(_ job: Job) { _ = visitFunctions(Run(job: job)) }

// What each instruction set's copy of this module shows to the library: one function over arrays, one over rows…
#if ACT_V4
@_cdecl("kernels_run_v4") @implementation public func kernels_run_v4(_ job: UnsafePointer<act_job>!) { runFunction(job) }
@_cdecl("kernels_run_rows_v4") @implementation public func kernels_run_rows_v4(_ job: UnsafePointer<act_row_job>!) {
  runRows(job)
}
#elseif ACT_V3
@_cdecl("kernels_run_v3") @implementation public func kernels_run_v3(_ job: UnsafePointer<act_job>!) { runFunction(job) }
@_cdecl("kernels_run_rows_v3") @implementation public func kernels_run_rows_v3(_ job: UnsafePointer<act_row_job>!) {
  runRows(job)
}
#else
@_cdecl("kernels_run_v1") @implementation public func kernels_run_v1(_ job: UnsafePointer<act_job>!) { runFunction(job) }
@_cdecl("kernels_run_rows_v1") @implementation public func kernels_run_rows_v1(_ job: UnsafePointer<act_row_job>!) {
  runRows(job)
}

// …and, once, what is known about the functions.
@_cdecl("kernels_describe") @implementation
public func kernels_describe(_ function: Int, _ info: UnsafeMutablePointer<act_info>!) -> Int {
  visitFunctions(Description(wanted: info == nil ? -1 : function, info: info))
}

private struct Description: FunctionVisitor {
  let wanted: Int, info: UnsafeMutablePointer<act_info>!

  func visit<F: ActivationFunction>(_ function: F.Type) {
    let about = F.about, parameters = F.parameters
    info.pointee = act_info(
      name: about.name.c, alias_count: about.aliases.count, aliases: aliases(about, parameters),
      formula: about.formula.c, derivative_formula: about.derivative.c,
      formula_latex: about.formulaLaTeX.c, derivative_latex: about.derivativeLaTeX.c,
      source: about.source.c, smoothness: about.smoothness.c,
      range_minimum: about.range.0, range_maximum: about.range.1,
      monotonic: about.isMonotonic ? 1 : 0, zero_centred: about.isZeroCentred ? 1 : 0,
      saturates_left: about.saturates.left ? 1 : 0, saturates_right: about.saturates.right ? 1 : 0,
      value_errors: about.valueErrors.c, derivative_errors: about.derivativeErrors.c,
      parameter_count: parameters.0 == nil ? 0 : parameters.1 == nil ? 1 : 2,
      parameters: (parameters.0.c, parameters.1.c), parameters_ordered: F.areParametersOrdered ? 1 : 0)
  }

  /// What an alias does not say of a parameter is as under the canonical name.
  private func aliases(_ about: About, _ parameters: (Parameter?, Parameter?)) -> UnsafePointer<act_alias_info>? {
    guard !about.aliases.isEmpty else { return nil }
    let list = UnsafeMutablePointer<act_alias_info>.allocate(capacity: about.aliases.count)
    for (i, alias) in about.aliases.enumerated() {
      let first = alias.parameters.count > 0 ? alias.parameters[0] : parameters.0
      let second = alias.parameters.count > 1 ? alias.parameters[1] : parameters.1
      (list + i).initialize(
        to: act_alias_info(
          name: alias.name.c, parameter_name: (first.c.name, second.c.name),
          default_value: (first.c.default_value, second.c.default_value)))
    }
    return UnsafePointer(list)
  }
}

extension StaticString {
  fileprivate var c: UnsafePointer<CChar> { UnsafeRawPointer(utf8Start).assumingMemoryBound(to: CChar.self) }
}
extension Optional<Parameter> {
  fileprivate var c: act_parameter_info {
    guard let self else { return act_parameter_info() }
    return act_parameter_info(
      name: self.name.c, default_value: self.standard, minimum: self.domain.minimum, maximum: self.domain.maximum,
      allowed: self.domain.text.c)
  }
}
extension Errors {
  fileprivate var c: act_errors { act_errors(exact_f64: exact64, fast_f64: fast64, fast_f32: fast32) }
}
#endif
