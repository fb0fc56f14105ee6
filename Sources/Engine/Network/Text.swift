import Lanes

/// Text that is written into memory; without memory it is only counted.
struct Writer {
  let to: UnsafeMutablePointer<UInt8>?
  private(set) var count = 0

  init(to: UnsafeMutablePointer<UInt8>?) { self.to = to }

  mutating func put(_ byte: UInt8) {
    to?[count] = byte
    count += 1
  }
  mutating func put(_ text: StaticString) {
    for i in 0..<text.utf8CodeUnitCount { put(text.utf8Start[i]) }
  }
  mutating func put(_ text: UnsafePointer<CChar>) {
    var i = 0
    while text[i] != 0 {
      put(UInt8(bitPattern: text[i]))
      i += 1
    }
  }
  mutating func put(_ n: UInt64) {
    if n >= 10 { put(n / 10) }
    put(UInt8(48 + n % 10))
  }
  mutating func put(_ n: Int) { put(UInt64(n)) }
  /// A finite double as C and Python write it in hexadecimal: every bit of it, in every locale.
  mutating func put(_ x: Double) {
    let bits = x.bitPattern, exponent = Int(bits >> 52 & 0x7ff), digits = bits & 0xf_ffff_ffff_ffff
    if x.sign == .minus { put("-") }
    put(exponent == 0 ? "0x0." : "0x1.")
    for i in 0..<13 { put(Writer.digit(digits >> UInt64(48 - 4 * i) & 15)) }
    put("p")
    let power = x == 0 ? 0 : exponent == 0 ? -1022 : exponent - 1023
    put(power < 0 ? "-" : "+")
    put(power.magnitude.asUInt64)
  }
  private static func digit(_ d: UInt64) -> UInt8 { UInt8(d < 10 ? 48 + d : 87 + d) }
}
extension UInt {
  fileprivate var asUInt64: UInt64 { UInt64(self) }
}

/// A part of a text that is read.
struct Word {
  let start: UnsafePointer<UInt8>, count: Int

  func equals(_ text: StaticString) -> Bool { count == text.utf8CodeUnitCount && memcmp(start, text.utf8Start, count) == 0 }
  func equals(_ text: UnsafePointer<CChar>) -> Bool { strlen(text) == count && memcmp(start, text, count) == 0 }
  /// What follows the prefix.
  func after(_ prefix: StaticString) -> Word? {
    let n = prefix.utf8CodeUnitCount
    return count >= n && memcmp(start, prefix.utf8Start, n) == 0 ? Word(start: start + n, count: count - n) : nil
  }
  /// The parts before and after the first such byte.
  func split(at byte: UInt8) -> (Word, Word)? {
    for i in 0..<count where start[i] == byte {
      return (Word(start: start, count: i), Word(start: start + i + 1, count: count - i - 1))
    }
    return nil
  }
  var number: UInt64? {
    guard count > 0, count <= 20 else { return nil }
    var n = 0 as UInt64
    for i in 0..<count {
      guard start[i] >= 48, start[i] <= 57 else { return nil }
      let (tens, overflow) = n.multipliedReportingOverflow(by: 10)
      let (sum, over) = tens.addingReportingOverflow(UInt64(start[i] - 48))
      guard !overflow, !over else { return nil }
      n = sum
    }
    return n
  }
  var integer: Int? { number.flatMap { Int(exactly: $0) } }
  /// What `Writer` made of a double.
  var double: Double? {
    let isNegative = count > 0 && start[0] == 45
    var rest = Word(start: isNegative ? start + 1 : start, count: isNegative ? count - 1 : count)
    guard rest.count >= 20, let digits = rest.after("0x1.") ?? rest.after("0x0.") else { return nil }
    let isNormal = rest.start[2] == 49
    var bits = 0 as UInt64
    for i in 0..<13 {
      let c = digits.start[i]
      guard c >= 48 && c <= 57 || c >= 97 && c <= 102 else { return nil }
      bits = bits << 4 | UInt64(c <= 57 ? c - 48 : c - 87)
    }
    guard digits.start[13] == 112, digits.start[14] == 43 || digits.start[14] == 45 else { return nil }
    rest = Word(start: digits.start + 15, count: digits.count - 15)
    guard let size = rest.integer, size < 2000 else { return nil }
    let power = digits.start[14] == 45 ? -size : size
    guard isNormal ? power >= -1022 && power <= 1023 : power == (bits == 0 ? 0 : -1022) else { return nil }
    let exponent = isNormal ? UInt64(power + 1023) : 0
    return Double(bitPattern: (isNegative ? 1 << 63 : 0) | exponent << 52 | bits)
  }
}

/// Reads JSON, as far as safetensors has it: nothing that is read is believed.
struct Reader {
  private let start: UnsafePointer<UInt8>, count: Int
  private var at = 0

  init(_ start: UnsafePointer<UInt8>, _ count: Int) { (self.start, self.count) = (start, count) }

  private mutating func skipSpace() {
    while at < count, start[at] == 32 || start[at] == 10 || start[at] == 13 || start[at] == 9 { at += 1 }
  }
  /// Whether that comes next; then it is read.
  mutating func next(_ byte: UInt8) -> Bool {
    skipSpace()
    guard at < count, start[at] == byte else { return false }
    at += 1
    return true
  }
  var isAtEnd: Bool {
    mutating get {
      skipSpace()
      return at == count
    }
  }
  /// A string, escapes as they stand: ours have none.
  mutating func string() -> Word? {
    guard next(34) else { return nil }
    let from = at
    while at < count, start[at] != 34 {
      guard start[at] >= 32 else { return nil }
      at += start[at] == 92 ? 2 : 1
    }
    guard at < count else { return nil }
    at += 1
    return Word(start: start + from, count: at - 1 - from)
  }
  mutating func integer() -> Int? {
    skipSpace()
    let from = at
    while at < count, start[at] >= 48, start[at] <= 57 { at += 1 }
    return Word(start: start + from, count: at - from).integer
  }
  /// Calls `body` before each value of an object, to read it; false: this is none, or the body could not.
  mutating func object(_ body: (_ key: Word, inout Reader) -> Bool) -> Bool {
    guard next(123) else { return false }
    if next(125) { return true }
    while true {
      guard let key = string(), next(58), body(key, &self) else { return false }
      if next(125) { return true }
      guard next(44) else { return false }
    }
  }
  /// Two integers at most; how many there are.
  mutating func integers() -> (count: Int, Int, Int)? {
    guard next(91) else { return nil }
    var found = (count: 0, 0, 0)
    if next(93) { return found }
    while true {
      guard found.count < 2, let n = integer() else { return nil }
      if found.count == 0 { found.1 = n } else { found.2 = n }
      found.count += 1
      if next(93) { return found }
      guard next(44) else { return nil }
    }
  }
}
