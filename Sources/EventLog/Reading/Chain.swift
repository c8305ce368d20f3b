internal import CLibCrypto
internal import Engine
internal import Glibc

/// Where the next line of a log has to follow on.
struct Chain {
  /// The 64 characters of the nearest seal so far, right or wrong.
  var previous = Digest.zero
  /// Number of the newest event so far.
  var sequence = 0
  /// Set by a line that was not as written: the number of the next good one then says where we are.
  var isUncertain = false

  var head: Head { Head(sequence: sequence, hash: String(decoding: previous, as: UTF8.self)) }

  /// Whether a line ends in the seal that belongs to it behind `previous`.
  @inline(__always)
  static func holds(
    _ base: UnsafePointer<UInt8>, _ count: Int, after previous: UnsafePointer<UInt8>
  ) -> Bool {
    guard Seal.isFramed(base, count) else { return false }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Digest.count) { room in
      guard let hex = room.baseAddress else { return false }
      muster_sha256_hex(previous, Digest.count, base, count - EventCoding.sealCount, hex)
      return memcmp(hex, base + count - 66, Digest.count) == 0
    }
  }

  /// Follows on over an event whose seal holds.
  mutating func pass(_ event: RecordedEvent) {
    sequence = event.sequence
    previous = Array(event.line.suffix(66).prefix(64))
    isUncertain = false
  }

  /// Follows on over a line whose seal does not hold.
  ///
  /// A line that ends in a seal stood for an event, whatever became of it; one that does not only if it can be read as
  /// the next.
  mutating func passBad(_ line: UnsafeBufferPointer<UInt8>, readAs number: Int?) {
    isUncertain = true
    if Seal.stands(line) {
      sequence += 1
      previous = Array(line[(line.count - 66)..<(line.count - 2)])
    } else if number == sequence + 1 {
      sequence += 1
    }
  }
}
