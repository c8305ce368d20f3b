/// What a reader of the document should know about how it was read.
package struct Remark: Hashable, Sendable {
  package var line: Int
  package var kind: Kind
  package var text: String

  package init(line: Int, kind: Kind, text: String) {
    self.line = line
    self.kind = kind
    self.text = text
  }

  package enum Kind: String, CaseIterable, Sendable {
    /// Two readings; the one that alerts earlier was taken.
    case ambiguous
    /// Not stated, and taken to be so.
    case assumed
    /// Damaged text, mended.
    case repaired
    /// Looked like a rule and was not understood.
    case unread
    /// Can never take effect.
    case unreachable
  }
}
