import Engine
import YAML

extension MetricDefinition: ExactFact {
  static func read(
    _ node: YAMLNode, _ reader: inout SchemaReader
  ) throws(ProcedureError) -> [Self] {
    let fields = try SchemaFields(node, "a metric", keys: ["id", "from", "to"], reader.context)
    _ = try fields.required("id", "time_to_resolve")
    return [
      Self(
        id: try reader.id(fields, from: "", in: .metrics),
        from: try fields.required("from", "detected"), to: try fields.required("to", "resolved"),
        line: fields.line)
    ]
  }

  var yaml: YAMLValue {
    var map = MapBuilder()
    map.add("id", id)
    map.add("from", from)
    map.add("to", to)
    return map.value(line: line)
  }
}
