import Synchronization

/// A pointer that many threads may make at the same time and one publishes.
final class Published<T>: Sendable {
  private let pointer = Atomic<UInt>(0)

  var value: UnsafeMutablePointer<T>? { UnsafeMutablePointer(bitPattern: pointer.load(ordering: .acquiring)) }

  /// The first to come wins: what is returned is what everybody sees.
  func publish(_ made: UnsafeMutablePointer<T>, replacing old: UnsafeMutablePointer<T>? = nil) -> UnsafeMutablePointer<T> {
    let result = pointer.compareExchange(
      expected: UInt(bitPattern: old), desired: UInt(bitPattern: made), ordering: .acquiringAndReleasing)
    return result.exchanged ? made : UnsafeMutablePointer(bitPattern: result.original)!
  }
}
