package import Engine

/// Finds what in a procedure cannot work, or surely was not meant.
package enum ProcedureCheck {
  package struct Finding: Hashable, Sendable {
    package var kind: Kind
    /// Where it stands; 0 where it stands nowhere.
    package var line: Int
    package var text: String
    /// It cannot work as written; else it is worth a look.
    package var isError: Bool

    package init(_ kind: Kind, line: Int, text: String, isError: Bool) {
      self.kind = kind
      self.line = line
      self.text = text
      self.isError = isError
    }
  }

  package enum Kind: String, CaseIterable, Sendable {
    case duplicateID = "duplicate_id"
    case unknownSeverity = "unknown_severity"
    case unreachableStep = "unreachable_step"
    case severityWithoutPath = "severity_without_path"
    case severityWithoutTargets = "severity_without_targets"
    case targetOrder = "target_order"
    case severityOrder = "severity_order"
    case targetBeyondPhase = "target_beyond_phase"
    case emptyWindow = "empty_window"
    case rotaGap = "rota_gap"
    case neverFires = "never_fires"
    case callBeforeResponse = "call_before_response"
    case emptyRunbook = "empty_runbook"
    case unknownZone = "unknown_zone"
    case blankContact = "blank_contact"
  }

  /// All findings, by line; `knowsZone` says whether the rules of a zone can be had here.
  package static func findings(
    in procedure: Procedure, knowsZone: (String) -> Bool = { _ in true }
  ) -> [Finding] {
    var findings = names(procedure) + steps(procedure) + paths(procedure) + targets(procedure)
    findings += phases(procedure) + rota(procedure) + rhythms(procedure)
    findings += earlyCalls(procedure) + contacts(procedure)
    if let calendar = procedure.calendar, let zone = calendar.zone, !knowsZone(zone) {
      findings.append(
        Finding(
          .unknownZone, line: calendar.line,
          text: "Unknown time zone '\(zone)': working hours would be counted in another zone",
          isError: true))
    }
    for runbook in procedure.runbooks where runbook.steps.isEmpty {
      findings.append(
        Finding(
          .emptyRunbook, line: runbook.line, text: "\(runbook.title): the runbook has no steps",
          isError: false))
    }
    return findings.enumerated().sorted {
      ($0.element.line, $0.offset) < ($1.element.line, $1.offset)
    }.map(\.element)
  }

  // Names

  private static func names(_ procedure: Procedure) -> [Finding] {
    var findings: [Finding] = []
    var seen: Set<String> = []
    for severity in procedure.severities where !seen.insert(severity.id.lowercased()).inserted {
      findings.append(
        Finding(
          .duplicateID, line: severity.line, text: "\(severity.id) is defined twice", isError: true)
      )
    }
    let known = Set(procedure.severities.map(\.id))
    for mention in procedure.severityMentions where !known.contains(mention.name) {
      findings.append(
        Finding(
          .unknownSeverity, line: mention.line,
          text: "There is no severity \(mention.name): this never applies", isError: true))
    }
    return findings
  }

  // Escalation

  private static func steps(_ procedure: Procedure) -> [Finding] {
    var findings: [Finding] = []
    for severity in scopes(procedure) {
      var last: (due: Int, step: EscalationStep)?
      for step in path(severity, procedure) {
        if let kind = step.relativeTo, step.after == nil, !hasTarget(kind, step, procedure) {
          findings.append(
            Finding(
              .unreachableStep, line: step.line,
              text:
                "\(step.to) is called when the time to \(kind.rawValue) is over, and no such time is stated",
              isError: true))
        }
        guard let after = step.after, step.condition == nil else { continue }
        let due = step.since == .previous ? (last?.due ?? 0) + after : after
        if let last, last.step.severity == step.severity, step.level > last.step.level,
          due < last.due
        {
          findings.append(
            Finding(
              .unreachableStep, line: step.line,
              text:
                "\(step.to) (level \(step.level)) is called before \(last.step.to) (level \(last.step.level))",
              isError: true))
        }
        last = (due, step)
      }
    }
    return unique(findings)
  }

  private static func scopes(_ procedure: Procedure) -> [String?] {
    procedure.severities.isEmpty ? [nil] : procedure.severities.map(\.id)
  }

  private static func path(_ severity: String?, _ procedure: Procedure) -> [EscalationStep] {
    procedure.escalation.filter { $0.severity == nil || $0.severity == severity }
      .enumerated().sorted { ($0.element.level, $0.offset) < ($1.element.level, $1.offset) }
      .map(\.element)
  }

  private static func hasTarget(
    _ kind: Severity.Target.Kind, _ step: EscalationStep, _ procedure: Procedure
  ) -> Bool {
    procedure.severities.contains { severity in
      (step.severity == nil || step.severity == severity.id)
        && severity.targets.contains { $0.kind == kind }
    }
  }

  private static func paths(_ procedure: Procedure) -> [Finding] {
    guard procedure.escalation.contains(where: { $0.severity != nil && $0.condition == nil })
    else { return [] }
    return procedure.severities.compactMap { severity in
      let steps = path(severity.id, procedure).filter { $0.condition == nil }
      guard steps.isEmpty else { return nil }
      return Finding(
        .severityWithoutPath, line: severity.line,
        text: "\(severity.id): nobody is called, though other severities have an escalation path",
        isError: severity.rank == 1)
    }
  }

  /// People of whom the document has no number, address or name.
  private static func contacts(_ procedure: Procedure) -> [Finding] {
    let blank = procedure.contacts.filter { Directory.isPlaceholder($0.contact) }
    guard let first = blank.first else { return [] }
    let roles = blank.compactMap { $0.role ?? $0.name }.joined(separator: ", ")
    return [
      Finding(
        .blankContact, line: first.line, text: "No contact details are stated for \(roles)",
        isError: false)
    ]
  }

  private static func unique(_ findings: [Finding]) -> [Finding] {
    var seen: Set<Finding> = []
    return findings.filter { seen.insert($0).inserted }
  }
}
