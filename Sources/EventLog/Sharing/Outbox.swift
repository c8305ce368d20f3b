package import Engine
internal import Glibc

/// What was recorded on this machine while the store that it shares could not be reached: one log for each incident, with
/// seals and numbers of its own.
package struct Outbox: Sendable {
  let store: FileStore

  package init(of store: FileStore) { self.store = store }

  package var folder: String { store.home + "/outbox" }

  package func path(of id: String) -> String { "\(folder)/\(id).jsonl" }

  /// The incidents that something is kept for.
  package func ids() -> [String] { Folder.names(folder).compactMap(FileStore.id(ofFile:)) }

  /// Whether something is kept for an incident.
  package func holds(_ id: String) -> Bool { FileStatus(path: path(of: id)) != nil }

  package var isEmpty: Bool { ids().isEmpty }

  /// What is kept for an incident, in the order in which it was recorded.
  package func entries(of id: String) throws(LogError) -> [RecordedEvent] {
    let path = path(of: id)
    guard FileStatus(path: path) != nil else { return [] }
    var events: [RecordedEvent] = []
    do throws(LogError) {
      _ = try LogReader(path: path).read(at: Timestamp(milliseconds: 0)) {
        events.append($0.compacted())
      }
    } catch {
      // The last of it was shared a moment ago.
      if case .notFound = error { return [] }
      throw error
    }
    return events
  }

  /// What is kept for an incident and is not in its log yet, as events without a number of their own.
  package func unshared(in id: String) throws(LogError) -> [RecordedEvent] {
    let entries = try entries(of: id)
    guard !entries.isEmpty else { return [] }
    let log = try OpenFile.open(try store.path(of: id), flags: O_RDONLY)
    let path = try store.path(of: id)
    let count = FileStatus(file: log.descriptor)?.count ?? 0
    var unshared: [RecordedEvent] = []
    for entry in entries {
      var search = IdentitySearch(entry.id)
      guard try search.advance(to: count, in: log, path: path) == nil else { continue }
      unshared.append(entry.unshared(unshared.count))
    }
    return unshared
  }

  /// Keeps a fact, synced; one that is kept already stays as it is.
  package func keep(
    _ draft: EventDraft, in id: String, author: Author, now: () -> Timestamp
  ) throws(LogError) -> RecordedEvent {
    try store.prepare()
    try prepare()
    let path = path(of: id)
    for _ in 0..<8 {
      let isNew = FileStatus(path: path) == nil
      let writer =
        isNew
        ? try begin(id)
        : LogWriter(path: path, calls: store.calls, patience: store.patience)
      switch writer.append(draft, author: author, now: now) {
      case .recorded(let event), .present(let event):
        guard isNew else { return event }
        let error = store.calls.place(writer.path, path)
        unlink(writer.path)
        if error == EEXIST { continue }
        let unsynced = error != 0 ? error : Folder.synchronize(folder)
        if unsynced != 0 { throw .cannotWrite(path: path, offset: 0, error: unsynced) }
        return event
      case .unconfirmed(_, let error): throw .cannotWrite(path: path, offset: 0, error: error)
      case .notRecorded(_, _, .notFound): continue
      case .notRecorded(_, _, let error): throw error
      case .conflict, .kept: continue
      }
    }
    throw .keepsChanging(path: path)
  }

  /// A log under a name that nobody looks at.
  private func begin(_ id: String) throws(LogError) -> LogWriter {
    let aside = "\(folder)/.\(id).\(getpid()).new"
    let file = try store.makeFile(aside)
    try store.giveToGroup(aside)
    return LogWriter(created: file, path: aside, calls: store.calls, patience: store.patience)
  }

  /// Makes the folder where it is missing.
  package func prepare() throws(LogError) {
    guard FileStatus(path: folder) == nil else { return }
    try store.makeDirectory(inStore: "outbox")
    let error = Folder.synchronize(store.home)
    if error != 0 { throw .cannotWrite(path: folder, offset: 0, error: error) }
  }

  /// Lets go of what is kept for an incident, all of which is in its log now; false where more has been kept meanwhile.
  package func letGo(of id: String, count: Int) throws(LogError) -> Bool {
    let path = path(of: id)
    let file = ReplicaFile(path: path, of: store)
    guard try file.lock() else { return true }
    defer { file.unlock() }
    guard file.count == count, file.tail.isEmpty else { return false }
    if unlink(path) != 0, errno != ENOENT {
      throw .cannotWrite(path: path, offset: 0, error: errno)
    }
    return true
  }

  /// The right to offer what is kept, which one process has at a time; nil where another has it.
  package func offering() throws(LogError) -> OutboxLock? {
    guard FileStatus(path: folder) != nil else { return nil }
    return try OutboxLock(folder + "/.lock", store)
  }
}

/// Held by whoever offers what is kept, so that it is offered in order. It ends with its owner.
package final class OutboxLock {
  private let file: OpenFile
  private let calls: FileCalls

  fileprivate init?(_ path: String, _ store: FileStore) throws(LogError) {
    calls = store.calls
    file = try OpenFile.open(
      path, flags: O_RDWR | O_CREAT, mode: UInt32(store.fileMode), calls: calls)
    if store.isShared { _ = fchmod(file.descriptor, store.fileMode) }
    let error = calls.lock(file.descriptor)
    if error == EAGAIN || error == EACCES || error == EINTR { return nil }
    if error != 0 { throw .cannotWrite(path: path, offset: 0, error: error) }
  }

  deinit { _ = calls.unlock(file.descriptor) }
}

extension EventDraft {
  /// As readers have it while the others have not got it; nil for what would be no event.
  package func unshared(at time: Timestamp, by author: Author) -> RecordedEvent? {
    guard case .known(let id) = identity else { return nil }
    let line = EventCoding.line(
      sequence: 0, id: id, recorded: time, occurred: occurred, author: author,
      kind: kind.rawValue, data: data, after: Digest.zero)
    return EventCoding.event(in: line[...])?.unshared(0)
  }
}

extension RecordedEvent {
  /// The same event as readers have it while the others have not got it: behind all that has a number.
  func unshared(_ place: Int) -> Self {
    var event = self
    event.sequence = min(Self.unsharedPlaces.lowerBound + place, Self.unsharedPlaces.upperBound - 1)
    event.occurred = occurred ?? recorded
    return event
  }
}
