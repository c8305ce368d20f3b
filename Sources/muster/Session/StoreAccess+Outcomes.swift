import Documents
import Engine
import EventLog

extension StoreAccess {
  /// Offers again what could not be recorded before, and tells what has come to be recorded.
  func offerSpool() throws(Failure) {
    do throws(LogError) {
      for recorded in try recorder.offerAgain(now: { now(in: $0) }) {
        guard case .recorded(let event) = recorded.appended else { continue }
        Output.remark(
          "recorded now, kept since \(event.effective.rfc3339): \(event.sequence) \(recorded.incident)"
        )
      }
    } catch {
      Output.complain(error.description)
    }
  }

  /// Appends what fell due, each once whoever else notices it, by its own author or else by the program itself.
  func record(
    _ drafts: [EventDraft], in id: String, by source: String, _ pace: Pace
  ) throws(LogError) {
    let writer = try recorder.writer(of: id)
    let automatic = Author(actor: "muster", source: source)
    for draft in drafts {
      let outcome = writer.append(
        draft, author: draft.author ?? automatic, now: { pace.time(at: WallClock.now) })
      if case .notRecorded(_, _, let error) = outcome { throw error }
    }
  }

  /// Opens an incident under a procedure that was chosen; its id is made from title and day, for one of the past the
  /// day on which it `began`.
  func declare(
    _ declaration: Declaration, occurred: Timestamp? = nil, began: Timestamp? = nil, author: Author
  ) throws(Failure) -> Receipt {
    func draft(_ id: String) throws(Rejection) -> EventDraft {
      var declaration = declaration
      declaration.id = id
      return try Incident.declare(declaration, occurred: occurred, at: WallClock.now)
    }
    let first: EventDraft
    do throws(Rejection) { first = try draft("2000-01-01-x") } catch {
      throw Failure(
        error.isUsage ? .usage : .notNow, error.message(in: clock.zone, at: WallClock.now))
    }
    let recorded: LogRecorder.Recorded
    do throws(LogError) {
      recorded = try recorder.declare(
        title: declaration.isDrill ? "drill \(declaration.title)" : declaration.title,
        began: began, author: author, now: { WallClock.now }
      ) { id in
        // What was possible under one id is under every other.
        do throws(Rejection) { return try draft(id) } catch { return first }
      }
    } catch {
      throw Failure(error)
    }
    switch recorded.appended {
    case .recorded(let event), .present(let event):
      return Receipt(event: event, incident: Incident(replaying: [event]))
    case .unconfirmed, .notRecorded, .conflict: throw Failure(recorded)
    }
  }

  /// The severity that a person means, as the procedure writes it.
  static func severity(_ word: String, in procedure: Procedure) throws(Failure) -> String {
    let wanted = word.lowercased()
    let match = procedure.severities.first {
      $0.id.lowercased() == wanted || $0.name.lowercased() == wanted
    }
    guard let match else {
      throw Wording.unknown("severity", word, known: procedure.severities.map(\.id))
    }
    return match.id
  }
}

extension Failure {
  /// What is not in a log for certain: what happened, and where the words are now.
  init(_ recorded: LogRecorder.Recorded) {
    let place = Self.place(of: recorded)
    switch recorded.appended {
    case .unconfirmed(let event, let error):
      self.init(
        .unconfirmed,
        "UNKNOWN: entry \(event.sequence) of \(recorded.incident) is written, and the disk did not confirm it "
          + "(\(LogError.words(error))); \(place)")
    case .notRecorded(_, _, let error):
      // Where the words are comes first: a screen may have room for no more.
      self.init(.worldFailed, "NOT RECORDED, \(place): \(error.description)")
      isKept = recorded.spooled != nil
    case .conflict, .recorded, .present:
      self.init(.worldFailed, "NOT RECORDED: the log has grown meanwhile; try again")
    }
  }

  private static func place(of recorded: LogRecorder.Recorded) -> String {
    if let path = recorded.spooled {
      if case .unconfirmed = recorded.appended {
        return "kept in \(path) until a restart of the machine shows whether the log has it"
      }
      return "and the next command offers it again from \(path)"
    }
    if let error = recorded.spoolError { return "nor kept (\(error.description))" }
    return "nor kept"
  }
}
