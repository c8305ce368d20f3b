import Engine
import YAML

extension PostmortemDuty: ExactFact {
  static func read(
    _ node: YAMLNode, _ reader: inout SchemaReader
  ) throws(ProcedureError) -> [Self] {
    let fields = try SchemaFields(
      node, "a post-mortem duty",
      keys: [
        "severity", "condition", "what", "within", "within_seconds", "seconds", "max_seconds",
        "business_days", "business_hours", "text",
      ], reader.context)
    guard let what: What = try fields.choice("what") else { throw fields.missing("what", "draft") }
    let within = try fields.allowance("within", "within_seconds", "seconds")
    let words = within.map { "\(what.rawValue) within \(AllowanceText.write($0))" }
    var duties: [Self] = []
    for severity in try reader.severity(fields) {
      duties.append(
        Self(
          severity: severity, condition: try fields.text("condition"), what: what, within: within,
          text: try fields.text("text") ?? words ?? what.rawValue, line: fields.line))
    }
    return duties
  }

  var yaml: YAMLValue {
    var map = MapBuilder()
    map.add("severity", severity)
    map.add("condition", condition)
    map.add("what", what.rawValue)
    map.add("within", within.map(AllowanceText.write))
    map.add("text", text)
    return map.value(line: line)
  }
}
