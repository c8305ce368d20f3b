package import Engine

extension EventKind {
  /// Letter that identifies the kind without colour and in filters: N note, F finding, H hypothesis, D decision,
  /// S course of the incident, E escalation, A alert, U update, C checklist, R roles, T tasks, timers and action items,
  /// `~` corrections, `!` the log itself, `?` unknown.
  package var letter: Character {
    switch self {
    case .noteAdded: "N"
    case .findingAdded: "F"
    case .hypothesisAdded: "H"
    case .decisionMade: "D"
    case .incidentDeclared, .incidentAcknowledged, .incidentTriaged, .incidentReopened,
      .incidentClosed, .severityChanged, .statusChanged, .milestoneSet, .impactUpdated,
      .phaseEntered, .procedureReloaded, .postmortemPublished, .postmortemWaived:
      "S"
    case .escalationFired, .escalationAcknowledged, .escalationSnoozed, .escalationExhausted: "E"
    case .alertFired, .alertResolved, .alertAssigned, .alertSeen, .alertUnread: "A"
    case .updateSent, .deliveryStarted, .deliverySucceeded, .deliveryFailed: "U"
    case .itemChecked, .itemUnchecked, .itemSkipped, .itemAdded, .fieldFilled: "C"
    case .roleAssigned, .roleReleased, .handoverOffered, .handoverAccepted: "R"
    case .taskAssigned, .taskFinished, .timerStarted, .timerCancelled, .actionAdded, .actionDone:
      "T"
    case .entryCorrected, .entryRetracted: "~"
    case .logBegun, .logRepaired, .damageAccepted, .clockStepped: "!"
    case .unknown: "?"
    }
  }
}
