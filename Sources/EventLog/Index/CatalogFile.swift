internal import Engine
internal import Glibc

/// The file of a catalog: a head, the records of what is open, those of what is closed, the bytes that both speak of, then
/// records that were added later, each with its bytes behind it.
///
/// What is closed, of which there may be much, is read only when it is asked for. The file is only ever added to or
/// replaced as a whole. Whatever is not as it was written ends the reading: what follows is unknown, and found out again
/// from the logs.
struct CatalogFile {
  private(set) var identity: FileIdentity
  /// Behind the last record that was read.
  private(set) var end: Int
  /// Whether something of it could not be read, so that it is to be replaced.
  private(set) var isBroken = false
  private let head: CatalogHead
  private let file: OpenFile
  private let path: String

  /// Opens the file and hands over what it says, oldest first, but for what was closed when it was made; nil where there
  /// is none of this program.
  init?(path: String, _ body: (CatalogRecord) -> Void) {
    do throws(LogError) {
      let file = try OpenFile.open(path, flags: O_RDONLY)
      guard let head = CatalogHead(try file.bytes(0..<CatalogHead.count, path: path)) else {
        return nil
      }
      (self.file, self.path, self.head) = (file, path, head)
      (identity, end) = (file.identity, head.blobsEnd)
      isBroken = FileStatus(file: file.descriptor).map { $0.count < head.blobsEnd } ?? true
      try readRecords(CatalogHead.count..<head.openEnd, body)
      try readAdded(body)
    } catch {
      return nil
    }
  }

  /// How many bytes were added since it was made.
  var addedCount: Int { end - head.blobsEnd }

  /// How many it had then.
  var madeCount: Int { head.blobsEnd }

  /// Reads what was closed when the file was made.
  mutating func readClosed(_ body: (CatalogRecord) -> Void) {
    do throws(LogError) { try readRecords(head.openEnd..<head.closedEnd, body) } catch {
      isBroken = true
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

  private mutating func readRecords(
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
    do throws(LogError) {
      let bytes = try file.bytes(place.offset..<place.offset + place.count, path: path)
      return bytes.count == place.count && checksum(bytes) == place.sum ? bytes : nil
    } catch {
      return nil
    }
  }
}

/// Where the parts of a catalog's file end.
struct CatalogHead {
  static let count = 64
  private static let magic = Array("muster index\n".utf8)

  var openEnd: Int
  var closedEnd: Int
  var blobsEnd: Int

  init(openEnd: Int, closedEnd: Int, blobsEnd: Int) {
    (self.openEnd, self.closedEnd, self.blobsEnd) = (openEnd, closedEnd, blobsEnd)
  }

  /// Nil where the bytes are no head of this program's.
  init?(_ bytes: [UInt8]) {
    guard bytes.count == Self.count, bytes.starts(with: Self.magic) else { return nil }
    let words = bytes.withUnsafeBytes { bytes in
      stride(from: 16, to: 56, by: 8).map {
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: UInt64.self))
      }
    }
    let ends = words[1...3].map { Int(clamping: $0) }
    guard words[0] == ProgramStamp.value, words[4] == Self.sum(words[0...3]),
      ends[0] >= Self.count, ends == ends.sorted(), ends[2] < 1 << 40
    else { return nil }
    self.init(openEnd: ends[0], closedEnd: ends[1], blobsEnd: ends[2])
  }

  var bytes: [UInt8] {
    var words = [ProgramStamp.value] + [openEnd, closedEnd, blobsEnd].map { UInt64($0) }
    words.append(Self.sum(words[...]))
    var bytes = Self.magic + [UInt8](repeating: 0, count: 16 - Self.magic.count)
    for word in words { withUnsafeBytes(of: word.littleEndian) { bytes += $0 } }
    return bytes + [UInt8](repeating: 0, count: Self.count - bytes.count)
  }

  private static func sum(_ words: ArraySlice<UInt64>) -> UInt64 {
    words.withUnsafeBytes { checksum($0) }
  }
}

/// Records to be written, each with the bytes that it speaks of.
typealias CatalogContent = [(record: CatalogRecord, blob: [UInt8])]

extension CatalogFile {
  /// The bytes of a new file.
  static func whole(open: CatalogContent, closed: CatalogContent) -> [UInt8] {
    let all = open + closed
    let blobCount = all.reduce(0) { $0 + $1.blob.count }
    // Where bytes lie depends on how long the records are, and those on where: they are given room for the greatest place.
    let most = CatalogHead.count + blobCount + all.count * 1024
    let room = all.reduce(CatalogHead.count) { room, content in
      room + placed(content, at: most).bytes.count
    }
    var bytes = [UInt8](repeating: 0, count: CatalogHead.count)
    bytes.reserveCapacity(room + blobCount)
    var head = CatalogHead(openEnd: 0, closedEnd: 0, blobsEnd: room + blobCount)
    var offset = room
    for (index, content) in all.enumerated() {
      if index == open.count { head.openEnd = bytes.count }
      bytes += placed(content, at: offset).bytes
      offset += content.blob.count
    }
    if closed.isEmpty { head.openEnd = bytes.count }
    head.closedEnd = bytes.count
    bytes += [UInt8](repeating: 0, count: room - bytes.count)
    for (_, blob) in all { bytes += blob }
    bytes.replaceSubrange(0..<CatalogHead.count, with: head.bytes)
    return bytes
  }

  private static func placed(
    _ content: (record: CatalogRecord, blob: [UInt8]), at offset: Int
  ) -> CatalogRecord {
    var record = content.record
    record.blob = BlobPlace(
      offset: offset, count: content.blob.count, sum: checksum(content.blob))
    return record
  }

  /// The bytes that add records to a file, each with what it speaks of behind it.
  static func added(_ content: CatalogContent) -> [UInt8] {
    content.reduce(into: []) { bytes, content in
      bytes += placed(content, at: 0).bytes + content.blob
    }
  }
}
