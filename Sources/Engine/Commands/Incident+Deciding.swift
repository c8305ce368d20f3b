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
    let (kind, data) = try fact(
      of: command, at: occurred ?? instantOfSaying(at: now), now: now)
    return EventDraft(kind, identity: identity(of: command), occurred: occurred, data)
  }

  /// An attempt at a delivery is one fact, whoever records it; all else that is commanded is new.
  private func identity(of command: Command) -> EventDraft.Identity {
    guard case .recordDelivery(let subject, let target, _, let attempt, _) = command else {
      return .fresh
    }
    return .named("\(id)/delivery/\(subject)/\(target)/\(attempt)")
  }

  private typealias Fact = (EventKind, EventData)

  private func fact(
    of command: Command, at instant: Timestamp, now: Timestamp
  ) throws(Rejection) -> Fact {
    switch command {
    case .acknowledge, .triage, .setStatus, .setSeverity, .enterPhase, .updateImpact,
      .setMilestone, .mitigate, .resolve, .reopen, .close:
      try courseFact(command, at: instant, now: now)
    case .note, .finding, .hypothesis, .decide, .correct, .retract, .undo:
      try wordFact(command, at: now)
    case .check, .uncheck, .skip, .fill, .addItem: try checklistFact(command)
    case .assign, .release, .offerHandover, .acceptHandover, .assignTask, .finishTask,
      .startTimer, .cancelTimer:
      try peopleFact(command)
    case .escalate, .reached, .snooze: try escalationFact(command, at: instant)
    case .sendUpdate, .recordDelivery, .addAction, .finishAction, .publishPostmortem,
      .waivePostmortem,
      .reloadProcedure, .alert, .acceptDamage, .stepClock:
      try outwardFact(command)
    }
  }

  // MARK: - The course of the incident

  private func courseFact(
    _ command: Command, at instant: Timestamp, now: Timestamp
  ) throws(Rejection) -> Fact {
    switch command {
    case .acknowledge:
      if let first = acknowledgement, first.stamp.effective <= instant {
        throw .alreadyAcknowledged(by: first.actor, at: first.stamp.effective)
      }
      return (.incidentAcknowledged, EventData([:]))
    case .triage:
      if time(of: .triaged).map({ $0 <= instant }) == true { throw .alreadyTriaged }
      return (.incidentTriaged, EventData([:]))
    case .setStatus(let name, let text): return try statusFact(name, text)
    case .mitigate:
      try requireNot(isMitigated(at: instant))
      return try statusFact(status(withRole: .mitigated).id, nil)
    case .resolve:
      try requireNot(isResolved(at: instant))
      return try statusFact(status(withRole: .resolved).id, nil)
    case .setSeverity(let name, let reason):
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
    case .enterPhase(let name):
      let phase = try phase(named: name)
      return (.phaseEntered, EventData(["phase": .text(phase.id), "title": .text(phase.title)]))
    case .updateImpact(let impact):
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
    case .setMilestone(let milestone, let at):
      if at > now { throw .inTheFuture(at) }
      return (
        .milestoneSet,
        EventData(["milestone": .text(milestone.rawValue), "at": .time(at)])
      )
    case .reopen(let reason):
      guard closing != nil || isMitigated else { throw .notResolved }
      return (.incidentReopened, EventData(["reason": .text(reason)]))
    case .close(let outcome, let reason):
      if outcome == .resolved, !isResolved { throw .notResolved }
      return (
        .incidentClosed,
        EventData(["outcome": .text(outcome.rawValue), "reason": .text(reason)])
      )
    default: preconditionFailure("not a command of the course")
    }
  }

  /// Refuses what had come about already: said once more, it would undo what came after it.
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

  private func wordFact(_ command: Command, at now: Timestamp) throws(Rejection) -> Fact {
    switch command {
    case .note(let text): return (.noteAdded, try Self.textData(text))
    case .finding(let text): return (.findingAdded, try Self.textData(text))
    case .hypothesis(let text): return (.hypothesisAdded, try Self.textData(text))
    case .decide(let question, let choice, let objections, let reason):
      try Self.requireText(question, .text)
      return (
        .decisionMade,
        EventData([
          "question": .text(question), "choice": .text(choice),
          "reason": .text(reason),
          "objections": objections.isEmpty ? nil : .array(objections.map { JSON.string($0) }),
        ])
      )
    case .correct(let entry, let text):
      try requireEntry(entry)
      try Self.requireText(text, .text)
      return (
        .entryCorrected, EventData(reference(to: entry, as: "entry"), ["text": .text(text)])
      )
    case .retract(let entry, let secret, let reason):
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
    case .undo(let entry):
      if let why = obstacle(toUndoing: entry, at: now) { throw why }
      return (
        .entryRetracted, EventData(reference(to: entry, as: "entry"), ["undo": .bool(true)])
      )
    default: preconditionFailure("not a command of words")
    }
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
