import Engine
import YAML

/// Escalation, cadence, watch and silence.
extension SchemaReader {
  mutating func escalation(_ fields: SchemaFields) throws(ProcedureError) -> [EscalationStep] {
    var steps: [EscalationStep] = []
    var levels: [String: Int] = [:]
    for node in try fields.facts("escalation", { [$0] }) {
      let inner = try SchemaFields(
        node, "an escalation step",
        keys: [
          "severity", "level", "from", "to", "after", "after_seconds", "since", "unless",
          "condition", "relative_to", "text",
        ], context)
      let to = try inner.required("to", "Engineering Lead")
      let after = try inner.span("after", "after_seconds")
      let since: EscalationStep.Anchor? = try inner.choice("since")
      let unless: EscalationStep.StopCondition? = try inner.choice("unless")
      let level = try inner.integer("level", in: 0...99)
      let relativeTo: Severity.Target.Kind? = try inner.choice("relative_to")
      var isFirst = true
      for severity in try severity(inner) {
        let path = severity?.lowercased() ?? ""
        if levels[path] != nil { isFirst = false }
        var step = EscalationStep(
          severity: severity, level: level ?? (levels[path] ?? 0) + 1,
          from: try inner.text("from"), to: to, after: after?.seconds, since: since ?? .start,
          unless: unless ?? .resolved, condition: try inner.text("condition"),
          relativeTo: relativeTo, line: inner.line)
        levels[path] = max(levels[path] ?? 0, step.level)
        step.text = try inner.text("text") ?? Self.words(step)
        steps.append(step)
      }
      if after != nil || relativeTo != nil {
        let since = relativeTo == nil ? since : .start
        remarkAssumptions(since, unless, isFirst: isFirst, inner.line, to)
      }
    }
    return steps
  }

  private static func words(_ step: EscalationStep) -> String {
    if step.after == nil, let target = step.relativeTo {
      return "\(step.to) when the time to \(target.rawValue) is over"
    }
    guard let after = step.after else {
      return step.condition.map { "\(step.to), \($0)" } ?? step.to
    }
    return "\(step.to) after \(SpanText.text(after)) unless \(step.unless.rawValue)"
  }

  private mutating func remarkAssumptions(
    _ since: EscalationStep.Anchor?, _ unless: EscalationStep.StopCondition?, isFirst: Bool,
    _ line: Int, _ to: String
  ) {
    if since == nil, !isFirst {
      procedure.remarks.append(
        Remark(
          line: line, kind: .ambiguous,
          text: "'\(to)': the delay may count from the start or from the previous step; "
            + "taken from the start, which alerts earlier"))
    }
    if unless == nil {
      procedure.remarks.append(
        Remark(
          line: line, kind: .assumed,
          text: "'\(to)': no stop condition is stated; taken as 'not resolved'"))
    }
  }

  /// Rules for updates again and again, and, marked `once`, for single ones.
  mutating func readCadence(_ fields: SchemaFields) throws(ProcedureError) {
    for node in try fields.facts("cadence", { [$0] }) {
      let inner = try SchemaFields(
        node, "an update rule",
        keys: [
          "severity", "every", "every_seconds", "once", "within", "within_seconds", "seconds",
          "max_seconds", "business_days", "business_hours", "audience", "text",
        ], context)
      if try inner.value("once")?.boolean == true {
        procedure.notices += try notices(inner)
      } else {
        procedure.cadence += try cadence(inner)
      }
    }
  }

  private mutating func cadence(_ inner: SchemaFields) throws(ProcedureError) -> [Cadence] {
    guard let every = try inner.span("every", "every_seconds") else {
      throw inner.missing("every", "30m")
    }
    guard every.seconds > 0 else {
      throw context.error(
        at: inner.node, "an update every 0s has no end", remedy: "write every: 30m")
    }
    let words = "every " + AllowanceText.write(.seconds(every.seconds, maximum: every.maximum))
    var rules: [Cadence] = []
    for severity in try severity(inner) {
      rules.append(
        Cadence(
          severity: severity, every: every.seconds, maximum: every.maximum,
          audience: try inner.text("audience"), text: try inner.text("text") ?? words,
          line: inner.line))
    }
    return rules
  }

  private mutating func notices(_ inner: SchemaFields) throws(ProcedureError) -> [Notice] {
    guard let within = try inner.allowance("within", "within_seconds", "seconds") else {
      throw inner.missing("within", "2 business days")
    }
    var notices: [Notice] = []
    for severity in try severity(inner) {
      notices.append(
        Notice(
          severity: severity, within: within, audience: try inner.text("audience"),
          text: try inner.text("text") ?? "once within \(AllowanceText.write(within))",
          line: inner.line))
    }
    return notices
  }

  func watch(_ fields: SchemaFields) throws(ProcedureError) -> [Watch] {
    try fields.facts("watch") { node throws(ProcedureError) in
      let inner = try SchemaFields(
        node, "a watch period", keys: ["for", "seconds", "max_seconds", "after", "text"],
        self.context)
      guard let span = try inner.span("for", "seconds") else { throw inner.missing("for", "30m") }
      guard let after: Watch.Anchor = try inner.choice("after") else {
        throw inner.missing("after", "mitigated")
      }
      let words = AllowanceText.write(.seconds(span.seconds, maximum: span.maximum))
      return [
        Watch(
          seconds: span.seconds, maximum: span.maximum, after: after,
          text: try inner.text("text") ?? "watch for \(words) after \(after.rawValue)",
          line: inner.line)
      ]
    }
  }

  /// A span alone, or a mapping that also says its line.
  func silence(_ fields: SchemaFields) throws(ProcedureError) -> SilenceRule? {
    guard let value = try fields.value("silence") else { return nil }
    guard value.text == nil else {
      guard case .seconds(let seconds, nil) = try fields.allowance(of: value), seconds > 0 else {
        throw context.error(
          at: value, "'\(value.shown)' is no span of silence", remedy: "write silence: 20m")
      }
      return SilenceRule(seconds: seconds, line: value.line)
    }
    let inner = try SchemaFields(value, "the silence rule", keys: ["after", "seconds"], context)
    guard let span = try inner.span("after", "seconds"), span.maximum == nil, span.seconds > 0
    else { throw inner.missing("after", "20m") }
    return SilenceRule(seconds: span.seconds, line: inner.line)
  }
}
