package import Engine

/// A procedure as it was read, for people: what it says, with the lines it says it on.
package struct ProcedurePage: Sendable {
  let procedure: Procedure

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

  /// What was understood, by part, then the remarks.
  package var lines: [String] { lines(of: Procedure.Part.allCases) }

  /// What was understood, by part, each fact with the line it stands on.
  package var understood: [String] {
    lines(of: Procedure.Part.allCases.filter { $0 != .remarks })
  }

  private func lines(of parts: [Procedure.Part]) -> [String] {
    let head = [summary, "from \(procedure.source.path), SHA-256 \(procedure.source.sha256)"]
    return parts.reduce(into: head) { lines, part in
      let section = section(part)
      if !section.lines.isEmpty { lines += ["", section.title] + section.lines }
    }
  }
}
