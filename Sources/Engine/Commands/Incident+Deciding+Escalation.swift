extension Incident {
  func escalated(
    to target: String?, _ reason: String?, at instant: Timestamp
  ) throws(Rejection) -> Fact {
    let steps = escalationDeadlines(at: instant).filter { $0.step != nil }
    if let target {
      let deadline = try step(named: target, among: steps)
      return (.escalationFired, manualFiring(of: deadline, reason: reason))
    }
    let next = steps.first { $0.state == .pending || $0.state == .soon || $0.state == .snoozed }
    guard let next else { throw .lacking(.stepLeft) }
    return (.escalationFired, manualFiring(of: next, reason: reason))
  }

  func reached(
    _ name: String, _ person: String?, at instant: Timestamp
  ) throws(Rejection) -> Fact {
    let steps = escalationDeadlines(at: instant).filter { $0.step != nil }
    let deadline = try step(named: name, among: steps)
    return (
      .escalationAcknowledged,
      EventData([
        "step": .text(deadline.stepKey), "to": .text(deadline.label), "name": .text(person),
      ])
    )
  }

  func snoozed(
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
