/// How long something may take: a span of the clock, or business time where the text says so.
package enum Allowance: Hashable, Sendable {
  /// Whole seconds; of a range the earlier end, with the later one beside it.
  case seconds(Int, maximum: Int? = nil)
  /// The close of the n-th business day after the start.
  case businessDays(Int)
  case businessHours(Int)
}

/// How bad an incident is, and what that obliges to.
package struct Severity: Hashable, Sendable {
  package var id: String
  package var name: String
  /// 1 is the worst.
  package var rank: Int
  package var targets: [Target] = []
  /// Who is told and who joins, in the document's words: shown at declaration.
  package var rules: [Rule] = []
  package var line: Int

  package init(id: String, name: String, rank: Int, line: Int) {
    self.id = id
    self.name = name
    self.rank = rank
    self.line = line
  }

  package struct Target: Hashable, Sendable {
    package var kind: Kind
    package var within: Allowance
    /// Whom a `communicate` target is about.
    package var audience: String?
    /// The document's words, quoted beside the countdown.
    package var text: String
    package var line: Int

    package init(
      kind: Kind, within: Allowance, audience: String? = nil, text: String, line: Int
    ) {
      self.kind = kind
      self.within = within
      self.audience = audience
      self.text = text
      self.line = line
    }

    package enum Kind: String, CaseIterable, Sendable {
      case acknowledge, respond, triage, mitigate, resolve, communicate
    }
  }

  package struct Rule: Hashable, Sendable {
    package var label: String
    package var text: String
    package var line: Int

    package init(label: String, text: String, line: Int) {
      self.label = label
      self.text = text
      self.line = line
    }
  }
}
