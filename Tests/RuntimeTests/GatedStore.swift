import Engine
import EventLog
import Glibc
import Synchronization

/// Something that many may pass, or nobody.
final class Gate: Sendable {
  private let closed = Mutex(false)

  func close() { closed.withLock { $0 = true } }
  func open() { closed.withLock { $0 = false } }

  /// Waits while it is closed, as for a disk that does not answer; a test that would hang goes on after a while.
  func pass() {
    let limit = ContinuousClock.now + .seconds(60)
    while closed.withLock({ $0 }), ContinuousClock.now < limit { _ = poll(nil, 0, 5) }
  }
}

/// A store in memory whose disk can stop to answer.
final class GatedStore: Store {
  let inner: MemoryStore
  let appending = Gate()
  let reading = Gate()
  let isReadOnly = Flag()

  init(_ inner: MemoryStore) { self.inner = inner }

  var name: String { inner.name }

  func ids() throws(LogError) -> [String] {
    reading.pass()
    return try inner.ids()
  }

  func contains(_ id: String) throws(LogError) -> Bool { try inner.contains(id) }
  func isWritable(_ id: String) -> Bool { !isReadOnly.isSet && inner.isWritable(id) }
  func fileIdentity(of id: String) -> FileIdentity? { inner.fileIdentity(of: id) }

  func reader(of id: String, since: Head?) throws(LogError) -> any LogReading {
    reading.pass()
    return try inner.reader(of: id, since: since)
  }

  func writer(of id: String) throws(LogError) -> any LogWriting {
    GatedWriter(try inner.writer(of: id), appending)
  }

  func follower(of id: String, usesNotices: Bool) throws(LogError) -> any LogFollowing {
    try inner.follower(of: id, usesNotices: usesNotices)
  }

  func follower() throws(LogError) -> any LogFollowing { try inner.follower() }

  func events(
    _ sequences: Set<Int>, of id: String
  ) throws(LogError) -> [Int: RecordedEvent] {
    reading.pass()
    return try inner.events(sequences, of: id)
  }

  func create(
    title: String, id: String?, began: Timestamp?, author: Author,
    now: () -> Timestamp, draft: (String) -> EventDraft
  ) throws(LogError) -> NewLog {
    try inner.create(
      title: title, id: id, began: began, author: author, now: now, draft: draft)
  }

  func survey(
    _ scope: SurveyScope, at now: Timestamp, _ body: (SurveyedIncident) -> Void
  ) throws(LogError) {
    reading.pass()
    try inner.survey(scope, at: now, body)
  }
}

private final class GatedWriter: LogWriting {
  private let inner: any LogWriting
  private let gate: Gate

  init(_ inner: any LogWriting, _ gate: Gate) { (self.inner, self.gate) = (inner, gate) }

  var place: String { inner.place }
  var unsyncedSince: Timestamp? { inner.unsyncedSince }
  var identity: FileIdentity? { inner.identity }

  func append(
    _ draft: EventDraft, author: Author, expecting: Int?, now: () -> Timestamp
  ) -> Appended {
    gate.pass()
    return inner.append(draft, author: author, expecting: expecting, now: now)
  }
}
