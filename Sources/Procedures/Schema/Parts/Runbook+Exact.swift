import Engine
import YAML

extension Runbook: ExactFact {
  static func read(
    _ node: YAMLNode, _ reader: inout SchemaReader
  ) throws(ProcedureError) -> [Self] {
    let fields = try SchemaFields(
      node, "a runbook", keys: ["id", "title", "steps"], reader.context)
    let title = try fields.required("title", "Database down")
    let id = try reader.id(fields, from: title, in: .runbooks)
    let steps = try fields.facts("steps") { node throws(ProcedureError) in
      [try step(node, fields.context)]
    }
    return [Self(id: id, title: title, steps: steps, line: fields.line)]
  }

  private static func step(
    _ node: YAMLNode, _ context: SchemaContext
  ) throws(ProcedureError) -> Step {
    if let text = node.text { return Step(text: text, line: node.line) }
    let fields = try SchemaFields(node, "a runbook step", keys: ["text", "command"], context)
    let text = try fields.text("text")
    let command = try fields.text("command")
    guard text != nil || command != nil else { throw fields.missing("text", "Restart it") }
    return Step(text: text ?? "", command: command, line: fields.line)
  }

  var yaml: YAMLValue {
    var map = MapBuilder()
    map.add("id", id)
    map.add("title", title)
    map.add(
      "steps",
      steps.map { step in
        var inner = MapBuilder()
        inner.add("text", step.text)
        inner.add("command", step.command)
        return inner.value(line: step.line)
      })
    return map.value(line: line)
  }
}
