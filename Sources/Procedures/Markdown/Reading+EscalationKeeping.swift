import Engine

/// Sentences that tell people in other words than "page" and "escalate to".
extension Reading {
  /// "If it is critical, let the director know", "keep the board informed": a step by hand. False where it is none.
  mutating func readKeeping(_ sentence: Sentence) -> Bool {
    let folded = sentence.folded
    guard folded.has(.keepVerb), folded.has(.keptWord), !sentence.isCell,
      sentence.label == nil, let to = Self.kept(in: sentence.text)
    else { return false }
    let severities = names.mentioned(in: sentence.text)
    guard folded.begins(with: .condition) || !severities.isEmpty else { return false }
    let clauses = Clause.clauses(of: sentence.text.withoutMarks)
    let condition = clauses.first?.text.trimming { " ,，".unicodeScalars.contains($0) }
    take(sentence.line)
    for severity in severities.map(Optional.some) + (severities.isEmpty ? [nil] : []) {
      append(
        EscalationStep(
          severity: severity, level: 2, to: to, after: nil,
          condition: severity == nil ? condition : nil, text: sentence.text.withoutMarks.trimmed,
          line: sentence.line))
    }
    return true
  }

  /// Whoever stands between "let" and "know", or behind "keep informed" where a language says so.
  private static func kept(in text: String) -> String? {
    let words = text.withoutMarks.split(separator: " ").map(String.init)
    let folded = words.map { Folded($0) }
    for start in words.indices where folded[start].has(.keepVerb) {
      let last = min(start + 18, words.count)
      guard let end = (start..<last).dropFirst().first(where: { folded[$0].has(.keptWord) }) else {
        continue
      }
      var between = Array(words[(start + 1)..<end])
      if between.isEmpty { between = Array(words[(end + 1)...].prefix(8)) }
      while let first = between.first, Folded(first).has(any: [.article, .to]) {
        between.removeFirst()
      }
      while let last = between.last, Folded(last).has(any: [.article, .to, .filler]) {
        between.removeLast()
      }
      let name = end == start + 1 ? Ladder.phrase(between) : between.joined(separator: " ")
      guard let name, Folded(name).has(.role), !Folded(name).begins(with: .nobody) else { continue }
      return name.trimming { " ,.;:".unicodeScalars.contains($0) }
    }
    return nil
  }

  /// "Escalate to P1", "events that escalate to P1/P2": it becomes worse, and nobody is called.
  func raisesSeverity(_ sentence: Sentence) -> Bool {
    let words = sentence.text.withoutMarks.split(separator: " ").map(String.init)
    let folded = words.map { Folded($0) }
    var isRaised = false
    for index in words.indices where folded[index].has(.escalate) {
      guard
        let to = words.indices.first(where: {
          $0 > index && $0 <= index + 3 && folded[$0].has(.to)
        }), to + 1 < words.count
      else { continue }
      isRaised = isRaised || isSeverity(words[to + 1])
    }
    guard isRaised else { return false }
    // Another verb may call somebody.
    return !words.indices.contains { index in
      !folded[index].has(.escalate) && folded[index].has(any: [.call, .called])
        && !folded[index].has(.oncall)
    }
  }

  private func isSeverity(_ word: String) -> Bool {
    !names.mentioned(in: word).isEmpty && !Folded(word).has(.role)
  }

  /// Whom "escalate it" means: whoever the sentence before escalates to.
  func receiverBefore(_ sentence: Sentence) -> String? {
    let words = sentence.folded.words
    let isIt = words.indices.dropLast().contains { index in
      Folded(words[index]).has(.escalate) && sentence.folded.end(of: .nobody, at: index + 1) != nil
    }
    guard isIt, !SpanReader.spans(in: sentence.text).isEmpty else { return nil }
    return procedure.escalation.last {
      $0.line <= sentence.line && $0.line >= sentence.line - 3
    }?.to
  }
}
