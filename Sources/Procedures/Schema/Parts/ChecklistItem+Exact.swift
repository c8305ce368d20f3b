import Engine
import YAML

extension ChecklistItem: ExactFact {
  /// Parts of an item stand below it under `items`, or after it with a greater `depth`.
  static func read(
    _ node: YAMLNode, _ reader: inout SchemaReader
  ) throws(ProcedureError) -> [Self] {
    try read(node, below: nil, &reader)
  }

  private static func read(
    _ node: YAMLNode, below parent: Self?, _ reader: inout SchemaReader
  ) throws(ProcedureError) -> [Self] {
    var node = node
    if node.text != nil {
      // A bare text is an item without anything else to say.
      let entry = YAMLNode.Entry(key: "text", line: node.line, column: node.column, value: node)
      node.value = .mapping([entry])
    }
    let fields = try SchemaFields(
      node, "a checklist item",
      keys: ["id", "text", "phase", "depth", "kind", "severities", "details", "items"],
      reader.context)
    let text = try fields.required("text", "Look at the last deployment")
    var item = Self(
      id: try reader.id(fields, from: text, in: .checklist), text: text, phase: parent?.phase,
      depth: try fields.integer("depth", in: 0...31) ?? parent.map { $0.depth + 1 } ?? 0,
      kind: try fields.choice("kind") ?? .task, severities: parent?.severities ?? [],
      details: try Detail.list(fields), line: fields.line)
    if let phase = try fields.value("phase") {
      let name = try fields.text(of: phase, "phase")
      reader.references.append(SchemaReader.Reference(kind: .phase, name: name, node: phase))
      item.phase = name
    }
    if fields.states("severities") { item.severities = try reader.severityList(fields) }
    var items = [item]
    for part in try fields.facts("items", { [$0] }) {
      items += try read(part, below: item, &reader)
    }
    return items
  }

  var yaml: YAMLValue {
    var map = MapBuilder()
    map.add("id", id)
    map.add("text", text)
    map.add("phase", phase)
    if depth > 0 { map.add("depth", .integer(depth)) }
    if kind != .task { map.add("kind", kind.rawValue) }
    map.add("severities", severities.map { .text($0) })
    map.add("details", details.map(\.yaml))
    return map.value(line: line)
  }
}
