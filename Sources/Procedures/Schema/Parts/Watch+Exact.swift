import Engine
import YAML

extension Watch: ExactFact {
  static func read(
    _ node: YAMLNode, _ reader: inout SchemaReader
  ) throws(ProcedureError) -> [Self] {
    let fields = try SchemaFields(
      node, "a watch period", keys: ["for", "seconds", "max_seconds", "after", "text"],
      reader.context)
    guard let span = try fields.span("for", "seconds") else { throw fields.missing("for", "30m") }
    guard let after: Anchor = try fields.choice("after") else {
      throw fields.missing("after", "mitigated")
    }
    let words = AllowanceText.write(.seconds(span.seconds, maximum: span.maximum))
    return [
      Self(
        seconds: span.seconds, maximum: span.maximum, after: after,
        text: try fields.text("text") ?? "watch for \(words) after \(after.rawValue)",
        line: fields.line)
    ]
  }

  var yaml: YAMLValue {
    var map = MapBuilder()
    map.add("for", AllowanceText.write(.seconds(seconds, maximum: maximum)))
    map.add("after", after.rawValue)
    map.add("text", text)
    return map.value(line: line)
  }
}
