internal import Engine
internal import Glibc

/// The file of a catalog: a head, records with their bytes elsewhere in the file, those bytes, then records that were added
/// later, each with its bytes behind it.
///
/// Records of closed incidents come last, so that listing open incidents need not read them.
///
/// It is only ever added to or replaced as a whole. Whatever is not as it was written ends the reading: what follows is
/// unknown, and found out again from the logs.
struct CatalogFile {
  private static let magic = Array("muster index\n".utf8)
  private static let headCount = 64

  private(set) var identity: FileIdentity
  /// Behind the last record that was read.
  private(set) var end: Int
  /// Where what was added later begins.
  private(set) var addedFrom: Int
  /// Whether something of it could not be read, so that it is to be replaced.
  private(set) var isBroken = false
  /// Where the records of closed incidents lie.
  private let closed: Range<Int>
  private let file: OpenFile
  private let path: String

  /// Opens the file and hands over its records except those of closed incidents, oldest first; nil without one of this
  /// program.
  init?(path: String, _ body: (CatalogRecord) -> Void) {
    do throws(LogError) {
      let file = try OpenFile.open(path, flags: O_RDONLY)
      let head = try file.bytes(0..<Self.headCount, path: path)
      guard let (closed, added) = Self.read(head) else { return nil }
      (self.file, self.path, identity) = (file, path, file.identity)
      (self.closed, end, addedFrom) = (closed, added, added)
      try read(Self.headCount..<closed.lowerBound, body)
      try readAdded(body)
    } catch {
      return nil
    }
  }

  /// Hands over what it said of closed incidents when it was written as a whole: older than all else.
  mutating func readClosed(_ body: (CatalogRecord) -> Void) {
    do throws(LogError) { try read(closed, body) } catch { isBroken = true }
  }

  private mutating func read(
    _ range: Range<Int>, _ body: (CatalogRecord) -> Void
  ) throws(LogError) {
    let bytes = try file.bytes(range, path: path)
    var start = 0
    while start < bytes.count {
      guard let (record, next) = CatalogRecord.read(bytes, at: start) else {
        isBroken = true
        return
      }
      body(record)
      start = next
    }
  }

  /// Reads what was added since; false where the path leads to another file now.
  mutating func readOn(_ body: (CatalogRecord) -> Void) -> Bool {
    guard let there = FileStatus(path: path), there.identity == identity, there.count >= end else {
      return false
    }
    if there.count == end { return true }
    do throws(LogError) { try readAdded(body) } catch { return false }
    return true
  }

  private mutating func readAdded(_ body: (CatalogRecord) -> Void) throws(LogError) {
    guard !isBroken, let count = FileStatus(file: file.descriptor)?.count, count > end else {
      return
    }
    let base = end
    let bytes = try file.bytes(base..<count, path: path)
    var start = 0
    while start < bytes.count {
      guard var (record, next) = CatalogRecord.read(bytes, at: start) else {
        isBroken = true
        return
      }
      if record.blob.offset == 0 {
        record.blob.offset = base + next
        next += record.blob.count
      }
      // Bytes that another process is still writing are there at the next look.
      guard next <= bytes.count else { return }
      body(record)
      start = next
      end = base + next
    }
  }

  /// The bytes of a place; nil where they are not as they were written.
  func blob(_ place: BlobPlace) -> [UInt8]? {
    guard place.count >= 0, place.count < 1 << 30 else { return nil }
    do throws(LogError) {
      let bytes = try file.bytes(place.offset..<place.offset + place.count, path: path)
      return bytes.count == place.count && checksum(bytes) == place.sum ? bytes : nil
    } catch {
      return nil
    }
  }

  private static func read(_ head: [UInt8]) -> (closed: Range<Int>, added: Int)? {
    guard head.count == headCount, head.starts(with: magic) else { return nil }
    let numbers = head.withUnsafeBytes { head in
      [16, 24, 32, 40, 48].map {
        UInt64(littleEndian: head.loadUnaligned(fromByteOffset: $0, as: UInt64.self))
      }
    }
    guard numbers[0] == ProgramStamp.value, numbers[1] >= 64, numbers[2] >= numbers[1],
      numbers[3] >= numbers[2], numbers[3] < 1 << 40,
      numbers[4] == numbers[..<4].reduce(0, ^)
    else { return nil }
    return (Int(numbers[1])..<Int(numbers[2]), Int(numbers[3]))
  }

  // MARK: - Writing

  /// The bytes of a new file.
  static func whole(_ all: [(record: CatalogRecord, blob: [UInt8])]) -> [UInt8] {
    let records = all.filter { !$0.record.isOfClosed } + all.filter { $0.record.isOfClosed }
    // Twice: the first time only to learn how long the records are with numbers of this size.
    let blobCount = records.reduce(0) { $0 + $1.blob.count }
    var places: [CatalogRecord] = []
    let most = headCount + blobCount + records.count * 512
    for (record, blob) in records {
      var record = record
      record.blob = BlobPlace(offset: most, count: blob.count, sum: checksum(blob))
      places.append(record)
    }
    let room = places.reduce(headCount) { $0 + $1.bytes.count }
    var offset = room
    var bytes = [UInt8](repeating: 0, count: headCount)
    bytes.reserveCapacity(room + blobCount)
    var closed: Int?
    for index in places.indices {
      if places[index].isOfClosed { closed = closed ?? bytes.count }
      places[index].blob.offset = offset
      offset += places[index].blob.count
      bytes += places[index].bytes
    }
    let end = bytes.count
    bytes += [UInt8](repeating: 0, count: room - end)
    for (_, blob) in records { bytes += blob }
    bytes.replaceSubrange(0..<magic.count, with: magic)
    let numbers = [ProgramStamp.value] + [closed ?? end, end, bytes.count].map { UInt64($0) }
    for (place, number) in (numbers + [numbers.reduce(0, ^)]).enumerated() {
      withUnsafeBytes(of: number.littleEndian) {
        bytes.replaceSubrange(16 + place * 8..<24 + place * 8, with: $0)
      }
    }
    return bytes
  }

  /// The bytes that add records to a file, each with what it speaks of behind it.
  static func added(_ records: [(record: CatalogRecord, blob: [UInt8])]) -> [UInt8] {
    var bytes: [UInt8] = []
    for (record, blob) in records {
      var record = record
      record.blob = BlobPlace(offset: 0, count: blob.count, sum: checksum(blob))
      bytes += record.bytes + blob
    }
    return bytes
  }
}

extension CatalogRecord {
  fileprivate var isOfClosed: Bool {
    if case .entry(let entry) = self { !entry.isOpen } else { false }
  }
}
