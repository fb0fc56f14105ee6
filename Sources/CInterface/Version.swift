import CActivations
import Engine

@_cdecl("act_version") @implementation
public func act_version() -> UnsafePointer<CChar>! { ("1.0.0" as StaticString).c }

@_cdecl("act_isa") @implementation
public func act_isa() -> UnsafePointer<CChar>! { Processor.name.c }

@_cdecl("act_set_threads") @implementation
public func act_set_threads(_ n: Int32) -> act_status {
  guard n >= 1, n <= ACT_THREADS_MAX else { return ACT_ERROR_THREADS }
  Threads.count = Int(n)
  return ACT_OK
}

@_cdecl("act_threads") @implementation
public func act_threads() -> Int32 { Int32(Threads.count) }

@_cdecl("act_status_string") @implementation
public func act_status_string(_ status: act_status) -> UnsafePointer<CChar>! {
  let text: StaticString =
    switch status {
    case ACT_OK: "no error"
    case ACT_ERROR_NULL: "a pointer is NULL where data is needed"
    case ACT_ERROR_NAME: "unknown function or parameter name"
    case ACT_ERROR_PARAMETER: "a parameter is not set, or not allowed: NaN, infinite, outside its domain or not in order"
    case ACT_ERROR_FUNCTION: "not a function made by act_function_named"
    case ACT_ERROR_ACCURACY: "unknown accuracy"
    case ACT_ERROR_OVERLAP: "input and output overlap without being the same array"
    case ACT_ERROR_SIZE: "more elements than memory can hold"
    case ACT_ERROR_THREADS: "number of threads out of range"
    case ACT_ERROR_ARRAYS: "arrays with an unknown size, form or type, or strides that are not allowed"
    case ACT_ERROR_MEMORY: "not enough memory"
    case ACT_ERROR_NETWORK: "layer sizes that make no network, or no such layer"
    case ACT_ERROR_OPTIONS: "options of an unknown size, or with a member that is not allowed"
    case ACT_ERROR_TYPE: "the network is of another type"
    case ACT_ERROR_LABEL: "a label, or a place in the data, outside what there is"
    case ACT_ERROR_DATA: "no samples, or NaN or an infinity among them"
    case ACT_ERROR_FILE: "the file cannot be read or written"
    case ACT_ERROR_FORMAT: "not a saved network"
    default: "unknown status"
    }
  return text.c
}

extension StaticString {
  var c: UnsafePointer<CChar> { UnsafeRawPointer(utf8Start).assumingMemoryBound(to: CChar.self) }
}
