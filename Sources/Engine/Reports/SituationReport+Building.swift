extension SituationReport {
  /// The report of an incident at an instant; with a `directory` it also says who is to be called.
  package init(
    of incident: Incident, at now: Timestamp, in context: TimeContext = TimeContext(),
    directory: Directory? = nil, head: Head? = nil, damage: [Damage] = []
  ) {
    let procedure = incident.procedure
    let current = incident.status
    let deadlines = incident.deadlines(at: now, in: context)
    self.init(
      now: now, id: incident.id, title: incident.shownTitle,
      status: Status(
        id: current.change.status, name: incident.statusName, role: current.change.role, line: 0),
      procedure: ProcedureUse(
        name: procedure.name, path: procedure.source.path, sha256: procedure.source.sha256,
        notRead: incident.procedureNotRead),
      urgency: IncidentUrgency(of: incident, among: deadlines))
    isDrill = incident.isDrill
    isOpen = incident.isOpen
    outcome = incident.closing?.value.outcome
    severity = incident.severityID
    severityName = procedure.severities.first { $0.id == severity }?.name
    episode = incident.episode
    phase = procedure.phases.first { $0.id == incident.phaseID }.map {
      Phase(id: $0.id, title: $0.title)
    }
    impact = incident.impact
    times = Incident.Milestone.allCases.map { ($0, incident.time(of: $0)) }
    clock = incident.clock
    clockAhead = incident.isAhead(of: now)
    duration = incident.duration
    roles = incident.assignments.map { Holder(role: $0.role, name: $0.name, since: $0.since) }
    unclaimedRoles = incident.knownRoles.filter { incident.holder(ofRole: $0) == nil }
    handoverOfferedTo = incident.pendingHandover?.value.name
    checklist = incident.checklist
    self.deadlines = deadlines
    nextUpdateDue = deadlines.filter { $0.kind == .update && $0.state.isRunning }
      .compactMap(\.due).min()
    dispatches = incident.dispatches(at: now)
    promises = incident.promiseCount(at: now)
    alerts = incident.alerts.values
      .filter { $0.isFiring && !incident.isSecretlyRetracted($0.lastSequence) }
      .sorted { ($0.first, $0.title) < ($1.first, $1.title) }
    counts = Counts(
      entries: incident.timeline.count, late: incident.timeline.lateCount,
      unknown: incident.unknownCount, clockSteps: incident.clockSteps.entries.count)
    lastEntry = incident.lastEntry
    self.head = head
    self.damage = damage
    next = NextStep(for: incident, among: deadlines, directory: directory, at: now)
    onCall = directory?.onCall(at: now)
  }

  private init(
    now: Timestamp, id: String, title: String, status: Status, procedure: ProcedureUse,
    urgency: IncidentUrgency
  ) {
    self.now = now
    self.id = id
    self.title = title
    self.status = status
    self.procedure = procedure
    self.urgency = urgency
  }
}

extension Incident {
  /// The title as it stands: corrected where it was, unless it was withdrawn.
  package var shownTitle: String {
    guard let declaration else { return title }
    if isSecretlyRetracted(declaration.stamp.sequence) { return Self.withheld }
    return correctedWords(of: declaration.stamp.sequence) ?? title
  }

  /// Placeholder for withdrawn text.
  package static let withheld = "[withheld]"

  /// The title as documents begin with it: a drill's says so.
  package var markedTitle: String { (isDrill ? "DRILL: " : "") + shownTitle }
}
