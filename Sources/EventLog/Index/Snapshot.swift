internal import Engine
internal import Glibc

/// The whole fold of one long log up to an offset, beside the logs: what came later is folded onto it.
///
/// It counts only while the log still has, at that offset, the line that it ended with; a byte that somebody changed
/// before that is found by reading all of the log, as `verify` does.
struct Snapshot {
  var signature = LogSignature()
  var place = LogPlace()
  var lastRecorded: Timestamp?
  var incident = Incident()

  private static let magic = Array("muster fold\n".utf8)
  private static let headCount = 32

  /// Reads what was written; nil where it is of another program or not whole.
  init?(path: String) {
    do throws(LogError) {
      let file = try OpenFile.open(path, flags: O_RDONLY)
      let count = FileStatus(file: file.descriptor)?.count ?? 0
      guard count > Self.headCount, count < 1 << 31 else { return nil }
      let bytes = try file.bytes(0..<count, path: path)
      guard bytes.count == count, Self.isWhole(bytes) else { return nil }
      self.init(bytes[Self.headCount...])
    } catch {
      return nil
    }
  }

  private static func isWhole(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { bytes in
      let stamp = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self))
      let sum = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 24, as: UInt64.self))
      return bytes.starts(with: magic) && stamp == ProgramStamp.value
        && checksum(UnsafeRawBufferPointer(rebasing: bytes[headCount...])) == sum
    }
  }

  private init?(_ bytes: ArraySlice<UInt8>) {
    var unpacker = Unpacker(bytes)
    signature.code(&unpacker)
    place.code(&unpacker)
    unpacker.optionalTime(&lastRecorded)
    var procedures: [[UInt8]] = []
    unpacker.array(&procedures, blank: []) { $0.bytes(&$1) }
    let range = unpacker.takeRange()
    guard unpacker.isSound, unpacker.isAtEnd,
      let incident = Incident(
        packed: bytes[range], .whole, procedures: procedures.map { RecordedProcedure(json: $0) })
    else { return nil }
    self.incident = incident
  }

  init(
    _ incident: Incident, _ signature: LogSignature, _ place: LogPlace, lastRecorded: Timestamp?
  ) {
    self.incident = incident
    self.signature = signature
    self.place = place
    self.lastRecorded = lastRecorded
  }

  var bytes: [UInt8] {
    var packer = Packer()
    var copy = self
    copy.signature.code(&packer)
    copy.place.code(&packer)
    packer.optionalTime(&copy.lastRecorded)
    let (packed, recorded) = incident.packed(.whole)
    var procedures = recorded.map(\.json)
    packer.array(&procedures, blank: []) { $0.bytes(&$1) }
    var whole = packed
    packer.bytes(&whole)
    var bytes = Self.magic + [UInt8](repeating: 0, count: 16 - Self.magic.count)
    bytes.reserveCapacity(Self.headCount + packer.bytes.count)
    withUnsafeBytes(of: ProgramStamp.value.littleEndian) { bytes += $0 }
    withUnsafeBytes(of: checksum(packer.bytes).littleEndian) { bytes += $0 }
    return bytes + packer.bytes
  }
}
