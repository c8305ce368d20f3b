extension Incident {
  // MARK: - Checklist

  func checklistFact(_ command: Command) throws(Rejection) -> (EventKind, EventData) {
    switch command {
    case .check(let name):
      let item = try item(named: name)
      if item.state == .done { throw .itemAlready(item.state, item: item.item.text) }
      return (.itemChecked, Self.itemData(item.item))
    case .uncheck(let name):
      let item = try item(named: name)
      if item.state == .open { throw .itemAlready(item.state, item: item.item.text) }
      return (.itemUnchecked, Self.itemData(item.item))
    case .skip(let name, let reason):
      try Self.requireText(reason, .reason)
      let item = try item(named: name)
      if item.state == .skipped { throw .itemAlready(item.state, item: item.item.text) }
      return (.itemSkipped, Self.itemData(item.item, "reason", reason))
    case .fill(let name, let value):
      try Self.requireText(value, .text)
      return (.fieldFilled, Self.itemData(try item(named: name).item, "value", value))
    case .addItem(let text, let phaseName):
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
    default: preconditionFailure("not a command of the checklist")
    }
  }

  private static func itemData(
    _ item: ChecklistItem, _ key: String = "", _ value: String? = nil
  ) -> EventData {
    EventData([
      "item": .text(item.id), "text": .text(item.text), key: .text(value),
    ])
  }

  // MARK: - People, tasks, timers

  func peopleFact(_ command: Command) throws(Rejection) -> (EventKind, EventData) {
    switch command {
    case .assign(let roleName, let name, let isNew):
      let role = isNew ? try newRole(roleName) : try self.role(named: roleName)
      try Self.requireText(name, .name)
      if holder(ofRole: role)?.name == name { throw .roleAlready(role: role, name: name) }
      return (.roleAssigned, EventData(["role": .text(role), "name": .text(name)]))
    case .release(let roleName):
      let role = try self.role(named: roleName)
      guard let holder = holder(ofRole: role) else { throw .lacking(.holder(of: role)) }
      return (.roleReleased, EventData(["role": .text(role), "name": .text(holder.name)]))
    case .offerHandover(let name):
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
    case .acceptHandover(let name):
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
    case .assignTask(let text, let who, let timeBox):
      try Self.requireText(text, .text)
      return (
        .taskAssigned,
        EventData([
          "text": .text(text), "who": .text(who),
          "seconds": .span(timeBox),
        ])
      )
    case .finishTask(let name):
      let open = tasks.entries.filter { finishedTasks[$0.stamp.sequence] == nil }
      let task = try Self.pick(name, of: .task, in: open.map { ($0.stamp.sequence, $0.value.text) })
      return (
        .taskFinished,
        EventData(reference(to: task.sequence, as: "task"), ["text": .text(task.text)])
      )
    case .startTimer(let text, let span):
      guard span > .zero else { throw .empty(.span) }
      return (
        .timerStarted,
        EventData(["text": .text(text), "seconds": .span(span)])
      )
    case .cancelTimer(let name):
      let running = timers.entries.filter { cancelledTimers[$0.stamp.sequence] == nil }
      let timer = try Self.pick(
        name, of: .timer, in: running.map { ($0.stamp.sequence, $0.value.text) })
      return (
        .timerCancelled,
        EventData(reference(to: timer.sequence, as: "timer"), ["text": .text(timer.text)])
      )
    default: preconditionFailure("not a command about people")
    }
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

  func escalationFact(
    _ command: Command, at instant: Timestamp
  ) throws(Rejection) -> (EventKind, EventData) {
    switch command {
    case .escalate(let target, let reason):
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
    case .reached(let name, let person):
      let steps = escalationDeadlines(at: instant).filter { $0.step != nil }
      let deadline = try step(named: name, among: steps)
      return (
        .escalationAcknowledged,
        EventData([
          "step": .text(deadline.stepKey), "to": .text(deadline.label),
          "name": .text(person),
        ])
      )
    case .snooze(let name, let span, let reason):
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
    default: preconditionFailure("not a command of escalation")
    }
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
