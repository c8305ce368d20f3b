/// The one thing to do next, with what it rests on.
package struct NextStep: Hashable, Sendable {
  package var action: Action
  package var deadline: Deadline?
  /// Who is to be called, where somebody is and is known.
  package var person: Directory.Person?
  package var isResolved = false
  /// Whether no phase is left to be entered.
  package var isInLastPhase = false

  package enum Action: Hashable, Sendable {
    /// A step of the path fell due: somebody is to be called, and nobody has been reached.
    case call(String)
    case exhausted
    case acknowledge
    case setSeverity
    /// Something whose time is up.
    case overdue
    /// Something whose time runs.
    case approaching
    case close
  }

  /// The most urgent of an incident's deadlines: calls, then an acknowledgement unless something else is over and it is not,
  /// then what is over, then what comes next.
  package init?(
    for incident: Incident, among deadlines: [Deadline], directory: Directory? = nil,
    at now: Timestamp
  ) {
    let ordered = deadlines.filter(\.state.isRunning).inOrderOfUrgency()
    let isUnresolved = incident.isOpen && !incident.isResolved
    let first = ordered.first
    if let first, first.urgency.group == .call {
      self.init(.call(first.label), first)
      person = directory?.receiver(first.label, at: now)
    } else if let first, first.urgency.group == .exhausted {
      self.init(.exhausted, first)
    } else if isUnresolved, incident.acknowledgement == nil {
      let target = ordered.first { $0.kind == .acknowledge || $0.kind == .respond }
      // What is over is not hidden by what still has time.
      if let first, first.urgency.group == .over, target?.urgency.group != .over {
        self.init(.overdue, first)
      } else {
        self.init(.acknowledge, target)
      }
    } else if let first, first.urgency.group == .over {
      self.init(.overdue, first)
    } else if isUnresolved, incident.severityID == nil {
      self.init(.setSeverity, nil)
    } else if let first, first.urgency.group == .running {
      self.init(.approaching, first)
    } else if incident.isOpen, incident.isResolved {
      self.init(.close, nil)
    } else {
      return nil
    }
    isResolved = incident.isResolved
    let response = incident.procedure.phases.filter { !$0.isAfterIncident }
    isInLastPhase = response.last?.id == incident.phaseID
  }

  private init(_ action: Action, _ deadline: Deadline?) {
    self.action = action
    self.deadline = deadline
  }
}
