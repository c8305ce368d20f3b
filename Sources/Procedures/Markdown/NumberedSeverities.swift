/// Finds severities that have a number: `SEV-1`, `Priority 2`, `Nivel III`, `一级`, `1. derece`.
struct NumberedSeverities {
  private let text: TokenizedText
  private let reader: SpanReader

  init(_ text: TokenizedText) {
    self.text = text
    reader = SpanReader(tokens: text.tokens, hits: TokenHits(text.tokens))
  }

  private var tokens: [Token] { text.tokens }

  private func slice(_ start: Int, _ end: Int) -> String {
    String(String.UnicodeScalarView(text.scalars[tokens[start].start..<tokens[end - 1].end]))
  }

  /// The name that begins at the token, and the token behind it.
  func one(_ index: Int) -> (SeverityWord, Int)? {
    named(index) ?? counted(index)
  }

  /// "SEV-1", "Mức 2", "Schweregrad III".
  private func named(_ index: Int) -> (SeverityWord, Int)? {
    guard tokens[index].kind == .word,
      index == 0 || tokens[index - 1].kind != .number || !tokens[index].isGlued,
      let behind = [Concept.family, .familyWeak].compactMap({ reader.end(of: $0, at: index) }).max()
    else { return nil }
    let family = tokens[index..<behind].map(\.text).joined(separator: " ")
    var next = behind
    while next < tokens.count, ["-", "‑", "#", "–", "_"].contains(tokens[next].text) { next += 1 }
    guard next < tokens.count, next - behind <= 1,
      let number = number(next, isLong: family.unicodeScalars.count > 2),
      family.unicodeScalars.count > 1 || tokens[next].isGlued
    else { return nil }
    // "S3-bucket" and "p1.5" are something else.
    if next + 1 < tokens.count, tokens[next + 1].isGlued, tokens[next + 1].kind == .word,
      !isIdeographic(next + 1)
    {
      return nil
    }
    return (word(index, next + 1, family, number), next + 1)
  }

  private func isIdeographic(_ index: Int) -> Bool {
    tokens[index].text.unicodeScalars.first?.isIdeograph ?? false
  }

  private func number(_ index: Int, isLong: Bool) -> Int? {
    let token = tokens[index]
    if token.kind == .number {
      guard token.value == token.value.rounded(), token.value <= 6,
        token.end - token.start == 1
      else { return nil }
      return Int(token.value)
    }
    guard isLong else { return nil }
    if isIdeographic(index) { return numeral(index) }
    let isUpper =
      text.scalars[token.start].properties.isUppercase
      && text.scalars[token.end - 1].properties.isUppercase
    guard isUpper else { return nil }
    if let at = ["i", "ii", "iii", "iv", "v"].firstIndex(of: token.text) { return at + 1 }
    return ["a", "b", "c", "d", "e"].firstIndex(of: token.text).map { $0 + 1 }
  }

  private func numeral(_ index: Int) -> Int? {
    for hit in reader.hits.starting(at: index) where hit.end == index + 1 {
      if case .number(let value, isArticle: false) = hit.meaning, value >= 1, value <= 6,
        value == value.rounded()
      {
        return Int(value)
      }
    }
    return nil
  }

  /// "一级", "1급", "2. derece", "1-й уровень": the number before the word.
  private func counted(_ index: Int) -> (SeverityWord, Int)? {
    guard index == 0 || !tokens[index].isGlued || tokens[index - 1].kind != .number,
      let number = tokens[index].kind == .number
        ? number(index, isLong: false) : isIdeographic(index) ? numeral(index) : nil
    else { return nil }
    var next = index + 1
    if next < tokens.count, tokens[next].text == "." { next += 1 }
    guard next < tokens.count, let behind = reader.end(of: .familyBehind, at: next) else {
      return nil
    }
    let family = tokens[next..<behind].map(\.text).joined(separator: " ")
    return (word(index, behind, family, number), behind)
  }

  private func word(_ start: Int, _ end: Int, _ family: String, _ number: Int) -> SeverityWord {
    SeverityWord(
      id: slice(start, end), key: family.filter { $0 != " " } + String(number), family: family,
      number: number, start: tokens[start].start, end: tokens[end - 1].end)
  }

  /// "/2", "-3", "– P3", "to P2" behind a name.
  func continued(_ index: Int, from last: SeverityWord) -> ([SeverityWord], Int)? {
    guard index < tokens.count, last.id.last?.isNumber ?? false else { return nil }
    let sign = tokens[index].text
    let isWord = tokens[index].kind == .word
    let isRange =
      ["-", "–", "—", "~", "…"].contains(sign) || isWord && Folded(sign).has(.range)
    let isList =
      ["/", ",", "&", "+", "、"].contains(sign) || isWord && Folded(sign).has(any: [.or, .and])
    guard isRange || isList, index + 1 < tokens.count else { return nil }
    let number: Int
    let next: Int
    if let (word, after) = one(index + 1), word.family == last.family {
      guard isRange, word.number > last.number + 1 else { return ([word], after) }
      number = word.number
      next = after
    } else if tokens[index + 1].kind == .number,
      tokens[index + 1].end - tokens[index + 1].start == 1,
      tokens[index + 1].value <= 6, Int(tokens[index + 1].value) > last.number,
      reader.unit(at: index + 2) == nil, sign != ",", tokens[index].isGlued || !isRange,
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
    let key = last.family.filter { $0 != " " }
    return (
      (first...number).map {
        SeverityWord(
          id: stem + String($0), key: key + String($0), family: last.family, number: $0,
          start: tokens[index + 1].start, end: tokens[next - 1].end)
      }, next
    )
  }
}
