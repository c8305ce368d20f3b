import Engine
import YAML

extension Template: ExactFact {
  static func read(
    _ node: YAMLNode, _ reader: inout SchemaReader
  ) throws(ProcedureError) -> [Self] {
    let fields = try SchemaFields(
      node, "a template", keys: ["id", "title", "body", "severities"], reader.context)
    let title = try fields.text("title")
    if title == nil { _ = try fields.required("id", "update") }
    let id = try reader.id(fields, from: title ?? "", in: .templates)
    guard let body = try fields.text("body") else { throw fields.missing("body", "|") }
    return [
      Self(
        id: id, title: title ?? id, body: body, severities: try reader.severityList(fields),
        line: fields.line)
    ]
  }

  var yaml: YAMLValue {
    var map = MapBuilder()
    map.add("id", id)
    map.add("title", title)
    map.add("body", body)
    map.add("severities", severities.map { .text($0) })
    return map.value(line: line)
  }
}
