internal import CLibCrypto
package import Engine

/// SHA-256, as the 64 lower-case hexadecimal characters that stand in a log.
package enum Digest {
  /// Characters of a digest.
  package static let count = 64

  /// What stands for the predecessor of the first line.
  package static let zero = [UInt8](repeating: 48, count: count)

  /// The digest of two stretches of bytes, one after the other.
  package static func hex(
    _ first: UnsafeBufferPointer<UInt8>, _ second: UnsafeBufferPointer<UInt8>
  ) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { hex, initialized in
      guard let out = hex.baseAddress else { return }
      muster_sha256_hex(first.baseAddress, first.count, second.baseAddress, second.count, out)
      initialized = count
    }
  }

  package static func hex(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    Array(bytes).withUnsafeBufferPointer { hex($0, UnsafeBufferPointer(start: nil, count: 0)) }
  }
}

/// A digest over bytes that come in pieces.
struct RunningDigest {
  private var state = muster_sha256()

  init() { muster_sha256_begin(&state) }

  mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
    muster_sha256_add(&state, bytes.baseAddress, bytes.count)
  }

  /// The digest; nothing may be added afterwards.
  mutating func finish() -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: Digest.count) { hex, initialized in
      guard let out = hex.baseAddress else { return }
      muster_sha256_end(&state, out)
      initialized = Digest.count
    }
  }
}

extension EventID {
  /// Name-based identity: every process that finds the same fact derives the same id.
  package init(named name: String) {
    let hex = Digest.hex(name.utf8)
    self.init(
      digest: stride(from: 0, to: 32, by: 2).map {
        Self.digit(hex[$0]) << 4 | Self.digit(hex[$0 + 1])
      })
  }

  private static func digit(_ character: UInt8) -> UInt8 {
    character < 58 ? character - 48 : character - 87
  }
}
