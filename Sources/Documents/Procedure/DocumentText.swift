import Display

/// A team's document as it is written, laid out for a terminal: headings, lists, tables, quotes and code.
///
/// Every line of the document has at least one row, so that a view can open it at any line.
package struct DocumentText: Sendable {
  package let rows: [Row]
  /// The lines of the document, harmless, from line 1 on.
  package let lines: [String]
  private let headings: [Int]
  /// Lines that are code as a whole.
  private let codeLines: Set<Int>

  package struct Row: Hashable, Sendable {
    /// 1-based line of the document.
    package var line: Int
    package var kind: Kind
    package var runs: [Run]

    package var text: String { runs.map(\.text).joined() }
  }

  package enum Kind: Hashable, Sendable {
    /// 1 is the highest.
    case heading(Int)
    case text
    case item
    case table
    case quote
    case code
    case rule
    case blank
  }

  /// Characters of one row that look alike.
  package struct Run: Hashable, Sendable {
    package var text: String
    package var look: Look

    package init(_ text: String, _ look: Look = .plain) {
      self.text = text
      self.look = look
    }
  }

  package enum Look: Hashable, Sendable {
    case plain, strong, emphasis, code, link, frame
  }

  /// Lays out Markdown, or a text of another kind as it stands, in rows of at most `width` columns.
  package init(_ text: String, isMarkdown: Bool, width: Int) {
    var layout = DocumentLayout(text, isMarkdown: isMarkdown, width: max(20, width))
    rows = layout.rows()
    lines = layout.lines
    codeLines = Set(rows.lazy.filter { $0.kind == .code }.map(\.line))
    headings = rows.compactMap { if case .heading = $0.kind { $0.line } else { nil } }
      .reduce(into: []) { if $0.last != $1 { $0.append($1) } }
  }

  /// The first row of a line; of the last one where the document is shorter.
  package func row(ofLine line: Int) -> Int {
    rows.lastIndex { $0.line < line }.map { min($0 + 1, rows.count - 1) } ?? 0
  }

  /// Whether a document of this name is Markdown.
  package static func isMarkdown(path: String) -> Bool {
    !(path.hasSuffix(".yaml") || path.hasSuffix(".yml"))
  }

  /// What of every line can be run or typed somewhere, by its number: a line of code without its prompt, with the lines
  /// that it goes on in, else the code among its words.
  package var commands: [Int: [String]] {
    var commands: [Int: [String]] = [:]
    var line = 1
    while line <= lines.count {
      guard codeLines.contains(line) else {
        let code = InlineText.runs(of: lines[line - 1]).filter { $0.look == .code }.map(\.text)
        if !code.isEmpty { commands[line] = code }
        line += 1
        continue
      }
      let first = line
      while lines[line - 1].hasSuffix("\\"), codeLines.contains(line + 1) { line += 1 }
      let command = command(first...line)
      // The lines of one command share it.
      for own in first...line where !command.isEmpty { commands[own] = [command] }
      line += 1
    }
    return commands
  }

  private func command(_ range: ClosedRange<Int>) -> String {
    let indent = lines[range.lowerBound - 1].prefix { $0 == " " }.count
    let command = range.map { line in
      let text = lines[line - 1]
      return String(text.dropFirst(min(indent, text.prefix { $0 == " " }.count)))
    }.joined(separator: "\n")
    return command.hasPrefix("$ ") ? String(command.dropFirst(2)) : command
  }

  /// The lines that contain words, whatever their case.
  package func lines(containing words: String) -> [Int] {
    let wanted = words.lowercased()
    guard !wanted.isEmpty else { return [] }
    return lines.indices.filter { lines[$0].lowercased().contains(wanted) }.map { $0 + 1 }
  }

  /// The stretch under one heading that a line lies in, the heading included.
  package func section(ofLine line: Int) -> ClosedRange<Int> {
    let first = headings.last { $0 <= line } ?? 1
    let next = headings.first { $0 > line } ?? lines.count + 1
    return first...max(first, next - 1)
  }
}
