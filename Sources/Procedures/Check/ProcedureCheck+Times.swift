import Engine

extension ProcedureCheck {
  /// Targets against each other, within a severity and between severities.
  static func targets(_ procedure: Procedure) -> [Finding] {
    var findings: [Finding] = []
    let anyTargets = procedure.severities.contains { !$0.targets.isEmpty }
    for severity in procedure.severities {
      if anyTargets, severity.targets.isEmpty {
        findings.append(
          Finding(
            .severityWithoutTargets, line: severity.line,
            text: "\(severity.id): no target is stated", isError: false))
      }
      findings += order(severity)
    }
    let sorted = procedure.severities.sorted { $0.rank < $1.rank }
    for (worse, milder) in zip(sorted, sorted.dropFirst()) {
      for target in worse.targets where target.kind != .communicate {
        guard let other = milder.targets.first(where: { $0.kind == target.kind }),
          target.within.roughSeconds > other.within.roughSeconds
        else { continue }
        findings.append(
          Finding(
            .severityOrder, line: target.line,
            text:
              "\(worse.id) leaves more time to \(target.kind.rawValue) than \(milder.id), which is milder",
            isError: false))
      }
    }
    return findings
  }

  /// Nobody can resolve before having acknowledged.
  private static func order(_ severity: Severity) -> [Finding] {
    let order: [Severity.Target.Kind] = [.acknowledge, .triage, .mitigate, .resolve]
    let timed = order.compactMap { kind in
      severity.targets.first { $0.kind == kind }
    }
    return zip(timed, timed.dropFirst()).compactMap { first, second in
      guard first.within.roughSeconds > second.within.roughSeconds else { return nil }
      return Finding(
        .targetOrder, line: second.line,
        text:
          "\(severity.id): the time to \(second.kind.rawValue) is over before the time to \(first.kind.rawValue)",
        isError: true)
    }
  }

  /// Windows that hold nothing, and targets that reach beyond the phase in which they are to be met.
  static func phases(_ procedure: Procedure) -> [Finding] {
    var findings: [Finding] = []
    for phase in procedure.phases {
      guard let window = phase.window, let end = window.end else { continue }
      if end <= window.start {
        findings.append(
          Finding(
            .emptyWindow, line: phase.line,
            text: "\(phase.title): the window ends before it begins",
            isError: true))
      }
      for severity in procedure.severities {
        for target in severity.targets {
          guard let stage = stages[target.kind], Folded(phase.title).has(stage),
            target.within.roughSeconds > end
          else { continue }
          findings.append(
            Finding(
              .targetBeyondPhase, line: target.line,
              text:
                "\(severity.id): the time to \(target.kind.rawValue) ends after the phase \(phase.title) (line \(phase.line))",
              isError: severity.rank == 1))
        }
      }
    }
    return findings
  }

  private static let stages: [Severity.Target.Kind: Concept] = [
    .acknowledge: .acknowledge, .triage: .triage, .mitigate: .mitigate, .resolve: .resolution,
  ]

  /// Days on which nobody is on call.
  static func rota(_ procedure: Procedure) -> [Finding] {
    guard let first = procedure.oncall.first else { return [] }
    var findings: [Finding] = []
    let covered = Set(procedure.oncall.flatMap(\.days))
    let missing = Weekday.allCases.filter { !covered.contains($0) }
    // Turns that were not read may well cover them.
    let isWhole = procedure.unreadTurns.isEmpty
    if !missing.isEmpty, isWhole {
      findings.append(
        Finding(
          .rotaGap, line: first.line,
          text: "Nobody is on call on \(missing.map(\.rawValue).joined(separator: ", "))",
          isError: true))
    }
    for turn in procedure.oncall where isPlaceholder(turn.primary) {
      findings.append(
        Finding(
          .rotaGap, line: turn.line,
          text: "The rota names nobody for \(turn.days.map(\.rawValue).joined(separator: ", "))",
          isError: false))
    }
    return findings
  }

  private static func isPlaceholder(_ name: String?) -> Bool {
    guard let name, !Folded(name).isEmpty else { return true }
    return name.hasPrefix("[") || name.hasPrefix("<") || name.hasPrefix("{") || name.contains("__")
      || ["tbd", "todo", "name", "na"].contains(Folded(name).words.joined())
  }

  /// Steps that call somebody by the clock, at night too, long before a response is owed in business time.
  static func earlyCalls(_ procedure: Procedure) -> [Finding] {
    procedure.severities.flatMap { severity -> [Finding] in
      let response = severity.targets.first { target in
        guard target.kind == .respond || target.kind == .acknowledge else { return false }
        if case .seconds = target.within { return false }
        return true
      }
      guard let response else { return [] }
      let early = procedure.escalation.filter { step in
        (step.severity == nil || step.severity == severity.id) && step.condition == nil
          && (step.after.map { $0 > 0 && $0 < response.within.roughSeconds } ?? false)
      }
      return early.map { step in
        Finding(
          .callBeforeResponse, line: step.line,
          text:
            "\(severity.id): \(step.to) is called after \((step.after ?? 0) / 60) min, but a response is due only in business time (line \(response.line))",
          isError: false)
      }
    }
  }

  /// Rules whose first moment lies after the incident should be over.
  static func rhythms(_ procedure: Procedure) -> [Finding] {
    var findings: [Finding] = []
    for severity in procedure.severities {
      guard let target = severity.targets.first(where: { $0.kind == .resolve }) else { continue }
      let limit = target.within.roughSeconds
      for rule in procedure.cadence
      where (rule.severity == nil || rule.severity == severity.id)
        && rule.interval.roughSeconds >= limit
      {
        findings.append(
          Finding(
            .neverFires, line: rule.line,
            text:
              "\(severity.id): the first update is due only after the incident should be resolved",
            isError: rule.severity == severity.id && rule.interval.roughSeconds > limit))
      }
      for step in procedure.escalation
      where step.condition == nil && step.severity == severity.id && step.since == .start
        && (step.after ?? 0) > limit
      {
        findings.append(
          Finding(
            .neverFires, line: step.line,
            text:
              "\(severity.id): \(step.to) is called after the incident should be resolved already",
            isError: false))
      }
    }
    return findings
  }
}
