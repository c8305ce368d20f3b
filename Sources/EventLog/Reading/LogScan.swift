internal import Engine
internal import Glibc

/// The pass over a log's bytes: splits lines, judges them, hands events over. Written for the machine.
struct LogScan {
  /// Places of damage that are listed; more are only counted.
  static let maximumDamage = 1000
  private static let block = 1 << 18
  private static let restingBlock = 1 << 16

  var chain = Chain()
  var format = EventCoding.format
  var lineCount = 0
  var eventCount = 0
  /// Offset behind the last whole line.
  var offset = 0
  var damage: [Damage] = []
  var damageCount = 0
  var accepted: [Damage] = []
  /// An event whose seal is known from elsewhere.
  var watched: Head?
  /// Where that event stands, once it was seen.
  var watchedOffset: Int?
  /// Damage before the watched event that was accepted only after it.
  var acceptedSinceWatched: [Damage] = []
  /// The incident that the file is named after, where it is named after one.
  var incident: String?

  /// How long the file is, as far as known: so that a short one takes little memory.
  var expectedCount = 0

  var buffer: [UInt8] = []
  /// Bytes at the beginning of the buffer that belong to no whole line yet.
  var carried = 0
  var firstUnconfirmed = 0
  var giant: Giant?

  /// A line too long to be kept, of which only the end and a running digest are.
  struct Giant {
    var digest = RunningDigest()
    var count = 0
    var start: [UInt8] = []
    var end: [UInt8] = []

    mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
      digest.add(bytes)
      count += bytes.count
      if start.isEmpty { start = Array(bytes.prefix(64)) }
      end = Array((end + bytes.suffix(80)).suffix(80))
    }
  }

  var tailCount: Int { carried + (giant?.count ?? 0) }
  var filledEnd: Int { offset + tailCount }

  /// Reads one block and takes its lines; false at the end of the file.
  mutating func takeBlock(
    from file: OpenFile, path: String, at now: Timestamp, _ body: (RecordedEvent) -> Void
  ) throws(LogError) -> Bool {
    makeRoom()
    let start = carried
    let position = filledEnd
    let count = buffer.withUnsafeMutableBytes { room in
      file.read(into: UnsafeMutableRawBufferPointer(rebasing: room[start...]), at: position)
    }
    if count < 0 { throw .cannotRead(path: path, offset: position, error: Int32(-count)) }
    guard count > 0 else { return false }
    let rest = takeLines(upTo: start + count, searchingFrom: start, at: now, body)
    carry(rest..<start + count)
    return true
  }

  /// Gives memory back between reads of a log that grows slowly.
  mutating func relax() {
    guard buffer.count > Self.restingBlock, carried <= Self.restingBlock else { return }
    buffer = Self.room(carried, keeping: buffer)
  }

  private mutating func makeRoom() {
    // A line of the greatest length has to fit, with its line feed.
    let most = EventCoding.maximumLineCount + 1
    if carried < buffer.count { return }
    if buffer.count < Self.block {
      let wanted = min(Self.block, max(4096, expectedCount - filledEnd + carried + 1))
      buffer = Self.room(max(wanted, min(carried * 2, Self.block)), keeping: buffer)
    } else if buffer.count < most {
      buffer = Self.room(min(buffer.count * 2, most), keeping: buffer)
    } else {
      var giant = giant ?? Giant()
      buffer.withUnsafeBufferPointer { giant.add($0) }
      self.giant = giant
      carried = 0
    }
  }

  private static func room(_ count: Int, keeping bytes: [UInt8]) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { room, initialized in
      guard let base = room.baseAddress else { return }
      memset(base, 0, count)
      bytes.withUnsafeBufferPointer { kept in
        _ = kept.baseAddress.map { memcpy(base, $0, min(kept.count, count)) }
      }
      initialized = count
    }
  }

  private mutating func carry(_ rest: Range<Int>) {
    carried = rest.count
    guard rest.lowerBound > 0, !rest.isEmpty else { return }
    buffer.withUnsafeMutableBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      _ = memmove(base, base + rest.lowerBound, rest.count)
    }
  }

  /// Takes every whole line of the buffer; answers where the rest begins.
  private mutating func takeLines(
    upTo end: Int, searchingFrom start: Int, at now: Timestamp, _ body: (RecordedEvent) -> Void
  ) -> Int {
    // The one reference that the slices share; it is given up before the buffer is filled again.
    let block = buffer
    return block.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return 0 }
      var lineStart = 0
      var search = start
      var previous = chain.previous
      while let found = memchr(base + search, 10, end - search) {
        let lineEnd = UnsafeRawPointer(found) - UnsafeRawPointer(base)
        take(block, lineStart, lineEnd, base, &previous, at: now, body)
        offset += lineEnd + 1 - lineStart
        lineStart = lineEnd + 1
        search = lineStart
      }
      chain.previous = previous
      return lineStart
    }
  }

  @inline(__always)
  private mutating func take(
    _ block: [UInt8], _ start: Int, _ end: Int, _ base: UnsafePointer<UInt8>,
    _ previous: inout [UInt8], at now: Timestamp, _ body: (RecordedEvent) -> Void
  ) {
    lineCount += 1
    let line = base + start
    let count = end - start
    var envelope = Envelope()
    let holds =
      giant == nil
      && previous.withUnsafeBufferPointer { hash in
        hash.baseAddress.map { Chain.holds(line, count, after: $0) } ?? false
      }
    guard holds, envelope.read(line, count) else {
      chain.previous = previous
      takeBad(block, start, end, sealHolds: holds, at: now, body)
      previous = chain.previous
      return
    }
    previous.withUnsafeMutableBufferPointer { hash in
      hash.baseAddress.map { _ = memcpy($0, line + count - 66, Digest.count) }
    }
    if envelope.sequence != chain.sequence + 1 {
      noteGap(
        found: envelope.sequence, line: UnsafeBufferPointer(start: line, count: count), at: now)
    }
    chain.sequence = envelope.sequence
    chain.isUncertain = false
    eventCount += 1
    let event = envelope.event(line: block[start..<end])
    if event.sequence == watched?.sequence || event.kind.concernsDamage || lineCount == 1 {
      takeSpecial(event, at: now)
    }
    if firstUnconfirmed < damage.count { confirm() }
    body(event)
  }
}

extension EventKind {
  /// Whether events of this kind account for damage.
  @inline(__always)
  fileprivate var concernsDamage: Bool { self == .logRepaired || self == .damageAccepted }
}
