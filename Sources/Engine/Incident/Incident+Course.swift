extension Incident {
  /// The statuses of the procedure, or the four that the field has agreed on where it names none.
  package var knownStatuses: [Status] {
    procedure.statuses.isEmpty ? Self.assumedStatuses : procedure.statuses
  }

  /// What status pages everywhere use.
  package static let assumedStatuses: [Status] = [
    Status(id: "investigating", name: "Investigating", role: .open, line: 0),
    Status(id: "identified", name: "Identified", role: .open, line: 0),
    Status(id: "monitoring", name: "Monitoring", role: .mitigated, line: 0),
    Status(id: "resolved", name: "Resolved", role: .resolved, line: 0),
  ]

  /// The first status of a role; procedures that lack one of the roles get the assumed status for it.
  package func status(withRole role: Status.Role) -> Status {
    knownStatuses.first { $0.role == role }
      ?? Self.assumedStatuses.first { $0.role == role } ?? Self.assumedStatuses[0]
  }

  func role(ofStatus id: String) -> Status.Role {
    (knownStatuses + Self.assumedStatuses).first { $0.id == id }?.role ?? .open
  }

  /// The id of the severity that holds; nil while it is unknown.
  package var severityID: String? { severities.last?.value }

  /// The severity whose clocks run: the one that holds, or the worst while it is unknown.
  package var rulingSeverity: Severity? { severity(id: severityID) }

  /// The severity of an id, or the worst for an unknown one.
  package func severity(id: String?) -> Severity? {
    procedure.severities.first { $0.id == id } ?? procedure.severities.min { $0.rank < $1.rank }
  }

  /// The severity as shown: its id, or `unknown`.
  package var severityLabel: String { severityID ?? "unknown" }

  /// From where on entries belong to the present episode: the last reopening.
  ///
  /// To the first episode everything belongs: people act before somebody finds the time to declare.
  package var episodeStart: Stamp? {
    guard declaration != nil else { return nil }
    return reopenings.last?.stamp ?? Stamp(effective: .distantPast, sequence: 0)
  }

  /// When the path of the present episode came into force: the declaration, or the last reopening.
  var pathStart: Stamp? { reopenings.last?.stamp ?? declaration?.stamp }

  /// 1 for the first, one more for every reopening.
  package var episode: Int { reopenings.entries.count + 1 }

  /// From when targets and steps count in the present episode.
  package var clockStart: Timestamp? {
    reopenings.last?.stamp.effective ?? time(of: .detected) ?? declaration?.stamp.effective
  }

  /// Where the incident stands, with when it came to stand there.
  package var status: (change: StatusChange, since: Timestamp) {
    let open = StatusChange(status: status(withRole: .open).id, role: .open)
    guard let start = episodeStart, let last = statuses.last, last.stamp > start else {
      return (open, pathStart?.effective ?? .distantPast)
    }
    return (last.value, last.stamp.effective)
  }

  /// The name of the status that holds, as the procedure writes it.
  package var statusName: String {
    statusName(of: status.change.status)
  }

  /// The name of a status, as the procedure writes it.
  func statusName(of id: String) -> String {
    (knownStatuses + Self.assumedStatuses).first { $0.id == id }?.name ?? id
  }

  /// Not closed. A resolved incident is still open.
  package var isOpen: Bool { closing == nil }

  /// How it was closed, unless it was reopened since.
  package var closing: History<Closing>.Entry? {
    guard let last = closings.last else { return nil }
    if let reopened = reopenings.last, reopened.stamp > last.stamp { return nil }
    return last
  }

  /// The phase that holds: the last one entered in this episode, else the one in which incidents begin.
  package var phaseID: String? {
    let entered = episodeStart.flatMap { phaseEntries.since($0).last?.value }
    return entered ?? shownPhaseID ?? firstPhaseID
  }

  /// The procedure's first phase of the response, wherever the document lists what comes after it.
  var firstPhaseID: String? { procedure.phases.first { !$0.isAfterIncident }?.id }

  /// What is known of the impact: every part as it was last said, else as a field of the checklist has it.
  package var impact: Impact {
    var impact = Impact()
    for entry in impacts.entries {
      impact.summary = entry.value.summary ?? impact.summary
      impact.services = entry.value.services ?? impact.services
      impact.users = entry.value.users ?? impact.users
      impact.revenue = entry.value.revenue ?? impact.revenue
    }
    impact.summary = impact.summary ?? filledIn(.impact)
    impact.services = impact.services ?? filledIn(.services)
    impact.users = impact.users ?? filledIn(.users)
    return impact
  }

  /// The first acknowledgement of the present episode.
  package var acknowledgement: History<Void>.Entry? {
    episodeStart.flatMap {
      acknowledgements.since($0).min { $0.stamp.effective < $1.stamp.effective }
    }
  }

  /// When a milestone of the present episode was reached; `started` and `declared` belong to the incident.
  ///
  /// A milestone that somebody set holds against what the course of events says, until the course goes on.
  package func time(of milestone: Milestone) -> Timestamp? {
    let stated = milestones.entries.last { $0.value.milestone == milestone }
    switch milestone {
    case .started: return stated?.value.at ?? declaration?.started ?? impactBeforeDeclaration
    case .detected: return stated?.value.at ?? declaration?.detected
    case .declared: return declaration?.stamp.effective
    case .acknowledged: return inEpisode(stated) ?? acknowledgement?.stamp.effective
    case .triaged: return inEpisode(stated) ?? triage
    case .mitigated, .resolved:
      let reached = reachedStatus(atLeast: milestone == .mitigated ? .mitigated : .resolved)
      guard let stated, let start = episodeStart, stated.stamp > start else { return reached.at }
      if let last = reached.lastChange, last > stated.stamp { return reached.at }
      return stated.value.at
    }
  }

  /// Since when it was felt, where an impact was recorded as of a time before anybody declared.
  private var impactBeforeDeclaration: Timestamp? {
    guard let first = impacts.first?.stamp.effective, let declared = declaration?.stamp.effective,
      first < declared
    else { return nil }
    return first
  }

  private func inEpisode(_ entry: History<MilestoneValue>.Entry?) -> Timestamp? {
    guard let entry, let start = episodeStart, entry.stamp > start else { return nil }
    return entry.value.at
  }

  private var triage: Timestamp? {
    guard let start = episodeStart else { return nil }
    return triages.since(start).first?.stamp.effective
  }

  /// When the incident last came to be mitigated (or resolved) without falling back since, and when its status last moved.
  private func reachedStatus(atLeast role: Status.Role) -> (at: Timestamp?, lastChange: Stamp?) {
    guard let start = episodeStart else { return (nil, nil) }
    var at: Timestamp?
    var lastChange: Stamp?
    for entry in statuses.since(start).reversed() {
      let isReached =
        role == .resolved ? entry.value.role == .resolved : entry.value.role != .open
      guard isReached else { return (at, lastChange ?? entry.stamp) }
      at = entry.stamp.effective
      lastChange = entry.stamp
    }
    return (at, lastChange)
  }

  /// When what the incident owed was over: resolved, or closed without that; nil while it goes on.
  package var ending: Timestamp? { time(of: .resolved) ?? closing?.stamp.effective }

  /// How long the present episode has run, and whether it still does.
  package var clock: EpisodeClock? {
    clockStart.map { EpisodeClock(start: $0, end: ending, latest: pulled.values.max()) }
  }

  /// How long people felt the present episode, as every text tells it: from when it started where somebody said so, else
  /// from the start of the clock, until its end.
  package var duration: EpisodeClock? {
    let felt = reopenings.isEmpty ? time(of: .started) : nil
    return (felt ?? clockStart).map {
      EpisodeClock(start: $0, end: ending, latest: pulled.values.max())
    }
  }

  /// How long people felt all episodes together by an instant; nil where the times contradict each other.
  package func timeFelt(at now: Timestamp) -> Duration? {
    guard let duration, !duration.isInvalid, let declared = time(of: .declared) else { return nil }
    var total = duration.elapsed(at: now)
    var start = time(of: .started) ?? time(of: .detected) ?? declared
    var stamp = Stamp(effective: .distantPast, sequence: 0)
    for reopening in reopenings.entries.map(\.stamp) {
      if let end = ends(stamp, reopening).compactMap({ $0 }).min(), end > start {
        total += end - start
      }
      (start, stamp) = (reopening.effective, reopening)
    }
    return total
  }

  package var isMitigated: Bool { time(of: .mitigated) != nil || isResolved }

  package var isResolved: Bool { time(of: .resolved) != nil }

  /// Whether the incident was mitigated at an instant of the present episode.
  func isMitigated(at instant: Timestamp) -> Bool {
    had(.mitigated, at: instant) || isResolved(at: instant)
  }

  func isResolved(at instant: Timestamp) -> Bool { had(.resolved, at: instant) }

  /// Whether nobody was to be called any more at an instant: it was resolved, or closed without that.
  func isOver(at instant: Timestamp) -> Bool {
    isResolved(at: instant) || closing.map { $0.stamp.effective <= instant } ?? false
  }

  private func had(_ milestone: Milestone, at instant: Timestamp) -> Bool {
    guard let start = episodeStart else { return false }
    let last = statuses.since(start).last { $0.stamp.effective <= instant }
    if let role = last?.value.role {
      if role == .resolved || (role == .mitigated && milestone == .mitigated) { return true }
    }
    let stated = milestones.entries.last { $0.value.milestone == milestone }
    guard let stated, stated.stamp > last?.stamp ?? start else { return false }
    return stated.value.at <= instant
  }
}
