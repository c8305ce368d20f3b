/// How often an audience hears from the team.
package struct Cadence: Hashable, Sendable {
  package var severity: String?
  package var every: Int
  /// The later end of a range ("every 15-30 minutes").
  package var maximum: Int?
  package var audience: String?
  package var text: String
  package var line: Int

  package init(
    severity: String? = nil, every: Int, maximum: Int? = nil, audience: String? = nil,
    text: String = "", line: Int
  ) {
    self.severity = severity
    self.every = every
    self.maximum = maximum
    self.audience = audience
    self.text = text
    self.line = line
  }
}

extension Cadence: FactOfSeverity {
  package init?(json: JSON) {
    guard json["once"]?.bool != true, let every = json.int("every_seconds") else { return nil }
    self.init(
      severity: json["severity"]?.string, every: every, maximum: json.int("max_seconds"),
      audience: json["audience"]?.string, text: json["text"]?.string ?? "",
      line: json.int("line") ?? 0)
  }

  package var json: JSON {
    .object([
      "severity": .maybe(severity), "every_seconds": .whole(every),
      "max_seconds": maximum.map(JSON.whole), "audience": .maybe(audience),
      "text": .string(text), "line": .whole(line),
    ])
  }
}
