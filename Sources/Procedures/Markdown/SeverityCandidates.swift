import Engine

/// One row, heading or item that may define a severity.
struct SeverityEntry: Sendable {
  var id: String
  var key: String
  var family: String
  /// By its number, or by the rank of its word.
  var order: Int
  var name: String
  var line: Int
}

/// A set of such places that belong together.
struct SeverityCandidate: Sendable {
  var entries: [SeverityEntry]
  var score: Int
  var line: Int
}

/// Reads one entry from the beginning of a cell, a heading or an item.
enum SeverityEntryReader {
  static func entry(_ text: String, line: Int, allowWords: Bool) -> SeverityEntry? {
    let text = text.withoutMarks.withoutLeadingSigns.trimming { $0 == "#" || $0 == "[" }
    let words = Folded(text).words
    let found = SeverityWord.numbered(in: text)
    if let word = found.first {
      let isFirst = word.start <= 1
      guard found.count == 1 || (isFirst && !isJoined(text, found)) else { return nil }
      let rest = remainder(text, word)
      if isFirst {
        return SeverityEntry(
          id: word.id, key: word.key, family: word.family, order: word.number, name: rest,
          line: line)
      }
      // "Critical (P1)", "High - SEV2"
      if words.count <= 5, SeverityWord.rank(of: text) != nil {
        return SeverityEntry(
          id: word.id, key: word.key, family: word.family, order: word.number, name: rest,
          line: line)
      }
      return nil
    }
    return allowWords ? worded(text, line) : nil
  }

  /// All that the text defines: "Medium/Low (P3/P4)" is two.
  static func entries(_ text: String, line: Int, allowWords: Bool) -> [SeverityEntry] {
    if let one = entry(text, line: line, allowWords: allowWords) { return [one] }
    let plain = text.withoutMarks
    let found = SeverityWord.numbered(in: plain)
    guard found.count == 2, Folded(plain).words.count <= 8, found[0].family == found[1].family
    else {
      return []
    }
    return found.map {
      SeverityEntry(
        id: $0.id, key: $0.key, family: $0.family, order: $0.number, name: "", line: line)
    }
  }

  /// "High", "Critical: the shop is down", "1 - High Severity", "严重（P级）".
  private static func worded(_ text: String, _ line: Int) -> SeverityEntry? {
    var head = text
    let tokens = TokenizedText(text)
    if let first = tokens.tokens.first, first.kind == .number, first.value <= 6,
      tokens.tokens.count > 2, tokens.tokens[1].kind == .sign
    {
      head = String(String.UnicodeScalarView(tokens.scalars[tokens.tokens[1].end...])).trimmed
    }
    if Folded(head).begins(with: .severity),
      let colon = head.firstIndex(where: { ":：".contains($0) })
    {
      let behind = String(head[head.index(after: colon)...]).trimmed
      if !Folded(behind).isEmpty { head = behind }
    }
    for separator in [":", "：", " – ", " — ", " - ", "(", "（", ", "] {
      if let part = head.split(separator: separator, maxSplits: 1).first { head = String(part) }
    }
    head = head.trimming { !($0.folded != nil || $0.isIdeograph) }
    let words = Folded(head).words
    let isIdeographic = head.unicodeScalars.first?.isIdeograph ?? false
    guard words.count <= (isIdeographic ? 8 : 3), let rank = SeverityWord.rank(of: head) else {
      return nil
    }
    let id = SeverityWord.bare(head)
    return SeverityEntry(
      id: id, key: Folded(id).words.joined(), family: "", order: rank, name: id, line: line)
  }

  /// Whether the first two names stand side by side: "P1/P2" defines neither.
  private static func isJoined(_ text: String, _ found: [SeverityWord]) -> Bool {
    found.count > 1 && found[1].start - found[0].end <= 5
  }

  /// "Critical" of "P0 - Critical (Service Down)".
  private static func remainder(_ text: String, _ word: SeverityWord) -> String {
    let scalars = Array(text.unicodeScalars)
    var rest = String(String.UnicodeScalarView(scalars[word.end...]))
    if Folded(rest).isEmpty {
      rest = String(String.UnicodeScalarView(scalars[..<word.start]))
    }
    rest = rest.trimming { !($0.folded != nil || $0.isIdeograph || $0 == ")") }
    if let open = rest.firstIndex(of: "(") {
      let before = String(rest[..<open]).trimmed
      rest = before.isEmpty ? String(rest[rest.index(after: open)...]) : before
    }
    rest = rest.trimming { !($0.folded != nil || $0.isIdeograph) }
    for separator in [":", " – ", " — ", " - ", "."] {
      if let part = rest.split(separator: separator, maxSplits: 1).first { rest = String(part) }
    }
    return rest.split(separator: " ").count > 6 ? "" : rest.trimmed
  }
}
