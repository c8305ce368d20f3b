import Engine
import YAML

/// Updates again and again, and, marked `once`, single ones.
struct ExactUpdates: ExactForm {
  func read(
    _ fields: SchemaFields, into reader: inout SchemaReader
  ) throws(ProcedureError) {
    for node in try fields.facts("cadence", { [$0] }) {
      let inner = try SchemaFields(
        node, "an update rule",
        keys: [
          "severity", "every", "every_seconds", "once", "within", "within_seconds", "seconds",
          "max_seconds", "business_days", "business_hours", "audience", "text",
        ], reader.context)
      if try inner.value("once")?.boolean == true {
        reader.procedure.notices += try notices(inner, &reader)
      } else {
        reader.procedure.cadence += try cadence(inner, &reader)
      }
    }
  }

  private func cadence(
    _ fields: SchemaFields, _ reader: inout SchemaReader
  ) throws(ProcedureError) -> [Cadence] {
    guard let every = try fields.allowance("every", "every_seconds") else {
      throw fields.missing("every", "30m")
    }
    guard every.isPositive else {
      throw reader.context.error(
        at: fields.node, "an update every 0s is not possible", remedy: "write every: 30m")
    }
    let words = "every " + AllowanceText.write(every)
    var rules: [Cadence] = []
    for severity in try reader.severity(fields) {
      rules.append(
        Cadence(
          severity: severity, interval: every, audience: try fields.text("audience"),
          text: try fields.text("text") ?? words, line: fields.line))
    }
    return rules
  }

  private func notices(
    _ fields: SchemaFields, _ reader: inout SchemaReader
  ) throws(ProcedureError) -> [Notice] {
    guard let within = try fields.allowance("within", "within_seconds", "seconds") else {
      throw fields.missing("within", "2 business days")
    }
    var notices: [Notice] = []
    for severity in try reader.severity(fields) {
      notices.append(
        Notice(
          severity: severity, within: within, audience: try fields.text("audience"),
          text: try fields.text("text") ?? "once within \(AllowanceText.write(within))",
          line: fields.line))
    }
    return notices
  }

  func yaml(of procedure: Procedure) -> YAMLValue? {
    let rules = procedure.cadence.map(\.yaml) + procedure.notices.map(\.yaml)
    return rules.isEmpty ? nil : .list(rules)
  }

  func merge(_ frontMatter: PartialProcedure, over prose: inout Procedure) {
    merge(.cadence, frontMatter, over: &prose)
  }
}

extension Cadence {
  fileprivate var yaml: YAMLValue {
    var map = MapBuilder()
    map.add("severity", severity)
    map.add("every", AllowanceText.write(interval))
    map.add("audience", audience)
    map.add("text", text)
    return map.value(line: line)
  }
}

extension Notice {
  fileprivate var yaml: YAMLValue {
    var map = MapBuilder()
    map.add("severity", severity)
    map.add("once", .boolean(true))
    map.add("within", AllowanceText.write(within))
    map.add("audience", audience)
    map.add("text", text)
    return map.value(line: line)
  }
}
