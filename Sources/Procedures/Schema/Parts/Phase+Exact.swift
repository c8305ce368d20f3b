import Engine
import YAML

extension Phase: ExactFact {
  static func read(
    _ node: YAMLNode, _ reader: inout SchemaReader
  ) throws(ProcedureError) -> [Self] {
    let fields = try SchemaFields(
      node, "a phase",
      keys: ["id", "title", "window", "window_seconds", "details", "after_incident"],
      reader.context)
    let title = try fields.required("title", "Triage")
    let id = try reader.id(fields, from: title, in: .phases)
    return [
      Self(
        id: id, title: title, window: try window(fields), details: try Detail.list(fields),
        isAfterIncident: try fields.value("after_incident")?.boolean, line: fields.line)
    ]
  }

  /// `0-15m`, `30m+` or a list of beginning and end, the end null where it is open.
  private static func window(_ fields: SchemaFields) throws(ProcedureError) -> Window? {
    guard let value = try fields.value(anyOf: ["window", "window_seconds"]) else { return nil }
    if let text = value.text, let window = AllowanceText.window(text) { return window }
    if let items = value.items, items.count == 2,
      let start = items[0].text.flatMap(AllowanceText.seconds)
    {
      if items[1].isNull { return Window(start: start, end: nil) }
      if let end = items[1].text.flatMap(AllowanceText.seconds), end >= start {
        return Window(start: start, end: end)
      }
    }
    throw fields.context.error(
      at: value, "'\(value.shown)' is not a time window",
      remedy: "write 0-15m, 30m+ or [15m, 30m], the earlier end first")
  }

  var yaml: YAMLValue {
    var map = MapBuilder()
    map.add("id", id)
    map.add("title", title)
    map.add("window", window.map(AllowanceText.write))
    map.add("details", details.map(\.yaml))
    if Self(id: id, title: title, line: 0).isAfterIncident != isAfterIncident {
      map.add("after_incident", .boolean(isAfterIncident))
    }
    return map.value(line: line)
  }
}
