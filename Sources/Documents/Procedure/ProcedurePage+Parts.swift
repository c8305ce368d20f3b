import Engine
import Wording

extension ProcedurePage {
  /// What a part says, one fact a line, each with the line that it stands on; nothing where the head says it.
  func section(_ part: Procedure.Part) -> (title: String, lines: [String]) {
    switch part {
    case .name, .source: ("", [])
    case .calendar: ("Working hours", procedure.calendar.map(calendarLines) ?? [])
    case .severities: ("Severities", procedure.severities.flatMap(severityLines))
    case .statuses: ("Statuses", facts(\.statuses) { "\($0.name) (\($0.role.rawValue))" })
    case .phases: ("Phases", procedure.phases.flatMap(phaseLines))
    case .checklist: ("Checklist", procedure.checklist.flatMap(itemLines))
    case .escalation: ("Escalation", facts(\.escalation, step))
    case .cadence: ("Updates", facts(\.cadence, cadence) + facts(\.notices, notice))
    case .watch: ("Watch", facts(\.watch, watch))
    case .templates: ("Templates", facts(\.templates) { "\($0.id): \($0.title)" })
    case .runbooks: ("Runbooks", facts(\.runbooks, runbook))
    case .decisions: ("Decisions", facts(\.decisions, decision))
    case .roles: ("Roles", procedure.roles.flatMap(roleLines))
    case .contacts: ("Contacts", facts(\.contacts, contact))
    case .oncall: ("On call", facts(\.oncall, turn))
    case .postmortem: ("Post-mortem", facts(\.postmortem, duty))
    case .metrics: ("Metrics", facts(\.metrics) { "\($0.id): \($0.from) to \($0.to)" })
    case .silence: ("Silence", procedure.silence.map { [line(silence($0), $0.line)] } ?? [])
    case .remarks: ("Remarks", remarkLines.map { "  \($0)" })
    }
  }

  private func facts<Fact: ProcedureFact>(
    _ path: KeyPath<Procedure, [Fact]>, _ words: (Fact) -> String
  ) -> [String] {
    procedure[keyPath: path].map { line(words($0), $0.line) }
  }

  private func line(_ words: String, _ line: Int, depth: Int = 1) -> String {
    String(repeating: "  ", count: depth) + words + (line > 0 ? "  :\(line)" : "  (assumed)")
  }

  // MARK: Facts

  private func calendarLines(_ calendar: BusinessCalendar) -> [String] {
    let days = calendar.days.map(\.rawValue).joined(separator: " ")
    let hours = "\(clock(calendar.from))-\(clock(calendar.to))"
    let zone = calendar.zone.map { " \($0)" } ?? ""
    let holidays = calendar.holidays.map(\.description).joined(separator: ", ")
    return [line("\(days) \(hours)\(zone)", calendar.line)]
      + (holidays.isEmpty ? [] : [line("closed: \(holidays)", calendar.line)])
  }

  private func clock(_ minutes: Int) -> String {
    func two(_ value: Int) -> String { (value < 10 ? "0" : "") + String(value) }
    return "\(two(minutes / 60)):\(two(minutes % 60))"
  }

  private func severityLines(_ severity: Severity) -> [String] {
    let name = severity.name == severity.id ? "" : " \(severity.name)"
    let targets = severity.targets.map { target in
      let audience = target.audience.map { " \($0)" } ?? ""
      return line(
        "\(target.kind.rawValue)\(audience) within \(target.within.words)", target.line, depth: 2)
    }
    return [line(severity.id + name, severity.line)]
      + severity.definition.map { line("means: \($0.text)", $0.line, depth: 2) }
      + severity.examples.map { line("such as: \($0.text)", $0.line, depth: 2) } + targets
      + severity.rules.map { line("\($0.label): \($0.text)", $0.line, depth: 2) }
  }

  private func phaseLines(_ phase: Phase) -> [String] {
    [line(self.phase(phase), phase.line)] + details(phase.details, depth: 2)
  }

  private func itemLines(_ item: ChecklistItem) -> [String] {
    [line(self.item(item), item.line)] + details(item.details, depth: item.depth + 3)
  }

  private func details(_ details: [Detail], depth: Int) -> [String] {
    details.flatMap { detail in
      detail.lines.map { line((detail.isCommand ? "$ " : "") + $0.text, $0.line, depth: depth) }
    }
  }

  private func phase(_ phase: Phase) -> String {
    let window = phase.window.map {
      " \($0.start / 60) to \($0.end.map { "\($0 / 60)" } ?? "…") min"
    }
    return phase.title + (window ?? "")
  }

  private func item(_ item: ChecklistItem) -> String {
    let only =
      item.severities.isEmpty ? "" : " (\(item.severities.joined(separator: ", ")) only)"
    return String(repeating: "  ", count: item.depth) + "[ ] " + item.text + only
  }

  private func step(_ step: EscalationStep) -> String {
    var text = "\(step.severity ?? "all") L\(step.level): \(step.to)"
    if let after = step.after {
      let since = step.since == .previous ? " after the previous step" : ""
      text += " at \(InstantText.span(.seconds(after)))\(since), unless \(step.unless.rawValue)"
    } else if let target = step.relativeTo {
      text += " when the time to \(target.rawValue) is over, unless \(step.unless.rawValue)"
    }
    if let condition = step.condition { text += ", by hand \(conditional(condition))" }
    return text
  }

  private func cadence(_ rule: Cadence) -> String {
    "\(rule.severity ?? "all"): every \(rule.interval.words)\(receiver(rule.audience))"
  }

  private func notice(_ notice: Notice) -> String {
    "\(notice.severity ?? "all"): once within \(notice.within.words)\(receiver(notice.audience))"
  }

  private func receiver(_ audience: String?) -> String { audience.map { " to \($0)" } ?? "" }

  private func watch(_ watch: Watch) -> String {
    let longest = watch.maximum.map { " to \(InstantText.span(.seconds($0)))" } ?? ""
    return "\(InstantText.span(.seconds(watch.seconds)))\(longest) after \(watch.after.rawValue)"
  }

  private func silence(_ rule: SilenceRule) -> String {
    "reminder after \(InstantText.span(.seconds(rule.seconds))) without any entry"
  }

  private func runbook(_ runbook: Runbook) -> String {
    let count = runbook.steps.count
    return "\(runbook.id): \(runbook.title) (\(count) step\(count == 1 ? "" : "s"))"
  }

  private func decision(_ question: DecisionQuestion) -> String {
    let answers = [question.yes.map { "yes: \($0)" }, question.no.map { "no: \($0)" }]
    return "\(question.question) \(answers.compactMap { $0 }.joined(separator: "; "))"
  }

  private func roleLines(_ role: Role) -> [String] {
    [line(role.name, role.line)] + role.duties.map { "    \($0)" }
  }

  private func contact(_ contact: Contact) -> String {
    [contact.role, contact.name, contact.contact].compactMap { $0 }.joined(separator: ", ")
  }

  private func turn(_ turn: OnCallTurn) -> String {
    let people = [turn.primary, turn.secondary].compactMap { $0 }.joined(separator: ", ")
    return "\(turn.days.map(\.rawValue).joined(separator: " ")): \(people)"
  }

  private func duty(_ duty: PostmortemDuty) -> String {
    "\(duty.severity ?? "all"): \(duty.what.rawValue)"
      + (duty.within.map { " within \($0.words)" } ?? "")
      + (duty.condition.map { ", \(conditional($0))" } ?? "")
  }

  /// `if customers notice`, whether or not the document's words begin with it.
  private func conditional(_ condition: String) -> String {
    let first = condition.prefix { !$0.isWhitespace }.lowercased()
    return ["if", "when", "unless", "for", "only"].contains(first)
      ? condition : "if \(condition)"
  }
}
