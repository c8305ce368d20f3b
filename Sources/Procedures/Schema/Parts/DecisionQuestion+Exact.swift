import Engine
import YAML

extension DecisionQuestion: ExactFact {
  static func read(
    _ node: YAMLNode, _ reader: inout SchemaReader
  ) throws(ProcedureError) -> [Self] {
    let fields = try SchemaFields(
      node, "a decision", keys: ["question", "yes", "no"], reader.context)
    return [
      Self(
        question: try fields.required("question", "Was there a deployment?"),
        yes: try fields.text("yes"), no: try fields.text("no"), line: fields.line)
    ]
  }

  var yaml: YAMLValue {
    var map = MapBuilder()
    map.add("question", question)
    map.add("yes", yes)
    map.add("no", no)
    return map.value(line: line)
  }
}
