/// Who is on call on which days of the week.
package struct OnCallTurn: Hashable, Sendable {
  package var days: [Weekday]
  package var primary: String?
  package var secondary: String?
  package var line: Int

  package init(days: [Weekday], primary: String?, secondary: String?, line: Int) {
    self.days = days
    self.primary = primary
    self.secondary = secondary
    self.line = line
  }
}

extension OnCallTurn: ProcedureFact {
  package init?(json: JSON) {
    self.init(
      days: json.texts("days").compactMap(Weekday.init(rawValue:)),
      primary: json["primary"]?.string, secondary: json["secondary"]?.string,
      line: json.int("line") ?? 0)
  }

  package var json: JSON {
    .object([
      "days": .strings(days.map(\.rawValue)), "primary": .maybe(primary),
      "secondary": .maybe(secondary), "line": .whole(line),
    ])
  }
}
