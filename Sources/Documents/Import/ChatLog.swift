import Engine

/// A chat log as text: lines that begin with a time, or names and times above the words.
enum ChatLog {
  typealias Row = TimelineImport.Row
  typealias Problem = TimelineImport.Problem

  static func read(_ text: String, _ context: ImportContext) throws(Problem) -> ImportFound {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    var found = try lined(lines, context)
    if found.rows.isEmpty { return try headed(lines, context) }
    found.rows = named(found.rows)
    return found
  }

  // MARK: - Lines that begin with a time

  private static func lined(
    _ lines: [Substring], _ context: ImportContext
  ) throws(Problem) -> ImportFound {
    var found = ImportFound()
    var times: [(stated: StatedTime, line: Int)] = []
    for (index, line) in lines.enumerated() {
      if let said = ChatLine(line, context) {
        times.append((said.time, index + 1))
        found.rows.append(
          Row(
            line: index + 1, occurred: .distantPast, actor: said.actor, kind: .note, text: said.text
          ))
      } else if line.allSatisfy(\.isWhitespace) {
        continue
      } else if found.rows.isEmpty {
        found.omissions.append(.init(line: index + 1, reason: .beforeFirstTime))
      } else {
        found.rows[found.rows.count - 1].text += "\n" + line
      }
    }
    try found.set(times, context)
    return found
  }

  /// Where every line with a time names somebody and the words stand below, the names are no words.
  private static func named(_ rows: [Row]) -> [Row] {
    let split = rows.map { row -> (name: Substring, words: Substring)? in
      guard row.actor == nil, let end = row.text.firstIndex(of: "\n") else { return nil }
      let name = row.text[..<end]
      guard ChatLine.isFullName(name), name.first?.isUppercase == true else { return nil }
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
  ) throws(Problem) -> ImportFound {
    var found = ImportFound()
    var times: [(stated: StatedTime, line: Int)] = []
    var actor: String?
    var known: Set<String> = []
    var isAfterBlank = true
    var index = 0
    while index < lines.count {
      let line = trimmed(lines[index])
      let next = index + 1 < lines.count ? trimmed(lines[index + 1]) : ""
      var header: (name: String?, time: StatedTime, lines: Int)?
      if let time = context.time(bare(line)) {
        header = (actor, time, 1)
      } else if let name = ChatLine.plainName(line), let time = context.time(bare(next)) {
        let isIndented = lines[index + 1].first?.isWhitespace == true
        if isAfterBlank || isIndented || known.contains(name) || ChatLine.isWritten(name) {
          header = (name, time, 2)
        } else if name.first?.isUppercase == true {
          found.remarks.append("line \(index + 1): '\(name)' is taken as words, not as a name")
        }
      } else if let (name, time) = nameAndTime(line, context) {
        header = (name, time, 1)
      }
      if let header {
        actor = header.name
        if let actor { known.insert(actor) }
        times.append((header.time, index + header.lines))
        found.rows.append(
          Row(line: index + 1, occurred: .distantPast, actor: actor, kind: .note, text: ""))
        index += header.lines
        isAfterBlank = false
        continue
      }
      if !line.isEmpty {
        if found.rows.isEmpty {
          found.omissions.append(.init(line: index + 1, reason: .beforeFirstTime))
        } else {
          let last = found.rows.count - 1
          found.rows[last].text += (found.rows[last].text.isEmpty ? "" : "\n") + line
        }
      }
      isAfterBlank = line.isEmpty
      index += 1
    }
    try found.set(times, context)
    found.omissions += found.rows.filter(\.text.isEmpty).map {
      .init(line: $0.line, reason: .withoutWords)
    }
    found.rows.removeAll(where: \.text.isEmpty)
    return found
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
      let isClosed = line[..<place].last.map { ":,".contains($0) } ?? false
      let written = line[..<place]
      guard
        let name = ChatLine.plainName(written)
          ?? (isClosed ? ChatLine.plainName(written.dropLast()) : nil),
        let time = context.time(bare(trimmed(line[place...])))
      else { continue }
      return (name, time)
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
    let line = Self.unmarked(line)
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
    rest = rest.drop { " -–—:|*`\t".contains($0) }
    if rest.hasPrefix("<"), let end = rest.firstIndex(of: ">") {
      // Chat programs put the sign of an operator before the name.
      actor = String(rest[..<end].dropFirst().drop { " @+%&~".contains($0) })
      rest = rest[rest.index(after: end)...]
    } else if let colon = rest.firstIndex(of: ":"),
      let name = Self.messengerName(rest[..<colon])
    {
      actor = name
      rest = rest[rest.index(after: colon)...]
    }
    text = String(rest.drop { $0 == " " || $0 == "\t" })
    guard !text.isEmpty else { return nil }
    if let until = time.until { text += " (until \(until))" }
  }

  /// Without the sign of a list and stars around the time.
  private static func unmarked(_ line: Substring) -> Substring {
    var line = line.drop { $0 == " " || $0 == "\t" }
    if let first = line.first, "-*•·+>".contains(first), line.dropFirst().first == " " {
      line = line.dropFirst(2).drop { $0 == " " }
    } else {
      let digits = line.prefix { $0.isASCII && $0.isNumber }
      let behind = line.dropFirst(digits.count)
      if (1...3).contains(digits.count), behind.first.map({ ".)".contains($0) }) == true,
        behind.dropFirst().first == " ",
        behind.dropFirst(2).first(where: { $0 != " " }).map({ $0.isNumber || "[*".contains($0) })
          == true
      {
        line = behind.dropFirst(2).drop { $0 == " " }
      }
    }
    return line.drop { $0 == "*" || $0 == "`" }
  }

  /// The longest beginning of up to eight words that is a time.
  private static func beginning(
    _ line: Substring, _ context: ImportContext
  ) -> (time: StatedTime, end: Substring.Index)? {
    var best: (time: StatedTime, end: Substring.Index)?
    var words = 0
    var index = line.startIndex
    while index < line.endIndex, words < 8 {
      let end = line[index...].firstIndex(of: " ") ?? line.endIndex
      let beginning = line[..<end].reversed().drop { "-–:,*` ".contains($0) }
      if let time = context.time(String(beginning.reversed())) { best = (time, end) }
      words += 1
      index = end == line.endIndex ? end : line.index(after: end)
    }
    return best
  }

  /// A name, one that a messenger has from the person only (`~ Kai`), or the number of somebody without one.
  private static func messengerName(_ text: Substring) -> String? {
    let name = text.first == "~" ? text.dropFirst().drop { $0 == " " } : text
    if isName(name) { return String(name) }
    let digits = name.filter(\.isNumber).count
    let isNumber = name.first == "+" && name.allSatisfy { $0.isNumber || "+ ()-".contains($0) }
    return isNumber && (7...15).contains(digits) ? String(name) : nil
  }

  /// A name without the signs of a mood and the bracket that some put behind it; nil for anything else.
  static func plainName(_ text: Substring) -> String? {
    var words: [Substring] = []
    for word in text.split(separator: " ") {
      let isBracketed = word.hasPrefix("(") && word.hasSuffix(")") && !words.isEmpty
      let plain = word.prefix { $0 != ":" }
      let signs = word.dropFirst(plain.count)
      guard signs.isEmpty || signs.count > 2 && signs.hasSuffix(":") else { return nil }
      let letters = plain.filter { !$0.isEmoji }
      if !isBracketed, !letters.isEmpty { words.append(letters[...]) }
    }
    let name = words.joined(separator: " ")
    return isFullName(name[...]) ? name : nil
  }

  /// A name, or one with the family's first: `Kos, Mira`.
  static func isFullName(_ text: Substring) -> Bool {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    return parts.count <= 2 && parts.allSatisfy(isName)
  }

  /// Whether it can hardly be words: at least two, each with a capital.
  static func isWritten(_ name: String) -> Bool {
    let words = name.split(separator: " ")
    return words.count >= 2 && words.allSatisfy { $0.first?.isUppercase == true }
  }

  /// Up to three words of letters, as people and bots are called.
  static func isName(_ text: Substring) -> Bool {
    let words = text.split(separator: " ")
    return (1...3).contains(words.count) && text.count <= 40
      && text.allSatisfy { $0.isLetter || $0.isNumber || " ._-@".contains($0) }
  }
}

extension ImportFound {
  /// Gives each row its instant.
  mutating func set(
    _ times: [(stated: StatedTime, line: Int)], _ context: ImportContext
  ) throws(TimelineImport.Problem) {
    var clock = DayClock(times, context)
    let instants = try clock.instants()
    for (index, instant) in instants.enumerated() { rows[index].occurred = instant }
    remarks += clock.remarks
  }
}

extension Character {
  /// A picture, and no digit or sign that may be drawn as one.
  fileprivate var isEmoji: Bool {
    unicodeScalars.contains { $0.properties.isEmojiPresentation || $0 == "\u{FE0F}" }
  }
}
