/// A word that names a severity: `SEV-1`, `P0`, `Severity 2`, or `Critical`.
struct SeverityWord: Sendable, Hashable {
  /// As it is written.
  var id: String
  /// Folded and without signs: `sev1`.
  var key: String
  var family: String
  var number: Int
  /// Offsets in the text's scalars.
  var start: Int
  var end: Int

  /// These name other things as well, and count only where the context is a severity's.
  static func isWeak(_ family: String) -> Bool { Folded(family).has(.familyWeak) }

  /// The numbered names in a text, with ranges ("P0-P3") and lists ("SEV 1/2") written out.
  static func numbered(in text: String) -> [SeverityWord] {
    Lexicon.current.severities(in: text)
  }

  static func numbered(in text: TokenizedText) -> [SeverityWord] {
    let reader = NumberedSeverities(text)
    var found: [SeverityWord] = []
    var index = 0
    while index < text.tokens.count {
      guard let (word, next) = reader.one(index) else {
        index += 1
        continue
      }
      found.append(word)
      index = next
      while let (more, after) = reader.continued(index, from: found[found.count - 1]) {
        found += more
        index = after
      }
    }
    return found
  }

  /// The rank of a short text that is such a word and says nothing else: "High", "Low severity", "Prioridad alta".
  static func rank(of text: String) -> Int? {
    let folded = Folded(text)
    var best: (rank: Int, hit: Folded.Hit)?
    for hit in folded.hits {
      guard let rank = ranks[hit.concept] else { continue }
      if let old = best, old.hit.end - old.hit.start >= hit.end - hit.start { continue }
      best = (rank, hit)
    }
    guard let best else { return nil }
    if best.hit.start == 0 { return best.rank }
    let others = folded.words.indices.filter { $0 < best.hit.start || $0 >= best.hit.end }
    let isPlain = others.allSatisfy { index in
      folded.hits.contains {
        $0.start <= index && index < $0.end && besides.contains($0.concept)
      }
    }
    return isPlain ? best.rank : nil
  }

  /// The word of rank alone: "High" of "High Severity".
  static func bare(_ text: String) -> String {
    let folded = Folded(text)
    guard folded.words.count > 1, rank(of: text) != nil else { return text }
    let parts = text.split(separator: " ").map(String.init)
    let kept = parts.filter { part in
      let word = Folded(part)
      return word.hits.contains { ranks[$0.concept] != nil }
        || !word.hits.contains { $0.concept == .severity || $0.concept == .incident }
    }
    return kept.isEmpty ? text : kept.joined(separator: " ")
  }

  /// The worst is 1.
  private static let ranks: [Concept: Int] = [
    .rank1: 1, .rank2: 2, .rank3: 3, .rank4: 4, .rank5: 5,
  ]

  private static let besides: Set<Concept> = [
    .severity, .incident, .family, .familyWeak, .level, .article, .filler, .familyBehind,
  ]
}
