import Engine
import YAML

extension EscalationStep: ExactFact {
  static func read(
    _ node: YAMLNode, _ reader: inout SchemaReader
  ) throws(ProcedureError) -> [Self] {
    let fields = try SchemaFields(
      node, "an escalation step",
      keys: [
        "severity", "level", "from", "to", "after", "after_seconds", "since", "unless",
        "condition", "relative_to", "text",
      ], reader.context)
    let to = try fields.required("to", "Engineering Lead")
    let after = try fields.span("after", "after_seconds")
    let since: Anchor? = try fields.choice("since")
    let unless: StopCondition? = try fields.choice("unless")
    let level = try fields.integer("level", in: 0...99)
    let relativeTo: Severity.Target.Kind? = try fields.choice("relative_to")
    var isFirst = true
    var steps: [Self] = []
    for severity in try reader.severity(fields) {
      let path = severity?.lowercased() ?? ""
      if reader.levels[path] != nil { isFirst = false }
      var step = Self(
        severity: severity, level: level ?? (reader.levels[path] ?? 0) + 1,
        from: try fields.text("from"), to: to, after: after?.seconds, since: since ?? .start,
        unless: unless ?? .resolved, condition: try fields.text("condition"),
        relativeTo: relativeTo, line: fields.line)
      reader.levels[path] = max(reader.levels[path] ?? 0, step.level)
      step.text = try fields.text("text") ?? words(step)
      steps.append(step)
    }
    if after != nil || relativeTo != nil {
      let counted = relativeTo == nil ? since : .start
      remarkAssumptions(counted, unless, isFirst: isFirst, fields.line, to, &reader)
    }
    return steps
  }

  private static func words(_ step: Self) -> String {
    if step.after == nil, let target = step.relativeTo {
      return "\(step.to) when the time to \(target.rawValue) is over"
    }
    guard let after = step.after else {
      return step.condition.map { "\(step.to), \($0)" } ?? step.to
    }
    return "\(step.to) after \(SpanText.text(after)) unless \(step.unless.rawValue)"
  }

  private static func remarkAssumptions(
    _ since: Anchor?, _ unless: StopCondition?, isFirst: Bool, _ line: Int, _ to: String,
    _ reader: inout SchemaReader
  ) {
    if since == nil, !isFirst {
      reader.procedure.remarks.append(
        Remark(
          line: line, kind: .ambiguous,
          text: "'\(to)': the delay may count from the start or from the previous step; "
            + "taken from the start, which alerts earlier"))
    }
    if unless == nil {
      reader.procedure.remarks.append(
        Remark(
          line: line, kind: .assumed,
          text: "'\(to)': no stop condition is stated; taken as 'not resolved'"))
    }
  }

  var yaml: YAMLValue {
    var map = MapBuilder()
    map.add("severity", severity)
    map.add("level", .integer(level))
    map.add("from", from)
    map.add("to", to)
    map.add("after", after.map(SpanText.text))
    map.add("since", since.rawValue)
    map.add("unless", unless.rawValue)
    map.add("condition", condition)
    map.add("relative_to", relativeTo?.rawValue)
    map.add("text", text)
    return map.value(line: line)
  }
}
