/// A word for where an incident stands; behaviour hangs on its role, never on its name.
package struct Status: Hashable, Sendable {
  package var id: String
  package var name: String
  package var role: Role
  package var line: Int

  package init(id: String, name: String, role: Role, line: Int) {
    self.id = id
    self.name = name
    self.role = role
    self.line = line
  }

  package enum Role: String, CaseIterable, Sendable {
    case open, mitigated, resolved
  }
}

extension Status: ProcedureFact {
  package init?(json: JSON) {
    guard let id = json["id"]?.string else { return nil }
    self.init(
      id: id, name: json["name"]?.string ?? id, role: json.word("role") ?? .open,
      line: json.int("line") ?? 0)
  }

  package var json: JSON {
    .object([
      "id": .string(id), "name": .string(name), "role": .string(role.rawValue),
      "line": .whole(line),
    ])
  }
}
