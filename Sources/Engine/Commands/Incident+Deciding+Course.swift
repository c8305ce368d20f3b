extension Incident {
  func acknowledged(at instant: Timestamp) throws(Rejection) -> Fact {
    if let first = acknowledgement, first.stamp.effective <= instant {
      throw .alreadyAcknowledged(by: first.actor, at: first.stamp.effective)
    }
    return (.incidentAcknowledged, EventData([:]))
  }

  func triaged(at instant: Timestamp) throws(Rejection) -> Fact {
    if time(of: .triaged).map({ $0 <= instant }) == true { throw .alreadyTriaged }
    return (.incidentTriaged, EventData([:]))
  }

  func mitigated(at instant: Timestamp) throws(Rejection) -> Fact {
    try requireNot(isMitigated(at: instant))
    return try statusSet(to: status(withRole: .mitigated).id, nil)
  }

  func resolved(at instant: Timestamp) throws(Rejection) -> Fact {
    try requireNot(isResolved(at: instant))
    return try statusSet(to: status(withRole: .resolved).id, nil)
  }

  /// Refuses what had come about already: said once more, it would undo what came after it.
  private func requireNot(_ isSo: Bool) throws(Rejection) {
    if isSo { throw .alreadyInStatus(statusName, since: status.since) }
  }

  func statusSet(to name: String, _ text: String?) throws(Rejection) -> Fact {
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

  func severitySet(to name: String, _ reason: String?) throws(Rejection) -> Fact {
    guard let severity = procedure.severity(named: name) else {
      throw .unknown(.severity, name, known: procedure.severities.map(\.id))
    }
    if severity.id == severityID { throw .severityAlready(severity.id) }
    return (
      .severityChanged,
      EventData([
        "severity": .text(severity.id), "from": .text(severityID), "reason": .text(reason),
      ])
    )
  }

  func phaseEntered(_ name: String) throws(Rejection) -> Fact {
    let phase = try phase(named: name)
    return (.phaseEntered, EventData(["phase": .text(phase.id), "title": .text(phase.title)]))
  }

  func impactUpdated(_ impact: Impact) throws(Rejection) -> Fact {
    let parts = [impact.summary, impact.services, impact.users, impact.revenue]
    guard parts.contains(where: { $0?.isEmpty == false }) else { throw .empty(.text) }
    return (
      .impactUpdated,
      EventData([
        "summary": .text(impact.summary), "services": .text(impact.services),
        "users": .text(impact.users), "revenue": .text(impact.revenue),
      ])
    )
  }

  func milestoneSet(
    _ milestone: Milestone, _ at: Timestamp, now: Timestamp
  ) throws(Rejection) -> Fact {
    if at > now { throw .inTheFuture(at) }
    return (
      .milestoneSet, EventData(["milestone": .text(milestone.rawValue), "at": .time(at)])
    )
  }

  func reopened(_ reason: String?) throws(Rejection) -> Fact {
    guard closing != nil || isMitigated else { throw .notResolved }
    return (.incidentReopened, EventData(["reason": .text(reason)]))
  }

  func closed(as outcome: Outcome, _ reason: String?) throws(Rejection) -> Fact {
    if outcome == .resolved, !isResolved { throw .notResolved }
    return (
      .incidentClosed,
      EventData(["outcome": .text(outcome.rawValue), "reason": .text(reason)])
    )
  }
}
