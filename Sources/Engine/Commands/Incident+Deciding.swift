extension Incident {
  /// The event that declares an incident.
  package static func declare(
    _ declaration: Declaration, occurred: Timestamp? = nil, at now: Timestamp
  ) throws(Rejection) -> EventDraft {
    try requireText(declaration.title, .title, limit: 1024)
    for time in [occurred, declaration.detected, declaration.started] {
      if let time, time > now { throw .inTheFuture(time) }
    }
    if let severity = declaration.severity {
      let known = declaration.procedure.severities.map(\.id)
      guard known.contains(severity) else { throw .unknown(.severity, severity, known: known) }
    }
    return EventDraft(
      .incidentDeclared, occurred: occurred,
      EventData([
        "format": .whole(format), "id": .text(declaration.id),
        "title": .text(declaration.title), "severity": .text(declaration.severity),
        "detected": .time(declaration.detected),
        "started": .time(declaration.started),
        "drill": declaration.isDrill ? .bool(true) : nil,
        "speed_percent": declaration.isDrill && declaration.speedPercent != 100
          ? .whole(declaration.speedPercent) : nil,
        "procedure_not_read": .text(declaration.procedureNotRead),
        "procedure": declaration.procedure.json,
        "exercise": declaration.isDrill ? declaration.drill?.json : nil,
      ]))
  }

  /// The one event that a command becomes, decided at `now`; `occurred` where it happened earlier.
  package func decide(
    _ command: Command, occurred: Timestamp? = nil, at now: Timestamp
  ) throws(Rejection) -> EventDraft {
    guard declaration != nil else { throw .notDeclared }
    guard logFormat <= Self.format else { throw .newerFormat(logFormat) }
    if let occurred, occurred > now { throw .inTheFuture(occurred) }
    if let closing, !command.kind.isPossibleWhenClosed { throw .closed(closing.value.outcome) }
    let (kind, data) = try fact(of: command, at: occurred ?? now, now: now)
    return EventDraft(kind, identity: identity(of: command), occurred: occurred, data)
  }

  /// An attempt at a delivery is one fact, whoever records it; all else that is commanded is new.
  private func identity(of command: Command) -> EventDraft.Identity {
    guard case .recordDelivery(let subject, let target, _, let attempt, _) = command else {
      return .fresh
    }
    return .named("\(id)/delivery/\(subject)/\(target)/\(attempt)")
  }

  typealias Fact = (EventKind, EventData)

  /// The event of a command, where the state allows it; each command has a function of its own.
  func fact(of command: Command, at instant: Timestamp, now: Timestamp) throws(Rejection) -> Fact {
    switch command {
    case .acknowledge: try acknowledged(at: instant)
    case .triage: try triaged(at: instant)
    case .setStatus(let name, let text): try statusSet(to: name, text)
    case .mitigate: try mitigated(at: instant)
    case .resolve: try resolved(at: instant)
    case .setSeverity(let name, let reason): try severitySet(to: name, reason)
    case .enterPhase(let name): try phaseEntered(name)
    case .updateImpact(let impact): try impactUpdated(impact)
    case .setMilestone(let milestone, let at): try milestoneSet(milestone, at, now: now)
    case .reopen(let reason): try reopened(reason)
    case .close(let outcome, let reason): try closed(as: outcome, reason)
    case .note(let text): (.noteAdded, try Self.textData(text))
    case .finding(let text): (.findingAdded, try Self.textData(text))
    case .hypothesis(let text): (.hypothesisAdded, try Self.textData(text))
    case .decide(let question, let choice, let objections, let reason):
      try decided(question, choice, objections, reason)
    case .correct(let entry, let text): try corrected(entry, text)
    case .retract(let entry, let secret, let reason): try retracted(entry, secret, reason)
    case .undo(let entry): try undone(entry, now: now)
    case .check(let name): try itemChanged(.itemChecked, name, to: .done)
    case .uncheck(let name): try itemChanged(.itemUnchecked, name, to: .open)
    case .skip(let name, let reason): try skipped(name, reason)
    case .fill(let name, let value): try filled(name, value)
    case .addItem(let text, let phase): try itemAdded(text, phase: phase)
    case .assign(let role, let name, let isNew): try assigned(role, name, isNew: isNew)
    case .release(let role): try released(role)
    case .offerHandover(let name): try handoverOffered(to: name)
    case .acceptHandover(let name): try handoverAccepted(by: name)
    case .assignTask(let text, let who, let box): try taskAssigned(text, who: who, within: box)
    case .finishTask(let name): try taskFinished(name)
    case .startTimer(let text, let span): try timerStarted(text, span)
    case .cancelTimer(let name): try timerCancelled(name)
    case .escalate(let target, let reason): try escalated(to: target, reason, at: instant)
    case .reached(let step, let name): try reached(step, name, at: instant)
    case .snooze(let name, let span, let reason): try snoozed(name, span, reason, at: instant)
    case .sendUpdate(let update): try updateSent(update)
    case .recordDelivery(let subject, let target, let isSuccess, let attempt, let error):
      Self.deliveryAttempted(subject, target, isSuccess, attempt, error)
    case .addAction(let text, let owner, let due): try actionAdded(text, owner, due)
    case .finishAction(let name): try actionDone(name)
    case .publishPostmortem(let what, let place): Self.postmortemPublished(what, place)
    case .waivePostmortem(let what, let reason): try Self.postmortemWaived(what, reason)
    case .reloadProcedure(let procedure, let changes): Self.reloaded(procedure, changes)
    case .alert(let alert): try Self.alerted(alert)
    case .acceptDamage(let reason, let lines): try Self.damageAccepted(reason, lines)
    case .stepClock(let step): (.clockStepped, EventData(["seconds": .integer(step.wholeSeconds)]))
    }
  }

  // MARK: - Texts

  /// The most that a single text may hold: contracts of the log keep a note to 64 KiB.
  package static let textLimit = 64 * 1024

  static func textData(_ text: String) throws(Rejection) -> EventData {
    try requireText(text, .text)
    return EventData(["text": .text(text)])
  }

  static func requireText(
    _ text: String, _ subject: Rejection.Subject, limit: Int = textLimit
  ) throws(Rejection) {
    guard text.contains(where: { !$0.isWhitespace }) else { throw .empty(subject) }
    guard text.utf8.count <= limit else {
      throw .tooLong(subject, bytes: text.utf8.count, limit: limit)
    }
  }
}
