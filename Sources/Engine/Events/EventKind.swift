/// What kind of fact an event records: `noun.verb`, in the past tense.
///
/// A kind that this version does not know is kept in the log, counted and shown; here it is `unknown`.
package enum EventKind: String, CaseIterable, Sendable {
  /// Recorded when somebody opens an incident; always the first event of its log.
  case incidentDeclared = "incident.declared"
  /// Recorded when somebody takes the incident as theirs to answer.
  case incidentAcknowledged = "incident.acknowledged"
  /// Recorded when somebody says that scope and severity have been assessed.
  case incidentTriaged = "incident.triaged"
  /// Recorded when a mitigated, resolved or closed incident turns out not to be over; begins a new episode.
  case incidentReopened = "incident.reopened"
  /// Recorded when nothing more is to be done; carries the outcome.
  case incidentClosed = "incident.closed"
  /// Recorded when somebody sets another severity after the declaration.
  case severityChanged = "severity.changed"
  /// Recorded when somebody sets another status, also by mitigating or resolving.
  case statusChanged = "status.changed"
  /// Recorded when somebody corrects the time of a milestone.
  case milestoneSet = "milestone.set"
  /// Recorded when somebody describes the impact, or a part of it.
  case impactUpdated = "impact.updated"
  /// Recorded when the response moves on to another phase of the procedure.
  case phaseEntered = "phase.entered"
  /// Recorded when a role is given to somebody, in place of its holder.
  case roleAssigned = "role.assigned"
  /// Recorded when a role is taken from its holder and given to nobody.
  case roleReleased = "role.released"
  /// Recorded when the command is offered to somebody; nothing changes until it is accepted.
  case handoverOffered = "handover.offered"
  /// Recorded when that person accepts, and so holds the role.
  case handoverAccepted = "handover.accepted"
  /// Recorded when a checklist item is ticked.
  case itemChecked = "item.checked"
  /// Recorded when a ticked or skipped item is opened again.
  case itemUnchecked = "item.unchecked"
  /// Recorded when an item is left out, with the reason.
  case itemSkipped = "item.skipped"
  /// Recorded when somebody adds an item that the procedure does not have.
  case itemAdded = "item.added"
  /// Recorded when a field of the checklist is filled in.
  case fieldFilled = "field.filled"
  /// Recorded when somebody writes a note.
  case noteAdded = "note.added"
  /// Recorded when somebody writes down what was found out.
  case findingAdded = "finding.added"
  /// Recorded when somebody writes down a possible cause.
  case hypothesisAdded = "hypothesis.added"
  /// Recorded when a decision is made, or a question of the procedure answered.
  case decisionMade = "decision.made"
  /// Recorded when somebody is asked to do something.
  case taskAssigned = "task.assigned"
  /// Recorded when somebody says that a task is done.
  case taskFinished = "task.finished"
  /// Recorded when a timer is started; that it ran out is not recorded.
  case timerStarted = "timer.started"
  /// Recorded when a timer is stopped before or after it ran out.
  case timerCancelled = "timer.cancelled"
  /// Recorded when an update is sent, before it is delivered anywhere.
  case updateSent = "update.sent"
  /// Recorded by whichever process first notices that a step fell due; says nothing of anybody having been reached.
  case escalationFired = "escalation.fired"
  /// Recorded when somebody says that a person was reached for a step.
  case escalationAcknowledged = "escalation.acknowledged"
  /// Recorded when a step or a deadline is put off, with the reason.
  case escalationSnoozed = "escalation.snoozed"
  /// Recorded by whichever process first notices that the last step was not answered either.
  case escalationExhausted = "escalation.exhausted"
  /// Recorded when a monitoring system, or a drill, reports something.
  case alertFired = "alert.fired"
  /// Recorded when the same reports that it is over.
  case alertResolved = "alert.resolved"
  /// Recorded after an attempt to deliver an update that worked.
  case deliverySucceeded = "delivery.succeeded"
  /// Recorded after an attempt that failed.
  case deliveryFailed = "delivery.failed"
  /// Recorded when an action item is agreed on, during the incident or after it.
  case actionAdded = "action.added"
  /// Recorded when somebody says that an action item is done.
  case actionDone = "action.done"
  /// Recorded when the text of an earlier entry is replaced; both stay in the log.
  case entryCorrected = "entry.corrected"
  /// Recorded when an earlier entry is taken back, or undone.
  case entryRetracted = "entry.retracted"
  /// Recorded when the procedure is read again during the incident.
  case procedureReloaded = "procedure.reloaded"
  /// Recorded when a draft, a review or a meeting of the post-mortem is done.
  case postmortemPublished = "postmortem.published"
  /// Recorded when somebody says that such a duty does not apply.
  case postmortemWaived = "postmortem.waived"
  /// Recorded by the writer that found a torn tail, before its own event.
  case logRepaired = "log.repaired"
  /// Recorded when somebody accepts damage of the log, with the reason.
  case damageAccepted = "damage.accepted"
  /// Recorded by a writer whose clock stands before the newest entry, once for each time.
  case clockStepped = "clock.stepped"
  /// A kind from a newer version.
  case unknown = ""
}
