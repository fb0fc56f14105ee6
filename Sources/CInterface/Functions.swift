import CActivations
import Engine

@_cdecl("act_catalogue_count") @implementation
public func act_catalogue_count() -> Int { Catalogue.count }

@_cdecl("act_catalogue_at") @implementation
public func act_catalogue_at(_ i: Int) -> UnsafePointer<act_info>! {
  i >= 0 && i < Catalogue.count ? Catalogue.functions + i : nil
}

@_cdecl("act_function_named") @implementation
public func act_function_named(_ name: UnsafePointer<CChar>!, _ out: UnsafeMutablePointer<act_function>!) -> act_status {
  guard let name, let out else { return ACT_ERROR_NULL }
  guard let function = Catalogue.function(named: name) else { return ACT_ERROR_NAME }
  out.pointee = function
  return ACT_OK
}

@_cdecl("act_function_set") @implementation
public func act_function_set(
  _ f: UnsafeMutablePointer<act_function>!, _ parameter: UnsafePointer<CChar>!, _ value: Double
) -> act_status {
  guard let f, let parameter else { return ACT_ERROR_NULL }
  guard Catalogue.index(of: f.pointee.info) != nil, let info = f.pointee.info else { return ACT_ERROR_FUNCTION }
  guard let i = Catalogue.parameter(named: parameter, of: info) else { return ACT_ERROR_NAME }
  guard (i == 0 ? info.pointee.parameters.0 : info.pointee.parameters.1).allows(value) else { return ACT_ERROR_PARAMETER }
  if i == 0 { f.pointee.parameters.0 = value } else { f.pointee.parameters.1 = value }
  return ACT_OK
}

@_cdecl("act_function_set_accuracy") @implementation
public func act_function_set_accuracy(_ f: UnsafeMutablePointer<act_function>!, _ accuracy: act_accuracy) -> act_status {
  guard let f else { return ACT_ERROR_NULL }
  guard Catalogue.index(of: f.pointee.info) != nil else { return ACT_ERROR_FUNCTION }
  guard accuracy == ACT_EXACT || accuracy == ACT_FAST else { return ACT_ERROR_ACCURACY }
  f.pointee.accuracy = accuracy
  return ACT_OK
}
