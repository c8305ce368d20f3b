extension Incident {
  /// Everything that is or was due in the present episode, in a fixed order: targets, updates, escalation, phases, watch,
  /// timers, tasks, duties. A pure function of the log, its procedure and the instant asked about.
  package func deadlines(at now: Timestamp, in context: TimeContext = TimeContext()) -> [Deadline] {
    deadlines(at: now, in: context, finishedSince: .distantPast)
  }

  /// The same without the tasks that were finished before an instant.
  func deadlines(
    at now: Timestamp, in context: TimeContext, finishedSince: Timestamp
  ) -> [Deadline] {
    guard declaration != nil else { return [] }
    let now = present(now)
    var all = targetDeadlines(at: now, in: context)
    all += updateDeadlines(at: now, in: context)
    all += noticeDeadlines(at: now, in: context)
    all += escalationDeadlines(at: now)
    all += phaseDeadlines(at: now)
    all += watchDeadlines(at: now)
    all += timerDeadlines(at: now)
    all += taskDeadlines(at: now, finishedSince: finishedSince)
    all += silenceDeadlines(at: now)
    all += aftermathDeadlines(at: now, in: context)
    return all.map { snoozed($0, at: now) }
  }

  // MARK: - Targets

  private func targetDeadlines(at now: Timestamp, in context: TimeContext) -> [Deadline] {
    guard let severity = rulingSeverity, let start = clockStart else { return [] }
    return severity.targets.map { target in
      let due = due(target.within, after: start, in: context)
      let met = timeMet(target)
      var label = target.kind.label
      if let audience = target.audience { label += " to \(audience)" }
      var deadline = Deadline(
        id: target.audience.map { "\(target.kind.rawValue):\(EscalationPlan.key($0))" }
          ?? target.kind.rawValue,
        kind: Deadline.Kind(rawValue: target.kind.rawValue) ?? .respond, label: label,
        due: due.at, state: .pending, rule: .init(text: target.text, line: target.line))
      deadline.latest = due.latest
      deadline.audience = target.audience
      deadline.run(from: start, met: met?.at, at: now)
      if let met, met.at <= now { (deadline.settled, deadline.by) = (met.at, met.by) }
      deadline.end(at: ending, now: now)
      return deadline
    }
  }

  /// When and by whom a target was met.
  private func timeMet(_ target: Severity.Target) -> (at: Timestamp, by: String?)? {
    switch target.kind {
    case .acknowledge, .respond:
      if let at = time(of: .acknowledged) { return (at, acknowledgement?.actor) }
      return nil
    case .triage: return timeShown(of: .triaged).map { ($0, nil) }
    case .mitigate: return timeShown(of: .mitigated).map { ($0, nil) }
    case .resolve: return time(of: .resolved).map { ($0, nil) }
    case .communicate:
      guard let start = episodeStart else { return nil }
      let first = updates.since(start).first { update in
        guard !isFalseAllClear(update) else { return false }
        guard let audience = target.audience else { return true }
        return sameAudience(update.value.audience, audience)
      }
      return first.map { ($0.stamp.effective, $0.actor) }
    }
  }

  /// Whether an update said that all was over, before anybody wrote down that it was not: the episode that a reopening has
  /// begun since then has not been told of by it.
  func isFalseAllClear(_ update: History<Update>.Entry) -> Bool {
    guard let reopened = reopenings.last, update.recorded < reopened.recorded,
      let status = update.value.status
    else { return false }
    return role(ofStatus: status) == .resolved
  }

  /// When a milestone was reached as targets count it: also where another act shows that it was.
  func timeShown(of milestone: Milestone) -> Timestamp? {
    switch milestone {
    case .triaged: firstSignOfTriage
    case .mitigated: time(of: .mitigated) ?? time(of: .resolved)
    default: time(of: milestone)
    }
  }

  /// Triaged as said, or as shown by a later phase or a status past the first.
  private var firstSignOfTriage: Timestamp? {
    guard let start = episodeStart else { return nil }
    var signs: [Timestamp] = []
    if let triaged = time(of: .triaged) { signs.append(triaged) }
    let phases = procedure.phases
    let triagePhase = phases.firstIndex { $0.title.lowercased().containsText("triage") } ?? 0
    let later = phaseEntries.since(start).first { entry in
      (phases.firstIndex { $0.id == entry.value } ?? 0) > triagePhase
    }
    if let later { signs.append(later.stamp.effective) }
    let first = status(withRole: .open).id
    if let moved = statuses.since(start).first(where: { $0.value.status != first }) {
      signs.append(moved.stamp.effective)
    }
    return signs.min()
  }

  /// Where an allowance that begins at an instant ends.
  package func due(
    _ allowance: Allowance, after start: Timestamp, in context: TimeContext
  ) -> (at: Timestamp, latest: Timestamp?) {
    switch allowance {
    case .seconds(let seconds, let maximum):
      return (start + .seconds(seconds), maximum.map { start + .seconds($0) })
    case .businessDays, .businessHours:
      let calendar = procedure.calendar ?? context.calendar
      let zone = calendar.zone.flatMap { context.zoneNamed($0) } ?? context.zone
      return (calendar.due(after: start, allowance: allowance, zone: zone), nil)
    }
  }

  // MARK: - Updates

  /// The procedure's rules on how often people are told, as they hold at the severity that counts.
  var rulingCadence: [Cadence] {
    let severity = rulingSeverity?.id
    return procedure.cadence.filter { $0.severity == nil || $0.severity == severity }
  }

  /// For every audience with a cadence or a promise: the earlier of the interval and the promise made.
  private func updateDeadlines(at now: Timestamp, in context: TimeContext) -> [Deadline] {
    guard let start = episodeStart, let clockStart else { return [] }
    let rules = rulingCadence
    var audiences: [String?] = []
    for audience in rules.map(\.audience) + updates.since(start).map(\.value.audience)
    where !audiences.contains(where: { sameAudience($0, audience) }) {
      audiences.append(audience)
    }
    return audiences.compactMap { audience in
      let matching = rules.filter { sameAudience($0.audience, audience) }
      let rule = matching.first { $0.severity != nil } ?? matching.first
      let own = updates.since(start).last { sameAudience($0.value.audience, audience) }
      let last = lastUpdate(for: audience)
      let promise = own?.value.next
      guard rule != nil || promise != nil else { return nil }
      let from = last?.stamp.effective ?? clockStart
      let interval = rule.map { self.due($0.interval, after: from, in: context) }
      guard let due = [interval?.at, promise].compactMap({ $0 }).min() else { return nil }
      var deadline = Deadline(
        id: audience.map { "update:\(EscalationPlan.key($0))" } ?? "update", kind: .update,
        label: audience.map { "Update to \($0)" } ?? "Update", due: due, state: .pending)
      deadline.audience = audience
      if let promise, promise == due {
        deadline.rule = .init(text: Deadline.Rule.promised, line: 0)
        deadline.by = own?.actor
      } else if let rule {
        deadline.rule = .init(text: rule.text, line: rule.line)
      }
      if due == interval?.at { deadline.latest = interval?.latest }
      deadline.run(from: from, met: nil, at: now)
      deadline.end(at: ending, now: now)
      return deadline
    }
  }

  /// The update from which the next one to an audience counts: one to anybody answers an interval that names nobody; a
  /// promise, only one to whom it was made.
  private func lastUpdate(for audience: String?) -> History<Update>.Entry? {
    guard let start = episodeStart else { return nil }
    let isForAnybody = rulingCadence.contains {
      $0.audience == nil && sameAudience($0.audience, audience)
    }
    return updates.since(start).last {
      isForAnybody || sameAudience($0.value.audience, audience)
    }
  }

  // MARK: - Snoozes

  /// Moves a deadline other than a step of the path by what it was snoozed for.
  func snoozed(_ deadline: Deadline, at now: Timestamp) -> Deadline {
    guard deadline.kind != .escalation, deadline.state.isRunning, let due = deadline.due,
      let start = episodeStart
    else { return deadline }
    // What runs on through a reopening stays snoozed; the clocks of an episode begin anew.
    let made = deadline.outlastsEpisode ? snoozes.entries[...] : snoozes.since(start)
    // What was put off is over once that update is sent; the next one is due as it was promised.
    let answered = deadline.kind == .update ? lastUpdate(for: deadline.audience)?.stamp : nil
    let matching = made.filter { snooze in
      snooze.value.deadline == deadline.id && answered.map { snooze.stamp > $0 } ?? true
    }
    guard let last = matching.last else { return deadline }
    let moved = max(due, last.stamp.effective) + last.value.span
    guard moved > due else { return deadline }
    var deadline = deadline
    deadline.due = moved
    deadline.reason = last.value.reason
    deadline.by = last.actor
    deadline.state = now >= moved ? (deadline.kind == .timer ? .fired : .breached) : .snoozed
    return deadline
  }
}

extension Severity.Target.Kind {
  fileprivate var label: String {
    switch self {
    case .acknowledge: "Acknowledge"
    case .respond: "Response"
    case .triage: "Triage"
    case .mitigate: "Mitigation"
    case .resolve: "Resolution"
    case .communicate: "First update"
    }
  }
}
