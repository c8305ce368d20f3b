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

/// An update that is owed once ("once after 2 business days"), not again and again.
package struct Notice: Hashable, Sendable {
  package var severity: String?
  package var within: Allowance
  package var audience: String?
  package var text: String
  package var line: Int

  package init(
    severity: String? = nil, within: Allowance, audience: String? = nil, text: String = "",
    line: Int
  ) {
    self.severity = severity
    self.within = within
    self.audience = audience
    self.text = text
    self.line = line
  }
}

/// How long to look on after a fix.
package struct Watch: Hashable, Sendable {
  package var seconds: Int
  package var maximum: Int?
  package var after: Anchor
  package var text: String
  package var line: Int

  package init(seconds: Int, maximum: Int? = nil, after: Anchor, text: String = "", line: Int) {
    self.seconds = seconds
    self.maximum = maximum
    self.after = after
    self.text = text
    self.line = line
  }

  package enum Anchor: String, CaseIterable, Sendable {
    case mitigated, resolved
  }
}

/// After how long without any entry an acknowledged incident counts as forgotten.
package struct SilenceRule: Hashable, Sendable {
  package var seconds: Int
  package var line: Int

  package init(seconds: Int, line: Int) {
    self.seconds = seconds
    self.line = line
  }
}
