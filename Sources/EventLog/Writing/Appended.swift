package import Engine

/// What became of a draft.
package enum Appended: Sendable {
  /// In the log, and synced.
  case recorded(RecordedEvent)
  /// The same fact was in the log already; nothing was written.
  case present(RecordedEvent)
  /// The log has grown since the decision was made; nothing was written.
  case conflict(actual: Int)
  /// In the log, but the system failed to sync it. It must not be tried again on the same file.
  case unconfirmed(RecordedEvent, error: Int32)
  /// Kept on this machine until the store, unreachable since an instant, can be reached again.
  ///
  /// Such an event has its identity but no sequence yet.
  case kept(EventDraft, at: Timestamp, since: Timestamp)
  /// Not in the log. Keep the draft: it has its identity now, and the time to be offered again with.
  case notRecorded(EventDraft, at: Timestamp, LogError)

  /// The event that is in the log now.
  package var event: RecordedEvent? {
    switch self {
    case .recorded(let event), .present(let event), .unconfirmed(let event, _): event
    case .conflict, .kept, .notRecorded: nil
    }
  }
}

/// What became of drafts that were to be recorded together.
package enum AppendedTogether: Sendable {
  /// All in the log, and synced.
  case recorded([RecordedEvent])
  /// The log has grown since the decision was made; nothing was written.
  case conflict(actual: Int)
  /// In the log, but the system failed to sync them.
  case unconfirmed([RecordedEvent], error: Int32)
  /// Safe on this machine, and not in the log before its store can be reached again.
  case kept(since: Timestamp)
  /// Not all of them are in the log.
  case notRecorded(LogError)
}
