import Engine
import YAML

extension Role: ExactFact {
  static func read(
    _ node: YAMLNode, _ reader: inout SchemaReader
  ) throws(ProcedureError) -> [Self] {
    if let name = node.text { return [Self(name: name, line: node.line)] }
    let fields = try SchemaFields(node, "a role", keys: ["name", "duties"], reader.context)
    return [
      Self(
        name: try fields.required("name", "Scribe"), duties: try fields.texts("duties"),
        line: fields.line)
    ]
  }

  var yaml: YAMLValue {
    var map = MapBuilder()
    map.add("name", name)
    map.add("duties", duties.map { .text($0) })
    return map.value(line: line)
  }
}
