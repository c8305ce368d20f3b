extension DecisionQuestion {
  /// What is recorded for a yes or a no: with what follows from it, where the procedure says.
  package func choice(_ isYes: Bool) -> String {
    let (word, follows) = isYes ? ("yes", yes) : ("no", no)
    return follows.map { "\(word): \($0)" } ?? word
  }
}

/// A decision as people type it: `question → choice`, with `->` as well.
package struct DecisionWords: Hashable, Sendable {
  package var question: String
  /// Empty where the words say none.
  package var choice: String

  package init(_ text: String) {
    let arrow = ["→", "->"].compactMap { Self.place(of: $0, in: text) }.min {
      $0.lowerBound < $1.lowerBound
    }
    guard let arrow else {
      (question, choice) = (Self.trimmed(text[...]), "")
      return
    }
    question = Self.trimmed(text[..<arrow.lowerBound])
    choice = Self.trimmed(text[arrow.upperBound...])
  }

  private static func place(of mark: String, in text: String) -> Range<String.Index>? {
    var rest = text[...]
    while !rest.isEmpty {
      if rest.hasPrefix(mark) {
        return rest.startIndex..<text.index(rest.startIndex, offsetBy: mark.count)
      }
      rest = rest.dropFirst()
    }
    return nil
  }

  private static func trimmed(_ text: Substring) -> String {
    let tail = text.drop(while: \.isWhitespace)
    guard let end = tail.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(tail[...end])
  }
}
