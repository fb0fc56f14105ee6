import Lanes

/// What C users see of the list of functions: made at the first use, then constant.
public enum Catalogue {
  private static let table = Published<act_info>()

  @inline(__always) public static var count: Int { kernels_describe(-1, nil) }

  @inline(__always) public static var functions: UnsafePointer<act_info> {
    if let known = table.value { return UnsafePointer(known) }
    return makeTable()
  }
  @inline(never) private static func makeTable() -> UnsafePointer<act_info> {
    let made = UnsafeMutablePointer<act_info>.allocate(capacity: count)
    for i in 0..<count { _ = kernels_describe(i, made + i) }
    let published = table.publish(made)
    if published != made {  // another thread came first
      for i in 0..<count { UnsafeMutablePointer(mutating: made[i].aliases)?.deallocate() }
      made.deallocate()
    }
    return UnsafePointer(published)
  }

  /// The place in the list, if that is an entry of it: compared as a number, since it may be anything.
  @inline(__always) public static func index(of info: UnsafePointer<act_info>?) -> Int? {
    guard let info else { return nil }
    let distance = UInt(bitPattern: info) &- UInt(bitPattern: functions), size = UInt(MemoryLayout<act_info>.stride)
    return distance < UInt(count) &* size && distance % size == 0 ? Int(distance / size) : nil
  }

  /// By canonical name or alias.
  public static func function(named name: UnsafePointer<CChar>) -> act_function? {
    for i in 0..<count {
      let info = functions + i
      if strcmp(name, info.pointee.name) == 0 {
        let p = info.pointee.parameters
        return act_function(info: info, accuracy: ACT_EXACT, parameters: (p.0.default_value, p.1.default_value))
      }
      for a in 0..<info.pointee.alias_count where strcmp(name, info.pointee.aliases[a].name) == 0 {
        return act_function(info: info, accuracy: ACT_EXACT, parameters: info.pointee.aliases[a].default_value)
      }
    }
    return nil
  }

  /// Which parameter the function, or one of its aliases, calls by that name.
  public static func parameter(named name: UnsafePointer<CChar>, of info: UnsafePointer<act_info>) -> Int? {
    let i = info.pointee
    if i.parameter_count > 0 && strcmp(name, i.parameters.0.name) == 0 { return 0 }
    if i.parameter_count > 1 && strcmp(name, i.parameters.1.name) == 0 { return 1 }
    for a in 0..<i.alias_count {
      let names = i.aliases[a].parameter_name
      if let first = names.0, strcmp(name, first) == 0 { return 0 }
      if let second = names.1, strcmp(name, second) == 0 { return 1 }
    }
    return nil
  }
}

extension act_parameter_info {
  /// NaN is outside every domain.
  @inline(__always) public func allows(_ value: Double) -> Bool { value.rank >= minimum.rank && value.rank <= maximum.rank }
}
extension act_info {
  @inline(__always) public func isInOrder(_ parameters: (Double, Double)) -> Bool {
    parameters_ordered == 0 || parameters.0.rank <= parameters.1.rank
  }
}
extension Double {
  /// Integers in the order of the doubles, NaN beyond the infinities: where the caller's mode takes subnormal numbers for
  /// 0, doubles would not tell them from it.
  @inline(__always) fileprivate var rank: Int64 {
    let bits = Int64(bitPattern: bitPattern)
    return bits < 0 ? .min &- bits : bits
  }
}
