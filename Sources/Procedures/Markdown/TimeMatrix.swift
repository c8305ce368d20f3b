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
  /// By the column's index: who has it first and is not called.
  private(set) var holders: [Int: String] = [:]
  /// Cells of the columns that have no time.
  private(set) var others: [(severities: [String], head: String, text: String, line: Int)] = []
  /// The times count from the start; else each from the one before.
  private(set) var isRising = true

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

  /// From a table with a severity in every head but the first, and a time before every row; or with times in its
  /// heads and a severity in every row.
  init?(table: Block, _ names: SeverityNames, isEscalation: Bool = false) {
    guard let header = table.rows.first, header.cells.count >= 3 else { return nil }
    let heads = header.cells.dropFirst().map { names.named(by: $0) }
    if heads.allSatisfy({ $0.count == 1 }) {
      columns = heads.map { (Folded($0[0]).words.joined(), []) }
      for row in table.rows.dropFirst() {
        guard let first = row.cells.first, let span = SpanReader.spans(in: first).first,
          span.measure == .clock
        else { return nil }
        for index in columns.indices where row.cells.indices.contains(index + 1) {
          add(row.cells[index + 1], span.low, first, row.line, index)
        }
      }
      return
    }
    guard readAcross(table, names, isEscalation) else { return nil }
  }

  /// Times across the top, severities down the side.
  ///
  /// Who answers first, and what else is told, may stand in columns without a time where the heads or the chapter
  /// speak of an escalation.
  private mutating func readAcross(
    _ table: Block, _ names: SeverityNames, _ isEscalation: Bool
  ) -> Bool {
    let header = table.rows[0].cells
    let rows = table.rows.dropFirst()
    let spans = header.map { SpanReader.spans(in: $0).first }
    let timed = header.indices.dropFirst().filter {
      spans[$0]?.measure == .clock && spans[$0]?.relation != .every
    }
    let isWhole = timed.count == header.count - 1
    let called = timed.filter { Folded(header[$0]).has(any: [.escalate, .level]) }.count
    guard timed.count >= 2, isWhole || isEscalation || called >= 2,
      rows.allSatisfy({ !names.named(by: $0.cells.first ?? "").isEmpty })
    else { return false }
    let first = isWhole ? nil : Self.firstReceiver(header, before: timed[0])
    let times = timed.compactMap { spans[$0]?.low }
    isRising = zip(times, times.dropFirst()).allSatisfy { $0 < $1 }
    for row in rows {
      let ids = names.named(by: row.cells[0])
      for id in ids {
        columns.append((Folded(id).words.joined(), []))
        for index in timed where row.cells.indices.contains(index) {
          add(
            row.cells[index], spans[index]?.low ?? 0, header[index], row.line, columns.count - 1)
        }
        if let first, row.cells.indices.contains(first), !Self.isNobody(row.cells[first]) {
          holders[columns.count - 1] = row.cells[first].withoutMarks
        }
      }
      for (index, cell) in row.cells.enumerated().dropFirst()
      where header.indices.contains(index) && !timed.contains(index) {
        others.append((ids, header[index], cell, row.line))
      }
    }
    // Numbers in the cells make it a table of another kind.
    return !columns.contains { column in
      column.cells.contains { !SpanReader.spans(in: $0.name ?? "").isEmpty }
    }
  }

  /// Who has the incident before anybody is called.
  private static func firstReceiver(_ header: [String], before timed: Int) -> Int? {
    header.indices.dropFirst().first { index in
      index < timed && Folded(header[index]).has(any: [.role, .who, .toWho])
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
