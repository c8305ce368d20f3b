internal import Engine
internal import Glibc

/// What a file looked like from outside; any change of it leaves another.
///
/// The time of the last change is of the system's own making: nobody sets it back, as `cp -p` does with the other.
struct LogSignature: Hashable {
  var identity = FileIdentity(device: 0, inode: 0)
  var count = 0
  /// Nanoseconds since 1970.
  var modified: Int64 = 0
  var changed: Int64 = 0

  init() {}

  init(_ status: FileStatus) {
    identity = status.identity
    count = status.count
    modified = Self.nanoseconds(status.modified)
    changed = Self.nanoseconds(status.changed)
  }

  private static func nanoseconds(_ time: (seconds: Int, nanoseconds: Int)) -> Int64 {
    Int64(time.seconds) &* 1_000_000_000 &+ Int64(time.nanoseconds)
  }

  mutating func code<Coder: FieldCoder>(_ coder: inout Coder) {
    coder.number(&identity.device)
    coder.number(&identity.inode)
    coder.whole(&count)
    coder.signed(&modified)
    coder.signed(&changed)
  }
}

/// A place between two lines of an undamaged log, from which a reader may go on.
struct LogPlace: Hashable {
  var identity = FileIdentity(device: 0, inode: 0)
  var offset = 0
  var lineCount = 0
  var eventCount = 0
  var format = 0
  var head = Head(sequence: 0, hash: "")

  mutating func code<Coder: FieldCoder>(_ coder: inout Coder) {
    coder.number(&identity.device)
    coder.number(&identity.inode)
    coder.whole(&offset)
    coder.whole(&lineCount)
    coder.whole(&eventCount)
    coder.whole(&format)
    coder.whole(&head.sequence)
    coder.text(&head.hash)
  }
}

/// A number that other bytes hardly ever have; it guards against torn writes, not against people.
func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
  var sum = UInt64(bytes.count) ^ 0x9E37_79B9_7F4A_7C15
  var offset = 0
  while offset + 8 <= bytes.count {
    let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    sum = (sum ^ word) &* 0xFF51_AFD7_ED55_8CCD
    sum ^= sum >> 32
    offset += 8
  }
  while offset < bytes.count {
    sum = (sum ^ UInt64(bytes[offset])) &* 0xC4CE_B9FE_1A85_EC53
    sum ^= sum >> 29
    offset += 1
  }
  return sum
}

func checksum(_ bytes: [UInt8]) -> UInt64 { bytes.withUnsafeBytes { checksum($0) } }

/// What tells this program from every other version of itself: none reads what another one packed.
enum ProgramStamp {
  private static let layout: UInt64 = 1

  static let value: UInt64 = {
    var status = stat()
    guard stat("/proc/self/exe", &status) == 0 else { return layout }
    let parts = [
      layout, UInt64(bitPattern: Int64(status.st_size)),
      UInt64(bitPattern: Int64(status.st_mtim.tv_sec)),
      UInt64(bitPattern: Int64(status.st_mtim.tv_nsec)),
    ]
    return parts.withUnsafeBytes { checksum($0) }
  }()
}
