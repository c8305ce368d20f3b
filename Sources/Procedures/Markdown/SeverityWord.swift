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

  private static let families: Set<String> = [
    "p", "sev", "s", "severity", "priority", "prio", "severidad", "severidade", "schweregrad",
    "prioridad", "prioridade", "prioritat", "gravedad", "gravidade", "nivel", "stufe", "level",
    "tier", "class", "severite", "priorite", "cat", "category",
  ]
  /// These name other things as well, and count only where the context is a severity's.
  static let weakFamilies: Set<String> = [
    "s", "level", "nivel", "stufe", "tier", "class", "cat",
    "category", "priority", "prioridad", "prioridade",
  ]

  /// The numbered names in a text, with ranges ("P0-P3") and lists ("SEV 1/2") written out.
  static func numbered(in text: String) -> [SeverityWord] {
    numbered(in: TokenizedText(text))
  }

  static func numbered(in text: TokenizedText) -> [SeverityWord] {
    let tokens = text.tokens
    var found: [SeverityWord] = []
    var index = 0
    while index < tokens.count {
      guard let (word, next) = one(text, index) else {
        index += 1
        continue
      }
      found.append(word)
      index = next
      while let (more, after) = continued(text, index, from: found[found.count - 1]) {
        found += more
        index = after
      }
    }
    return found
  }

  private static func one(_ text: TokenizedText, _ index: Int) -> (SeverityWord, Int)? {
    let tokens = text.tokens
    guard tokens[index].kind == .word, families.contains(tokens[index].text),
      index == 0 || tokens[index - 1].kind != .number || !tokens[index].isGlued
    else { return nil }
    let family = tokens[index].text
    var next = index + 1
    while next < tokens.count, ["-", "‑", "#", "–", "_"].contains(tokens[next].text) { next += 1 }
    guard next < tokens.count, next - index <= 2, tokens[next].kind == .number,
      tokens[next].value == tokens[next].value.rounded(), tokens[next].value <= 6,
      tokens[next].text.count == 1, family.count > 1 || tokens[next].isGlued
    else { return nil }
    // "S3-bucket" and "p1.5" are something else.
    if next + 1 < tokens.count, tokens[next + 1].isGlued, tokens[next + 1].kind == .word {
      return nil
    }
    let id = String(
      String.UnicodeScalarView(text.scalars[tokens[index].start..<tokens[next].end]))
    let number = Int(tokens[next].value)
    return (
      SeverityWord(
        id: id, key: family + String(number), family: family, number: number,
        start: tokens[index].start, end: tokens[next].end), next + 1
    )
  }

  /// "/2", "-3", "– P3", "to P2" behind a name.
  private static func continued(
    _ text: TokenizedText, _ index: Int, from last: SeverityWord
  ) -> ([SeverityWord], Int)? {
    let tokens = text.tokens
    guard index < tokens.count else { return nil }
    let sign = tokens[index].text
    let isRange = ["-", "–", "—", "to", "through", "~", "至", "bis", "a", "…"].contains(sign)
    let isList = ["/", ",", "or", "and", "&", "+", "、", "e", "y", "ou", "o", "und"].contains(sign)
    guard isRange || isList, index + 1 < tokens.count else { return nil }
    let number: Int
    let next: Int
    if let (word, after) = one(text, index + 1), word.family == last.family {
      guard isRange, word.number > last.number + 1 else { return ([word], after) }
      number = word.number
      next = after
    } else if tokens[index + 1].kind == .number, tokens[index + 1].text.count == 1,
      tokens[index + 1].value <= 6, Int(tokens[index + 1].value) > last.number,
      SpanUnit.read(tokens, index + 2) == nil, sign != ",", tokens[index].isGlued || !isRange,
      index + 2 >= tokens.count || !["%", "."].contains(tokens[index + 2].text)
        || !tokens[index + 2].isGlued || index + 3 >= tokens.count
    {
      number = Int(tokens[index + 1].value)
      next = index + 2
    } else {
      return nil
    }
    let first = isRange ? last.number + 1 : number
    guard first <= number else { return nil }
    let stem = String(last.id.dropLast())
    return (
      (first...number).map {
        SeverityWord(
          id: stem + String($0), key: last.family + String($0), family: last.family, number: $0,
          start: tokens[index + 1].start, end: tokens[next - 1].end)
      }, next
    )
  }

  /// The words that name a severity without a number; 1 is the worst.
  static let ranks: [String: Int] = {
    var ranks: [String: Int] = [:]
    for (rank, words) in [
      "critical blocker urgent emergency catastrophic severe critico critica kritisch extreme",
      "high major hoch alto alta serious grave",
      "medium moderate significant mittel medio media moderado moderada degraded normal",
      "low minor niedrig gering baixo baixa bajo baja cosmetic",
      "info informational trivial planning negligible",
    ].enumerated() {
      for word in words.split(separator: " ") { ranks[String(word)] = rank + 1 }
    }
    for (word, rank) in [
      ("紧急", 1), ("緊急", 1), ("严重", 1), ("嚴重", 1), ("致命", 1), ("高", 2), ("中", 3), ("低", 4),
    ] {
      ranks[word] = rank
    }
    return ranks
  }()

  /// The rank of a short text that is such a word.
  static func rank(of text: String) -> Int? {
    let folded = Folded(text)
    guard let first = folded.words.first else { return nil }
    if first.unicodeScalars.first?.isIdeograph == true {
      return ranks[folded.words.prefix(2).joined()] ?? ranks[first]
    }
    return ranks[first]
  }
}
