import Display

/// A table as lines of text: columns under each other, cells that are too wide wrapped in their column.
struct TextTable {
  private let header: [String]
  private let rows: [[String]]
  private static let margin = "  "
  /// No column that has to give way becomes narrower.
  private static let least = 12

  init(header: [String], rows: [[String]]) {
    let cleaned = rows.map { $0.map { Sanitizer.clean($0) } }
    // A column that says nothing takes no room.
    let kept = header.indices.filter { index in
      cleaned.contains { index < $0.count && !$0[index].isEmpty }
    }
    self.header = kept.map { Sanitizer.clean(header[$0]) }
    self.rows = cleaned.map { row in kept.map { $0 < row.count ? row[$0] : "" } }
  }

  func lines(width: Int) -> [String] {
    guard !header.isEmpty else { return [] }
    let natural = header.indices.map { index in
      ([header] + rows).map { TextWidth.columns($0[index]) }.max() ?? 0
    }
    guard let widths = Self.fitted(natural, to: width - Self.margin.count) else {
      return rows.flatMap { stacked($0, width) }
    }
    return ([header] + rows).flatMap { Self.lines(of: $0, widths) }
  }

  /// A row where columns have no room side by side: its first cell, below it the others with what they are.
  private func stacked(_ row: [String], _ width: Int) -> [String] {
    let others = zip(header, row).dropFirst().filter { !$0.1.isEmpty }
    let words = others.map { "\($0.0) \($0.1)" }.joined(separator: " · ")
    let room = max(8, width - 4)
    return TextWidth.wrap(row[0], to: room).map { "  " + $0 }
      + (words.isEmpty ? [] : TextWidth.wrap(words, to: room).map { "    " + $0 })
  }

  /// The widths of columns that fit side by side, the widest made narrower; nil where there is not even room for that.
  private static func fitted(_ natural: [Int], to width: Int) -> [Int]? {
    var widths = natural
    let gaps = 2 * (natural.count - 1)
    while widths.reduce(gaps, +) > width {
      // The last column gives way before others of its width.
      func weight(_ index: Int) -> Int {
        let isLast = index == widths.count - 1 && widths[index] > least
        return widths[index] + (isLast ? 6 : 0)
      }
      guard let widest = widths.indices.max(by: { weight($0) < weight($1) }),
        widths[widest] > least
      else { return nil }
      widths[widest] -= 1
    }
    return widths
  }

  private static func lines(of row: [String], _ widths: [Int]) -> [String] {
    let cells = zip(row, widths).map { TextWidth.wrap($0, to: $1) }
    let height = cells.map(\.count).max() ?? 0
    return (0..<height).map { line in
      var text = margin
      var gap = ""
      for (cell, width) in zip(cells, widths) {
        let piece = line < cell.count ? cell[line] : ""
        text += gap + piece
        gap = String(repeating: " ", count: max(0, width - TextWidth.columns(piece)) + 2)
      }
      while text.last == " " { text.removeLast() }
      return text
    }
  }
}
