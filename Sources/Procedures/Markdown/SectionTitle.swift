/// What a heading says: its name, its number and the time in its brackets.
struct SectionTitle: Sendable {
  enum Marker: Sendable { case phase, step, scenario }

  var raw: String
  /// Without its number alone.
  var unnumbered: String
  /// Without number, signs, marker and a time in brackets.
  var name: String
  var folded: Folded
  /// "2.1" of "2.1 Detection"; "3" of "Phase 3: Repair".
  var number: String?
  var marker: Marker?
  /// What the closing brackets hold.
  var bracket: String?
  /// The durations anywhere in the heading.
  var spans: [Span]
  var line: TextLine

  init(_ line: TextLine) {
    self.line = line
    raw = line.text
    var text = line.text.withoutMarks.withoutLeadingSigns
    (number, text) = Self.number(text)
    text = text.withoutLeadingSigns
    unnumbered = text
    if let (marker, number, rest) = Self.marker(text) {
      self.marker = marker
      self.number = number
      text = rest
    }
    text = text.withoutLeadingSigns.trimming { [":", "：", " "].contains($0) }
    spans = SpanReader.spans(in: text)
    if let (before, inside) = Self.bracket(text) {
      bracket = inside
      let isTime = !SpanReader.spans(in: inside).isEmpty || Folded(inside).begins(with: .variable)
      if isTime, !before.isEmpty { text = before }
    } else if let rest = Self.afterTime(text) {
      text = rest
    } else if let dash = Self.timeAfterDash(text) {
      text = dash
    }
    name = text.trimming { [":", "：", " ", "-", "–", "—"].contains($0) }
    folded = Folded(name)
  }

  /// "3.1." of "3.1. Title", "2)" of "2) Title".
  private static func number(_ text: String) -> (String?, String) {
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    guard let first = digits.first, first.isNumber else { return (nil, text) }
    var rest = text[digits.endIndex...]
    if rest.first == ")" || rest.first == ":" { rest = rest.dropFirst() }
    guard rest.first == " " || rest.first == "、" || digits.last == "." else { return (nil, text) }
    // "24 hours" is a time and no number.
    if !digits.contains("."), text[digits.endIndex...].first == " ",
      let span = SpanReader.spans(in: text).first, span.start == 0
    {
      return (nil, text)
    }
    let number = String(digits).trimming { $0 == "." }
    return (number, String(rest.drop { $0 == "、" }).trimmed)
  }

  private static let markers: [(Concept, Marker)] = [
    (.phaseWord, .phase), (.stepWord, .step), (.scenarioWord, .scenario),
  ]

  private static func marker(_ text: String) -> (Marker, String, String)? {
    let tokens = TokenizedText(text)
    guard tokens.tokens.first?.kind == .word else { return nil }
    let reader = SpanReader(tokens: tokens.tokens, hits: TokenHits(tokens.tokens))
    for (concept, marker) in markers {
      guard let index = reader.end(of: concept, at: 0) else { continue }
      return numbered(tokens, index, marker)
    }
    return nil
  }

  private static func numbered(_ tokens: TokenizedText, _ index: Int, _ marker: Marker) -> (
    Marker, String, String
  )? {
    var index = index
    guard index < tokens.tokens.count else { return nil }
    if marker == .scenario, [":", "：", "–", "—"].contains(tokens.tokens[index].text) {
      let rest = String(String.UnicodeScalarView(tokens.scalars[tokens.tokens[index].end...]))
      return Folded(rest).isEmpty ? nil : (.scenario, "", rest.trimmed)
    }
    if tokens.tokens[index].text == "#" { index += 1 }
    guard index < tokens.tokens.count else { return nil }
    let token = tokens.tokens[index]
    let isNumeral =
      token.kind == .number || ["i", "ii", "iii", "iv", "v", "vi"].contains(token.text)
      || (token.text.unicodeScalars.count == 1 && token.kind == .word
        && !token.text.unicodeScalars.allSatisfy(\.isIdeograph)
        && (token.text != "a" || tokens.scalars[token.start].properties.isUppercase))
      || TokenHits(tokens.tokens).starting(at: index).contains {
        if case .number(_, isArticle: false) = $0.meaning { true } else { false }
      }
    guard isNumeral else { return nil }
    let rest = String(String.UnicodeScalarView(tokens.scalars[token.end...]))
      .trimming { [":", "：", ".", "-", "–", "—", " ", ")"].contains($0) && $0 != ")" }
    return (marker, token.text, rest)
  }

  private static func bracket(_ text: String) -> (String, String)? {
    let closing: [Character: Character] = [")": "(", "）": "（", "]": "["]
    guard let last = text.last, let opening = closing[last],
      let open = text.lastIndex(of: opening)
    else { return nil }
    let inside = String(text[text.index(after: open)...].dropLast())
    return (String(text[..<open]).trimmed, inside)
  }

  /// "Contain" of "Minutes 15-30: Contain".
  private static func afterTime(_ text: String) -> String? {
    for separator in [": ", " - ", " – ", " — ", " | "] {
      let parts = text.split(separator: separator, maxSplits: 1)
      guard parts.count == 2, let span = SpanReader.spans(in: String(parts[0])).first,
        !span.isImmediate, Folded(String(parts[0])).words.count <= 8
      else { continue }
      return String(parts[1])
    }
    return nil
  }

  /// "Contain" of "Contain — 15-30 min".
  private static func timeAfterDash(_ text: String) -> String? {
    for separator in [" - ", " – ", " — ", ": ", ", ", " | "] {
      let parts = text.split(separator: separator, maxSplits: 1)
      guard parts.count == 2 else { continue }
      let spans = SpanReader.spans(in: String(parts[1]))
      if let span = spans.first, Folded(String(parts[1])).words.count <= 5, !span.isImmediate {
        return String(parts[0])
      }
    }
    return nil
  }
}
