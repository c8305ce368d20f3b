extension Incident {
  // MARK: - Phases

  /// The windows of the phases that have one: due at its end, met by a later phase.
  func phaseDeadlines(at now: Timestamp) -> [Deadline] {
    guard let start = clockStart else { return [] }
    var earlierEnd: Int? = 0
    var deadlines: [Deadline] = []
    for (index, phase) in procedure.phases.enumerated() {
      guard let window = phase.window else { continue }
      // A range that does not go on where the one before ended is a duration from entering the phase.
      let isFromStart = window.start == earlierEnd
      earlierEnd = window.end
      guard let end = window.end else { continue }
      let from = isFromStart ? start : timeEntered(index)
      let settled = timeLeft(index)
      var deadline = Deadline(
        id: "phase:\(phase.id)", kind: .phase, label: phase.title,
        due: from.map { $0 + .seconds(end) },
        state: .pending, rule: .init(text: phase.title, line: phase.line))
      if let from {
        deadline.run(from: from, met: settled, at: now)
        if let settled, settled <= now { deadline.settled = settled }
      }
      let isOver = closing != nil || (isResolved(at: now) && timeEntered(index) == nil)
      if deadline.state.isRunning, isOver { deadline.state = .cancelled }
      deadlines.append(deadline)
    }
    return deadlines
  }

  /// When a phase was entered; the first begins with the clock.
  private func timeEntered(_ index: Int) -> Timestamp? {
    guard let episodeStart else { return nil }
    let id = procedure.phases[index].id
    let entered = phaseEntries.since(episodeStart).first { $0.value == id }?.stamp.effective
    return entered ?? (index == 0 ? clockStart : nil)
  }

  /// When a later phase was entered.
  private func timeLeft(_ index: Int) -> Timestamp? {
    guard let episodeStart else { return nil }
    let later = Set(procedure.phases.dropFirst(index + 1).map(\.id))
    return phaseEntries.since(episodeStart).first { later.contains($0.value) }?.stamp.effective
  }

  // MARK: - Watch

  /// The time to look on after a fix; over by itself when its time is up, cancelled when the fix does not hold.
  func watchDeadlines(at now: Timestamp) -> [Deadline] {
    procedure.watch.enumerated().map { index, watch in
      let number = index == 0 ? "" : ":\(index + 1)"
      let begun =
        time(of: watch.after == .mitigated ? .mitigated : .resolved)
        ?? (watch.after == .mitigated ? time(of: .resolved) : nil)
      var deadline = Deadline(
        id: "watch\(number)", kind: .watch, label: "Watch after the fix", due: nil, state: .pending,
        rule: .init(text: watch.text, line: watch.line))
      guard let begun, begun <= now else {
        if closing != nil { deadline.state = .cancelled }
        return deadline
      }
      // It may end at the shorter end, and is due at the longer.
      let end = begun + .seconds(watch.maximum ?? watch.seconds)
      deadline.due = end
      deadline.run(from: begun, met: nil, at: now)
      if now >= end { (deadline.state, deadline.settled) = (.met, end) }
      if closing != nil, deadline.state.isRunning { deadline.state = .cancelled }
      return deadline
    }
  }

  // MARK: - Timers and tasks

  func countdownDeadlines(at now: Timestamp) -> [Deadline] {
    let timers = timers.entries.map { entry -> Deadline in
      let due = entry.stamp.effective + entry.value.span
      var deadline = Deadline(
        id: "timer:\(entry.stamp.sequence)", kind: .timer, label: entry.value.text, due: due,
        state: .pending)
      deadline.run(from: entry.stamp.effective, met: nil, at: now)
      if deadline.state == .breached { deadline.state = .fired }
      if let cancelled = cancelledTimers[entry.stamp.sequence], cancelled.effective <= now {
        (deadline.state, deadline.settled) = (.cancelled, cancelled.effective)
      } else if closing != nil {
        deadline.state = .cancelled
      }
      deadline.by = entry.actor
      return deadline
    }
    let tasks = tasks.entries.map { entry -> Deadline in
      let due = entry.value.timeBox.map { entry.stamp.effective + $0 }
      let finished = finishedTasks[entry.stamp.sequence]?.effective
      var deadline = Deadline(
        id: "task:\(entry.stamp.sequence)", kind: .task,
        label: entry.value.who.isEmpty
          ? entry.value.text : "\(entry.value.who): \(entry.value.text)",
        due: due, state: finished.map { $0 <= now } == true ? .met : .pending)
      deadline.run(from: entry.stamp.effective, met: finished, at: now)
      deadline.settled = finished
      deadline.by = entry.value.who
      if closing != nil, deadline.state.isRunning { deadline.state = .cancelled }
      return deadline
    }
    return timers + tasks
  }

  // MARK: - Silence

  /// Acknowledged and then forgotten: so long without any entry, from the acknowledgement until the end.
  func silenceDeadlines(at now: Timestamp) -> [Deadline] {
    guard let rule = procedure.silence, let acknowledged = time(of: .acknowledged),
      acknowledged <= now, !isResolved(at: now), closing == nil
    else { return [] }
    let from = max(lastEntry ?? acknowledged, acknowledged)
    let due = from + .seconds(rule.seconds)
    var deadline = Deadline(
      id: "silence", kind: .timer, label: "No entry", due: due, state: .pending,
      rule: .init(text: "no entry since", line: rule.line))
    deadline.run(from: from, met: nil, at: now)
    return [deadline]
  }
}
