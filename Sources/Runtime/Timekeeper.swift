package import Engine

/// Reads the time and waits for it; the program's is the system's clock, a test's is moved by hand.
package protocol Timekeeper: Sendable {
  var now: Timestamp { get }

  /// Waits until one of the descriptors can be read or an instant has come, also where the clock jumps there; nil: for
  /// as long as it takes. May come back earlier.
  ///
  /// - Returns: the descriptors that can be read.
  func wait(for descriptors: [Int32], until instant: Timestamp?) -> Set<Int32>
}
