import Engine
import YAML

extension OnCallTurn: ExactFact {
  static func read(
    _ node: YAMLNode, _ reader: inout SchemaReader
  ) throws(ProcedureError) -> [Self] {
    [try read(node, reader.context)]
  }

  /// As procedures and stores state it.
  static func read(
    _ node: YAMLNode, _ context: SchemaContext
  ) throws(ProcedureError) -> Self {
    let fields = try SchemaFields(
      node, "a turn on call", keys: ["days", "primary", "secondary"], context)
    let days = try fields.value("days")
    return Self(
      days: try days.map { node throws(ProcedureError) in try CalendarFields.days(node, fields) }
        ?? [],
      primary: try fields.text("primary"), secondary: try fields.text("secondary"),
      line: fields.line)
  }

  var yaml: YAMLValue {
    var map = MapBuilder()
    map.add("days", days.map { .text($0.rawValue) })
    map.add("primary", primary)
    map.add("secondary", secondary)
    return map.value(line: line)
  }
}
