import Engine
import YAML

extension AlertRule {
  private static let keys = [
    "name", "match", "severity", "declare", "title", "procedure", "group_by", "resolves",
    "expected",
  ]

  /// An entry of `alerts:`, the so-manieth of its list.
  static func read(
    _ node: YAMLNode, number: Int, _ context: SchemaContext
  ) throws(ProcedureError) -> Self {
    let fields = try SchemaFields(node, "an alert rule", keys: keys, context)
    var rule = Self(name: try fields.text("name")?.nonEmpty ?? "rule \(number)", line: fields.line)
    guard rule.name.utf8.count <= 100 else {
      throw context.error(
        at: node, "the name of an alert rule has at most 100 bytes", remedy: "shorten it")
    }
    rule.match = try matchers(fields)
    rule.severity = try severity(fields)
    rule.declare = try declare(fields)
    rule.title = try fields.text("title")?.nonEmpty
    rule.procedure = try fields.text("procedure")?.nonEmpty
    rule.groupBy = fields.states("group_by") ? try fields.texts("group_by") : nil
    rule.resolves = try truth("resolves", fields)
    rule.expected = try span("expected", after: "every", fields)
    if rule.expected != nil, rule.match.isEmpty {
      throw context.error(
        at: node, "a rule with 'expected' has to say which alert it expects",
        remedy: "add 'match: {alertname: Watchdog}'")
    }
    return rule
  }

  private static func matchers(_ fields: SchemaFields) throws(ProcedureError) -> [Matcher] {
    guard let value = try fields.value("match") else { return [] }
    guard let entries = value.entries else {
      throw fields.context.error(
        at: value, "'match' must be a mapping of labels, and this is \(value.nameOfKind)",
        remedy: "write it as 'match: {severity: critical}'")
    }
    var matchers: [Matcher] = []
    for entry in entries {
      let values = try fields.texts(of: entry.value, entry.key)
      guard !values.isEmpty, values.allSatisfy({ $0.utf8.count <= 200 }) else {
        throw fields.context.error(
          at: entry.value, "'\(entry.key)' of 'match' needs a value of at most 200 bytes",
          remedy: "write a text, with * for any signs, or a list of texts")
      }
      matchers.append(Matcher(entry.key, values))
    }
    return matchers
  }

  private static func severity(
    _ fields: SchemaFields
  ) throws(ProcedureError) -> SeverityChoice? {
    guard let value = try fields.value("severity") else { return nil }
    guard value.entries != nil else {
      return .always(try fields.text(of: value, "severity"))
    }
    let inner = try SchemaFields(
      value, "a severity by label", keys: ["label", "map", "otherwise"], fields.context)
    var map: [String: String] = [:]
    if let stated = try inner.value("map") {
      guard let entries = stated.entries else {
        throw fields.context.error(
          at: stated, "'map' must be a mapping, and this is \(stated.nameOfKind)",
          remedy: "write it as 'map: {critical: SEV-1}'")
      }
      for entry in entries { map[entry.key] = try inner.text(of: entry.value, entry.key) }
    }
    return .label(
      try inner.text("label") ?? "severity", map: map, otherwise: try inner.text("otherwise"))
  }

  private static func declare(_ fields: SchemaFields) throws(ProcedureError) -> Declare {
    guard let value = try fields.value("declare") else { return .always }
    switch value.text?.trimmed().lowercased() {
    case "always": return .always
    case "never": return .never
    default: break
    }
    guard let span = try span("declare", after: "after", fields) else { return .always }
    return .after(span)
  }

  /// A span behind a word, or without it.
  private static func span(
    _ name: String, after word: String, _ fields: SchemaFields
  ) throws(ProcedureError) -> Duration? {
    guard let value = try fields.value(name) else { return nil }
    let text = value.text?.trimmed() ?? ""
    let stated =
      text.lowercased().hasPrefix("\(word) ") ? text.dropFirst(word.count + 1) : text[...]
    guard let seconds = SpanText.seconds(stated), (1...7 * 86_400).contains(seconds) else {
      let words = name == "declare" ? "always, never or after 5m" : "every 5m"
      throw fields.context.error(
        at: value, "'\(name)' is '\(value.shown)'", remedy: "write \(words), at most 7d")
    }
    return .seconds(seconds)
  }

  private static func truth(
    _ name: String, _ fields: SchemaFields
  ) throws(ProcedureError) -> Bool {
    guard let value = try fields.value(name) else { return false }
    guard let truth = value.boolean else {
      throw fields.context.error(
        at: value, "'\(name)' must be true or false, and is '\(value.shown)'",
        remedy: "correct it")
    }
    return truth
  }
}
