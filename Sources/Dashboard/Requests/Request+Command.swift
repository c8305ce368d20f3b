import Engine

extension Request {
  /// What it records; nil for a request that records nothing, or says only later what.
  var commandKind: Command.Kind? {
    switch self {
    case .acknowledge: .acknowledge
    case .triaged: .triage
    case .status: .setStatus
    case .severity: .setSeverity
    case .phase: .enterPhase
    case .impact: .updateImpact
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
    case .tick: .check
    case .skip: .skip
    case .fill: .fill
    case .addItem: .addItem
    case .assign: .assign
    case .handover: .offerHandover
    case .accept: .acceptHandover
    case .task: .assignTask
    case .timer: .startTimer
    case .update: .sendUpdate
    case .escalate: .escalate
    case .reached: .reached
    case .snooze: .snooze
    case .focusIncident, .focusEscalation, .focusChecklist, .focusTimeline, .focusNext,
      .focusPrevious, .up, .down, .pageUp, .pageDown, .first, .last, .zoom, .open, .find, .filter,
      .nextMatch, .previousMatch, .follow, .back, .incidents, .activity, .declare, .contacts,
      .runbooks,
      .decisions, .document, .brief, .stats, .debrief, .messages, .zone, .mute, .play, .faster,
      .slower,
      .jump, .nextEntry, .previousEntry, .forward, .rewind, .toStart, .toEnd, .known, .palette,
      .help, .theme, .repaint, .copy, .bare, .suspend, .quit:
      nil
    }
  }
}
