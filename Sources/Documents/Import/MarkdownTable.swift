import Engine

/// A table in Markdown whose header names a time and a text.
struct MarkdownTable {
  private var columns: ImportTable.Columns
  private var rows: [(line: Int, cells: [String])] = []
  private var outside: [Int] = []

  /// Nil where there is no such table.
  init?(_ text: String) {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    var columns: ImportTable.Columns?
    var isIn = false
    for (index, line) in lines.enumerated() {
      let cells = DocumentLayout.cells(of: String(line))
      let isRow = line.contains("|")
      let isRule = isRow && line.contains("-") && line.allSatisfy { "|-: ".contains($0) }
      if isIn, isRow {
        rows.append((index + 1, cells.map(Self.plain)))
      } else if isRow, !isRule, index + 1 < lines.count, Self.isRule(lines[index + 1]),
        ImportTable.Columns(cells.map(Self.plain)).isComplete, columns == nil
      {
        columns = ImportTable.Columns(cells.map(Self.plain))
      } else if isRule, columns != nil, !isIn {
        isIn = true
      } else {
        if isIn, !isRow { isIn = false }
        if line.contains(where: { !$0.isWhitespace }) { outside.append(index + 1) }
      }
    }
    guard let columns, !rows.isEmpty else { return nil }
    self.columns = columns
    // What this program writes above its own table.
    if let zone = Self.fact("Times", in: lines), self.columns.offset == nil {
      self.columns.offset = TimeScanner.zones[zone]
    }
    self.columns.incident = Self.fact("Incident", in: lines)
  }

  /// `- **Times:** UTC`: the one word behind the name.
  private static func fact(_ name: String, in lines: [Substring]) -> String? {
    for line in lines {
      let words = line.filter { $0 != "*" && $0 != "\\" }.split(separator: " ")
      guard let place = words.firstIndex(of: "\(name):"), place <= 1, words.count == place + 2
      else {
        continue
      }
      return String(words[place + 1])
    }
    return nil
  }

  private static func isRule(_ line: Substring) -> Bool {
    line.contains("-") && line.contains("|") && line.allSatisfy { "|-: ".contains($0) }
  }

  func read(_ context: ImportContext) throws(TimelineImport.Problem) -> ImportFound {
    var found = try ImportTable.read(rows, under: columns, context)
    found.omissions += outside.map { .init(line: $0, reason: .outsideTable) }
    return found
  }

  /// A cell as it was meant: without the marks and escapes of Markdown.
  private static func plain(_ cell: String) -> String {
    var rest = cell[...]
    var result = ""
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"), ("<br>", "\n"), ("<br/>", "\n")]
    while let character = rest.first {
      if character == "\\", let next = rest.dropFirst().first, next.isPunctuation || next.isSymbol {
        result.append(next)
        rest = rest.dropFirst(2)
      } else if let found = entities.first(where: { rest.hasPrefix($0.0) }) {
        result += found.1
        rest = rest.dropFirst(found.0.count)
      } else {
        result.append(character)
        rest = rest.dropFirst()
      }
    }
    for mark in ["**", "`", "*"] where result.hasPrefix(mark) && result.hasSuffix(mark) {
      if result.count > 2 * mark.count {
        result = String(result.dropFirst(mark.count).dropLast(mark.count))
      }
    }
    return result
  }
}
