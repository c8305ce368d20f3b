extension Incident {
  /// What is owed after the incident: post-mortem duties and action items.
  func aftermathDeadlines(at now: Timestamp, in context: TimeContext) -> [Deadline] {
    let severity = rulingSeverity?.id
    let ruling = postmortemDuties.filter { $0.severity == nil || $0.severity == severity }
    // A duty owed unconditionally is not repeated as a conditional one.
    let duties = ruling.filter { duty in
      duty.condition == nil || !ruling.contains { $0.what == duty.what && $0.condition == nil }
    }
    let owed = duties.enumerated().map { index, duty in
      let base = "postmortem:\(duty.what.rawValue)"
      let earlier = duties.prefix(index).count { $0.what == duty.what }
      return deadline(
        of: duty, id: earlier == 0 ? base : "\(base)-\(earlier + 1)", at: now, in: context)
    }
    return owed + actionDeadlines(at: now)
  }

  /// The duties that the procedure states, or where it states none, its phases after the incident.
  private var postmortemDuties: [PostmortemDuty] {
    guard procedure.postmortem.isEmpty else { return procedure.postmortem }
    return procedure.phases.filter(\.isAfterIncident).map { phase in
      PostmortemDuty(
        what: .review, within: phase.window?.end.map { .seconds($0) }, text: phase.title,
        line: phase.line)
    }
  }

  // MARK: - Post-mortem

  private func deadline(
    of duty: PostmortemDuty, id: String, at now: Timestamp, in context: TimeContext
  ) -> Deadline {
    var deadline = Deadline(
      id: id, kind: .postmortem, label: "Post-mortem \(duty.what.rawValue)", due: nil,
      state: .pending, rule: .init(text: duty.text, line: duty.line))
    deadline.duty = duty.what
    deadline.reason = duty.condition
    let published = postmortems.entries.first { $0.value.what == duty.what }
    if let closing, closing.value.outcome != .resolved {
      deadline.state = .cancelled
      return deadline
    }
    if published == nil,
      let waiver = postmortemWaivers.entries.last(where: { $0.value.what == duty.what })
    {
      deadline.state = .cancelled
      deadline.settled = waiver.stamp.effective
      deadline.by = waiver.actor
      deadline.reason = waiver.value.reason
      return deadline
    }
    // From resolved; before that it is a duty without a clock.
    guard let resolved = time(of: .resolved), resolved <= now else {
      deadline.label = Self.label(of: duty, duty.condition)
      return deadline
    }
    switch applies(duty) {
    case .certain: break
    case .judged: deadline.label = Self.label(of: duty, duty.condition)
    case .not:
      deadline.state = .cancelled
      return deadline
    }
    deadline.by = published?.actor
    deadline.settled = published?.stamp.effective
    guard let within = duty.within else {
      if published != nil { deadline.state = .met }
      return deadline
    }
    let end = due(within, after: resolved, in: context)
    (deadline.due, deadline.latest) = end
    deadline.run(from: resolved, met: published?.stamp.effective, at: now)
    return deadline
  }

  /// `Post-mortem draft if payments were affected`.
  private static func label(of duty: PostmortemDuty, _ condition: String?) -> String {
    let label = "Post-mortem \(duty.what.rawValue)"
    guard let condition else { return label }
    let begins = ["if ", "when ", "where "].contains { condition.lowercased().hasPrefix($0) }
    return begins ? "\(label) \(condition)" : "\(label) if \(condition)"
  }

  /// Whether a duty is owed now that the incident is resolved.
  private func applies(_ duty: PostmortemDuty) -> PostmortemCondition.Answer {
    guard let condition = duty.condition else { return .certain }
    let start = time(of: .started) ?? clockStart
    let end = time(of: .mitigated) ?? time(of: .resolved)
    let lasted = start.flatMap { start in end.map { $0 - start } }
    return PostmortemCondition(condition).answer(
      lasted: lasted, severity: rulingSeverity?.id, of: procedure.severities.map(\.id))
  }

  // MARK: - Action items

  private func actionDeadlines(at now: Timestamp) -> [Deadline] {
    actions.entries.map { entry in
      let done = finishedActions[entry.stamp.sequence]?.effective
      var deadline = Deadline(
        id: "action:\(entry.stamp.sequence)", kind: .action, label: entry.value.text,
        due: entry.value.due, state: done == nil ? .pending : .met)
      deadline.run(from: entry.stamp.effective, met: done, at: now)
      deadline.settled = done
      deadline.by = entry.value.owner
      return deadline
    }
  }
}
