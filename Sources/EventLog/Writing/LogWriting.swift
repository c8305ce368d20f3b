package import Engine

/// Appends events to one log that others may be appending to at the same time. Not for several threads at once.
package protocol LogWriting: AnyObject {
  /// What messages call the log: the path of a file, else a name of it.
  var place: String { get }
  /// Since when what was appended may be lost with the machine.
  var unsyncedSince: Timestamp? { get }
  /// The file that is open; nil where none is or there are no files.
  var identity: FileIdentity? { get }
  /// The first event of the log, which tells it from another incident's under the same name; nil while it is not known.
  var declaration: EventID? { get }
  /// What the last append mended on its way.
  var mended: Mended? { get }

  /// Releases the disk space reserved for a full disk; for a log that gets no more entries.
  func giveBackReserve() throws(LogError)

  /// Records a fact, once.
  ///
  /// `expecting` is the number of the event that the decision was made on, nil where it does not matter; the clock is
  /// read when nobody else can append.
  func append(
    _ draft: EventDraft, author: Author, expecting: Int?, now: () -> Timestamp
  ) -> Appended

  /// Records several facts, each with the author it names or else `author`, in one write and with one sync: all of them
  /// or, where the log has grown since the event of that number, none. A fact that is there already is not to be among
  /// them.
  func append(
    together drafts: [EventDraft], author: Author, expecting: Int, now: () -> Timestamp
  ) -> AppendedTogether
}

extension LogWriting {
  package func append(
    together drafts: [EventDraft], author: Author, expecting: Int, now: () -> Timestamp
  ) -> AppendedTogether {
    var events: [RecordedEvent] = []
    for draft in drafts {
      let author = draft.author ?? author
      switch append(
        draft, author: author, expecting: events.isEmpty ? expecting : nil, now: now)
      {
      case .recorded(let event), .present(let event): events.append(event)
      case .conflict(let actual): return .conflict(actual: actual)
      case .unconfirmed(let event, let error):
        return .unconfirmed(events + [event], error: error)
      case .kept(_, _, let since): return .kept(since: since)
      case .notRecorded(_, _, let error): return .notRecorded(error)
      }
    }
    return .recorded(events)
  }

  package var declaration: EventID? { nil }
  package var mended: Mended? { nil }
  package func giveBackReserve() throws(LogError) {}

  package func append(
    _ draft: EventDraft, author: Author, now: () -> Timestamp
  ) -> Appended {
    append(draft, author: author, expecting: nil, now: now)
  }
}
