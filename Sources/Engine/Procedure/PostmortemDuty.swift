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

/// A metric of the team's own: the time from one milestone to another.
package struct MetricDefinition: Hashable, Sendable {
  package var id: String
  package var from: String
  package var to: String
  package var line: Int

  package init(id: String, from: String, to: String, line: Int) {
    self.id = id
    self.from = from
    self.to = to
    self.line = line
  }
}
