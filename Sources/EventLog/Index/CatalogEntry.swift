internal import Engine

/// What a catalog knows of one log, as it was in one state.
struct CatalogEntry {
  var id = ""
  var signature = LogSignature()
  var isOpen = false
  /// The incident, packed without its timeline.
  var outline = BlobPlace()
  /// What only few of many are asked for.
  private var packedDetails: ArraySlice<UInt8> = []

  init() {}

  init(id: String, _ signature: LogSignature, isOpen: Bool, _ details: CatalogDetails) {
    (self.id, self.signature, self.isOpen) = (id, signature, isOpen)
    var packer = Packer()
    var details = details
    details.code(&packer)
    packedDetails = packer.bytes[...]
  }

  /// Nil where they are not as they were written.
  var details: CatalogDetails? {
    var unpacker = Unpacker(packedDetails)
    var details = CatalogDetails()
    details.code(&unpacker)
    return unpacker.isSound && unpacker.isAtEnd ? details : nil
  }

  mutating func code<Coder: FieldCoder>(_ coder: inout Coder) {
    coder.text(&id)
    signature.code(&coder)
    coder.flag(&isOpen)
    outline.code(&coder)
    coder.slice(&packedDetails)
  }
}

struct CatalogDetails {
  var place = LogPlace()
  var lastRecorded: Timestamp?
  /// Up to when nothing falls due by itself.
  var quietUntil = Timestamp.distantPast
  /// The digests of the procedures that the outline points to.
  var procedures: [String] = []

  mutating func code<Coder: FieldCoder>(_ coder: inout Coder) {
    place.code(&coder)
    coder.optionalTime(&lastRecorded)
    coder.time(&quietUntil)
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
    if !(0..<1 << 40).contains(offset) || !(0..<1 << 30).contains(count) { coder.fail() }
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

/// The directory of the logs as it was when every log in it was looked at.
///
/// As long as it is the same, no log has come or gone.
struct CatalogListing: Hashable {
  var directory = LogSignature()
  var checked = Timestamp.distantPast

  mutating func code<Coder: FieldCoder>(_ coder: inout Coder) {
    directory.code(&coder)
    coder.time(&checked)
  }
}

/// One record of the file: its length, its checksum, then what it tells.
enum CatalogRecord {
  case entry(CatalogEntry)
  case procedure(CatalogProcedure)
  case listing(CatalogListing)

  /// Length and checksum.
  static let frame = 12

  var blob: BlobPlace {
    get {
      switch self {
      case .entry(let entry): entry.outline
      case .procedure(let procedure): procedure.json
      case .listing: BlobPlace()
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
      case .listing: break
      }
    }
  }

  var bytes: [UInt8] {
    var packer = Packer()
    var kind = kind
    packer.number(&kind)
    switch self {
    case .entry(var entry): entry.code(&packer)
    case .procedure(var procedure): procedure.code(&packer)
    case .listing(var listing): listing.code(&packer)
    }
    var framed: [UInt8] = []
    framed.reserveCapacity(packer.bytes.count + Self.frame)
    withUnsafeBytes(of: UInt32(packer.bytes.count).littleEndian) { framed += $0 }
    withUnsafeBytes(of: checksum(packer.bytes).littleEndian) { framed += $0 }
    return framed + packer.bytes
  }

  private var kind: UInt64 {
    switch self {
    case .entry: 0
    case .procedure: 1
    case .listing: 2
    }
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
    let record = read(&unpacker)
    guard let record, unpacker.isSound, unpacker.isAtEnd else { return nil }
    return (record, end)
  }

  private static func read(_ unpacker: inout Unpacker) -> Self? {
    var kind: UInt64 = 0
    unpacker.number(&kind)
    switch kind {
    case 0:
      var entry = CatalogEntry()
      entry.code(&unpacker)
      return .entry(entry)
    case 1:
      var procedure = CatalogProcedure()
      procedure.code(&unpacker)
      return .procedure(procedure)
    case 2:
      var listing = CatalogListing()
      listing.code(&unpacker)
      return .listing(listing)
    default: return nil
    }
  }
}
