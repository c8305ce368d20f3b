package import Engine
internal import Glibc

/// The log of what belongs to a store and to no incident yet: same format and rules as an incident's. Not for several
/// threads at once.
package final class StoreLog {
  private let store: FileStore
  private let reader: LogReader
  private let writer: LogWriter

  package init(of store: FileStore) {
    self.store = store
    reader = LogReader(path: store.logPath)
    writer = LogWriter(path: store.logPath, calls: store.calls, patience: store.patience)
  }

  package var path: String { store.logPath }

  /// Number of the newest event that was read.
  package var sequence: Int { reader.head.sequence }

  /// Since when what was appended may be lost with the machine.
  package var unsyncedSince: Timestamp? { writer.unsyncedSince }

  /// Hands over what is new; nothing where there is no log yet.
  package func readOn(
    at now: Timestamp, _ body: (RecordedEvent) -> Void
  ) throws(LogError) -> LogProgress {
    do throws(LogError) { return try reader.read(at: now, body) } catch {
      if case .notFound = error { return .read(0) }
      throw error
    }
  }

  /// Records facts together, decided on what was read last.
  package func append(
    _ drafts: [EventDraft], author: Author, now: () -> Timestamp
  ) -> AppendedTogether {
    do throws(LogError) {
      if FileStatus(path: path) == nil {
        try begin(author, now)
        // The first line is one that no decision can rest on.
        return .conflict(actual: 1)
      }
    } catch {
      return .notRecorded(error)
    }
    return writer.append(together: drafts, author: author, expecting: sequence, now: now)
  }

  /// Makes the log, with its first event, so that nobody ever meets an empty one.
  private func begin(_ author: Author, _ now: () -> Timestamp) throws(LogError) {
    try store.prepare()
    let aside = "\(store.home)/.store.\(getpid()).new"
    unlink(aside)
    let file = try store.makeFile(aside)
    defer { unlink(aside) }
    try store.giveToGroup(aside)
    let first = LogWriter(
      created: file, path: aside, calls: store.calls, patience: store.patience)
    let draft = EventDraft(
      .logBegun, EventData(["format": .whole(EventCoding.format), "log": "store"]))
    switch first.append(draft, author: author, now: now) {
    case .recorded: break
    case .notRecorded(_, _, let error): throw error
    case .unconfirmed(_, let error): throw .cannotWrite(path: path, offset: 0, error: error)
    case .present, .conflict, .kept: throw .keepsChanging(path: path)
    }
    let error = store.calls.place(aside, path)
    guard error == 0 || error == EEXIST else {
      throw .cannotWrite(path: path, offset: 0, error: error)
    }
    let unsynced = Folder.synchronize(store.home)
    if unsynced != 0 { throw .cannotWrite(path: path, offset: 0, error: unsynced) }
  }
}

extension FileStore {
  /// What belongs to the store and to no incident yet.
  package var logPath: String { home + "/store.jsonl" }

  package var hasLog: Bool { FileStatus(path: logPath) != nil }
}
