import Engine

/// A table whose header names at least a time and a text.
enum ImportTable {
  struct Columns {
    var date: Int?
    var time: Int?
    var text: Int?
    var actor: Int?
    var kind: Int?
    var retracted: Int?
    var id: Int?
    var drill: Int?
    var sequence: Int?
    /// The incident that this program wrote the table of.
    var incident: String?
    /// Seconds ahead of UTC of times that state no zone, where the header does: `Timestamp (UTC)`.
    var offset: Int?

    init(_ header: [String]) {
      let names = header.map { TemplatePlace.key($0) }
      func index(_ known: Set<String>) -> Int? { names.firstIndex { known.contains($0) } }
      let plain = names.map(Self.withoutZone)
      date = index([
        "date", "day", "datum", "fecha", "data", "jour", "tarih", "дата", "日付", "日期", "날짜",
      ])
      time = plain.firstIndex { Self.times.contains($0.name) }
      if let time { offset = plain[time].offset }
      // A date alone is a time where it holds both.
      if time == nil { (time, date) = (date, nil) }
      text = index([
        "text", "note", "message", "msg", "body", "event", "description", "what", "entry",
        "details", "content",
        "summary", "action", "comment", "notes", "ereignis", "beschreibung", "evento",
        "descripción", "descrição", "événement", "内容", "事件",
      ])
      actor = index([
        "actor", "who", "author", "user", "name", "by", "from", "person", "owner", "wer", "quién",
        "quem", "qui", "担当", "人员",
      ])
      kind = index(["kind", "type"])
      retracted = index(["retracted", "noted"])
      id = index(["id"])
      drill = index(["drill"])
      sequence = index(["seq"])
    }

    private static let times: Set<String> = [
      "time", "timestamp", "occurred", "when", "at", "date time", "datetime", "effective",
      "happened", "uhrzeit", "zeit", "hora", "heure", "ora", "tijd", "saat", "время", "czas",
      "時刻", "時間", "时间", "시간", "waktu", "ts", "created at", "occurred at", "time of event",
      "epoch", "epoch time", "unix", "unix time", "unixtime", "date and time", "fecha y hora",
    ]

    private static func withoutZone(_ name: String) -> (name: String, offset: Int?) {
      let words = name.split(separator: " ")
      guard words.count > 1, let last = words.last,
        let offset = TimeScanner.zones[last.uppercased()]
      else { return (name, nil) }
      return (words.dropLast().joined(separator: " "), offset)
    }

    var isComplete: Bool { time != nil && text != nil }
  }

  typealias Row = TimelineImport.Row
  typealias Problem = TimelineImport.Problem

  static func read(_ text: String, _ context: ImportContext) throws(Problem) -> ImportFound {
    let table = CSVReader.table(of: text)
    if let line = table.unclosed {
      throw Problem(
        line: line, what: "a quote is opened and never closed", remedy: "close it or remove it")
    }
    guard let header = table.rows.first else { return ImportFound() }
    return try read(table.rows.dropFirst(), under: Columns(header.cells), context)
  }

  static func read(
    _ table: some Sequence<(line: Int, cells: [String])>, under columns: Columns,
    _ context: ImportContext
  ) throws(Problem) -> ImportFound {
    var found = ImportFound()
    var times: [(stated: StatedTime, line: Int)] = []
    for (line, cells) in table {
      func cell(_ index: Int?) -> String? {
        guard let index, index < cells.count, !cells[index].isEmpty else { return nil }
        return cells[index]
      }
      guard let stated = stated(cell(columns.date), cell(columns.time)) else {
        if cells.allSatisfy(\.isEmpty) { continue }
        throw Problem(
          line: line, what: "the row has no time", remedy: "give it one or leave it out")
      }
      if cell(columns.drill) == "true" {
        throw Problem(
          line: line, what: "this is the timeline of a drill, not of a real incident",
          remedy: "import a real incident")
      }
      if isRetracted(cell(columns.retracted)) {
        found.omissions.append(.init(line: line, reason: .retracted))
        continue
      }
      guard var time = context.time(stated) else {
        throw Problem(
          line: line, what: "'\(stated)' is not an unambiguous time",
          remedy: "write 2026-11-21 14:05")
      }
      if time.offset == nil, time.zoneName == nil { time.offset = columns.offset }
      let kind = try kind(cell(columns.kind), line)
      let text = Self.text(cell(columns.text))
      guard text != nil || kind.needsNoText else {
        throw Problem(
          line: line, what: "the row has no text", remedy: "give it one or leave it out")
      }
      times.append((time, line))
      let until = time.until.map { " (until \($0))" } ?? ""
      found.rows.append(
        Row(
          line: line, occurred: .distantPast, actor: cell(columns.actor), kind: kind,
          text: (text ?? kind.rawValue) + until, event: cell(columns.id).flatMap { EventID($0) },
          origin: origin(columns.incident, cell(columns.sequence))))
    }
    try found.set(times, context)
    return found
  }

  private static func isRetracted(_ cell: String?) -> Bool {
    let notes = cell?.lowercased().split(separator: " ") ?? []
    return notes.contains { ["true", "retracted", "withdrawn"].contains($0) }
  }

  /// The entry of the log that the row was exported from.
  private static func origin(_ incident: String?, _ sequence: String?) -> Row.Origin? {
    guard let incident, let sequence = sequence.flatMap({ Int($0) }) else { return nil }
    return Row.Origin(incident: incident, sequence: sequence)
  }

  /// The time of a row, with the date of a column of its own before it.
  private static func stated(_ date: String?, _ time: String?) -> String? {
    guard let time else { return nil }
    return date.map { "\($0) \(time)" } ?? time
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
        line: line, what: "'\(cell)' is not a kind of entry",
        remedy: "write one of \(known), or nothing")
    }
  }
}
