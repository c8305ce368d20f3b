extension Incident {
  // MARK: - Phases

  /// The windows of the phases of the response that have one: due at its end, met when the phase was left in time.
  ///
  /// A phase that was passed over is neither met nor missed, and one after the incident is a duty instead.
  func phaseDeadlines(at now: Timestamp) -> [Deadline] {
    guard let start = clockStart else { return [] }
    var earlierEnd: Int? = 0
    var deadlines: [Deadline] = []
    for (index, phase) in procedure.phases.enumerated() where !phase.isAfterIncident {
      guard let window = phase.window else { continue }
      // A range that does not go on where the one before ended is a duration from entering the phase.
      let isFromStart = window.start == earlierEnd
      earlierEnd = window.end
      guard let end = window.end else { continue }
      let from = isFromStart ? start : timeEntered(index)
      var deadline = Deadline(
        id: "phase:\(phase.id)", kind: .phase, label: phase.title,
        due: from.map { $0 + .seconds(end) },
        state: .pending, rule: .init(text: phase.title, line: phase.line))
      let left = timeLeft(index).flatMap { $0 <= now ? $0 : nil }
      if let from {
        deadline.run(from: from, met: left, at: now)
        deadline.settled = left
      }
      let isPassedOver = left != nil && timeEntered(index) == nil && timeShownPast(index) == nil
      let isOver = ending.map { $0 <= now } ?? false
      if isPassedOver || (isOver && deadline.state.isRunning) {
        (deadline.state, deadline.settled) = (.cancelled, nil)
      }
      deadlines.append(deadline)
    }
    return deadlines
  }

  /// When a phase was entered; the first begins with the clock, the one after the triage with its end.
  private func timeEntered(_ index: Int) -> Timestamp? {
    if let said = timeSaid(index) { return said }
    let id = procedure.phases[index].id
    if id == firstPhaseID { return clockStart }
    return id == shownPhaseID
      ? procedure.phases[..<index].indices.compactMap(timeShownPast).max() : nil
  }

  /// When somebody said that a phase was entered.
  private func timeSaid(_ index: Int) -> Timestamp? {
    guard let episodeStart else { return nil }
    let id = procedure.phases[index].id
    return phaseEntries.since(episodeStart).first { $0.value == id }?.stamp.effective
  }

  /// When a phase was left: a later one was entered, other acts show that it was over, or the incident was resolved in it.
  private func timeLeft(_ index: Int) -> Timestamp? {
    guard let episodeStart else { return nil }
    let later = Set(procedure.phases.dropFirst(index + 1).map(\.id))
    let next = phaseEntries.since(episodeStart).first { later.contains($0.value) }?.stamp.effective
    let resolved = timeSaid(index) == nil ? nil : time(of: .resolved)
    return [next, timeShownPast(index), resolved, timePassedOver(index)].compactMap { $0 }.min()
  }

  /// When a mitigation ended what comes before the phase that it is the aim of.
  private func timePassedOver(_ index: Int) -> Timestamp? {
    let later = procedure.phases.dropFirst(index + 1)
    return later.contains { SubjectLexicon.isMitigation($0.title) } ? time(of: .mitigated) : nil
  }

  /// When other acts have shown that a phase is over: acknowledging ends those up to the one that it is the aim of,
  /// acknowledging and triage those up to the triage, or where none is named so the detection, and a mitigation its own.
  private func timeShownPast(_ index: Int) -> Timestamp? {
    let phases = procedure.phases
    var times: [Timestamp] = []
    if SubjectLexicon.isMitigation(phases[index].title), let mitigated = time(of: .mitigated) {
      times.append(mitigated)
    }
    if let own = phases.firstIndex(where: { SubjectLexicon.isAcknowledgement($0.title) }),
      index <= own, let acknowledged = time(of: .acknowledged)
    {
      times.append(acknowledged)
    }
    if let ended = timeDetectionEnded, isEndedByTriage(index) { times.append(ended) }
    return times.min()
  }

  private func isEndedByTriage(_ index: Int) -> Bool {
    let phases = procedure.phases
    if let triage = phases.firstIndex(where: { SubjectLexicon.isTriage($0.title) }) {
      return index < triage || (index == triage && SubjectLexicon.isOnlyTriage(phases[index].title))
    }
    return phases[index].id == firstPhaseID && SubjectLexicon.isDetection(phases[index].title)
  }

  /// The phase that the response is in once other acts have shown the first ones over; nil before that.
  var shownPhaseID: String? {
    let phases = procedure.phases.indices.filter { !procedure.phases[$0].isAfterIncident }
    guard let first = phases.first, timeShownPast(first) != nil else { return nil }
    let present = phases.first {
      timeShownPast($0) == nil || SubjectLexicon.isMitigation(procedure.phases[$0].title)
    }
    return (present ?? phases.last).map { procedure.phases[$0].id }
  }

  /// When somebody answered for the incident and knew how bad it is.
  private var timeDetectionEnded: Timestamp? {
    guard let acknowledged = time(of: .acknowledged), let triaged = timeShown(of: .triaged) else {
      return nil
    }
    return max(acknowledged, triaged)
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
      if let closed = closing?.stamp.effective, deadline.state.isRunning || closed < end {
        (deadline.state, deadline.settled) = (.cancelled, nil)
      }
      return deadline
    }
  }

  // MARK: - Timers and tasks

  func timerDeadlines(at now: Timestamp) -> [Deadline] {
    timers.entries.map { entry -> Deadline in
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
  }

  /// Tasks, without those that were finished before an instant.
  func taskDeadlines(at now: Timestamp, finishedSince: Timestamp) -> [Deadline] {
    tasks.entries.compactMap { entry -> Deadline? in
      let finished = finishedTasks[entry.stamp.sequence]?.effective
      if let finished, finished < finishedSince, finished <= now { return nil }
      let due = entry.value.timeBox.map { entry.stamp.effective + $0 }
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
