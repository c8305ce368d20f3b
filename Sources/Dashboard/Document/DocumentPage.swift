import Engine

/// The team's document laid out for a screen, row by row.
package struct DocumentPage: Hashable, Sendable {
  /// What the document is called.
  package var name: String
  package var rows: [Row]
  /// What can be copied from a line, by its number: whole commands, and code among its words.
  package var commands: [Int: [String]]
  /// Its lines as they are written, harmless, from line 1 on.
  package var lines: [String]
  /// Why there is nothing to show, in words; nil: there is something.
  package var obstacle: String?

  package init(
    name: String, rows: [Row], lines: [String], commands: [Int: [String]] = [:],
    obstacle: String? = nil
  ) {
    self.name = name
    self.rows = rows
    self.lines = lines
    self.commands = commands
    self.obstacle = obstacle
  }

  /// A page that says why there is none.
  package init(name: String, obstacle: String) {
    self.init(name: name, rows: [], lines: [], obstacle: obstacle)
  }

  package struct Row: Hashable, Sendable {
    /// 1-based line of the document.
    package var line: Int
    package var pieces: [Piece]

    package init(line: Int, pieces: [Piece]) {
      self.line = line
      self.pieces = pieces
    }

    package var text: String { pieces.map(\.text).joined() }
  }

  package struct Piece: Hashable, Sendable {
    package var text: String
    package var look: Look

    package init(_ text: String, _ look: Look) {
      self.text = text
      self.look = look
    }
  }

  package enum Look: Hashable, Sendable {
    case plain, heading, strong, emphasis, code, link, frame
  }

  /// Columns for the numbers of lines and the mark in front of them.
  package static func gutter(ofLines count: Int) -> Int { max(3, String(count).count) + 3 }

  var gutter: Int { Self.gutter(ofLines: lines.count) }

  /// The first row of a line; of the last one where the document is shorter.
  func row(ofLine line: Int) -> Int {
    min(rows.partitioningIndex { $0.line >= line }, max(0, rows.count - 1))
  }

  /// Rows in which words are found. Words that a line has only across rows, or only as it is written, are found in its
  /// first row. Small letters find capital ones too.
  func rows(containing words: String) -> [Int] {
    guard !words.isEmpty else { return [] }
    var found: [Int] = []
    var start = 0
    while start < rows.count {
      let line = rows[start].line
      var end = start
      while end < rows.count, rows[end].line == line { end += 1 }
      let own = (start..<end).filter { Self.contains(rows[$0].text, words) }
      if !own.isEmpty {
        found += own
      } else if Self.contains(rows[start..<end].map(\.text).joined(separator: " "), words)
        || (lines.indices.contains(line - 1) && Self.contains(lines[line - 1], words))
      {
        found.append(start)
      }
      start = end
    }
    return found
  }

  private static func contains(_ text: String, _ words: String) -> Bool {
    words == words.lowercased()
      ? text.lowercased().containsText(words) : text.containsText(words)
  }
}
