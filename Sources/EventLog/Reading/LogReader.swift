package import Engine
internal import Glibc

/// Reads a log from its beginning and follows it as it grows; needs no permission to write.
///
/// Every read takes in only what is new, in big blocks, and judges every line on the way. Not for several threads at once.
package final class LogReader {
  /// How long a live reader waits before it mentions a torn tail or an unconfirmed bad line.
  package static let patience = Duration.seconds(2)

  package enum Progress: Hashable, Sendable {
    /// New events were handed over, this many.
    case read(Int)
    /// The path leads to another file now, or the file became shorter: whoever folded its events begins anew, and reads again.
    case replaced
  }

  /// What a reader that runs for long has noticed about the file as a whole.
  package enum Alarm: Hashable, Sendable {
    /// The path leads nowhere; what was read before is kept.
    case missing
    /// The log has less than, or other than, what was read from it before.
    case rolledBack(highest: Head, now: Head)
  }

  package let path: String
  package private(set) var alarm: Alarm?
  /// Version of the log's format as its first event says.
  package var format: Int { scan.format }
  package var head: Head { scan.chain.head }
  /// Number of lines behind us, bad ones included.
  package var lineCount: Int { scan.lineCount }
  /// Bytes of whole lines behind us.
  package var byteCount: Int { scan.offset }
  /// Events that were handed over.
  package var eventCount: Int { scan.eventCount }
  package private(set) var tornTail: TornTail?

  private var file: OpenFile?
  private var scan = LogScan()
  /// The highest event ever seen at this path.
  private var highest: Head?

  /// Remembers a path; opens nothing yet.
  ///
  /// `since` is what is known of the log from elsewhere; `alarm` tells where the log disagrees.
  package init(path: String, since: Head? = nil) {
    self.path = path
    highest = since
    scan.watched = since
  }

  /// Damage that nothing accounts for and nobody accepted; at most `LogScan.maximumDamage` places.
  package var damage: [Damage] { scan.damage }

  /// How many places are damaged, also beyond the ones listed.
  package var damageCount: Int { scan.damageCount }

  /// Damage that somebody accepted.
  package var acceptedDamage: [Damage] { scan.accepted }

  /// Damage that is no line in the making at an instant.
  package func settledDamage(at now: Timestamp) -> [Damage] {
    scan.damage.filter { $0.isSettled(at: now) }
  }

  /// The file that was read.
  package var identity: FileIdentity? { file?.identity }

  /// Hands over the events that are new, in the order of the file.
  package func read(
    at now: Timestamp, _ body: (RecordedEvent) -> Void
  ) throws(LogError) -> Progress {
    let isFirst = file == nil
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
    scan = LogScan()
    scan.watched = highest
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
    if let highest, scan.watched != nil, !scan.sawWatched {
      if alarm != .missing { alarm = .rolledBack(highest: highest, now: head) }
      return
    }
    if case .rolledBack = alarm { alarm = nil }
    if head.sequence > 0 { highest = head }
  }
}
