extension Command {
  /// What a command does, without what it needs to do it: what a key, a menu or the name of a verb asks for.
  package enum Kind: String, CaseIterable, Sendable {
    case acknowledge, triage, setStatus, setSeverity, enterPhase, updateImpact, setMilestone
    case mitigate, resolve, reopen, close
    case note, finding, hypothesis, decide, correct, retract, undo
    case check, uncheck, skip, fill, addItem
    case assign, release, offerHandover, acceptHandover
    case assignTask, finishTask, startTimer, cancelTimer
    case escalate, reached, snooze
    case sendUpdate, recordDelivery
    case addAction, finishAction, publishPostmortem, waivePostmortem
    case reloadProcedure, alert, acceptDamage, stepClock
  }

  package var kind: Kind {
    switch self {
    case .acknowledge, .answer: .acknowledge
    case .triage: .triage
    case .setStatus: .setStatus
    case .setSeverity: .setSeverity
    case .enterPhase: .enterPhase
    case .updateImpact: .updateImpact
    case .setMilestone: .setMilestone
    case .mitigate: .mitigate
    case .resolve: .resolve
    case .reopen: .reopen
    case .close: .close
    case .note: .note
    case .finding: .finding
    case .hypothesis: .hypothesis
    case .decide: .decide
    case .correct: .correct
    case .retract: .retract
    case .undo: .undo
    case .check: .check
    case .uncheck: .uncheck
    case .skip: .skip
    case .fill: .fill
    case .addItem: .addItem
    case .assign: .assign
    case .release: .release
    case .offerHandover: .offerHandover
    case .acceptHandover: .acceptHandover
    case .assignTask: .assignTask
    case .finishTask: .finishTask
    case .startTimer: .startTimer
    case .cancelTimer: .cancelTimer
    case .escalate: .escalate
    case .reached: .reached
    case .snooze: .snooze
    case .sendUpdate: .sendUpdate
    case .recordDelivery: .recordDelivery
    case .addAction: .addAction
    case .finishAction: .finishAction
    case .publishPostmortem: .publishPostmortem
    case .waivePostmortem: .waivePostmortem
    case .reloadProcedure: .reloadProcedure
    case .alert: .alert
    case .acceptDamage: .acceptDamage
    case .stepClock: .stepClock
    }
  }
}

extension Command.Kind {
  /// Whether it can still be recorded after an incident was closed: reopening it, words about it, and what is owed then.
  package var isPossibleWhenClosed: Bool {
    switch self {
    case .reopen, .note, .finding, .hypothesis, .decide, .correct, .retract, .undo, .setMilestone,
      .addAction, .finishAction, .publishPostmortem, .waivePostmortem, .acceptDamage, .stepClock,
      .setSeverity, .updateImpact, .recordDelivery, .sendUpdate, .check, .uncheck, .skip, .fill:
      true
    case .acknowledge, .triage, .setStatus, .enterPhase, .mitigate, .resolve, .close, .addItem,
      .assign, .release, .offerHandover, .acceptHandover, .assignTask, .finishTask, .startTimer,
      .cancelTimer, .escalate, .reached, .snooze, .reloadProcedure, .alert:
      false
    }
  }
}
