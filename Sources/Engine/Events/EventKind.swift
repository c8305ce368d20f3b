/// What kind of fact an event records: `noun.verb`, in the past tense.
///
/// A kind that this version does not know is kept in the log, counted and shown; here it is `unknown`.
package enum EventKind: String, CaseIterable, Sendable {
  /// Recorded when somebody opens an incident; always the first event of its log.
  case incidentDeclared = "incident.declared"
  /// Recorded when somebody takes the incident as theirs to answer.
  case incidentAcknowledged = "incident.acknowledged"
  /// Recorded when its severity has been judged.
  case incidentTriaged = "incident.triaged"
  /// Recorded when a mitigated, resolved or closed incident turns out not to be over; begins a new episode.
  case incidentReopened = "incident.reopened"
  /// Recorded when nothing more is to be done; carries the outcome.
  case incidentClosed = "incident.closed"
  case severityChanged = "severity.changed"
  case statusChanged = "status.changed"
  case milestoneSet = "milestone.set"
  case impactUpdated = "impact.updated"
  case phaseEntered = "phase.entered"
  case roleAssigned = "role.assigned"
  case roleReleased = "role.released"
  case handoverOffered = "handover.offered"
  case handoverAccepted = "handover.accepted"
  case itemChecked = "item.checked"
  case itemUnchecked = "item.unchecked"
  case itemSkipped = "item.skipped"
  case itemAdded = "item.added"
  case fieldFilled = "field.filled"
  case noteAdded = "note.added"
  case findingAdded = "finding.added"
  case hypothesisAdded = "hypothesis.added"
  case decisionMade = "decision.made"
  case taskAssigned = "task.assigned"
  case taskFinished = "task.finished"
  case timerStarted = "timer.started"
  case timerCancelled = "timer.cancelled"
  case updateSent = "update.sent"
  /// Recorded by whichever process first notices that a step fell due; says nothing of anybody having been reached.
  case escalationFired = "escalation.fired"
  /// Recorded when somebody says that a person was reached for a step.
  case escalationAcknowledged = "escalation.acknowledged"
  case escalationSnoozed = "escalation.snoozed"
  case escalationExhausted = "escalation.exhausted"
  case alertFired = "alert.fired"
  case alertResolved = "alert.resolved"
  /// Recorded in the store's log when an incident has taken alerts that lie there.
  case alertAssigned = "alert.assigned"
  /// Recorded in the store's log when an alert has come that a rule expects.
  case alertSeen = "alert.seen"
  /// Recorded in the store's log with the bytes of an alert that could not be read.
  case alertUnread = "alert.unread"
  /// Recorded before somebody is told something outside: from then on it may have reached them.
  case deliveryStarted = "delivery.started"
  case deliverySucceeded = "delivery.succeeded"
  case deliveryFailed = "delivery.failed"
  case actionAdded = "action.added"
  case actionDone = "action.done"
  case entryCorrected = "entry.corrected"
  case entryRetracted = "entry.retracted"
  case procedureReloaded = "procedure.reloaded"
  case postmortemPublished = "postmortem.published"
  /// Recorded when somebody says that a duty does not apply.
  case postmortemWaived = "postmortem.waived"
  /// The first event of a log that is no incident's.
  case logBegun = "log.begun"
  /// Recorded by the writer that found a torn tail, before its own event.
  case logRepaired = "log.repaired"
  case damageAccepted = "damage.accepted"
  case clockStepped = "clock.stepped"
  /// A kind from a newer version.
  case unknown = ""
}

extension EventKind {
  /// Whether an entry says what is so, by its data: it is set anew or taken back, and not put into other words.
  package var statesFact: Bool {
    switch self {
    case .incidentDeclared, .noteAdded, .findingAdded, .hypothesisAdded, .decisionMade,
      .taskAssigned, .timerStarted, .itemAdded, .updateSent, .actionAdded, .alertFired,
      .alertResolved, .unknown:
      false
    case .incidentAcknowledged, .incidentTriaged, .incidentReopened, .incidentClosed,
      .severityChanged, .statusChanged, .milestoneSet, .impactUpdated, .phaseEntered, .roleAssigned,
      .roleReleased, .handoverOffered, .handoverAccepted, .itemChecked, .itemUnchecked,
      .itemSkipped, .fieldFilled, .taskFinished, .timerCancelled, .escalationFired,
      .escalationAcknowledged, .escalationSnoozed, .escalationExhausted, .deliveryStarted,
      .deliverySucceeded,
      .deliveryFailed, .actionDone, .entryCorrected, .entryRetracted, .procedureReloaded,
      .postmortemPublished, .postmortemWaived, .alertAssigned, .alertSeen, .alertUnread, .logBegun,
      .logRepaired, .damageAccepted, .clockStepped:
      true
    }
  }
}
