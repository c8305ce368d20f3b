extension Incident {
  /// Why a kind of command cannot be recorded now, whatever else is said with it; nil where it can.
  ///
  /// `actor` is who would record it. Commands that need nothing more are decided as they would be.
  package func obstacle(
    to kind: Command.Kind, by actor: String, at now: Timestamp
  ) -> Rejection? {
    guard declaration != nil else { return .notDeclared }
    guard logFormat <= Self.format else { return .newerFormat(logFormat) }
    if let closing, !kind.isPossibleWhenClosed { return .closed(closing.value.outcome) }
    switch kind {
    case .acknowledge: return refusal(of: .acknowledge, at: now)
    case .triage: return refusal(of: .triage, at: now)
    case .mitigate: return refusal(of: .mitigate, at: now)
    case .resolve: return refusal(of: .resolve, at: now)
    case .reopen: return refusal(of: .reopen(reason: nil), at: now)
    case .acceptHandover: return refusal(of: .acceptHandover(by: actor), at: now)
    case .escalate: return refusal(of: .escalate(to: nil, reason: nil), at: now)
    case .setSeverity: return procedure.severities.isEmpty ? .lacking(.severities) : nil
    case .enterPhase: return procedure.phases.isEmpty ? .lacking(.phases) : nil
    case .check, .uncheck, .skip, .fill: return checklist.isEmpty ? .lacking(.checklist) : nil
    case .finishTask:
      let isOpen = tasks.entries.contains { finishedTasks[$0.stamp.sequence] == nil }
      return isOpen ? nil : .lacking(.openTask)
    case .cancelTimer:
      let isRunning = timerDeadlines(at: now).contains(where: \.state.isRunning)
      return isRunning ? nil : .lacking(.runningTimer)
    case .finishAction:
      let isOpen = actions.entries.contains { finishedActions[$0.stamp.sequence] == nil }
      return isOpen ? nil : .lacking(.openAction)
    case .reached:
      return escalationDeadlines(at: now).contains { $0.step != nil } ? nil : .lacking(.step)
    case .release: return assignments.isEmpty ? .lacking(.holder(of: Self.commanderRole)) : nil
    case .setStatus, .updateImpact, .setMilestone, .close, .note, .finding, .hypothesis, .decide,
      .correct, .retract, .undo, .addItem, .assign, .offerHandover, .assignTask, .startTimer,
      .snooze, .sendUpdate, .recordDelivery, .addAction, .publishPostmortem, .waivePostmortem,
      .reloadProcedure, .alert, .acceptDamage, .stepClock:
      return nil
    }
  }

  private func refusal(of command: Command, at now: Timestamp) -> Rejection? {
    do throws(Rejection) {
      _ = try decide(command, at: now)
      return nil
    } catch {
      return error
    }
  }
}
