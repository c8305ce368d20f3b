package import Engine

/// Appends to a log that lives in memory.
package final class MemoryLogWriter: LogWriting {
  package let place: String
  package var unsyncedSince: Timestamp? { nil }
  package var identity: FileIdentity? { nil }

  private let id: String
  private let store: MemoryStore

  init(of id: String, in store: MemoryStore) {
    self.id = id
    self.store = store
    place = store.place(of: id)
  }

  package func append(
    _ draft: EventDraft, author: Author, expecting: Int?, now: () -> Timestamp
  ) -> Appended {
    store.append(draft, to: id, author: author, expecting: expecting, now: now)
  }
}
