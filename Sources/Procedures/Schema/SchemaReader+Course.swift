import Engine
import YAML

/// The calendar, statuses, phases and the checklist.
extension SchemaReader {
  func calendar(_ fields: SchemaFields) throws(ProcedureError) -> BusinessCalendar? {
    guard let node = try fields.value("calendar") else { return nil }
    let inner = try SchemaFields(
      node, "the calendar", keys: ["zone", "days", "from", "to", "hours", "holidays"], context)
    return try CalendarFields.read(inner)
  }

  func statuses(_ fields: SchemaFields) throws(ProcedureError) -> [Status] {
    var ids = TakenIDs()
    return try fields.facts("statuses") { node throws(ProcedureError) in
      let inner = try SchemaFields(node, "a status", keys: ["id", "name", "role"], self.context)
      let name = try inner.text("name")
      if name == nil { _ = try inner.required("id", "investigating") }
      let id = try self.id(inner, from: name ?? "", &ids)
      guard let role: Status.Role = try inner.choice("role") else {
        throw inner.missing("role", "open")
      }
      return [Status(id: id, name: name ?? id, role: role, line: inner.line)]
    }
  }

  func phases(_ fields: SchemaFields) throws(ProcedureError) -> [Phase] {
    var ids = TakenIDs()
    return try fields.facts("phases") { node throws(ProcedureError) in
      let inner = try SchemaFields(
        node, "a phase", keys: ["id", "title", "window", "window_seconds"], self.context)
      let title = try inner.required("title", "Triage")
      let id = try self.id(inner, from: title, &ids)
      return [
        Phase(id: id, title: title, window: try self.window(inner), line: inner.line)
      ]
    }
  }

  /// `0-15m`, `30m+` or a list of beginning and end, the end null where it is open.
  private func window(_ fields: SchemaFields) throws(ProcedureError) -> Phase.Window? {
    guard let value = try fields.value(anyOf: ["window", "window_seconds"]) else { return nil }
    if let text = value.text, let window = AllowanceText.window(text) { return window }
    if let items = value.items, items.count == 2,
      let start = items[0].text.flatMap(AllowanceText.seconds)
    {
      if items[1].isNull { return Phase.Window(start: start, end: nil) }
      if let end = items[1].text.flatMap(AllowanceText.seconds), end >= start {
        return Phase.Window(start: start, end: end)
      }
    }
    throw context.error(
      at: value, "'\(value.shown)' is no window of time",
      remedy: "write 0-15m, 30m+ or [15m, 30m], the earlier end first")
  }

  /// Parts of an item stand below it under `items`, or after it with a greater `depth`.
  mutating func checklist(_ fields: SchemaFields) throws(ProcedureError) -> [ChecklistItem] {
    var ids = TakenIDs()
    var items: [ChecklistItem] = []
    let nodes = try fields.facts("checklist") { [$0] }
    for node in nodes {
      items += try checklistItem(node, parent: nil, &ids)
    }
    return items
  }

  private mutating func checklistItem(
    _ node: YAMLNode, parent: ChecklistItem?, _ ids: inout TakenIDs
  ) throws(ProcedureError) -> [ChecklistItem] {
    var node = node
    if node.text != nil {
      // A bare text is an item without anything else to say.
      let entry = YAMLNode.Entry(key: "text", line: node.line, column: node.column, value: node)
      node.value = .mapping([entry])
    }
    let fields = try SchemaFields(
      node, "a checklist item",
      keys: ["id", "text", "phase", "depth", "kind", "severities", "items"], context)
    let text = try fields.required("text", "Look at the last deployment")
    var item = ChecklistItem(
      id: try id(fields, from: text, &ids), text: text, phase: parent?.phase,
      depth: try fields.integer("depth", in: 0...31) ?? parent.map { $0.depth + 1 } ?? 0,
      kind: try fields.choice("kind") ?? .task, severities: parent?.severities ?? [],
      line: fields.line)
    if let phase = try fields.value("phase") {
      let name = try fields.text(of: phase, "phase")
      references.append(Reference(kind: .phase, name: name, node: phase))
      item.phase = name
    }
    if fields.states("severities") { item.severities = try severityList(fields) }
    var items = [item]
    for part in try fields.facts("items", { [$0] }) {
      items += try checklistItem(part, parent: item, &ids)
    }
    return items
  }
}
