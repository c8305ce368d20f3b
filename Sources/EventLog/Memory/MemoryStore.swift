package import Engine
internal import Glibc
internal import Synchronization

/// A store that lives in memory only and writes the same lines and seals as one of files, for tests of what stands on it.
package final class MemoryStore: Store {
  package let name: String
  private let state = Mutex(State())

  fileprivate struct State {
    var logs: [String: MemoryLog] = [:]
    var bells: [String: [MemoryBell]] = [:]
    /// Those of the whole store.
    var storeBells: [MemoryBell] = []
    var outOfReachSince: Timestamp?
    var failure: LogError?
  }

  package init(_ name: String = "memory") {
    self.name = name
  }

  /// Since when nothing can be appended, as where a team's store cannot be reached: events are kept, without a number.
  package var outOfReachSince: Timestamp? {
    get { state.withLock { $0.outOfReachSince } }
    set { state.withLock { $0.outOfReachSince = newValue } }
  }

  /// What every append fails with; nil: nothing does.
  package var failure: LogError? {
    get { state.withLock { $0.failure } }
    set { state.withLock { $0.failure = newValue } }
  }

  /// The log of an incident as it is now; nil where there is none.
  package func log(of id: String) -> MemoryLog? { state.withLock { $0.logs[id] } }

  /// Puts a log there, as by hand, in place of what was there.
  package func put(_ log: MemoryLog?, as id: String) {
    state.withLock { state in
      state.logs[id] = log
      state.ring(id)
    }
  }

  package func ids() throws(LogError) -> [String] { state.withLock { $0.logs.keys.sorted() } }

  package func contains(_ id: String) throws(LogError) -> Bool {
    guard IncidentName.isValid(id) else { throw .invalidID(id) }
    return log(of: id) != nil
  }

  package func isWritable(_ id: String) -> Bool { log(of: id) != nil }

  package func fileIdentity(of id: String) -> FileIdentity? { nil }

  package func reader(of id: String, since: Head?) throws(LogError) -> any LogReading {
    guard IncidentName.isValid(id) else { throw .invalidID(id) }
    return MemoryLogReader(of: id, in: self, since: since)
  }

  package func writer(of id: String) throws(LogError) -> any LogWriting {
    guard IncidentName.isValid(id) else { throw .invalidID(id) }
    return MemoryLogWriter(of: id, in: self)
  }

  package func follower(
    of id: String, usesNotices: Bool
  ) throws(LogError) -> any LogFollowing {
    guard IncidentName.isValid(id) else { throw .invalidID(id) }
    let bell = MemoryBell(rings: usesNotices)
    if usesNotices { state.withLock { $0.bells[id, default: []].append(bell) } }
    return MemoryLogFollower(of: id, in: self, bell)
  }

  package func follower() throws(LogError) -> any LogFollowing {
    let bell = MemoryBell(rings: true)
    state.withLock { $0.storeBells.append(bell) }
    return MemoryStoreFollower(bell)
  }

  package func events(
    _ sequences: Set<Int>, of id: String
  ) throws(LogError) -> [Int: RecordedEvent] {
    guard let log = log(of: id) else { throw .notFound(path: place(of: id)) }
    let found = log.events.filter { sequences.contains($0.sequence) }
    return Dictionary(found.map { ($0.sequence, $0) }, uniquingKeysWith: { first, _ in first })
  }

  package func create(
    title: String, id: String?, began: Timestamp?, author: Author,
    now: () -> Timestamp, draft: (String) -> EventDraft
  ) throws(LogError) -> NewLog {
    if let id, !IncidentName.isValid(id) { throw .invalidID(id) }
    let base = IncidentName.make(title: title, at: began ?? now())
    let free = try state.withLock { state throws(LogError) in
      var candidate = id ?? base
      var number = 1
      while state.logs[candidate] != nil {
        if id != nil { throw .exists(path: place(of: candidate)) }
        number += 1
        candidate = "\(base)-\(number)"
      }
      state.logs[candidate] = MemoryLog()
      return candidate
    }
    let writer = MemoryLogWriter(of: free, in: self)
    let outcome = writer.append(draft(free), author: author, now: now)
    if outcome.event == nil { put(nil, as: free) }
    return NewLog(id: free, writer: writer, outcome: outcome)
  }

  package func survey(
    _ scope: SurveyScope, at now: Timestamp, _ body: (SurveyedIncident) -> Void
  ) throws(LogError) {
    for id in try ids() where !scope.passesOver(id) {
      let found = SurveyedIncident(folding: id, of: self, at: now)
      if scope.takes(found.isOpen) { body(found) }
    }
  }

  func place(of id: String) -> String { "\(name):\(id)" }

  /// Appends to a log that is there.
  func append(
    _ draft: EventDraft, to id: String, author: Author, expecting: Int?, now: () -> Timestamp
  ) -> Appended {
    state.withLock { state in
      let time = now()
      // In place: a copy of a long log for every event would be slow.
      guard let draft = state.logs[id]?.identified(draft, at: time) else {
        return .notRecorded(draft, at: time, .notFound(path: place(of: id)))
      }
      if let failure = state.failure { return .notRecorded(draft, at: time, failure) }
      if let since = state.outOfReachSince { return .kept(draft, at: time, since: since) }
      if let present = state.logs[id]?.event(as: draft) { return .present(present) }
      let count = state.logs[id]?.events.count ?? 0
      if let expecting, expecting != count { return .conflict(actual: count) }
      guard let event = state.logs[id]?.append(draft, author: author, at: time) else {
        preconditionFailure("the log was there a moment ago")
      }
      state.ring(id)
      return .recorded(event)
    }
  }
}

extension MemoryStore.State {
  /// Wakes whoever waits for news of an incident.
  fileprivate func ring(_ id: String) {
    for bell in (bells[id] ?? []) + storeBells { bell.ring() }
  }
}
