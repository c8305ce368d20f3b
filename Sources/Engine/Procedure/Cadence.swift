/// How often an audience hears from the team.
package struct Cadence: Hashable, Sendable {
  package var severity: String?
  /// From one update to the next; of a range ("every 15-30 minutes") with the later end beside it.
  package var interval: Allowance
  package var audience: String?
  package var text: String
  package var line: Int

  package init(
    severity: String? = nil, interval: Allowance, audience: String? = nil, text: String = "",
    line: Int
  ) {
    self.severity = severity
    self.interval = interval
    self.audience = audience
    self.text = text
    self.line = line
  }

  package init(
    severity: String? = nil, every: Int, maximum: Int? = nil, audience: String? = nil,
    text: String = "", line: Int
  ) {
    self.init(
      severity: severity, interval: .seconds(every, maximum: maximum), audience: audience,
      text: text, line: line)
  }

  /// Seconds of the clock; nil in business time.
  package var every: Int? {
    if case .seconds(let seconds, _) = interval { seconds } else { nil }
  }

  /// The later end of a range.
  package var maximum: Int? {
    if case .seconds(_, let maximum) = interval { maximum } else { nil }
  }
}

extension Cadence: FactOfSeverity {
  package init?(json: JSON) {
    guard json["once"]?.bool != true,
      let interval = Allowance(json: json, key: "every_seconds")
    else { return nil }
    self.init(
      severity: json["severity"]?.string, interval: interval, audience: json["audience"]?.string,
      text: json["text"]?.string ?? "", line: json.int("line") ?? 0)
  }

  package var json: JSON {
    .object(
      [JSON.Member("severity", .maybe(severity))] + interval.members("every_seconds")
        + [
          JSON.Member("audience", .maybe(audience)), JSON.Member("text", .string(text)),
          JSON.Member("line", .whole(line)),
        ])
  }
}
