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

extension Remark: ProcedureFact {
  package init?(json: JSON) {
    guard let text = json["text"]?.string, let kind: Kind = json.word("kind") else { return nil }
    self.init(line: json.int("line") ?? 0, kind: kind, text: text)
  }

  package var json: JSON {
    .object([
      "line": .whole(line), "kind": .string(kind.rawValue), "text": .string(text),
    ])
  }
}
