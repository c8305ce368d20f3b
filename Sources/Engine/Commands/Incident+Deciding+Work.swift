extension Incident {
  // MARK: - Checklist

  func checkFact(_ name: String) throws(Rejection) -> Fact {
    let item = try item(named: name)
    if item.state == .done { throw .itemAlready(item.state, item: item.item.text) }
    return (.itemChecked, Self.itemData(item.item))
  }

  func uncheckFact(_ name: String) throws(Rejection) -> Fact {
    let item = try item(named: name)
    if item.state == .open { throw .itemAlready(item.state, item: item.item.text) }
    return (.itemUnchecked, Self.itemData(item.item))
  }

  func skipFact(_ name: String, _ reason: String) throws(Rejection) -> Fact {
    try Self.requireText(reason, .reason)
    let item = try item(named: name)
    if item.state == .skipped { throw .itemAlready(item.state, item: item.item.text) }
    return (.itemSkipped, Self.itemData(item.item, "reason", reason))
  }

  func fillFact(_ name: String, _ value: String) throws(Rejection) -> Fact {
    try Self.requireText(value, .text)
    return (.fieldFilled, Self.itemData(try item(named: name).item, "value", value))
  }

  func addItemFact(_ text: String, _ phaseName: String?) throws(Rejection) -> Fact {
    try Self.requireText(text, .text)
    var phase = phaseID
    if let phaseName { phase = try self.phase(named: phaseName).id }
    return (
      .itemAdded,
      EventData([
        "item": .text("added-\(addedItems.entries.count + 1)"), "text": .text(text),
        "phase": .text(phase),
      ])
    )
  }

  private static func itemData(
    _ item: ChecklistItem, _ key: String = "", _ value: String? = nil
  ) -> EventData {
    EventData([
      "item": .text(item.id), "text": .text(item.text), key: .text(value),
    ])
  }

  // MARK: - People, tasks, timers

  func assignFact(_ roleName: String, _ name: String, _ isNew: Bool) throws(Rejection) -> Fact {
    let role = isNew ? try newRole(roleName) : try self.role(named: roleName)
    try Self.requireText(name, .name)
    if holder(ofRole: role)?.name == name { throw .roleAlready(role: role, name: name) }
    return (.roleAssigned, EventData(["role": .text(role), "name": .text(name)]))
  }

  func releaseFact(_ roleName: String) throws(Rejection) -> Fact {
    let role = try self.role(named: roleName)
    guard let holder = holder(ofRole: role) else { throw .lacking(.holder(of: role)) }
    return (.roleReleased, EventData(["role": .text(role), "name": .text(holder.name)]))
  }

  func offerHandoverFact(_ name: String) throws(Rejection) -> Fact {
    try Self.requireText(name, .name)
    if let commander, commander.name.lowercased() == name.lowercased() {
      throw .roleAlready(role: Self.commanderRole, name: commander.name)
    }
    return (
      .handoverOffered,
      EventData([
        "role": .text(Self.commanderRole), "to": .text(name),
        "from": .text(commander?.name),
      ])
    )
  }

  func acceptHandoverFact(_ name: String) throws(Rejection) -> Fact {
    guard let offer = pendingHandover else { throw .noHandoverOffered }
    guard offer.value.name.lowercased() == name.lowercased() else {
      throw .handoverIsFor(offer.value.name)
    }
    return (
      .handoverAccepted,
      EventData([
        "role": .text(offer.value.role), "name": .text(offer.value.name),
        "from": .text(holder(ofRole: offer.value.role)?.name),
      ])
    )
  }

  func assignTaskFact(
    _ text: String, _ who: String, _ timeBox: Duration?
  ) throws(Rejection) -> Fact {
    try Self.requireText(text, .text)
    return (
      .taskAssigned,
      EventData([
        "text": .text(text), "who": .text(who),
        "seconds": .span(timeBox),
      ])
    )
  }

  func finishTaskFact(_ name: String) throws(Rejection) -> Fact {
    let open = tasks.entries.filter { finishedTasks[$0.stamp.sequence] == nil }
    let task = try Self.pick(name, of: .task, in: open.map { ($0.stamp.sequence, $0.value.text) })
    return (
      .taskFinished,
      EventData(reference(to: task.sequence, as: "task"), ["text": .text(task.text)])
    )
  }

  func startTimerFact(_ text: String, _ span: Duration) throws(Rejection) -> Fact {
    guard span > .zero else { throw .empty(.span) }
    return (
      .timerStarted,
      EventData(["text": .text(text), "seconds": .span(span)])
    )
  }

  func cancelTimerFact(_ name: String) throws(Rejection) -> Fact {
    let running = timers.entries.filter { cancelledTimers[$0.stamp.sequence] == nil }
    let timer = try Self.pick(
      name, of: .timer, in: running.map { ($0.stamp.sequence, $0.value.text) })
    return (
      .timerCancelled,
      EventData(reference(to: timer.sequence, as: "timer"), ["text": .text(timer.text)])
    )
  }

  /// A role that nobody has had yet takes the name that was typed; one that is known already is that one.
  private func newRole(_ name: String) throws(Rejection) -> String {
    do throws(Rejection) { return try role(named: name) } catch {
      guard case .unknown = error else { throw error }
      try Self.requireText(name, .role, limit: 200)
      return name
    }
  }

  // MARK: - Escalation

  func escalateFact(
    _ target: String?, _ reason: String?, at instant: Timestamp
  ) throws(Rejection) -> Fact {
    let steps = escalationDeadlines(at: instant).filter { $0.step != nil }
    let deadline: Deadline
    if let target {
      deadline = try step(named: target, among: steps)
    } else {
      let next = steps.first { $0.state == .pending || $0.state == .soon || $0.state == .snoozed }
      guard let next else { throw .lacking(.stepLeft) }
      deadline = next
    }
    return (.escalationFired, manualFiring(of: deadline, reason: reason))
  }

  func reachedFact(
    _ name: String, _ person: String?, at instant: Timestamp
  ) throws(Rejection) -> Fact {
    let steps = escalationDeadlines(at: instant).filter { $0.step != nil }
    let deadline = try step(named: name, among: steps)
    return (
      .escalationAcknowledged,
      EventData([
        "step": .text(deadline.stepKey), "to": .text(deadline.label),
        "name": .text(person),
      ])
    )
  }

  /// One event: who acknowledges in answer to a call has been reached by it.
  func answerFact(_ name: String, at instant: Timestamp) throws(Rejection) -> Fact {
    let steps = escalationDeadlines(at: instant).filter { $0.step != nil }
    let deadline = try step(named: name, among: steps)
    if deadline.state == .met, let by = deadline.by, let at = deadline.settled {
      throw .alreadyAcknowledged(by: by, at: at)
    }
    guard let first = acknowledgement, first.stamp.effective <= instant else {
      return (
        .incidentAcknowledged,
        EventData(["step": .text(deadline.stepKey), "to": .text(deadline.label)])
      )
    }
    return try reachedFact(name, nil, at: instant)
  }

  func snoozeFact(
    _ name: String, _ span: Duration, _ reason: String, at instant: Timestamp
  ) throws(Rejection) -> Fact {
    try Self.requireText(reason, .reason)
    guard span > .zero else { throw .empty(.span) }
    let deadline = try runningDeadline(named: name, at: instant)
    guard let due = deadline.due else { throw .lacking(.clock(of: deadline.label)) }
    return (
      .escalationSnoozed,
      EventData([
        "deadline": .text(deadline.id), "label": .text(deadline.label),
        "seconds": .span(span), "reason": .text(reason),
        "due": .time(due), "until": .time((max(due, instant) + span)),
      ])
    )
  }

  private func manualFiring(of deadline: Deadline, reason: String?) -> EventData {
    EventData([
      "step": .text(deadline.stepKey), "to": .text(deadline.label),
      "level": .whole(deadline.step?.level ?? 0), "episode": .whole(episode),
      "round": .whole(deadline.step?.round ?? 1), "manual": .bool(true),
      "reason": .text(reason),
    ])
  }

  /// The deadline still running that a person means, of any kind.
  private func runningDeadline(named text: String, at instant: Timestamp) throws(Rejection)
    -> Deadline
  {
    let running = deadlines(at: instant).filter { $0.state.isRunning && $0.state != .exhausted }
    if let exact = running.first(where: { $0.id == text.lowercased() }) { return exact }
    let steps = running.filter { $0.step != nil }
    do { return try step(named: text, among: steps) } catch {
      let others = running.filter { $0.step == nil }
      let match = NameMatch(text, among: others.map { [$0.label, $0.kind.rawValue] })
      guard let only = match.only else {
        throw match.places.isEmpty
          ? .unknown(.deadline, text, known: running.map(\.id))
          : .ambiguous(.deadline, text, matches: match.places.map { others[$0].label })
      }
      return others[only]
    }
  }
}

extension Deadline {
  /// The step's identity in the log: the id without its kind.
  package var stepKey: String {
    id.hasPrefix("escalation:") ? String(id.dropFirst("escalation:".count)) : id
  }
}
