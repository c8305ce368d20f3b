import Engine

/// A chat log as text: lines that begin with a time, or names and times above the words.
enum ChatLog {
  typealias Row = TimelineImport.Row
  typealias Problem = TimelineImport.Problem

  static func rows(of text: String, _ context: ImportContext) throws(Problem) -> [Row] {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let begun = try lined(lines, context)
    if !begun.isEmpty { return named(begun) }
    return try headed(lines, context)
  }

  /// The instants of times from top to bottom; without dates they go on past midnight.
  private struct Clock {
    var context: ImportContext
    var last: Timestamp?

    mutating func instant(_ stated: StatedTime, _ line: Int) throws(Problem) -> Timestamp {
      var occurred = try context.instant(stated, line)
      if stated.date == nil, let before = last, before - occurred > .hours(12) {
        context.day = context.day?.adding(days: 1)
        occurred = try context.instant(stated, line)
      }
      last = occurred
      return occurred
    }
  }

  // MARK: - Lines that begin with a time

  private static func lined(
    _ lines: [Substring], _ context: ImportContext
  ) throws(Problem) -> [Row] {
    var rows: [Row] = []
    var clock = Clock(context: context)
    for (index, line) in lines.enumerated() {
      guard let said = ChatLine(line, context) else {
        if rows.isEmpty || line.allSatisfy(\.isWhitespace) { continue }
        rows[rows.count - 1].text += "\n" + line
        continue
      }
      rows.append(
        Row(
          line: index + 1, occurred: try clock.instant(said.time, index + 1), actor: said.actor,
          kind: .note, text: said.text))
    }
    return rows
  }

  /// Where every line with a time names somebody and the words stand below, the names are not words.
  private static func named(_ rows: [Row]) -> [Row] {
    let split = rows.map { row -> (name: Substring, words: Substring)? in
      guard row.actor == nil, let end = row.text.firstIndex(of: "\n") else { return nil }
      let name = row.text[..<end]
      guard ChatLine.isName(name), name.first?.isUppercase == true else { return nil }
      return (name, row.text[row.text.index(after: end)...])
    }
    guard rows.count > 1, split.allSatisfy({ $0 != nil }) else { return rows }
    return zip(rows, split).map { row, split in
      var row = row
      if let split { (row.actor, row.text) = (String(split.name), String(split.words)) }
      return row
    }
  }

  // MARK: - Names and times above the words

  /// `Mira Okafor  14:05`, or the name on one line and the time on the next; a time alone goes on with the same person.
  private static func headed(
    _ lines: [Substring], _ context: ImportContext
  ) throws(Problem) -> [Row] {
    var rows: [Row] = []
    var clock = Clock(context: context)
    var actor: String?
    var isAfterBlank = true
    var index = 0
    while index < lines.count {
      let line = trimmed(lines[index])
      let next = index + 1 < lines.count ? trimmed(lines[index + 1]) : ""
      var header: (name: String?, time: StatedTime, lines: Int)?
      if let time = context.time(bare(line)) {
        header = (actor, time, 1)
      } else if isAfterBlank, ChatLine.isName(line), let time = context.time(bare(next)) {
        header = (String(line), time, 2)
      } else if let (name, time) = nameAndTime(line, context) {
        header = (name, time, 1)
      }
      if let header {
        let occurred = try clock.instant(header.time, index + header.lines)
        actor = header.name
        rows.append(
          Row(line: index + 1, occurred: occurred, actor: actor, kind: .note, text: ""))
        index += header.lines
        isAfterBlank = false
        continue
      }
      if !line.isEmpty, !rows.isEmpty {
        let gap = rows[rows.count - 1].text.isEmpty ? "" : "\n"
        rows[rows.count - 1].text += gap + line
      }
      isAfterBlank = line.isEmpty
      index += 1
    }
    return rows.filter { !$0.text.isEmpty }
  }

  /// A name, at least two blanks or a bracket, and a time.
  private static func nameAndTime(
    _ line: Substring, _ context: ImportContext
  ) -> (String, StatedTime)? {
    let places = line.indices.filter { index in
      line[index...].hasPrefix("  ") || line[index...].hasPrefix(" [")
        || line[index...].hasPrefix("\t")
    }
    for place in places {
      let name = line[..<place].last == ":" ? line[..<place].dropLast() : line[..<place]
      guard ChatLine.isName(name), let time = context.time(bare(trimmed(line[place...]))) else {
        continue
      }
      return (String(name), time)
    }
    return nil
  }

  private static func trimmed(_ line: Substring) -> Substring {
    let start = line.drop(while: \.isWhitespace)
    guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return start[...end]
  }

  /// Without brackets around it.
  private static func bare(_ text: Substring) -> Substring {
    text.first == "[" && text.last == "]" ? text.dropFirst().dropLast() : text
  }
}

/// One line of a chat log: a time, who, and what.
private struct ChatLine {
  var time: StatedTime
  var actor: String?
  var text: String

  init?(_ line: Substring, _ context: ImportContext) {
    let line = line.drop { $0 == " " || $0 == "\t" }
    var rest: Substring
    if line.hasPrefix("[") {
      guard let end = line.firstIndex(of: "]"), let time = context.time(line[..<end].dropFirst())
      else { return nil }
      self.time = time
      rest = line[line.index(after: end)...]
    } else {
      guard let (time, end) = Self.beginning(line, context) else { return nil }
      self.time = time
      rest = line[end...]
    }
    rest = rest.drop { " -–—:\t".contains($0) }
    if rest.hasPrefix("<"), let end = rest.firstIndex(of: ">") {
      // Chat programs put the sign of an operator before the name.
      actor = String(rest[..<end].dropFirst().drop { " @+%&~".contains($0) })
      rest = rest[rest.index(after: end)...]
    } else if let colon = rest.firstIndex(of: ":"), Self.isName(rest[..<colon]) {
      actor = String(rest[..<colon])
      rest = rest[rest.index(after: colon)...]
    }
    text = String(rest.drop { $0 == " " || $0 == "\t" })
    guard !text.isEmpty else { return nil }
  }

  /// The longest beginning of up to four words that is a time.
  private static func beginning(
    _ line: Substring, _ context: ImportContext
  ) -> (time: StatedTime, end: Substring.Index)? {
    var best: (time: StatedTime, end: Substring.Index)?
    var words = 0
    var index = line.startIndex
    while index < line.endIndex, words < 4 {
      let end = line[index...].firstIndex(of: " ") ?? line.endIndex
      let beginning = line[..<end].reversed().drop { $0 == "-" || $0 == ":" || $0 == " " }
      if let time = context.time(String(beginning.reversed())) { best = (time, end) }
      words += 1
      index = end == line.endIndex ? end : line.index(after: end)
    }
    return best
  }

  /// Up to three words of letters, as people and bots are called.
  static func isName(_ text: Substring) -> Bool {
    let words = text.split(separator: " ")
    return (1...3).contains(words.count) && text.count <= 40
      && text.allSatisfy { $0.isLetter || $0.isNumber || " ._-@".contains($0) }
  }
}
