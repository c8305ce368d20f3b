/// A table of times against severities, telling who is in charge when.
struct TimeMatrix {
  struct Cell {
    var name: String?
    var after: Int
    var text: String
    var line: Int
  }

  /// By the severity's key, in the order of the header.
  var columns: [(key: String, cells: [Cell])] = []

  /// From a drawing whose columns stand one under the other.
  init(_ lines: [TextLine]) {
    guard let at = lines.firstIndex(where: { SeverityWord.numbered(in: $0.text).count >= 2 }) else {
      return
    }
    let words = SeverityWord.numbered(in: lines[at].text)
    let starts = [1, 2].map { wide in words.map { Self.width(lines[at].text, $0.start, wide: wide) }
    }
    columns = words.map { ($0.key, []) }
    for line in lines[(at + 1)...] {
      guard let span = SpanReader.spans(in: line.text).first, span.measure == .clock,
        span.start < 12
      else { continue }
      let scalars = Array(line.text.unicodeScalars)
      let rest = String(String.UnicodeScalarView(scalars[span.end...]))
      let cells =
        Self.cut(line.text, at: starts[0], wide: 1) ?? Self.cut(line.text, at: starts[1], wide: 2)
        ?? Self.cells(rest)
      guard cells.count >= columns.count else { continue }
      let text = String(String.UnicodeScalarView(scalars[span.start..<span.end]))
      for index in columns.indices {
        let name = cells[cells.count - columns.count + index]
        columns[index].cells.append(
          Cell(
            name: Self.isNobody(name) ? nil : name, after: span.low, text: text, line: line.number))
      }
    }
  }

  /// From a table with a severity in every head but the first, and a time before every row.
  init?(table: Block, _ names: SeverityNames) {
    guard let header = table.rows.first, header.cells.count >= 3 else { return nil }
    let heads = header.cells.dropFirst().map { names.named(by: $0) }
    let rows = table.rows.dropFirst()
    if heads.allSatisfy({ $0.count == 1 }) {
      columns = heads.map { (Folded($0[0]).words.joined(), []) }
      for row in rows {
        guard let first = row.cells.first, let span = SpanReader.spans(in: first).first,
          span.measure == .clock
        else { return nil }
        for index in columns.indices where row.cells.indices.contains(index + 1) {
          add(row.cells[index + 1], span.low, first, row.line, index)
        }
      }
      return
    }
    // Times across the top, severities down the side.
    let spans = header.cells.dropFirst().map { SpanReader.spans(in: $0).first }
    guard spans.allSatisfy({ $0?.measure == .clock }), spans.count >= 2 else { return nil }
    for row in rows {
      guard let first = row.cells.first, let id = names.named(by: first).first else { return nil }
      columns.append((Folded(id).words.joined(), []))
      for (index, span) in spans.enumerated() where row.cells.indices.contains(index + 1) {
        add(
          row.cells[index + 1], span?.low ?? 0, header.cells[index + 1], row.line,
          columns.count - 1)
      }
    }
    // Numbers in the cells make it a table of another kind.
    if columns.contains(where: {
      $0.cells.contains { !SpanReader.spans(in: $0.name ?? "").isEmpty }
    }) {
      return nil
    }
  }

  private mutating func add(
    _ name: String, _ after: Int, _ text: String, _ line: Int, _ column: Int
  ) {
    let name = name.withoutMarks
    columns[column].cells.append(
      Cell(name: Self.isNobody(name) ? nil : name, after: after, text: text, line: line))
  }

  private static func isNobody(_ name: String) -> Bool {
    Folded(name).isEmpty
      || ["none", "na", "n a"].contains(Folded(name).words.joined(separator: " "))
  }

  /// Cut where the heads stand: at the beginning of a word at most three columns away from its head.
  private static func cut(_ text: String, at starts: [Int], wide: Int) -> [String]? {
    let scalars = Array(text.unicodeScalars)
    var beginnings: [(column: Int, index: Int)] = []
    var column = 0
    for (index, scalar) in scalars.enumerated() {
      let isWordStart = scalar != " " && (index == 0 || scalars[index - 1] == " ")
      if isWordStart { beginnings.append((column, index)) }
      column += scalar.isIdeograph ? wide : 1
    }
    var cuts: [Int] = []
    for start in starts {
      let near = beginnings.filter { abs($0.column - start) <= 3 && $0.index > (cuts.last ?? 0) }
      guard let best = near.min(by: { abs($0.column - start) < abs($1.column - start) }) else {
        return nil
      }
      cuts.append(best.index)
    }
    return cuts.enumerated().map { index, from in
      let end = index + 1 < cuts.count ? cuts[index + 1] : scalars.count
      return String(String.UnicodeScalarView(scalars[from..<end]))
        .trimming { " |│".unicodeScalars.contains($0) }
    }
  }

  /// The column of an offset, where an ideograph is `wide` columns.
  private static func width(_ text: String, _ offset: Int, wide: Int) -> Int {
    text.unicodeScalars.prefix(offset).reduce(0) { $0 + ($1.isIdeograph ? wide : 1) }
  }

  /// Parts between two spaces or more.
  private static func cells(_ text: String) -> [String] {
    var cells: [String] = []
    var cell = ""
    var spaces = 0
    for character in text {
      if character == " " || character == "\t" || character == "|" || character == "│" {
        spaces += character == " " ? 1 : 2
        continue
      }
      if spaces >= 2, !cell.isEmpty {
        cells.append(cell)
        cell = ""
      } else if spaces == 1, !cell.isEmpty {
        cell += " "
      }
      spaces = 0
      cell.append(character)
    }
    if !cell.isEmpty { cells.append(cell) }
    return cells
  }
}
