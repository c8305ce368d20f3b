import Engine
import EventLog

extension StoreAccess {
  /// Offers again what could not be recorded before.
  func offerSpool() throws(Failure) {}

  func unconfirmed(
    _ event: RecordedEvent, _ draft: EventDraft, of id: String, error: Int32, author: Author
  ) -> Failure {
    Failure(
      .unconfirmed,
      "UNKNOWN: \(event.sequence) is in \(id), and the disk did not confirm it (\(LogError.words(error)))"
    )
  }

  func notRecorded(
    _ draft: EventDraft, of id: String, at: Timestamp, error: LogError, author: Author
  ) -> Failure {
    Failure(.worldFailed, "NOT RECORDED: \(error.description)")
  }

  func notDeclared(
    _ draft: EventDraft, title: String, error: LogError, author: Author, at: Timestamp
  ) -> Failure {
    Failure(.worldFailed, "NOT RECORDED: \(error.description)")
  }

  /// What became of a declaration.
  func receipt(ofDeclaring created: Store.Created, author: Author) throws(Failure) -> Receipt {
    switch created.outcome {
    case .recorded(let event), .present(let event):
      return Receipt(event: event, incident: Incident(replaying: [event]))
    case .unconfirmed(let event, let error):
      throw unconfirmed(
        event, EventDraft(event.kind, identity: .known(event.id), event.data), of: created.id,
        error: error, author: author)
    case .notRecorded(let draft, let at, let error):
      throw notRecorded(draft, of: created.id, at: at, error: error, author: author)
    case .conflict:
      throw Failure(.worldFailed, "NOT RECORDED: the new log has grown already; try again")
    }
  }
}
