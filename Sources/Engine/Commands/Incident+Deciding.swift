extension Incident {
  /// The event that declares an incident.
  package static func declare(
    _ declaration: Declaration, occurred: Timestamp? = nil, at now: Timestamp
  ) throws(Rejection) -> EventDraft {
    try requireText(declaration.title, .title, limit: Declaration.titleLimit)
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
        "document": declaration.keptDocument?.json,
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
    let (kind, data) = try fact(of: command, (occurred ?? instantOfSaying(at: now), now))
    return EventDraft(kind, identity: identity(of: command), occurred: occurred, data)
  }

  /// An attempt at a delivery is one fact, whoever records it; all else that is commanded is new.
  private func identity(of command: Command) -> EventDraft.Identity {
    guard case .recordDelivery(let result) = command else { return .fresh }
    return .named("\(id)/delivery/\(result.subject)/\(result.target)/\(result.attempt)")
  }

  typealias Fact = (EventKind, EventData)

  /// When something happened, and when it is said.
  private typealias Moment = (at: Timestamp, now: Timestamp)

  /// One event each: what a command becomes, or why it cannot.
  private func fact(of command: Command, _ moment: Moment) throws(Rejection) -> Fact {
    switch command {
    case .acknowledge: try acknowledgeFact(at: moment.at)
    case .answer(let step): try answerFact(step, at: moment.at)
    case .triage: try triageFact(at: moment.at)
    case .setStatus(let name, let text): try statusFact(name, text)
    case .mitigate: try mitigateFact(at: moment.at)
    case .resolve: try resolveFact(at: moment.at)
    case .setSeverity(let name, let reason): try setSeverityFact(name, reason)
    case .enterPhase(let name): try enterPhaseFact(name)
    case .updateImpact(let impact): try updateImpactFact(impact)
    case .setMilestone(let milestone, let at): try setMilestoneFact(milestone, at, now: moment.now)
    case .reopen(let reason): try reopenFact(reason)
    case .close(let outcome, let reason): try closeFact(outcome, reason)
    case .note(let text): (.noteAdded, try Self.textData(text))
    case .finding(let text): (.findingAdded, try Self.textData(text))
    case .hypothesis(let text): (.hypothesisAdded, try Self.textData(text))
    case .decide(let question, let choice, let objections, let reason):
      try decideFact(question, choice, objections, reason)
    case .correct(let entry, let text): try correctFact(entry, text)
    case .retract(let entry, let secret, let reason): try retractFact(entry, secret, reason)
    case .undo(let entry): try undoFact(entry, now: moment.now)
    case .check(let name): try checkFact(name)
    case .uncheck(let name): try uncheckFact(name)
    case .skip(let name, let reason): try skipFact(name, reason)
    case .fill(let name, let value): try fillFact(name, value)
    case .addItem(let text, let phaseName): try addItemFact(text, phaseName)
    case .assign(let roleName, let name, let isNew): try assignFact(roleName, name, isNew)
    case .release(let roleName): try releaseFact(roleName)
    case .offerHandover(let name): try offerHandoverFact(name)
    case .acceptHandover(let name): try acceptHandoverFact(name)
    case .assignTask(let text, let who, let timeBox): try assignTaskFact(text, who, timeBox)
    case .finishTask(let name): try finishTaskFact(name)
    case .startTimer(let text, let span): try startTimerFact(text, span)
    case .cancelTimer(let name): try cancelTimerFact(name)
    case .escalate(let target, let reason): try escalateFact(target, reason, at: moment.at)
    case .reached(let name, let person): try reachedFact(name, person, at: moment.at)
    case .snooze(let name, let span, let reason): try snoozeFact(name, span, reason, at: moment.at)
    case .sendUpdate(let update): try sendUpdateFact(update)
    case .recordDelivery(let result): recordDeliveryFact(result)
    case .addAction(let text, let owner, let due): try addActionFact(text, owner, due)
    case .finishAction(let name): try finishActionFact(name)
    case .publishPostmortem(let what, let place): publishPostmortemFact(what, place)
    case .waivePostmortem(let what, let reason): try waivePostmortemFact(what, reason)
    case .reloadProcedure(let procedure, let changes): reloadProcedureFact(procedure, changes)
    case .alert(let alert): try alertFact(alert)
    case .acceptDamage(let reason, let lines): try acceptDamageFact(reason, lines)
    case .stepClock(let step): (.clockStepped, EventData(["seconds": .integer(step.wholeSeconds)]))
    }
  }

  // MARK: - The course of the incident

  private func acknowledgeFact(at instant: Timestamp) throws(Rejection) -> Fact {
    if let first = acknowledgement, first.stamp.effective <= instant {
      throw .alreadyAcknowledged(by: first.actor, at: first.stamp.effective)
    }
    return (.incidentAcknowledged, EventData([:]))
  }

  private func triageFact(at instant: Timestamp) throws(Rejection) -> Fact {
    if time(of: .triaged).map({ $0 <= instant }) == true { throw .alreadyTriaged }
    return (.incidentTriaged, EventData([:]))
  }

  private func mitigateFact(at instant: Timestamp) throws(Rejection) -> Fact {
    try requireNot(isMitigated(at: instant))
    return try statusFact(status(withRole: .mitigated).id, nil)
  }

  private func resolveFact(at instant: Timestamp) throws(Rejection) -> Fact {
    try requireNot(isResolved(at: instant))
    return try statusFact(status(withRole: .resolved).id, nil)
  }

  private func setSeverityFact(_ name: String, _ reason: String?) throws(Rejection) -> Fact {
    guard let severity = procedure.severity(named: name) else {
      throw .unknown(.severity, name, known: procedure.severities.map(\.id))
    }
    if severity.id == severityID { throw .severityAlready(severity.id) }
    return (
      .severityChanged,
      EventData([
        "severity": .text(severity.id), "from": .text(severityID),
        "reason": .text(reason),
      ])
    )
  }

  private func enterPhaseFact(_ name: String) throws(Rejection) -> Fact {
    let phase = try phase(named: name)
    return (.phaseEntered, EventData(["phase": .text(phase.id), "title": .text(phase.title)]))
  }

  private func updateImpactFact(_ impact: Incident.Impact) throws(Rejection) -> Fact {
    let parts = [impact.summary, impact.services, impact.users, impact.revenue]
    guard parts.contains(where: { $0?.isEmpty == false }) else { throw .empty(.text) }
    return (
      .impactUpdated,
      EventData([
        "summary": .text(impact.summary),
        "services": .text(impact.services),
        "users": .text(impact.users),
        "revenue": .text(impact.revenue),
      ])
    )
  }

  private func setMilestoneFact(
    _ milestone: Incident.Milestone, _ at: Timestamp, now: Timestamp
  ) throws(Rejection) -> Fact {
    if at > now { throw .inTheFuture(at) }
    return (
      .milestoneSet,
      EventData(["milestone": .text(milestone.rawValue), "at": .time(at)])
    )
  }

  private func reopenFact(_ reason: String?) throws(Rejection) -> Fact {
    guard closing != nil || isMitigated else { throw .notResolved }
    return (.incidentReopened, EventData(["reason": .text(reason)]))
  }

  private func closeFact(_ outcome: Incident.Outcome, _ reason: String?) throws(Rejection) -> Fact {
    if outcome == .resolved, !isResolved { throw .notResolved }
    return (
      .incidentClosed,
      EventData(["outcome": .text(outcome.rawValue), "reason": .text(reason)])
    )
  }

  /// Refuses what is already so: repeating it would undo what came after it.
  private func requireNot(_ isSo: Bool) throws(Rejection) {
    if isSo { throw .alreadyInStatus(statusName, since: status.since) }
  }

  private func statusFact(_ name: String, _ text: String?) throws(Rejection) -> Fact {
    let status = try status(named: name)
    if status.id == self.status.change.status, !statuses.isEmpty {
      throw .alreadyInStatus(status.name, since: self.status.since)
    }
    return (
      .statusChanged,
      EventData([
        "status": .text(status.id), "role": .text(status.role.rawValue),
        "from": .text(self.status.change.status), "text": .text(text),
      ])
    )
  }

  // MARK: - Words

  private func decideFact(
    _ question: String, _ choice: String, _ objections: [String], _ reason: String?
  ) throws(Rejection) -> Fact {
    try Self.requireText(question, .text)
    return (
      .decisionMade,
      EventData([
        "question": .text(question), "choice": .text(choice),
        "reason": .text(reason),
        "objections": objections.isEmpty ? nil : .array(objections.map { JSON.string($0) }),
      ])
    )
  }

  private func correctFact(_ entry: Int, _ text: String) throws(Rejection) -> Fact {
    if let why = obstacle(toCorrecting: entry) { throw why }
    try Self.requireText(text, .text)
    return (
      .entryCorrected, EventData(reference(to: entry, as: "entry"), ["text": .text(text)])
    )
  }

  private func retractFact(
    _ entry: Int, _ secret: Bool, _ reason: String?
  ) throws(Rejection) -> Fact {
    try requireEntry(entry)
    if entry == declaration?.stamp.sequence, !secret {
      throw .declarationStays
    }
    if let earlier = retractions[entry], earlier.isSecret || !secret {
      throw .alreadyRetracted(entry: entry)
    }
    return (
      .entryRetracted,
      EventData(
        reference(to: entry, as: "entry"),
        ["secret": secret ? .bool(true) : nil, "reason": .text(reason)])
    )
  }

  private func undoFact(_ entry: Int, now: Timestamp) throws(Rejection) -> Fact {
    if let why = obstacle(toUndoing: entry, at: now) { throw why }
    return (
      .entryRetracted, EventData(reference(to: entry, as: "entry"), ["undo": .bool(true)])
    )
  }

  /// Why the words of an entry cannot be corrected; nil where they can.
  package func obstacle(toCorrecting entry: Int) -> Rejection? {
    guard let row = timeline.row(sequence: entry) else {
      return .unknown(.entry, "\(entry)", known: ["1…\(sequence)"])
    }
    return row.kind.statesFact ? .statesFact(entry: entry, row.kind) : nil
  }

  private func requireEntry(_ entry: Int) throws(Rejection) {
    guard timeline.row(sequence: entry) != nil else {
      throw .unknown(.entry, "\(entry)", known: ["1…\(sequence)"])
    }
  }

  /// The most that a single text may hold: contracts of the log keep a note to 64 KiB.
  package static let textLimit = 64 * 1024

  private static func textData(_ text: String) throws(Rejection) -> EventData {
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
