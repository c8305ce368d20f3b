import Documents
import Engine
import EventLog
import Procedures
import TeamStore
import Wording

extension StoreAccess {
  /// Offers again what could not be recorded before, and tells what became of it.
  func offerSpool() {
    for told in offerKept() {
      if told.isError { Output.complain(told.text) } else { Output.remark(told.text) }
    }
  }

  /// Offers again what could not be recorded before: what became of it, in sentences.
  func offerKept() -> [(text: String, isError: Bool)] {
    let offers = recorder.offerAgain(now: { now(in: $0) })
    var told: [(text: String, isError: Bool)] = []
    for shared in team?.offer(now: { now(in: $0) }) ?? [] {
      let event = shared.event
      told.append(
        (
          "shared now, kept since \(event.effective.rfc3339): \(event.sequence) \(shared.incident)",
          false
        ))
    }
    for recorded in offers.offered {
      let id = recorded.incident
      if let mended = recorded.mended { told.append(("\(id): \(mended.description)", false)) }
      switch recorded.appended {
      case .recorded(let event):
        told.append(
          ("recorded now, kept since \(event.effective.rfc3339): \(event.sequence) \(id)", false))
      case .present(let event):
        told.append(("\(id): the kept entry is already in the log, as \(event.sequence)", false))
      case .unconfirmed(let event, let error):
        told.append(
          (
            "UNKNOWN: entry \(event.sequence) of \(id) is written, but the disk did not confirm it "
              + "(\(LogError.words(error)))", true
          ))
      case .notRecorded(_, let time, let error):
        told.append(
          ("still NOT RECORDED in \(id), kept since \(time.rfc3339): \(error.description)", true))
      case .conflict, .kept: break
      }
    }
    for path in offers.setAside {
      told.append(("\(path) holds no valid entry; it was set aside", true))
    }
    return told
  }

  /// Opens an incident under a procedure that was chosen; its id is made from title and day, for one of the past the
  /// day on which it `began`. `identity` is that of a declaration which several may find due.
  func declare(
    _ declaration: Declaration, occurred: Timestamp? = nil, began: Timestamp? = nil, author: Author,
    as identity: EventDraft.Identity = .fresh
  ) throws(Failure) -> Receipt {
    func draft(_ id: String) throws(Rejection) -> EventDraft {
      var declaration = declaration
      declaration.id = id
      var draft = try Incident.declare(declaration, occurred: occurred, at: WallClock.now)
      draft.identity = identity
      return draft
    }
    let first: EventDraft
    do throws(Rejection) { first = try draft("2000-01-01-x") } catch {
      throw Failure(error, in: clock.zone, at: WallClock.now)
    }
    let recorded: Recorder.Recorded
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
      return Receipt(
        event: event, incident: Incident(replaying: [event]), clock: clock,
        keptSince: keptSince(event, in: recorded.incident))
    case .unconfirmed, .kept, .notRecorded, .conflict: throw Failure(recorded)
    }
  }

  /// Since when what was recorded in an incident waits for the other machines; nil where they have it.
  func keptSince(_ event: RecordedEvent, in id: String) -> Timestamp? {
    guard let team, team.isPending(id) else { return nil }
    return team.condition.outOfReachSince ?? event.recorded
  }

  /// Why the other machines cannot be reached; nil where they can, or there are none.
  var reasonOutOfReach: String? { team?.condition.reason }

  /// The severity that a person means, as the procedure writes it.
  static func severity(_ word: String, in procedure: Procedure) throws(Failure) -> String {
    guard let severity = procedure.severity(named: word) else {
      throw Failure.unknown("severity", word, known: procedure.severities.map(\.id))
    }
    return severity.id
  }

  /// The severity of a declaration, which waits for nothing: words that name none leave it unknown, with what is to be
  /// told about it.
  static func declaredSeverity(
    _ word: String?, in procedure: Procedure
  ) -> (id: String?, remark: String?) {
    guard let word else { return (nil, nil) }
    if let severity = procedure.severity(named: word) { return (severity.id, nil) }
    let known = procedure.severities.map(\.id)
    let list =
      known.isEmpty ? "the procedure has none" : "known: \(Choices.list(known, on: Shell.surface))"
    return (
      nil,
      "SEVERITY UNKNOWN: '\(word)' is not a severity of this procedure; \(list)"
    )
  }
}

extension Failure {
  /// What is not in a log for certain: what happened, and where the words are now.
  init(_ recorded: Recorder.Recorded) {
    let place = Self.place(of: recorded)
    switch recorded.appended {
    case .unconfirmed(let event, let error):
      self.init(
        .unconfirmed,
        "UNKNOWN: entry \(event.sequence) of \(recorded.incident) is written, but the disk did not confirm it "
          + "(\(LogError.words(error))); \(place)")
    case .kept(_, _, let since):
      self.init(
        .unconfirmed,
        Self.kept(since))
      isKept = true
    case .notRecorded(_, _, let error):
      // Where the words are comes first: a screen may have room for no more.
      self.init(.worldFailed, "NOT RECORDED, \(place): \(error.description)")
      isKept = recorded.spooled != nil
    case .conflict, .recorded, .present:
      self.init(.worldFailed, "NOT RECORDED: the log changed in the meantime; try again")
    }
  }

  /// What is kept here until the other machines can be reached again.
  static func kept(_ since: Timestamp) -> String {
    let zone = LocalClock(zoneName: Settings.user().zone).zone
    return "kept here; the team's store is out of reach since "
      + InstantText.minute(since, in: zone)
  }

  private static func place(of recorded: Recorder.Recorded) -> String {
    if let path = recorded.spooled {
      if case .unconfirmed = recorded.appended {
        return "a copy is kept in \(path) until a reboot shows whether the log has it"
      }
      return "kept in \(path); the next command retries it"
    }
    if let error = recorded.spoolError { return "and not kept either (\(error.description))" }
    return "and not kept either"
  }
}
