import Engine
import YAML

extension Person {
  private static let keys = [
    "name", "role", "number", "email", "zone", "days", "hours", "holidays", "reach",
  ]

  /// As stores state it.
  static func read(
    _ node: YAMLNode, _ context: SchemaContext
  ) throws(ProcedureError) -> Self {
    let fields = try SchemaFields(node, "a person", keys: keys, context)
    var person = Self(name: try fields.required("name", "kai"), line: fields.line)
    guard !person.name.contains("/"), person.name.count <= 100 else {
      throw context.error(
        at: node, "'\(person.name)' is no name that can be used",
        remedy: "write it without '/', at most 100 characters")
    }
    person.role = try fields.text("role")
    person.number = try fields.text("number")
    person.email = try fields.text("email")
    person.zone = try CalendarFields.zone(fields)
    if fields.states("hours") || fields.states("days") {
      person.hours = try CalendarFields.read(fields)
    }
    person.reach = try fields.facts("reach") { node throws(ProcedureError) in
      [try reach(node, context)]
    }
    return person
  }

  /// `telegram`, `telegram 3m`, or a mapping with `channel`, `to` and `wait`.
  private static func reach(
    _ node: YAMLNode, _ context: SchemaContext
  ) throws(ProcedureError) -> Reach {
    if let text = node.text {
      let words = text.split(separator: " ").map(String.init)
      var reach = Reach(channel: words.first ?? "")
      if words.count == 2 { reach.wait = try wait(words[1], node, context) }
      guard words.count == 1 || words.count == 2 else {
        throw context.error(
          at: node, "'\(node.shown)' is no way to reach somebody",
          remedy: "write a channel and how long to wait for an answer: telegram 2m")
      }
      return reach
    }
    let fields = try SchemaFields(
      node, "a way to reach somebody", keys: ["channel", "to", "wait"], context)
    var reach = Reach(channel: try fields.required("channel", "telegram"))
    reach.address = try fields.text("to")
    if let value = try fields.value("wait") {
      reach.wait = try wait(value.text ?? "", value, context)
    }
    return reach
  }

  private static func wait(
    _ text: String, _ node: YAMLNode, _ context: SchemaContext
  ) throws(ProcedureError) -> Duration {
    guard case .seconds(let seconds, nil) = AllowanceText.read(text),
      (10...86_400).contains(seconds)
    else {
      throw context.error(
        at: node, "'\(text)' is no time to wait for an answer", remedy: "write 10s to 24h")
    }
    return .seconds(seconds)
  }
}
