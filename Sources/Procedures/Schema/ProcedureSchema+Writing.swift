package import Engine
import YAML

extension ProcedureSchema {
  /// The procedure as exact YAML; reading it gives the same procedure, with its lines and source.
  ///
  /// Ids must be unique and everything mentioned defined, as in any procedure that was read.
  package static func write(_ procedure: Procedure) -> String {
    var map = MapBuilder()
    map.add("name", procedure.name)
    map.add(
      "source",
      .map([
        .init("path", .text(procedure.source.path)),
        .init("sha256", .text(procedure.source.sha256)),
      ]))
    if let calendar = procedure.calendar { map.add("calendar", value(calendar)) }
    map.add("severities", .list(procedure.severities.map(value)))
    map.add("statuses", procedure.statuses.map(value))
    map.add("phases", procedure.phases.map(value))
    map.add("checklist", procedure.checklist.map(value))
    map.add("escalation", procedure.escalation.map(value))
    map.add("cadence", procedure.cadence.map(value) + procedure.notices.map(value))
    map.add("watch", procedure.watch.map(value))
    if let silence = procedure.silence {
      var inner = MapBuilder()
      inner.add("after", span(silence.seconds))
      map.add("silence", inner.value(line: silence.line))
    }
    map.add("templates", procedure.templates.map(value))
    map.add("runbooks", procedure.runbooks.map(value))
    map.add("decisions", procedure.decisions.map(value))
    map.add("roles", procedure.roles.map(value))
    map.add("contacts", procedure.contacts.map(value))
    map.add("oncall", procedure.oncall.map(value))
    map.add("postmortem", procedure.postmortem.map(value))
    map.add("metrics", procedure.metrics.map(value))
    map.add("remarks", procedure.remarks.map(value))
    return map.value.yaml
  }

  // MARK: Facts

  private static func value(_ calendar: BusinessCalendar) -> YAMLValue {
    var map = MapBuilder()
    map.add("zone", calendar.zone)
    map.add("days", .list(calendar.days.map { .text($0.rawValue) }))
    map.add("from", .text(AllowanceText.clock(calendar.from)))
    map.add("to", .text(AllowanceText.clock(calendar.to)))
    map.add("holidays", calendar.holidays.map { .text($0.description) })
    return map.value(line: calendar.line)
  }

  private static func value(_ severity: Severity) -> YAMLValue {
    var map = MapBuilder()
    map.add("id", severity.id)
    map.add("name", severity.name)
    map.add("rank", .integer(severity.rank))
    map.add(
      "targets",
      severity.targets.map { target in
        var inner = MapBuilder()
        inner.add("kind", target.kind.rawValue)
        inner.add("within", AllowanceText.write(target.within))
        inner.add("audience", target.audience)
        inner.add("text", target.text)
        return inner.value(line: target.line)
      })
    map.add(
      "rules",
      severity.rules.map { rule in
        var inner = MapBuilder()
        inner.add("label", rule.label)
        inner.add("text", rule.text)
        return inner.value(line: rule.line)
      })
    return map.value(line: severity.line)
  }

  private static func value(_ status: Status) -> YAMLValue {
    var map = MapBuilder()
    map.add("id", status.id)
    map.add("name", status.name)
    map.add("role", status.role.rawValue)
    return map.value(line: status.line)
  }

  private static func value(_ phase: Phase) -> YAMLValue {
    var map = MapBuilder()
    map.add("id", phase.id)
    map.add("title", phase.title)
    map.add("window", phase.window.map(AllowanceText.write))
    return map.value(line: phase.line)
  }

  private static func value(_ item: ChecklistItem) -> YAMLValue {
    var map = MapBuilder()
    map.add("id", item.id)
    map.add("text", item.text)
    map.add("phase", item.phase)
    if item.depth > 0 { map.add("depth", .integer(item.depth)) }
    if item.kind != .task { map.add("kind", item.kind.rawValue) }
    map.add("severities", item.severities.map { .text($0) })
    return map.value(line: item.line)
  }

  private static func value(_ step: EscalationStep) -> YAMLValue {
    var map = MapBuilder()
    map.add("severity", step.severity)
    map.add("level", .integer(step.level))
    map.add("from", step.from)
    map.add("to", step.to)
    map.add("after", step.after.map(SpanText.text))
    map.add("since", step.since.rawValue)
    map.add("unless", step.unless.rawValue)
    map.add("condition", step.condition)
    map.add("relative_to", step.relativeTo?.rawValue)
    map.add("text", step.text)
    return map.value(line: step.line)
  }

  private static func value(_ rule: Cadence) -> YAMLValue {
    var map = MapBuilder()
    map.add("severity", rule.severity)
    map.add("every", AllowanceText.write(.seconds(rule.every, maximum: rule.maximum)))
    map.add("audience", rule.audience)
    map.add("text", rule.text)
    return map.value(line: rule.line)
  }

  private static func value(_ notice: Notice) -> YAMLValue {
    var map = MapBuilder()
    map.add("severity", notice.severity)
    map.add("once", .boolean(true))
    map.add("within", AllowanceText.write(notice.within))
    map.add("audience", notice.audience)
    map.add("text", notice.text)
    return map.value(line: notice.line)
  }

  private static func value(_ watch: Watch) -> YAMLValue {
    var map = MapBuilder()
    map.add("for", AllowanceText.write(.seconds(watch.seconds, maximum: watch.maximum)))
    map.add("after", watch.after.rawValue)
    map.add("text", watch.text)
    return map.value(line: watch.line)
  }

  private static func value(_ template: Template) -> YAMLValue {
    var map = MapBuilder()
    map.add("id", template.id)
    map.add("title", template.title)
    map.add("body", template.body)
    map.add("severities", template.severities.map { .text($0) })
    return map.value(line: template.line)
  }

  private static func value(_ runbook: Runbook) -> YAMLValue {
    var map = MapBuilder()
    map.add("id", runbook.id)
    map.add("title", runbook.title)
    map.add(
      "steps",
      runbook.steps.map { step in
        var inner = MapBuilder()
        inner.add("text", step.text)
        inner.add("command", step.command)
        return inner.value(line: step.line)
      })
    return map.value(line: runbook.line)
  }

  private static func value(_ decision: DecisionQuestion) -> YAMLValue {
    var map = MapBuilder()
    map.add("question", decision.question)
    map.add("yes", decision.yes)
    map.add("no", decision.no)
    return map.value(line: decision.line)
  }

  private static func value(_ role: Role) -> YAMLValue {
    var map = MapBuilder()
    map.add("name", role.name)
    map.add("duties", role.duties.map { .text($0) })
    return map.value(line: role.line)
  }

  private static func value(_ contact: Contact) -> YAMLValue {
    var map = MapBuilder()
    map.add("role", contact.role)
    map.add("name", contact.name)
    map.add("contact", contact.contact)
    return map.value(line: contact.line)
  }

  private static func value(_ turn: OnCallTurn) -> YAMLValue {
    var map = MapBuilder()
    map.add("days", turn.days.map { .text($0.rawValue) })
    map.add("primary", turn.primary)
    map.add("secondary", turn.secondary)
    return map.value(line: turn.line)
  }

  private static func value(_ duty: PostmortemDuty) -> YAMLValue {
    var map = MapBuilder()
    map.add("severity", duty.severity)
    map.add("condition", duty.condition)
    map.add("what", duty.what.rawValue)
    map.add("within", duty.within.map(AllowanceText.write))
    map.add("text", duty.text)
    return map.value(line: duty.line)
  }

  private static func value(_ metric: MetricDefinition) -> YAMLValue {
    var map = MapBuilder()
    map.add("id", metric.id)
    map.add("from", metric.from)
    map.add("to", metric.to)
    return map.value(line: metric.line)
  }

  private static func value(_ remark: Remark) -> YAMLValue {
    var map = MapBuilder()
    map.add("kind", remark.kind.rawValue)
    map.add("text", remark.text)
    return map.value(line: remark.line)
  }

  private static func span(_ seconds: Int) -> YAMLValue { .text(SpanText.text(seconds)) }
}

/// Gathers keys, leaving out what is not there.
private struct MapBuilder {
  private var entries: [YAMLValue.Entry] = []

  mutating func add(_ key: String, _ value: YAMLValue) { entries.append(.init(key, value)) }

  mutating func add(_ key: String, _ text: String?) {
    if let text { entries.append(.init(key, .text(text))) }
  }

  mutating func add(_ key: String, _ list: [YAMLValue]) {
    if !list.isEmpty { entries.append(.init(key, .list(list))) }
  }

  var value: YAMLValue { .map(entries) }

  func value(line: Int) -> YAMLValue { .map(entries + [.init("line", .integer(line))]) }
}
