extension Reading {
  func isInstruction(_ item: Block) -> Bool {
    guard let line = item.firstLine, !isPlaceholder(line.text) else { return false }
    if let label = line.label, !line.body.isEmpty {
      return isInstruction(line.body) || Self.beginsWithVerb(label)
        || Clause.clauses(of: line.body).dropFirst().contains { Self.beginsWithVerb($0.text) }
    }
    return isInstruction(item.text)
  }

  func isInstruction(_ text: String) -> Bool {
    if Self.beginsWithVerb(text) { return true }
    if isOwed(Folded(text)) || Self.isDoneBySomebody(Folded(text)) { return true }
    // "If users are affected: tell them", "For minors, ask a guardian"
    if Folded(text).begins(with: .leadsToVerb) {
      for separator in [": ", ", ", " - ", " — ", " → "] {
        let parts = text.split(separator: separator, maxSplits: 1)
        if parts.count == 2, Self.beginsWithVerb(String(parts[1])) { return true }
      }
    }
    return text.unicodeScalars.prefix(4).contains { $0.isIdeograph }
      || text.unicodeScalars.prefix(30).filter(\.isIdeograph).count >= 4
  }

  /// "The communications lead should tell …", "Der Leiter muss …".
  private func isOwed(_ text: Folded) -> Bool {
    guard let modal = text.position(of: .modal), modal >= 1, modal <= 7 else { return false }
    return text.hits.contains { $0.concept == .role && $0.start < modal }
  }

  /// "The communications lead tells …", "IC creates …".
  private static func isDoneBySomebody(_ text: Folded) -> Bool {
    text.hits.contains { hit in
      guard hit.concept == .role, hit.start <= 2, hit.end < text.words.count,
        text.words[hit.end].hasSuffix("s"), !text.words[hit.end].hasSuffix("ss")
      else { return false }
      return Folded(String(text.words[hit.end].dropLast())).has(.imperative)
    }
  }

  static func beginsWithVerb(_ text: String) -> Bool {
    let folded = Folded(text)
    let words = folded.words
    var start = 0
    while start < words.count, let end = folded.end(of: .beforeVerb, at: start) {
      if folded.hits.contains(where: { $0.start == start && $0.concept == .not }),
        start + 1 < words.count
      {
        return true
      }
      start = end
    }
    guard start < words.count else { return false }
    if folded.end(of: .imperative, at: start) != nil {
      // "Review meeting", "Alert sources": a noun with its noun.
      return !(words.count == 1 && folded.has(.nounAlone))
    }
    if folded.end(of: .infinitive, at: start) != nil,
      folded.end(of: .notInfinitive, at: start) == nil
    {
      return true
    }
    // Some languages put the verb last: "Vorfall bestätigen", "Ekibi ara".
    return endsWithVerb(folded, from: start)
      || [" (", ", "].contains { sign in
        let head = text.split(separator: sign, maxSplits: 1)
        return head.count == 2 && endsWithVerb(Folded(String(head[0])), from: start)
      }
  }

  private static func endsWithVerb(_ text: Folded, from start: Int) -> Bool {
    let last = text.words.count - 1
    return text.words.count <= 12 && last > start && text.end(of: .lastVerb, at: last) != nil
      && text.end(of: .notInfinitive, at: last) == nil
  }
}
