/// Concrete values in a template: times, counts, amounts. They were true of the incident that its author had in mind.
enum SampleFact {
  /// The values in a stretch of a line.
  static func ranges(in line: [Character], _ bounds: Range<Int>) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var index = bounds.lowerBound
    while index < bounds.upperBound {
      guard isStart(line, index, bounds), let end = end(line, index, bounds) else {
        index += 1
        continue
      }
      let range = start(line, index, bounds)..<end
      if isFact(line, range, bounds) { found.append(range) }
      index = end
    }
    return found
  }

  static func isIn(_ line: [Character], _ bounds: Range<Int>) -> Bool {
    !ranges(in: line, bounds).isEmpty
  }

  /// A digit that begins a number, and belongs to no word, address or label such as `SEV-1`, `v2` and `#3`.
  private static func isStart(_ line: [Character], _ index: Int, _ bounds: Range<Int>) -> Bool {
    guard line[index].wholeNumberValue != nil else { return false }
    guard index > bounds.lowerBound else { return true }
    let before = line[index - 1]
    if before.isLetter { return isEastAsian(before) }
    if before == "/", isOfOneIncident(line[bounds.lowerBound..<index]) { return true }
    if before.isNumber || "_/@#".contains(before) { return false }
    guard "-.:".contains(before), index > bounds.lowerBound + 1 else { return true }
    return !(line[index - 2].isLetter || line[index - 2].isNumber)
  }

  /// In Chinese, Japanese and Korean a number stands between letters without a blank.
  private static func isEastAsian(_ character: Character) -> Bool {
    character.unicodeScalars.first.map { (0x3040...0xD7AF).contains($0.value) } ?? false
  }

  private static func start(_ line: [Character], _ index: Int, _ bounds: Range<Int>) -> Int {
    var start = index
    while start > bounds.lowerBound, "~≈$€£¥₹<>±+-–".contains(line[start - 1]) { start -= 1 }
    return start
  }

  private static func end(_ line: [Character], _ index: Int, _ bounds: Range<Int>) -> Int? {
    var end = index
    while end < bounds.upperBound {
      let character = line[end]
      if character.wholeNumberValue != nil {
        end += 1
      } else if ".,:/-–'’".contains(character), end + 1 < bounds.upperBound,
        line[end + 1].wholeNumberValue != nil
      {
        end += 1
      } else {
        break
      }
    }
    if end < bounds.upperBound, "%‰".contains(line[end]) { end += 1 }
    return end > index ? end : nil
  }

  /// So many characters around a number tell what it is.
  private static let reach = 160

  private static func isFact(
    _ line: [Character], _ range: Range<Int>, _ whole: Range<Int>
  ) -> Bool {
    let bounds =
      max(
        whole.lowerBound, range.lowerBound - reach)..<min(
        whole.upperBound, range.upperBound + reach)
    let word = word(around: range, line, bounds)
    if isOfOneIncident(line[bounds.lowerBound..<range.lowerBound]) { return true }
    if word.contains("://") || word.contains("@") || word.hasPrefix("www.") || word.hasPrefix("©") {
      return false
    }
    let value = String(line[range])
    if ["24/7", "365"].contains(value) || value.hasPrefix("+") { return false }
    let before = TemplatePlace.key(String(line[bounds.lowerBound..<range.lowerBound]))
    let after = TemplatePlace.key(String(line[range.upperBound..<bounds.upperBound]))
    if isOrdinal(line, range, before) { return false }
    if isPhone(line, range.lowerBound) { return false }
    let last = before.split(separator: " ").last.map(String.init) ?? ""
    if ["severity", "sev", "priority", "level", "tier", "p", "schweregrad", "prio"].contains(last) {
      return false
    }
    if ["sentence", "line", "bullet", "paragraph", "word", "whys"].contains(where: after.hasPrefix)
    {
      return false
    }
    return !isPromise(before, String(line[bounds]))
  }

  /// `https://status.example.org/incidents/4821`: the page of one incident.
  private static func isOfOneIncident(_ before: ArraySlice<Character>) -> Bool {
    ["incident", "ticket", "issue", "browse", "case"].contains { name in
      before.suffix(name.count + 2).elementsEqual("/\(name)/")
        || before.suffix(name.count + 3).elementsEqual("/\(name)s/")
    }
  }

  /// A later group of `+1 555 0100`.
  private static func isPhone(_ line: [Character], _ start: Int) -> Bool {
    var index = start
    while index > 0, line[index - 1].wholeNumberValue != nil || " -()/.".contains(line[index - 1]) {
      index -= 1
    }
    return index > 0 && line[index - 1] == "+"
  }

  private static func word(
    around range: Range<Int>, _ line: [Character], _ bounds: Range<Int>
  ) -> String {
    let start = line[bounds.lowerBound..<range.lowerBound].lastIndex {
      $0.isWhitespace || $0 == "("
    }
    let end = line[range.upperBound..<bounds.upperBound].firstIndex { $0.isWhitespace }
    return String(line[(start.map { $0 + 1 } ?? bounds.lowerBound)..<(end ?? bounds.upperBound)])
  }

  /// `1. `, and the number of one thing among several: `Action item 1 (Owner: X)`.
  private static func isOrdinal(
    _ line: [Character], _ range: Range<Int>, _ before: String
  ) -> Bool {
    guard range.count <= 2, line[range].allSatisfy({ $0.wholeNumberValue != nil }) else {
      return false
    }
    let next = range.upperBound < line.count ? line[range.upperBound] : "\n"
    if before.isEmpty { return ".)".contains(next) }
    let rest = line[range.upperBound...].first { $0 != " " } ?? "\n"
    let isOfItem = line.first { $0 != " " }.map { "-*+•#".contains($0) || $0.isNumber } ?? false
    return isOfItem && ("(:—–-|".contains(rest) || rest == "\n") && !before.hasSuffix("to")
  }

  private static func isPromise(_ before: String, _ sentence: String) -> Bool {
    let words = " " + before
    if TemplateLexicon.rhythms.contains(where: { words.hasSuffix(" " + $0) || isGlued($0, words) })
    {
      return true
    }
    let key = TemplatePlace.key(sentence)
    let isHours = TemplateLexicon.has(TemplateLexicon.hours, in: key)
    let isWithin = ["within", "binnen", "innerhalb von", "entro", "dentro de", "sous", "в течение"]
      .contains { words.hasSuffix(" " + $0) }
    return isHours || isWithin && TemplateLexicon.has(TemplateLexicon.promises, in: key)
  }

  private static func isGlued(_ rhythm: String, _ words: String) -> Bool {
    rhythm.first.map(isEastAsian) == true && words.hasSuffix(rhythm)
  }
}
