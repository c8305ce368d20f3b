package import Engine
internal import Glibc

/// Reads the log in a file.
///
/// Every read takes in only what is new, in big blocks, and judges every line on the way.
package final class LogReader: LogReading {
  /// How long a live reader waits before it mentions a torn tail or an unconfirmed bad line.
  package static let patience = Duration.seconds(2)

  package let path: String
  package var place: String { path }
  package private(set) var alarm: LogAlarm?
  package var format: Int { scan.format }
  package var head: Head { scan.chain.head }
  package var lineCount: Int { scan.lineCount }
  package var byteCount: Int { scan.offset }
  package var eventCount: Int { scan.eventCount }
  package var expectedByteCount: Int {
    file == nil ? FileStatus(path: path)?.count ?? 0 : scan.expectedCount
  }
  package private(set) var tornTail: TornTail?

  private var file: OpenFile?
  private var hasRead = false
  private var scan = LogScan()
  /// The highest event ever seen at this path.
  private var highest: Head?

  /// Remembers a path; opens nothing yet.
  ///
  /// `since` is what is known of the log from elsewhere; `alarm` tells where the log disagrees.
  package init(path: String, since: Head? = nil) {
    self.path = path
    highest = since
    beginAnew()
  }

  private func beginAnew() {
    scan = LogScan()
    scan.watched = highest
    scan.incident = Self.incident(namedBy: path)
  }

  /// The incident that a file is named after; nil for a copy under a name that is no id.
  private static func incident(namedBy path: String) -> String? {
    let name = path.split(separator: "/").last ?? ""
    let id = String(name.hasSuffix(".jsonl") ? name.dropLast(6) : "")
    return IncidentName.isValid(id) ? id : nil
  }

  /// Goes on at a place that was reached before; nil where the log has not the same line there any more.
  init?(path: String, at place: LogPlace) throws(LogError) {
    let file = try OpenFile.open(path, flags: O_RDONLY)
    guard file.identity == place.identity, place.head.hash.utf8.count == Digest.count else {
      return nil
    }
    let seal = Array(place.head.hash.utf8) + Array("\"}\n".utf8)
    let start = max(0, place.offset - seal.count)
    guard try file.bytes(start..<place.offset, path: path) == seal else { return nil }
    self.path = path
    self.file = file
    scan.chain.previous = Array(place.head.hash.utf8)
    scan.chain.sequence = place.head.sequence
    scan.format = place.format
    scan.lineCount = place.lineCount
    scan.eventCount = place.eventCount
    scan.offset = place.offset
    scan.expectedCount = FileStatus(file: file.descriptor)?.count ?? 0
    highest = place.head
  }

  /// Where the reading stands; nil where something is wrong with the log, so that all of it is to be read each time.
  var settledPlace: LogPlace? {
    guard let file, damageCount == 0, acceptedDamage.isEmpty, tornTail == nil, alarm == nil,
      scan.tailCount == 0, !scan.chain.isUncertain, head.sequence > 0
    else { return nil }
    return LogPlace(
      identity: file.identity, offset: byteCount, lineCount: lineCount, eventCount: eventCount,
      format: format, head: head)
  }

  /// At most `LogScan.maximumDamage` places.
  package var damage: [Damage] { scan.damage }

  package var damageCount: Int { scan.damageCount }

  package var acceptedDamage: [Damage] { scan.accepted }

  package var acceptedSinceHead: [Damage] { scan.acceptedSinceWatched }

  /// The file that was read.
  package var identity: FileIdentity? { file?.identity }

  package func read(
    at now: Timestamp, _ body: (RecordedEvent) -> Void
  ) throws(LogError) -> LogProgress {
    let isFirst = !hasRead
    hasRead = true
    guard try !checkPath() else { return .replaced }
    guard let file else { throw .notFound(path: path) }
    // What nobody has written to for a while is not in the making, also for who looks only once.
    let now = isFirst ? min(now, file.modified ?? now) : now
    let before = scan.eventCount
    while try scan.takeBlock(from: file, path: path, at: now, body) {}
    scan.relax()
    noteTail(at: now)
    noteHead()
    return .read(scan.eventCount - before)
  }

  /// Opens the file where it is not open yet; true where what was read is no longer what is there.
  private func checkPath() throws(LogError) -> Bool {
    guard let file else {
      let opened = try OpenFile.open(path, flags: O_RDONLY)
      scan.expectedCount = FileStatus(file: opened.descriptor)?.count ?? 0
      self.file = opened
      return false
    }
    guard let there = FileStatus(path: path) else {
      guard errno == ENOENT || errno == ENOTDIR else {
        throw .cannotRead(path: path, offset: scan.offset, error: errno)
      }
      alarm = .missing
      return false
    }
    if there.identity == file.identity {
      if alarm == .missing { alarm = nil }
      scan.expectedCount = there.count
      if there.count >= scan.filledEnd { return false }
    } else {
      self.file = try OpenFile.open(path, flags: O_RDONLY)
      if alarm == .missing { alarm = nil }
    }
    beginAnew()
    scan.expectedCount = there.count
    tornTail = nil
    return true
  }

  private func noteTail(at now: Timestamp) {
    guard scan.tailCount > 0 else {
      tornTail = nil
      return
    }
    if tornTail?.offset == scan.offset, tornTail?.count == scan.tailCount { return }
    tornTail = TornTail(offset: scan.offset, count: scan.tailCount, since: now)
  }

  private func noteHead() {
    let head = scan.chain.head
    if let highest, scan.watched != nil, scan.watchedOffset == nil {
      if alarm != .missing { alarm = .rolledBack(highest: highest, now: head) }
      return
    }
    if case .rolledBack = alarm { alarm = nil }
    if head.sequence > 0 { highest = head }
  }
}
