package import Engine

/// A procedure as it was read, for people: what it says, with the lines it says it on.
package struct ProcedurePage: Sendable {
  private let procedure: Procedure

  package init(_ procedure: Procedure) {
    self.procedure = procedure
  }

  /// How much was read: `Standard: 4 severities, 9 escalation steps, …`.
  package var summary: String {
    let counts = [
      (procedure.severities.count, "severities"), (procedure.phases.count, "phases"),
      (procedure.checklist.count, "checklist items"),
      (procedure.escalation.count, "escalation steps"),
      (procedure.cadence.count, "update rules"), (procedure.templates.count, "templates"),
      (procedure.runbooks.count, "runbooks"), (procedure.contacts.count, "contacts"),
    ].filter { $0.0 > 0 }
    let unread = procedure.remarks.count { $0.kind == .unread }
    let ambiguous = procedure.remarks.count { $0.kind == .ambiguous }
    var text = "\(procedure.name): " + counts.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    if ambiguous > 0 { text += "; \(ambiguous) ambiguous" }
    if unread > 0 { text += "; \(unread) not understood" }
    return text
  }

  /// One line a remark: `file:line: kind: text`.
  package var remarkLines: [String] {
    procedure.remarks.map {
      let place = $0.line > 0 ? "\(procedure.source.path):\($0.line)" : procedure.source.path
      return "\(place): \($0.kind.rawValue): \($0.text)"
    }
  }

  /// What was understood, by section, then the remarks.
  package var lines: [String] {
    var lines = understood
    add(remarkLines.map { "  \($0)" }, under: "Remarks", to: &lines)
    return lines
  }

  /// What was understood, by section, each fact with the line it stands on.
  package var understood: [String] {
    var lines = [summary, "from \(procedure.source.path), SHA-256 \(procedure.source.sha256)"]
    add(procedure.severities.flatMap(severityLines), under: "Severities", to: &lines)
    let statuses = procedure.statuses.map { "  \($0.name) (\($0.role.rawValue))\(at($0.line))" }
    add(statuses, under: "Statuses", to: &lines)
    let phases = procedure.phases.map { phase in
      let window = phase.window.map {
        " \($0.start / 60) to \($0.end.map { "\($0 / 60)" } ?? "…") min"
      }
      return "  \(phase.title)\(window ?? "")\(at(phase.line))"
    }
    add(phases, under: "Phases", to: &lines)
    add(procedure.escalation.map(stepLine), under: "Escalation", to: &lines)
    let cadence = procedure.cadence.map { rule in
      let every = ClockText.span(.seconds(rule.every))
      return "  \(rule.severity ?? "all"): every \(every)\(rule.audience.map { " to \($0)" } ?? "")"
        + at(rule.line)
    }
    add(cadence, under: "Updates", to: &lines)
    let watch = procedure.watch.map { watch in
      let longest = watch.maximum.map { " to \(ClockText.span(.seconds($0)))" } ?? ""
      return "  \(ClockText.span(.seconds(watch.seconds)))\(longest) after \(watch.after.rawValue)"
        + at(watch.line)
    }
    add(watch, under: "Watch", to: &lines)
    let items = procedure.checklist.map {
      "  \(String(repeating: "  ", count: $0.depth))[ ] \($0.text)\(at($0.line))"
    }
    add(items, under: "Checklist", to: &lines)
    let duties = procedure.postmortem.map {
      "  \($0.severity ?? "all"): \($0.what.rawValue)\($0.within.map { " within \(words($0))" } ?? "")"
        + ($0.condition.map { ", if \($0)" } ?? "") + at($0.line)
    }
    add(duties, under: "Post-mortem", to: &lines)
    add(
      procedure.templates.map { "  \($0.id): \($0.title)\(at($0.line))" }, under: "Templates",
      to: &lines)
    add(
      procedure.runbooks.map { "  \($0.id): \($0.title)\(at($0.line))" }, under: "Runbooks",
      to: &lines)
    addPeople(to: &lines)
    return lines
  }

  private func addPeople(to lines: inout [String]) {
    let questions = procedure.decisions.map { question in
      let answers = [question.yes.map { "yes: \($0)" }, question.no.map { "no: \($0)" }]
      return "  \(question.question) \(answers.compactMap { $0 }.joined(separator: "; "))"
        + at(question.line)
    }
    add(questions, under: "Decisions", to: &lines)
    let roles = procedure.roles.map { role in
      let duties = role.duties.isEmpty ? "" : " (\(role.duties.count) duties)"
      return "  \(role.name)\(duties)\(at(role.line))"
    }
    add(roles, under: "Roles", to: &lines)
    let contacts = procedure.contacts.map { contact in
      let parts = [contact.role, contact.name, contact.contact].compactMap { $0 }
      return "  \(parts.joined(separator: ", "))\(at(contact.line))"
    }
    add(contacts, under: "Contacts", to: &lines)
    let turns = procedure.oncall.map { turn in
      let people = [turn.primary, turn.secondary].compactMap { $0 }.joined(separator: ", ")
      return "  \(turn.days.map(\.rawValue).joined(separator: " ")): \(people)\(at(turn.line))"
    }
    add(turns, under: "On call", to: &lines)
    let metrics = procedure.metrics.map { "  \($0.id): \($0.from) to \($0.to)\(at($0.line))" }
    add(metrics, under: "Metrics", to: &lines)
  }

  private func add(_ part: [String], under title: String, to lines: inout [String]) {
    if !part.isEmpty { lines += ["", title] + part }
  }

  private func severityLines(_ severity: Severity) -> [String] {
    let name = severity.name == severity.id ? "" : " \(severity.name)"
    return ["  \(severity.id)\(name)\(at(severity.line))"]
      + severity.targets.map {
        "    \($0.kind.rawValue)\($0.audience.map { " \($0)" } ?? "") within \(words($0.within))\(at($0.line))"
      } + severity.rules.map { "    \($0.label): \($0.text)\(at($0.line))" }
  }

  private func stepLine(_ step: EscalationStep) -> String {
    var text = "  \(step.severity ?? "all") L\(step.level): \(step.to)"
    if let after = step.after {
      let since = step.since == .previous ? " after the step before" : ""
      text += " at \(ClockText.span(.seconds(after)))\(since), unless \(step.unless.rawValue)"
    }
    if let condition = step.condition { text += ", by hand if \(condition)" }
    return text + at(step.line)
  }

  private func at(_ line: Int) -> String { line > 0 ? "  :\(line)" : "  (assumed)" }

  private func words(_ allowance: Allowance) -> String {
    switch allowance {
    case .seconds(let seconds, let maximum):
      let text = ClockText.span(.seconds(seconds))
      return maximum.map { "\(text) to \(ClockText.span(.seconds($0)))" } ?? text
    case .businessDays(let days): return "\(days) business days"
    case .businessHours(let hours): return "\(hours) business hours"
    }
  }
}
