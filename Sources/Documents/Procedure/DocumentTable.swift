import Display

/// A table of a document in columns that fit, cells wrapped in their column; where columns have no room, one cell below
/// the other with the name of its column.
struct DocumentTable {
  typealias Run = DocumentText.Run

  private let cells: [[[Run]]]
  private let width: Int
  /// Nil: there is no room side by side.
  private let widths: [Int]?
  private static let gap = 3
  private static let least = 8

  /// Rows of cells, the first of them the header.
  init(_ cells: [[[Run]]], width: Int) {
    self.cells = cells
    self.width = width
    let count = cells.map(\.count).max() ?? 0
    let natural = (0..<count).map { column in
      cells.map { row in column < row.count ? Self.columns(row[column]) : 0 }.max() ?? 0
    }
    widths = Self.fitted(natural, to: width - Self.gap * max(0, count - 1))
  }

  private static func columns(_ runs: [Run]) -> Int {
    TextWidth.columns(runs.map(\.text).joined())
  }

  /// The widest columns give way first, none below `least`.
  private static func fitted(_ natural: [Int], to room: Int) -> [Int]? {
    guard natural.map({ min($0, least) }).reduce(0, +) <= room else { return nil }
    var widths = natural
    while widths.reduce(0, +) > room {
      guard let widest = widths.indices.max(by: { widths[$0] < widths[$1] }), widths[widest] > 1
      else { return nil }
      widths[widest] -= 1
    }
    return widths
  }

  /// The rows of one row of cells.
  func rows(_ number: Int) -> [[Run]] {
    let row = cells[number]
    let isHeader = number == 0
    guard let widths else {
      return isHeader ? InlineText.wrap(joined(row), to: width) : stacked(row)
    }
    let columns = widths.indices.map { column -> [[Run]] in
      guard column < row.count else { return [[]] }
      let runs = isHeader ? row[column].map { Run($0.text, .strong) } : row[column]
      return InlineText.wrap(runs, to: max(1, widths[column]))
    }
    let height = columns.map(\.count).max() ?? 1
    return (0..<height).map { level in
      columns.enumerated().flatMap { column, lines -> [Run] in
        let line = level < lines.count ? lines[level] : []
        let isLast = column == columns.count - 1
        let missing = isLast ? 0 : max(0, widths[column] - Self.columns(line))
        return line + (isLast ? [] : [Run(String(repeating: " ", count: missing) + " │ ", .frame)])
      }
    }
  }

  var underline: String {
    guard let widths else { return String(repeating: "─", count: min(width, 40)) }
    return widths.map { String(repeating: "─", count: $0) }.joined(separator: "─┼─")
  }

  private func joined(_ row: [[Run]]) -> [Run] {
    [Run(row.map { $0.map(\.text).joined() }.joined(separator: " / "), .strong)]
  }

  private func stacked(_ row: [[Run]]) -> [[Run]] {
    let header = cells.first ?? []
    return row.enumerated().flatMap { column, runs -> [[Run]] in
      guard column > 0 else { return InlineText.wrap(runs, to: width) }
      let name = column < header.count ? header[column].map(\.text).joined() : ""
      let label = [Run("  "), Run(name.isEmpty ? "" : "\(name): ", .strong)]
      return InlineText.wrap(label + runs, to: width)
    }
  }
}
