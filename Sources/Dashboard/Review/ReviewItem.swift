/// One thing that a team decides about: a rule that was read from its document, or a remark.
package struct ReviewItem: Hashable, Sendable {
  /// 1-based line of the document; 0 for what it does not say.
  package var line: Int
  package var kind: Kind
  /// The rule in its short form, or the remark.
  package var text: String
  package var verdict: Verdict
  /// What holds in its place, each in its short form.
  package var rules: [String]

  package init(line: Int, kind: Kind, text: String, verdict: Verdict, rules: [String] = []) {
    (self.line, self.kind, self.text) = (line, kind, text)
    (self.verdict, self.rules) = (verdict, rules)
  }

  package enum Kind: Hashable, Sendable {
    case rule
    /// Its kind, as in `unread`.
    case remark(String)
    /// A rule of the team's own whose line has changed.
    case lost
  }

  package enum Verdict: Hashable, Sendable {
    case open, confirmed, struck, corrected, added
  }

  package var isOpen: Bool { verdict == .open }

  /// What a person corrects: what holds, else what was read.
  var correctable: String {
    guard kind == .rule else { return "" }
    return rules.isEmpty ? text : rules.joined(separator: "; ")
  }

  func isSame(as other: Self) -> Bool {
    (line, kind, text) == (other.line, other.kind, other.text)
  }
}
