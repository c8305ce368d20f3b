import Engine
import YAML

extension AlertMapping {
  private static let keys = [
    "items", "key", "title", "status", "severity", "url", "text", "time", "labels",
  ]

  /// An entry of `mappings:`, by the name under which its sender delivers.
  static func read(
    _ entry: YAMLNode.Entry, _ context: SchemaContext
  ) throws(ProcedureError) -> Self {
    let name = entry.key
    let isPlain = name.utf8.allSatisfy { byte in
      byte == 45 || byte == 95 || (48...57).contains(byte) || (97...122).contains(byte)
    }
    guard isPlain, (1...40).contains(name.utf8.count) else {
      throw context.error(
        line: entry.line, column: entry.column,
        "'\(name)' is no name for a mapping",
        remedy: "use at most 40 of a-z, 0-9, - and _: it is a part of an address")
    }
    let fields = try SchemaFields(entry.value, "a mapping", keys: keys, context)
    var mapping = Self(name: name)
    mapping.items = try pointers("items", fields).first
    mapping.key = try pointers("key", fields)
    mapping.title = try pointers("title", fields)
    mapping.severity = try pointers("severity", fields)
    mapping.url = try pointers("url", fields)
    mapping.text = try pointers("text", fields)
    mapping.start = try pointers("time", fields)
    try mapping.readStatus(fields)
    for (label, node) in try labels(fields) {
      mapping.labels[label] = try pointer(node, "labels", fields)
    }
    guard !mapping.key.isEmpty || !mapping.title.isEmpty else {
      throw fields.missing("title", "/summary")
    }
    return mapping
  }

  /// `status: /state`, or `status: {at: /state, resolved: [ok], ignored: [pending], missing: ignored}`.
  private mutating func readStatus(_ fields: SchemaFields) throws(ProcedureError) {
    statuses = ["resolved": .resolved, "ok": .resolved, "up": .resolved, "closed": .resolved]
    guard let value = try fields.value("status") else { return }
    guard value.entries != nil else {
      status = try Self.pointers("status", fields)
      return
    }
    let inner = try SchemaFields(
      value, "a status", keys: ["at", "firing", "resolved", "ignored", "missing"], fields.context)
    status = try Self.pointers("at", inner)
    statuses = [:]
    for meaning in Meaning.allCases {
      for word in try inner.texts(meaning.rawValue) { statuses[word.lowercased()] = meaning }
    }
    statusIfMissing = try inner.choice("missing") ?? .firing
  }

  private static func labels(
    _ fields: SchemaFields
  ) throws(ProcedureError) -> [(String, YAMLNode)] {
    guard let value = try fields.value("labels") else { return [] }
    guard let entries = value.entries, entries.count <= 64 else {
      throw fields.context.error(
        at: value, "'labels' must be a mapping of at most 64 names to pointers",
        remedy: "write it as 'labels: {service: /service/name}'")
    }
    return entries.map { ($0.key, $0.value) }
  }

  private static func pointers(
    _ name: String, _ fields: SchemaFields
  ) throws(ProcedureError) -> [JSONPointer] {
    guard let value = try fields.value(name) else { return [] }
    var pointers: [JSONPointer] = []
    for node in value.items ?? [value] { pointers.append(try pointer(node, name, fields)) }
    return pointers
  }

  private static func pointer(
    _ node: YAMLNode, _ name: String, _ fields: SchemaFields
  ) throws(ProcedureError) -> JSONPointer {
    guard let text = node.text, let pointer = JSONPointer(text) else {
      throw fields.context.error(
        at: node, "'\(node.shown)' of '\(name)' is no JSON pointer",
        remedy: "write the way to the value, such as /alert/title")
    }
    return pointer
  }
}
