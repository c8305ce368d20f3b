/// The signs by which teams mark a place.
extension TemplateScanner {
  typealias Match = (form: TemplatePlace.Form, end: Int, key: String)

  func match(_ line: [Character], _ index: Int) -> Match? {
    guard var found = unzonedMatch(line, index) else { return nil }
    // `[time] CET`: the zone belongs to the time that stands for any.
    let isTime =
      switch found.form {
      case .clock, .dateAndClock: true
      case .named: ["time", "timestamp", "hora", "heure", "uhrzeit"].contains(found.key)
      default: false
      }
    if isTime, let end = Self.zoneEnd(line, found.end) { found.end = end }
    return found
  }

  private static func zoneEnd(_ line: [Character], _ start: Int) -> Int? {
    guard start < line.count, line[start] == " " else { return nil }
    let name = line[(start + 1)...].prefix { $0.isASCII && $0.isUppercase }
    guard isEnd(line, name.endIndex),
      ["UTC", "GMT"].contains(String(name))
        || TimeLexicon.zones.contains(String(name))
    else { return nil }
    return name.endIndex
  }

  private func unzonedMatch(_ line: [Character], _ index: Int) -> Match? {
    switch line[index] {
    case "N" where index > 0 && line[index - 1] == "#" && Self.isEnd(line, index + 1):
      return (.number, index + 1, "")
    case "[": return enclosed(line, index, by: "]")
    case "{": return enclosed(line, index, by: "}")
    case "<": return enclosed(line, index, by: ">")
    case "_": return underscores(line, index)
    case "@": return people(line, index)
    default: break
    }
    let isWordStart =
      index == 0 || !(line[index - 1].isLetter || line[index - 1].isNumber)
    guard isWordStart else { return nil }
    return time(line, index) ?? exampleTime(line, index) ?? unknownNumber(line, index)
      ?? description(line, index) ?? choice(line, index)
  }

  private func enclosed(_ line: [Character], _ index: Int, by closing: Character) -> Match? {
    let opening = line[index]
    var start = index + 1
    if opening == "{", start < line.count, line[start] == "{" { start += 1 }
    // Nobody writes more between brackets, and nothing is searched twice.
    guard start < line.count,
      let close = line[start..<min(start + 160, line.count)].firstIndex(of: closing)
    else { return nil }
    let inner = String(line[start..<close])
    var end = close + 1
    if start == index + 2 {
      guard end < line.count, line[end] == "}" else { return nil }
      end += 1
    }
    let key = TemplatePlace.key(inner)
    let isBox = opening == "[" && (key.isEmpty || key == "x")
    let isLink = opening == "[" && end < line.count && line[end] == "("
    guard !isBox, !isLink, !key.isEmpty, !inner.contains(opening) else { return nil }
    if opening == "<" {
      guard !Self.isMarkup(inner, key) else { return nil }
    }
    if opening == "[", isTag(line, index..<end, key) { return nil }
    if isChoice(of: severities, inner) || severities.contains(inner.lowercased()) {
      return (.severities, end, key)
    }
    if isChoice(of: statuses, inner) || statuses.contains(key) && !isMoment(inner, line[..<index]) {
      return (.statuses, end, key)
    }
    if let form = Self.innerForm(key) { return (form, end, key) }
    return (.named, end, TemplatePlace.key(Self.asked(by: inner)))
  }

  /// `<br/>`, `<https://…>`, `<ops@example.org>`: what stands between angle brackets without being a place.
  private static func isMarkup(_ inner: String, _ key: String) -> Bool {
    guard let first = inner.first, first.isLetter || first.isNumber || first == "@" else {
      return true
    }
    let name = key.prefix { $0 != " " }
    return tags.contains(key) || inner.contains("://") || inner.contains("=")
      || inner.last == "/" || inner.dropFirst().contains("@") && !inner.contains(" ")
      || tags.contains(String(name)) && inner.contains("\"")
  }

  /// `over since [resolved]`: within a sentence and in small letters, the word asks for the time.
  private func isMoment(_ inner: String, _ before: ArraySlice<Character>) -> Bool {
    inner == inner.lowercased() && before.last == " "
      && before.last { $0 != " " }?.isLetter == true
  }

  /// `[Action Required] …`, `[RESOLVED] …`: what sorts the words behind it, and is sent as it is.
  private func isTag(_ line: [Character], _ range: Range<Int>, _ key: String) -> Bool {
    guard TemplateLexicon.tags.contains(key), range.upperBound < line.count,
      line[range.upperBound...].contains(where: { $0.isLetter || $0.isNumber })
    else { return false }
    let before = line[..<range.lowerBound]
    let label = before.lastIndex { ":：".contains($0) }
    return before[(label.map { $0 + 1 } ?? 0)...].allSatisfy { !$0.isLetter && !$0.isNumber }
  }

  /// What a place asks for, without the example that stands in it: `Brief description, e.g. High CPU usage`.
  private static func asked(by inner: String) -> String {
    let lower = inner.lowercased()
    var end = lower.endIndex
    for mark in TemplateLexicon.exampleMarks {
      if let start = lower.firstRange(of: mark)?.lowerBound, start < end { end = start }
    }
    let characters = Array(lower[..<end])
    if let fact = SampleFact.ranges(in: characters, 0..<characters.count).first {
      return String(characters[..<fact.lowerBound])
    }
    return String(characters)
  }

  private static let tags: Set<String> = [
    "a", "b", "i", "p", "br", "hr", "em", "ul", "ol", "li", "div", "img", "sub", "sup", "pre",
    "code", "span", "table", "tr", "td", "th", "kbd", "details", "summary", "strong",
  ]

  private static func innerForm(_ key: String) -> TemplatePlace.Form? {
    switch key {
    case "hh mm", "hh mm utc": .clock
    case "yyyy mm dd", "yyyy mm dd utc": .date
    case "yyyy mm dd hh mm", "yyyy mm dd hh mm utc": .dateAndClock
    case "x minutes", "x min", "minutes", "x hours", "x hours y minutes": .span
    case "x", "xx", "xxx": .number
    case "sev x", "sev n", "sevx", "px", "pn", "p x": .severities
    default: nil
    }
  }

  private func underscores(_ line: [Character], _ index: Int) -> Match? {
    let end = line[index...].firstIndex { $0 != "_" } ?? line.count
    return end - index >= 3 ? (.blank, end, "") : nil
  }

  private func people(_ line: [Character], _ index: Int) -> Match? {
    var end = index
    var count = 0
    while let next = Self.word("@name", line, end) {
      end = line[next...].firstIndex { !$0.isNumber } ?? line.count
      count += 1
      let separator = line[end...].firstIndex { $0 != "," && $0 != " " } ?? line.count
      guard separator < line.count, line[separator] == "@" else { break }
      guard Self.word("@name", line, separator) != nil else { break }
      end = separator
    }
    guard count > 0, end == line.count || !line[end].isLetter else { return nil }
    return (.people, end, "")
  }

  private func time(_ line: [Character], _ index: Int) -> Match? {
    func zone(_ end: Int) -> Int { Self.word(" UTC", line, end) ?? end }
    if let date = Self.word("YYYY-MM-DD", line, index) {
      if let clock = Self.word(" HH:MM", line, date) {
        return (.dateAndClock, zone(Self.word(":SS", line, clock) ?? clock), "")
      }
      return (.date, date, "")
    }
    if let clock = Self.word("HH:MM", line, index) {
      return (.clock, zone(Self.word(":SS", line, clock) ?? clock), "")
    }
    return nil
  }

  /// A time that stands for any: `Updated: 17:05 UTC`, `- 17:30 UTC: fix deployed`. Opening hours in a sentence are none.
  func exampleTime(_ line: [Character], _ index: Int) -> Match? {
    func digits(_ pattern: String, _ start: Int) -> Int? {
      var position = start
      for sign in pattern {
        guard position < line.count else { return nil }
        let fits =
          sign == "0" ? line[position].isASCII && line[position].isNumber : line[position] == sign
        guard fits else { return nil }
        position += 1
      }
      return position
    }
    let date = digits("0000-00-00", index)
    let clock = date.map { digits(" 00:00", $0) } ?? digits("00:00", index)
    guard var end = clock ?? date, Self.isEnd(line, end) else { return nil }
    let before = TemplatePlace.key(String(line[max(0, index - 160)..<index]))
    let words = ["time", "updated", "date", "started", "detected", "resolved", "start", "end"]
    let isLabelled = words.contains { before.hasSuffix($0) }
    end = Self.word(" UTC", line, end) ?? end
    let isListed = before.isEmpty && end < line.count && date == nil
    guard isLabelled || isListed else { return nil }
    return (date == nil ? .clock : clock == nil ? .date : .dateAndClock, end, "")
  }

  /// `Brief description` at the end of a line is to be replaced, not to be sent.
  private func description(_ line: [Character], _ index: Int) -> Match? {
    for words in TemplateLexicon.descriptions {
      if let end = Self.word(words, line, index), end == line.count, index > 0 {
        return (.named, end, "title")
      }
    }
    return nil
  }

  private func unknownNumber(_ line: [Character], _ index: Int) -> Match? {
    for form in ["X hours Y minutes", "X hours and Y minutes", "X minutes", "X min", "X hours"] {
      if let end = Self.word(form, line, index), Self.isEnd(line, end) { return (.span, end, "") }
    }
    guard line[index] == "X" else { return nil }
    let end = line[index...].firstIndex { $0 != "X" && $0 != "," } ?? line.count
    return Self.isEnd(line, end) ? (.number, end, "") : nil
  }

  /// Several severities or statuses with strokes between them, of which one is meant.
  private func choice(_ line: [Character], _ index: Int) -> Match? {
    func run(_ words: Set<String>) -> Int? {
      var end: Int?
      var count = 0
      var start = index
      while let word = words.compactMap({ Self.word($0, line, start) }).max(),
        Self.isEnd(line, word)
      {
        count += 1
        end = word
        let stroke = line[word...].firstIndex { $0 != " " } ?? line.count
        guard stroke < line.count, line[stroke] == "/" || line[stroke] == "|" else { break }
        start = line[(stroke + 1)...].firstIndex { $0 != " " } ?? line.count
      }
      return count >= 2 ? end : nil
    }
    if let end = run(severities) { return (.severities, end, "severity") }
    if let end = run(statuses) { return (.statuses, end, "status") }
    return nil
  }

  private func isChoice(of words: Set<String>, _ inner: String) -> Bool {
    let options = inner.split { $0 == "/" || $0 == "|" }
      .map { String($0.lowercased().drop { $0 == " " }) }
    return options.count >= 2
      && options.allSatisfy { option in
        words.contains { option == $0 || option == $0 + " " }
      }
  }

  // MARK: - Characters

  /// The index behind a word that stands at an index, whatever its case where it is letters of a name.
  private static func word(_ word: String, _ line: [Character], _ index: Int) -> Int? {
    let isExact = word.contains { $0.isUppercase }
    var position = index
    for character in word {
      guard position < line.count else { return nil }
      let same =
        isExact
        ? line[position] == character
        : line[position].lowercased() == character.lowercased()
      guard same else { return nil }
      position += 1
    }
    return position
  }

  private static func isEnd(_ line: [Character], _ index: Int) -> Bool {
    index >= line.count || !(line[index].isLetter || line[index].isNumber || line[index] == "-")
  }
}
