extension Incident {
  // MARK: - Roles

  func assigned(_ roleName: String, _ name: String, isNew: Bool) throws(Rejection) -> Fact {
    let role = isNew ? try newRole(roleName) : try role(named: roleName)
    try Self.requireText(name, .name)
    if holder(ofRole: role)?.name == name { throw .roleAlready(role: role, name: name) }
    return (.roleAssigned, EventData(["role": .text(role), "name": .text(name)]))
  }

  /// A role that nobody has had yet takes the name that was typed; one that is known already is that one.
  private func newRole(_ name: String) throws(Rejection) -> String {
    do throws(Rejection) { return try role(named: name) } catch {
      guard case .unknown = error else { throw error }
      try Self.requireText(name, .role, limit: 200)
      return name
    }
  }

  func released(_ roleName: String) throws(Rejection) -> Fact {
    let role = try role(named: roleName)
    guard let holder = holder(ofRole: role) else { throw .lacking(.holder(of: role)) }
    return (.roleReleased, EventData(["role": .text(role), "name": .text(holder.name)]))
  }

  func handoverOffered(to name: String) throws(Rejection) -> Fact {
    try Self.requireText(name, .name)
    if let commander, commander.name.lowercased() == name.lowercased() {
      throw .roleAlready(role: Self.commanderRole, name: commander.name)
    }
    return (
      .handoverOffered,
      EventData([
        "role": .text(Self.commanderRole), "to": .text(name), "from": .text(commander?.name),
      ])
    )
  }

  func handoverAccepted(by name: String) throws(Rejection) -> Fact {
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

  // MARK: - Tasks and timers

  func taskAssigned(
    _ text: String, who: String, within timeBox: Duration?
  ) throws(Rejection) -> Fact {
    try Self.requireText(text, .text)
    return (
      .taskAssigned,
      EventData(["text": .text(text), "who": .text(who), "seconds": .span(timeBox)])
    )
  }

  func taskFinished(_ name: String) throws(Rejection) -> Fact {
    let open = tasks.entries.filter { finishedTasks[$0.stamp.sequence] == nil }
    let task = try Self.pick(name, of: .task, in: open.map { ($0.stamp.sequence, $0.value.text) })
    return (
      .taskFinished,
      EventData(reference(to: task.sequence, as: "task"), ["text": .text(task.text)])
    )
  }

  func timerStarted(_ text: String, _ span: Duration) throws(Rejection) -> Fact {
    guard span > .zero else { throw .empty(.span) }
    return (.timerStarted, EventData(["text": .text(text), "seconds": .span(span)]))
  }

  func timerCancelled(_ name: String) throws(Rejection) -> Fact {
    let running = timers.entries.filter { cancelledTimers[$0.stamp.sequence] == nil }
    let timer = try Self.pick(
      name, of: .timer, in: running.map { ($0.stamp.sequence, $0.value.text) })
    return (
      .timerCancelled,
      EventData(reference(to: timer.sequence, as: "timer"), ["text": .text(timer.text)])
    )
  }
}
