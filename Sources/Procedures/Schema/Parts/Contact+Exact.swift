import Engine
import YAML

extension Contact: ExactFact {
  static func read(
    _ node: YAMLNode, _ reader: inout SchemaReader
  ) throws(ProcedureError) -> [Self] {
    [try read(node, reader.context)]
  }

  /// As procedures and stores state it.
  static func read(
    _ node: YAMLNode, _ context: SchemaContext
  ) throws(ProcedureError) -> Self {
    let fields = try SchemaFields(node, "a contact", keys: ["role", "name", "contact"], context)
    let contact = Self(
      role: try fields.text("role"), name: try fields.text("name"),
      contact: try fields.text("contact"), line: fields.line)
    guard contact.role != nil || contact.name != nil || contact.contact != nil else {
      throw fields.missing("name", "Mira")
    }
    return contact
  }

  var yaml: YAMLValue {
    var map = MapBuilder()
    map.add("role", role)
    map.add("name", name)
    map.add("contact", contact)
    return map.value(line: line)
  }
}
