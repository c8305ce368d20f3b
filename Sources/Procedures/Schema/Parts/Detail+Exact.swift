import Engine
import YAML

extension Detail {
  /// The `details` of an item or a phase: texts, and commands under the key `command`.
  static func list(_ fields: SchemaFields) throws(ProcedureError) -> [Self] {
    try fields.facts("details") { node throws(ProcedureError) in
      [try read(node, fields.context)]
    }
  }

  private static func read(
    _ node: YAMLNode, _ context: SchemaContext
  ) throws(ProcedureError) -> Self {
    if let text = node.text { return Self(text: text, line: node.line) }
    let fields = try SchemaFields(node, "a detail", keys: ["text", "command"], context)
    if let command = try fields.text("command") {
      return Self(text: command, isCommand: true, line: fields.line)
    }
    return Self(text: try fields.required("text", "Look at the graphs"), line: fields.line)
  }

  var yaml: YAMLValue {
    var map = MapBuilder()
    map.add(isCommand ? "command" : "text", text)
    return map.value(line: line)
  }
}
