package struct Contact: Hashable, Sendable {
  package var role: String?
  package var name: String?
  package var contact: String?
  package var line: Int

  package init(role: String?, name: String?, contact: String?, line: Int) {
    self.role = role
    self.name = name
    self.contact = contact
    self.line = line
  }
}

extension Contact: ProcedureFact {
  package init?(json: JSON) {
    self.init(
      role: json["role"]?.string, name: json["name"]?.string, contact: json["contact"]?.string,
      line: json.int("line") ?? 0)
  }

  package var json: JSON {
    .object([
      "role": .maybe(role), "name": .maybe(name), "contact": .maybe(contact),
      "line": .whole(line),
    ])
  }
}
