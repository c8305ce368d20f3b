package import Engine

/// A past timeline as it was kept elsewhere: a table or a chat log, read with an explicit zone or not at all.
package struct TimelineImport: Sendable {
  /// In the order in which things happened.
  package private(set) var rows: [Row] = []

  package struct Row: Hashable, Sendable {
    /// 1-based line of the file.
    package var line: Int
    package var occurred: Timestamp
    package var actor: String?
    package var kind: Kind
    package var text: String

    package enum Kind: String, CaseIterable, Sendable {
      case note, finding, hypothesis, decision, alert, update
      case acknowledged, mitigated, resolved
    }

    /// What the row becomes; its identity is what it says, so that it can be brought in twice.
    package func command() -> Command {
      switch kind {
      case .note: .note(text)
      case .finding: .finding(text)
      case .hypothesis: .hypothesis(text)
      case .decision: .decide(question: text, choice: "", objections: [])
      case .alert: .alert(.init(title: text))
      case .update: .sendUpdate(.init(text: text))
      case .acknowledged: .acknowledge
      case .mitigated: .mitigate
      case .resolved: .resolve
      }
    }

    package var identity: String {
      "import/\(occurred.rfc3339)/\(actor ?? "")/\(kind.rawValue)/\(text)"
    }
  }

  /// Why nothing was read: half a timeline would look like a whole one.
  package struct Problem: Error, Hashable, Sendable {
    /// 1-based; 0 for the file as a whole.
    package var line: Int
    package var what: String
    package var remedy: String
  }

  /// Reads a table with a header, or else lines that begin with a time.
  ///
  /// `zone` holds for times that state none; `day` for times without a date, which go on to the next day where the clock
  /// jumps back.
  package init(_ text: String, zone: TimeZoneRules?, day: CivilDate? = nil) throws(Problem) {
    let isTable = CSVReader.firstRow(of: text).map(Columns.init)?.isComplete ?? false
    rows = try isTable ? Self.table(text, zone, day) : Self.chat(text, zone, day)
    guard !rows.isEmpty else {
      throw Problem(
        line: 0, what: "no line begins with a time and no header names one",
        remedy:
          "give a table with the columns time and text, or lines such as '2026-11-21 14:05 mira: text'"
      )
    }
    rows.sort { ($0.occurred, $0.line) < ($1.occurred, $1.line) }
  }

  // MARK: - Times

  private static func instant(
    _ stated: StatedTime, _ line: Int, _ zone: TimeZoneRules?, _ day: CivilDate?
  ) throws(Problem) -> Timestamp {
    if stated.offset == nil, zone == nil {
      throw Problem(
        line: line, what: "the time has no zone", remedy: "say which: --zone Europe/Berlin")
    }
    guard let instant = stated.instant(in: zone, on: day) else {
      throw Problem(
        line: line, what: "the time has no date", remedy: "say the first day: --date 2026-11-21")
    }
    return instant
  }

  // MARK: - Tables

  private struct Columns {
    var time: Int?
    var text: Int?
    var actor: Int?
    var kind: Int?

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
    }

    var isComplete: Bool { time != nil && text != nil }
  }

  private static func table(
    _ text: String, _ zone: TimeZoneRules?, _ day: CivilDate?
  ) throws(Problem) -> [Row] {
    var rows: [Row] = []
    var columns: Columns?
    for (line, cells) in CSVReader.rows(of: text) {
      guard let known = columns else {
        columns = Columns(cells)
        continue
      }
      func cell(_ index: Int?) -> String? {
        guard let index, index < cells.count, !cells[index].isEmpty else { return nil }
        return cells[index]
      }
      guard let stated = cell(known.time) else {
        if cells.allSatisfy(\.isEmpty) { continue }
        throw Problem(
          line: line, what: "the row has no time", remedy: "give it one or leave it out")
      }
      guard let time = StatedTime(stated) else {
        throw Problem(
          line: line, what: "'\(stated)' is no time that can mean only one thing",
          remedy: "write 2026-11-21 14:05")
      }
      let kind = cell(known.kind).flatMap { Self.kind($0) } ?? .note
      rows.append(
        Row(
          line: line, occurred: try instant(time, line, zone, day), actor: cell(known.actor),
          kind: kind, text: cell(known.text) ?? kind.rawValue))
    }
    return rows
  }

  /// The kind that a cell names: `finding`, `finding.added`.
  private static func kind(_ text: String) -> Row.Kind? {
    let word = text.lowercased().prefix { $0.isLetter }
    switch word {
    case "ack", "acknowledge", "incident": return word == "incident" ? nil : .acknowledged
    case "mitigate", "mitigation": return .mitigated
    case "resolve", "resolution": return .resolved
    default: return Row.Kind(rawValue: String(word))
    }
  }

  // MARK: - Chat logs

  private static func chat(
    _ text: String, _ zone: TimeZoneRules?, _ day: CivilDate?
  ) throws(Problem) -> [Row] {
    var rows: [Row] = []
    var day = day
    var last: Timestamp?
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() {
      guard let said = ChatLine(line) else {
        if rows.isEmpty || line.allSatisfy(\.isWhitespace) { continue }
        rows[rows.count - 1].text += "\n" + line
        continue
      }
      var occurred = try instant(said.time, index + 1, zone, day)
      if said.time.date == nil, let before = last, before - occurred > .hours(12) {
        day = day?.adding(days: 1)
        occurred = try instant(said.time, index + 1, zone, day)
      }
      last = occurred
      rows.append(
        Row(line: index + 1, occurred: occurred, actor: said.actor, kind: .note, text: said.text))
    }
    return rows
  }
}

/// One line of a chat log: a time, who, and what.
private struct ChatLine {
  var time: StatedTime
  var actor: String?
  var text: String

  init?(_ line: Substring) {
    let line = line.drop { $0 == " " || $0 == "\t" }
    var rest: Substring
    if line.hasPrefix("[") {
      guard let end = line.firstIndex(of: "]"), let time = StatedTime(line[..<end].dropFirst())
      else { return nil }
      self.time = time
      rest = line[line.index(after: end)...]
    } else {
      // The longest beginning of up to four words that is a time.
      var best: (time: StatedTime, end: Substring.Index)?
      var words = 0
      var index = line.startIndex
      while index < line.endIndex, words < 4 {
        let end = line[index...].firstIndex(of: " ") ?? line.endIndex
        let beginning = line[..<end].reversed().drop { $0 == "-" || $0 == ":" || $0 == " " }
        if let time = StatedTime(String(beginning.reversed())) { best = (time, end) }
        words += 1
        index = end == line.endIndex ? end : line.index(after: end)
      }
      guard let best else { return nil }
      time = best.time
      rest = line[best.end...]
    }
    rest = rest.drop { " -–—:\t".contains($0) }
    if rest.hasPrefix("<"), let end = rest.firstIndex(of: ">") {
      actor = String(rest[..<end].dropFirst())
      rest = rest[rest.index(after: end)...]
    } else if let colon = rest.firstIndex(of: ":"), Self.isName(rest[..<colon]) {
      actor = String(rest[..<colon])
      rest = rest[rest.index(after: colon)...]
    }
    text = String(rest.drop { $0 == " " || $0 == "\t" })
    guard !text.isEmpty else { return nil }
  }

  /// Up to three words of letters, as people and bots are called.
  private static func isName(_ text: Substring) -> Bool {
    let words = text.split(separator: " ")
    return (1...3).contains(words.count) && text.count <= 40
      && text.allSatisfy { $0.isLetter || $0.isNumber || " ._-@".contains($0) }
  }
}
