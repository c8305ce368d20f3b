import Engine

/// A table whose header names at least a time and a text.
enum ImportTable {
  struct Columns {
    var time: Int?
    var text: Int?
    var actor: Int?
    var kind: Int?
    var retracted: Int?
    var id: Int?
    var drill: Int?

    init(_ header: [String]) {
      let names = header.map { TemplatePlace.key($0) }
      func index(_ known: Set<String>) -> Int? { names.firstIndex { known.contains($0) } }
      time = index([
        "time", "timestamp", "occurred", "when", "at", "date time", "datetime",
        "effective", "date", "time utc",
      ])
      text = index(["text", "note", "message", "event", "description", "what", "entry", "details"])
      actor = index(["actor", "who", "author", "user", "name", "by", "from"])
      kind = index(["kind", "type"])
      retracted = index(["retracted"])
      id = index(["id"])
      drill = index(["drill"])
    }

    var isComplete: Bool { time != nil && text != nil }

    /// What stands in a column of a row; nil for nothing.
    func cell(_ index: Int?, _ cells: [String]) -> String? {
      guard let index, index < cells.count, !cells[index].isEmpty else { return nil }
      return cells[index]
    }
  }

  typealias Row = TimelineImport.Row
  typealias Problem = TimelineImport.Problem

  /// The rows, and how many were left out because their own log had retracted them.
  static func rows(
    of text: String, _ context: ImportContext
  ) throws(Problem) -> (rows: [Row], leftOut: Int) {
    var rows: [Row] = []
    var leftOut = 0
    var columns: Columns?
    let table = CSVReader.table(of: text)
    if let line = table.unclosed {
      throw Problem(
        line: line, what: "a quote is opened and never closed", remedy: "close it or remove it")
    }
    for (line, cells) in table.rows {
      guard let known = columns else {
        columns = Columns(cells)
        continue
      }
      if known.cell(known.retracted, cells) == "true" {
        leftOut += 1
      } else if let row = try row(line, cells, known, context) {
        rows.append(row)
      }
    }
    return (rows, leftOut)
  }

  /// One row; nil where its cells are empty.
  private static func row(
    _ line: Int, _ cells: [String], _ known: Columns, _ context: ImportContext
  ) throws(Problem) -> Row? {
    guard let stated = known.cell(known.time, cells) else {
      if cells.allSatisfy(\.isEmpty) { return nil }
      throw Problem(line: line, what: "the row has no time", remedy: "add one or remove the row")
    }
    if known.cell(known.drill, cells) == "true" {
      throw Problem(
        line: line, what: "this is the timeline of a drill", remedy: "import a real incident")
    }
    guard let time = context.time(stated) else {
      throw Problem(
        line: line, what: "'\(stated)' is not an unambiguous time",
        remedy: "write 2026-11-21 14:05")
    }
    let kind = try kind(known.cell(known.kind, cells), line)
    let text = Self.text(known.cell(known.text, cells))
    guard text != nil || kind.needsNoText else {
      throw Problem(line: line, what: "the row has no text", remedy: "add one or remove the row")
    }
    return Row(
      line: line, occurred: try context.instant(time, line),
      actor: known.cell(known.actor, cells), kind: kind, text: text ?? kind.rawValue,
      event: known.cell(known.id, cells).flatMap { EventID($0) })
  }

  /// Without the sign that keeps a cell from being a formula.
  private static func text(_ cell: String?) -> String? {
    guard let cell, cell.hasPrefix("'"),
      let next = cell.dropFirst().first(where: { $0 != " " }), "=+-@".contains(next)
    else { return cell }
    return String(cell.dropFirst())
  }

  /// The kind that a cell names: `finding`, or `finding.added` as exported timelines have it.
  private static func kind(_ cell: String?, _ line: Int) throws(Problem) -> Row.Kind {
    guard let cell else { return .note }
    switch cell.lowercased() {
    case "ack", "acknowledge", "incident.acknowledged": return .acknowledged
    case "mitigate", "mitigation": return .mitigated
    case "resolve", "resolution": return .resolved
    case "status.changed": return .status
    case "update.sent": return .update
    case "decision.made": return .decision
    case "alert.fired": return .alert
    case "finding.added": return .finding
    case "hypothesis.added": return .hypothesis
    case let word:
      if let kind = Row.Kind(rawValue: word) { return kind }
      // What an exported timeline tells beyond these stays in words.
      if EventKind(rawValue: word) != nil { return .note }
      let known = Row.Kind.allCases.map(\.rawValue).joined(separator: ", ")
      throw Problem(
        line: line, what: "'\(cell)' is not a kind", remedy: "write one of \(known), or nothing")
    }
  }
}
