import Engine
import YAML

/// Roles, contacts, the rota, and what is owed afterwards.
extension SchemaReader {
  func roles(_ fields: SchemaFields) throws(ProcedureError) -> [Role] {
    try fields.facts("roles") { node throws(ProcedureError) in
      if let name = node.text { return [Role(name: name, line: node.line)] }
      let inner = try SchemaFields(node, "a role", keys: ["name", "duties"], self.context)
      return [
        Role(
          name: try inner.required("name", "Scribe"), duties: try inner.texts("duties"),
          line: inner.line)
      ]
    }
  }

  func contacts(_ fields: SchemaFields) throws(ProcedureError) -> [Contact] {
    try fields.facts("contacts") { node throws(ProcedureError) in
      [try PeopleFields.contact(node, self.context)]
    }
  }

  func oncall(_ fields: SchemaFields) throws(ProcedureError) -> [OnCallTurn] {
    try fields.facts("oncall") { node throws(ProcedureError) in
      [try PeopleFields.turn(node, self.context)]
    }
  }

  mutating func postmortem(_ fields: SchemaFields) throws(ProcedureError) -> [PostmortemDuty] {
    var duties: [PostmortemDuty] = []
    for node in try fields.facts("postmortem", { [$0] }) {
      let inner = try SchemaFields(
        node, "a post-mortem duty",
        keys: [
          "severity", "condition", "what", "within", "within_seconds", "seconds", "max_seconds",
          "business_days", "business_hours", "text",
        ], context)
      guard let what: PostmortemDuty.What = try inner.choice("what") else {
        throw inner.missing("what", "draft")
      }
      let within = try inner.allowance("within", "within_seconds", "seconds")
      let words = within.map { "\(what.rawValue) within \(AllowanceText.write($0))" }
      for severity in try severity(inner) {
        duties.append(
          PostmortemDuty(
            severity: severity, condition: try inner.text("condition"), what: what, within: within,
            text: try inner.text("text") ?? words ?? what.rawValue, line: inner.line))
      }
    }
    return duties
  }

  func metrics(_ fields: SchemaFields) throws(ProcedureError) -> [MetricDefinition] {
    var ids = TakenIDs()
    return try fields.facts("metrics") { node throws(ProcedureError) in
      let inner = try SchemaFields(node, "a metric", keys: ["id", "from", "to"], self.context)
      _ = try inner.required("id", "time_to_resolve")
      return [
        MetricDefinition(
          id: try self.id(inner, from: "", &ids), from: try inner.required("from", "detected"),
          to: try inner.required("to", "resolved"), line: inner.line)
      ]
    }
  }
}

/// Contacts and turns of a rota, as procedures and stores state them.
enum PeopleFields {
  static func contact(
    _ node: YAMLNode, _ context: SchemaContext
  ) throws(ProcedureError) -> Contact {
    let fields = try SchemaFields(node, "a contact", keys: ["role", "name", "contact"], context)
    let contact = Contact(
      role: try fields.text("role"), name: try fields.text("name"),
      contact: try fields.text("contact"), line: fields.line)
    guard contact.role != nil || contact.name != nil || contact.contact != nil else {
      throw fields.missing("name", "Mira")
    }
    return contact
  }

  static func turn(
    _ node: YAMLNode, _ context: SchemaContext
  ) throws(ProcedureError) -> OnCallTurn {
    let fields = try SchemaFields(
      node, "a turn on call", keys: ["days", "primary", "secondary"], context)
    let days = try fields.value("days")
    return OnCallTurn(
      days: try days.map { node throws(ProcedureError) in try CalendarFields.days(node, fields) }
        ?? [],
      primary: try fields.text("primary"), secondary: try fields.text("secondary"),
      line: fields.line)
  }
}
