/// What is owed after the incident, and by when.
package struct PostmortemDuty: Hashable, Sendable {
  package var severity: String?
  /// In words ("impact over 30 minutes"), where the duty is conditional.
  package var condition: String?
  package var what: What
  /// Nil: owed, but no time is stated.
  package var within: Allowance?
  package var text: String
  package var line: Int

  package init(
    severity: String? = nil, condition: String? = nil, what: What, within: Allowance?,
    text: String = "", line: Int
  ) {
    self.severity = severity
    self.condition = condition
    self.what = what
    self.within = within
    self.text = text
    self.line = line
  }

  package enum What: String, CaseIterable, Sendable {
    case draft, review, meeting
  }
}

extension PostmortemDuty: FactOfSeverity {
  package init?(json: JSON) {
    guard let what: What = json.word("what") else { return nil }
    self.init(
      severity: json["severity"]?.string, condition: json["condition"]?.string, what: what,
      within: Allowance(json: json, key: "within_seconds"), text: json["text"]?.string ?? "",
      line: json.int("line") ?? 0)
  }

  package var json: JSON {
    .object(
      [
        JSON.Member("severity", .maybe(severity)), JSON.Member("condition", .maybe(condition)),
        JSON.Member("what", .string(what.rawValue)),
      ] + (within?.members("within_seconds") ?? [])
        + [JSON.Member("text", .string(text)), JSON.Member("line", .whole(line))])
  }
}
