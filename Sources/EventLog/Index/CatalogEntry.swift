internal import Engine
internal import Glibc

/// What a catalog knows of one log, as it was in one state.
struct CatalogEntry {
  var id = ""
  var signature = LogSignature()
  var place = LogPlace()
  var isOpen = false
  var lastRecorded: Timestamp?
  /// Up to when nothing falls due by itself.
  var quietUntil = Timestamp.distantPast
  /// The incident, packed without its timeline.
  var outline = BlobPlace()
  /// Of the procedures that the outline points to.
  var procedures: [String] = []

  mutating func code<Coder: FieldCoder>(_ coder: inout Coder) {
    coder.text(&id)
    signature.code(&coder)
    place.code(&coder)
    coder.flag(&isOpen)
    coder.optionalTime(&lastRecorded)
    coder.time(&quietUntil)
    outline.code(&coder)
    coder.texts(&procedures)
  }
}

/// Where bytes lie in the file of a catalog.
struct BlobPlace {
  /// 0: right behind the record that speaks of them.
  var offset = 0
  var count = 0
  var sum: UInt64 = 0

  mutating func code<Coder: FieldCoder>(_ coder: inout Coder) {
    coder.whole(&offset)
    coder.whole(&count)
    coder.number(&sum)
  }
}

/// A procedure that several incidents may point to, by the digest of its bytes.
struct CatalogProcedure {
  var digest = ""
  var json = BlobPlace()

  mutating func code<Coder: FieldCoder>(_ coder: inout Coder) {
    coder.text(&digest)
    json.code(&coder)
  }
}

/// That every log was looked at, and how the directory of the logs was then.
///
/// As long as it is the same, no log has come, gone or been replaced since.
struct CatalogLook: Hashable {
  private var directory = LogSignature()
  /// Seconds since 1970.
  var at = 0

  /// How long the look is trusted: overwriting a closed log in place does not change the directory.
  private static let trust = 60
  /// A directory that changed so shortly before may have changed again within the same tick of the system's clock.
  private static let tick: Int64 = 100_000_000

  init() {}

  /// Nil where the directory changed too shortly before.
  init?(of directory: FileStatus, at present: timespec) {
    self.directory = LogSignature(directory)
    at = present.tv_sec
    let now = Int64(present.tv_sec) &* 1_000_000_000 &+ Int64(present.tv_nsec)
    let touched = max(self.directory.modified, self.directory.changed)
    guard now - touched > Self.tick else { return nil }
  }

  /// Whether what was known then still holds of a directory that looks like this now.
  func holds(for directory: FileStatus, at present: timespec) -> Bool {
    LogSignature(directory) == self.directory && (0..<Self.trust).contains(present.tv_sec - at)
  }

  mutating func code<Coder: FieldCoder>(_ coder: inout Coder) {
    directory.code(&coder)
    coder.whole(&at)
  }
}

/// One record of the file: its length, its checksum, then what it says.
enum CatalogRecord {
  case entry(CatalogEntry)
  case procedure(CatalogProcedure)
  case look(CatalogLook)

  /// Length and checksum.
  static let frame = 12

  var blob: BlobPlace {
    get {
      switch self {
      case .entry(let entry): entry.outline
      case .procedure(let procedure): procedure.json
      case .look: BlobPlace()
      }
    }
    set {
      switch self {
      case .entry(var entry):
        entry.outline = newValue
        self = .entry(entry)
      case .procedure(var procedure):
        procedure.json = newValue
        self = .procedure(procedure)
      case .look: break
      }
    }
  }

  private var kind: Int {
    switch self {
    case .entry: 0
    case .procedure: 1
    case .look: 2
    }
  }

  var bytes: [UInt8] {
    var packer = Packer()
    var kind = kind
    packer.whole(&kind)
    switch self {
    case .entry(var entry): entry.code(&packer)
    case .procedure(var procedure): procedure.code(&packer)
    case .look(var look): look.code(&packer)
    }
    var framed: [UInt8] = []
    framed.reserveCapacity(packer.bytes.count + Self.frame)
    withUnsafeBytes(of: UInt32(packer.bytes.count).littleEndian) { framed += $0 }
    withUnsafeBytes(of: checksum(packer.bytes).littleEndian) { framed += $0 }
    return framed + packer.bytes
  }

  /// Reads the record at a place, and answers where it ends; nil where none stands there.
  static func read(_ bytes: [UInt8], at start: Int) -> (record: Self, end: Int)? {
    guard start + frame <= bytes.count else { return nil }
    let (count, sum) = bytes.withUnsafeBytes { bytes in
      (
        Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt32.self))),
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: start + 4, as: UInt64.self))
      )
    }
    let end = start + frame + count
    guard count > 0, end <= bytes.count else { return nil }
    let isWhole = bytes.withUnsafeBytes { all in
      checksum(UnsafeRawBufferPointer(rebasing: all[(start + frame)..<end])) == sum
    }
    guard isWhole else { return nil }
    var unpacker = Unpacker(bytes[(start + frame)..<end])
    var kind = 0
    unpacker.whole(&kind)
    let record: Self
    switch kind {
    case 0:
      var entry = CatalogEntry()
      entry.code(&unpacker)
      record = .entry(entry)
    case 1:
      var procedure = CatalogProcedure()
      procedure.code(&unpacker)
      record = .procedure(procedure)
    case 2:
      var look = CatalogLook()
      look.code(&unpacker)
      record = .look(look)
    default: return nil
    }
    return unpacker.isSound && unpacker.isAtEnd ? (record, end) : nil
  }
}
