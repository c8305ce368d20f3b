import Engine

/// Finds what a document says a severity means, and its examples, around the line on which the severity is defined.
///
/// Reads with the lexicon of the document: use it while that is being read.
struct SeverityPassages {
  private let lines: [String]
  private let starts: Set<Int>

  /// `severities` are those of the document, each with its line.
  init(_ text: String, severities: [Severity]) {
    lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(
      String.init)
    starts = Set(severities.map(\.line))
  }

  /// The severity with what is found; what it has already stays.
  func completed(_ severity: Severity) -> Severity {
    var severity = severity
    guard severity.definition.isEmpty, severity.examples.isEmpty,
      (1...max(1, lines.count)).contains(severity.line), severity.line <= lines.count
    else { return severity }
    let line = lines[severity.line - 1]
    if Self.isRow(line) {
      readRow(severity.line, into: &severity)
    } else if let level = Self.headingLevel(line) {
      readSection(severity.line, level, into: &severity)
    } else {
      readRest(of: line, severity.line, into: &severity)
    }
    return severity
  }

  // MARK: - Where it stands

  private func readRow(_ line: Int, into severity: inout Severity) {
    var top = line - 1
    while top > 0, Self.isRow(lines[top - 1]) { top -= 1 }
    let header = Self.cells(lines[top]).map(TemplatePlace.key)
    for (column, cell) in Self.cells(lines[line - 1]).enumerated() where column < header.count {
      let words = Self.plain(cell)
      guard words.contains(where: \.isLetter) else { continue }
      if Self.isExample(header[column]) {
        severity.examples += Self.listed(words).map { .init(text: $0, line: line) }
      } else if Self.isDefinition(header[column]) {
        severity.definition.append(.init(text: words, line: line))
      }
    }
  }

  private func readSection(_ line: Int, _ level: Int, into severity: inout Severity) {
    enum Place { case top, definition, examples, other }
    var place = Place.top
    for number in (line + 1)..<(max(line + 1, min(lines.count, line + 60)) + 1) {
      guard number <= lines.count, !starts.contains(number) else { return }
      let text = lines[number - 1]
      if let next = Self.headingLevel(text) {
        if next <= level { return }
        place = Self.isExample(TemplatePlace.key(text)) ? .examples : .other
        continue
      }
      if Self.isRow(text) || text.hasPrefix("```") { return }
      let isItem = Self.isItem(text)
      let words = Self.plain(text)
      guard words.contains(where: \.isLetter) else { continue }
      if let (label, rest) = Self.labelled(words) {
        if Self.isExample(label) {
          place = .examples
          severity.examples += Self.listed(rest).map { .init(text: $0, line: number) }
        } else if Self.isDefinition(label) {
          place = .definition
          if !rest.isEmpty { severity.definition.append(.init(text: rest, line: number)) }
        } else {
          place = .other
        }
        continue
      }
      switch place {
      case .examples where isItem: severity.examples.append(.init(text: words, line: number))
      case .definition where isItem, .top:
        severity.definition.append(.init(text: words, line: number))
      default: break
      }
    }
  }

  /// `- **SEV-1** (critical): nobody can pay`.
  private func readRest(of line: String, _ number: Int, into severity: inout Severity) {
    let words = Self.plain(line)
    guard let sign = words.firstIndex(where: { ":：–—".contains($0) }) else { return }
    let rest = words[words.index(after: sign)...].drop { $0 == " " }
    guard rest.count > 8 else { return }
    severity.definition.append(.init(text: String(rest), line: number))
  }

  // MARK: - Signs

  private static func isRow(_ line: String) -> Bool {
    line.drop { $0 == " " }.hasPrefix("|")
  }

  private static func isItem(_ line: String) -> Bool {
    let start = line.drop { $0 == " " }
    return start.first.map { "-*+•".contains($0) } == true && start.dropFirst().first == " "
  }

  private static func headingLevel(_ line: String) -> Int? {
    let marks = line.prefix { $0 == "#" }.count
    return (1...6).contains(marks) && line.dropFirst(marks).first == " " ? marks : nil
  }

  private static func cells(_ line: String) -> [String] {
    var cells = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    if cells.first?.allSatisfy({ $0 == " " }) == true { cells.removeFirst() }
    if cells.last?.allSatisfy({ $0 == " " }) == true { cells.removeLast() }
    return cells
  }

  /// Without the signs of a list, of emphasis and of code.
  private static func plain(_ text: String) -> String {
    var text = text.drop { " -*+•>".contains($0) }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text).replacing("**", with: "").replacing("__", with: "").replacing("`", with: "")
  }

  /// `Examples: a, b`, where the label is a few words.
  private static func labelled(_ words: String) -> (label: String, rest: String)? {
    guard let colon = words.firstIndex(where: { ":：".contains($0) }) else { return nil }
    let label = TemplatePlace.key(words[..<colon])
    guard !label.isEmpty, label.split(separator: " ").count <= 4 else { return nil }
    return (label, String(words[words.index(after: colon)...].drop { $0 == " " }))
  }

  /// Several examples in one cell or line; commas within brackets separate none.
  private static func listed(_ words: String) -> [String] {
    var parts = [""]
    var depth = 0
    for character in words.replacing("<br>", with: ";").replacing("<br/>", with: ";") {
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      if depth <= 0, ",;、；".contains(character) {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    return parts.map { $0.trimmed() }.filter { $0.contains(where: \.isLetter) }
  }

  private static func isDefinition(_ key: String) -> Bool { isLabel(key, .definitionLabel) }

  private static func isExample(_ key: String) -> Bool { isLabel(key, .exampleLabel) }

  /// Whether a label begins or ends with words of a kind.
  private static func isLabel(_ key: String, _ concept: Concept) -> Bool {
    let folded = Folded(key)
    return folded.hits.contains {
      $0.concept == concept && ($0.start == 0 || $0.end == folded.words.count)
    }
  }
}
