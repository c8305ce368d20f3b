extension Incident {
  /// Whether a step was written down that, as is known now, fell due only after the incident was over.
  package func fellDueAfterTheEnd(_ event: borrowing RecordedEvent) -> Bool {
    let data = event.data
    guard data.bool("manual") != true, let end = time(of: .resolved),
      data.integer("episode").map({ $0 == Int64(episode) }) ?? (episode == 1)
    else { return false }
    return event.effective > end
  }

  /// The steps of the path as deadlines, in the order of the path, then the path's exhaustion where it came to that.
  func escalationDeadlines(at now: Timestamp) -> [Deadline] {
    guard let plan = EscalationPlan(self, at: now) else { return [] }
    var deadlines = plan.entries.map { deadline(of: $0, in: plan, at: now) }
    if let exhausted = plan.exhausted {
      deadlines.append(
        Deadline(
          id: "escalation-exhausted", kind: .escalation, label: "Escalation path exhausted",
          due: exhausted, state: .exhausted))
    }
    return deadlines
  }

  private func deadline(
    of entry: EscalationPlan.Entry, in plan: EscalationPlan, at now: Timestamp
  ) -> Deadline {
    var deadline = Deadline(
      id: "escalation:\(entry.key)", kind: .escalation, label: entry.step.to, due: entry.due,
      state: .pending, rule: .init(text: entry.step.text, line: entry.step.line))
    deadline.began = clockStart
    var step = Deadline.Step(
      to: entry.step.to, level: entry.step.level, unless: entry.step.unless,
      condition: entry.step.condition, episode: episode, round: entry.round)
    step.firedRecorded = recordedFiring(of: entry)?.recorded
    deadline.step = step
    if let snooze = entry.snooze {
      deadline.reason = snooze.reason
      deadline.by = snooze.by
    }
    deadline.state = state(of: entry, in: plan, at: now)
    if deadline.state == .met, let met = entry.reached ?? entry.answered {
      (deadline.settled, deadline.by) = (met.at, met.by)
      deadline.step?.isAnswered = entry.reached == nil
    }
    if entry.isManual, let engaged = entry.engaged { deadline.due = engaged }
    return deadline
  }

  private func state(
    of entry: EscalationPlan.Entry, in plan: EscalationPlan, at now: Timestamp
  ) -> Deadline.State {
    if let met = entry.reached ?? entry.answered, met.at <= now { return .met }
    // A call by hand is over with the incident, unless it was made after that.
    let end = entry.isManual ? ending.flatMap { $0 >= entry.engaged ?? $0 ? $0 : nil } : nil
    if closing != nil || end.map({ $0 <= now }) ?? false
      || (!entry.isManual && plan.isStopped(entry.step.unless, at: now))
    {
      return .cancelled
    }
    if entry.engaged != nil { return .fired }
    guard let due = entry.due else { return .pending }
    if let snooze = entry.snooze, snooze.until > now { return .snoozed }
    let span = due - (clockStart ?? due)
    return now >= due - Deadline.soonStretch(of: span) ? .soon : .pending
  }

  private func recordedFiring(of entry: EscalationPlan.Entry) -> History<Firing>.Entry? {
    guard let start = episodeStart else { return nil }
    return firings.since(start).first {
      $0.value.step == entry.key && $0.value.round == entry.round
    }
  }

  /// What has fallen due and is not yet in the log: events to be recorded by whoever notices first.
  ///
  /// Their identity is derived from (incident, episode, step, round), in a drill also from the place in its script, so that
  /// several processes that notice the same step record it once. In order of due time.
  package func unrecordedFirings(at now: Timestamp) -> [EventDraft] {
    let steps = unrecordedSteps(at: now)
    guard isDrill else { return steps }
    let all = unrecordedInjections(at: now) + steps
    return all.enumerated().sorted { one, two in
      (one.element.occurred ?? now, one.offset) < (two.element.occurred ?? now, two.offset)
    }.map(\.element)
  }

  private func unrecordedSteps(at now: Timestamp) -> [EventDraft] {
    guard closing == nil, let plan = EscalationPlan(self, at: now) else { return [] }
    var drafts: [EventDraft] = []
    for entry in plan.entries {
      guard let due = entry.engaged, !entry.isManual, !entry.isReachedEarly,
        !entry.isFromEarlierPath,
        recordedFiring(of: entry) == nil
      else { continue }
      drafts.append(draft(of: entry, due: due, at: now))
    }
    drafts.sort { ($0.occurred ?? now) < ($1.occurred ?? now) }
    if let exhausted = plan.exhausted, !exhaustions.entries.contains(where: { $0.value == episode })
    {
      drafts.append(
        EventDraft(
          .escalationExhausted, identity: .named("\(id)/\(episode)/exhausted"),
          occurred: exhausted < now ? exhausted : nil, EventData(["episode": .whole(episode)])))
    }
    return drafts
  }

  private func draft(
    of entry: EscalationPlan.Entry, due: Timestamp, at now: Timestamp
  ) -> EventDraft {
    EventDraft(
      .escalationFired, identity: .named("\(id)/\(episode)/\(entry.key)/\(entry.round)"),
      occurred: due < now ? due : nil,
      EventData([
        "step": .text(entry.key), "to": .text(entry.step.to),
        "level": .whole(entry.step.level), "due": .time(due),
        "late_seconds": .integer(max(0, pace.real(now - due).wholeSeconds)),
        "episode": .whole(episode), "round": .whole(entry.round),
        "rule": entry.step.text.isEmpty ? nil : .text(entry.step.text),
        "line": .whole(entry.step.line),
      ]))
  }
}
