import Engine

/// The lines of a document by their words, so that what was decided about one is found again after edits elsewhere.
struct DocumentPassages {
  private let lines: [String]
  /// As they are written.
  private let written: [Substring]
  /// The words of the heading above every line.
  private let headings: [String?]
  /// Numbers of the lines that have the same words, and of those that have them under the same heading, from 1 on.
  private let places: [String: [Int]]
  private let placesUnder: [Passage: [Int]]

  private struct Passage: Hashable {
    var words: String
    var under: String?
  }

  init(_ text: String) {
    var heading: String?
    var lines: [String] = []
    let written = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    var headings: [String?] = []
    var places: [String: [Int]] = [:]
    var placesUnder: [Passage: [Int]] = [:]
    for line in written {
      let words = String(line.prefix(Self.most)).oneLine
      headings.append(heading)
      lines.append(words)
      places[words, default: []].append(lines.count)
      placesUnder[Passage(words: words, under: heading), default: []].append(lines.count)
      if words.hasPrefix("#") { heading = String(words.drop { $0 == "#" || $0 == " " }) }
    }
    (self.lines, self.headings, self.written) = (lines, headings, written)
    (self.places, self.placesUnder) = (places, placesUnder)
  }

  /// Characters of a line that tell it from others.
  private static let most = 2000

  /// The words of a line with single blanks between them; none for line 0, which stands for what is not said.
  func words(_ line: Int) -> String { lines.indices.contains(line - 1) ? lines[line - 1] : "" }

  /// The text that begins at a line: a block of code or a quotation there or directly below, else up to the next heading of
  /// a heading, or the next empty line.
  func block(at line: Int) -> String {
    guard written.indices.contains(line - 1) else { return "" }
    let isHeading = written[line - 1].hasPrefix("#")
    var start = line - 1
    if let next = written.indices[line...].first(where: { !lines[$0].isEmpty }),
      isHeading || Self.fence(written[next]) != nil || written[next].hasPrefix(">"),
      Self.fence(written[start]) == nil, !written[start].hasPrefix(">")
    {
      start = next
    }
    let rest = written[start...]
    if let fence = Self.fence(written[start]) {
      return rest.dropFirst().prefix { Self.fence($0) != fence }.joined(separator: "\n")
    }
    if written[start].hasPrefix(">") {
      return rest.prefix { $0.hasPrefix(">") }
        .map { $0.dropFirst().drop { $0 == " " } }.joined(separator: "\n")
    }
    let end = rest.prefix { line in
      isHeading ? !line.hasPrefix("#") : line.contains { !$0.isWhitespace }
    }
    return String(end.joined(separator: "\n").reversed().drop(while: \.isWhitespace).reversed())
  }

  /// The marks of a block of code.
  private static func fence(_ line: Substring) -> Substring? {
    let marks = line.drop { $0 == " " }.prefix(3)
    return marks == "```" || marks == "~~~" ? marks : nil
  }

  func heading(above line: Int) -> String? {
    headings.indices.contains(line - 1) ? headings[line - 1] : nil
  }

  /// Where a decision's passage stands now: of several lines with its words the ones under its heading first, then the
  /// nearest. Nil: it has changed. A line without words is known by its number alone.
  func line(of decision: ReviewDecision) -> Int? {
    if decision.words.isEmpty { return words(decision.line).isEmpty ? decision.line : nil }
    let words = String(decision.words.prefix(Self.most))
    let own = placesUnder[Passage(words: words, under: decision.under)] ?? places[words] ?? []
    let next = own.partitioningIndex { $0 >= decision.line }
    return own[max(0, next - 1)..<min(own.count, next + 1)].min {
      abs($0 - decision.line) < abs($1 - decision.line)
    }
  }
}
