import Engine
import YAML

extension Status: ExactFact {
  static func read(
    _ node: YAMLNode, _ reader: inout SchemaReader
  ) throws(ProcedureError) -> [Self] {
    let fields = try SchemaFields(node, "a status", keys: ["id", "name", "role"], reader.context)
    let name = try fields.text("name")
    if name == nil { _ = try fields.required("id", "investigating") }
    let id = try reader.id(fields, from: name ?? "", in: .statuses)
    guard let role: Role = try fields.choice("role") else { throw fields.missing("role", "open") }
    return [Self(id: id, name: name ?? id, role: role, line: fields.line)]
  }

  var yaml: YAMLValue {
    var map = MapBuilder()
    map.add("id", id)
    map.add("name", name)
    map.add("role", role.rawValue)
    return map.value(line: line)
  }
}
