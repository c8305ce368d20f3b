internal import Engine

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

/// One record of the file: its length, its checksum, then an entry or a procedure.
enum CatalogRecord {
  case entry(CatalogEntry)
  case procedure(CatalogProcedure)

  /// Length and checksum.
  static let frame = 12

  var blob: BlobPlace {
    get {
      switch self {
      case .entry(let entry): entry.outline
      case .procedure(let procedure): procedure.json
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
      }
    }
  }

  var bytes: [UInt8] {
    var packer = Packer()
    var isProcedure = if case .procedure = self { true } else { false }
    packer.flag(&isProcedure)
    switch self {
    case .entry(var entry): entry.code(&packer)
    case .procedure(var procedure): procedure.code(&packer)
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
    var isProcedure = false
    unpacker.flag(&isProcedure)
    var record: Self
    if isProcedure {
      var procedure = CatalogProcedure()
      procedure.code(&unpacker)
      record = .procedure(procedure)
    } else {
      var entry = CatalogEntry()
      entry.code(&unpacker)
      record = .entry(entry)
    }
    return unpacker.isSound && unpacker.isAtEnd ? (record, end) : nil
  }
}
