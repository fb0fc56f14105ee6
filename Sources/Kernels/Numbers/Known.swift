/// What is known, when the code is compiled, of a number of two parts: so a formula's argument, parameters and literals cost
/// no more than numbers of one part do.
struct Known: OptionSet {
  let rawValue: UInt8
  /// Its low part is zero.
  @inline(__always) static var isShort: Known { Known(rawValue: 1) }
  /// It is known how it is rounded. Of doubles: no more than one operation on doubles led to it, so that `DoubleLanes` has it
  /// correctly rounded.
  @inline(__always) static var isSettled: Known { Known(rawValue: 2) }
  /// A product was among what led to it, and may have lost bits if it is tiny.
  @inline(__always) static var isScaled: Known { Known(rawValue: 4) }
  /// An elementary function was, so that of floats not 45 bits are known, but 36.
  @inline(__always) static var isRough: Known { Known(rawValue: 8) }
  /// It is a parameter, and the floats next to it are known: it need not be one.
  @inline(__always) static var isParameter: Known { Known(rawValue: 16) }
  /// It is a literal, a power of two; or 0.
  @inline(__always) static var isPower: Known { Known(rawValue: 32) }
  @inline(__always) static var isZero: Known { Known(rawValue: 64) }
}
