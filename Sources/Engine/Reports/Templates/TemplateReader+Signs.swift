/// By what a line of a template shows what it is.
extension TemplateReader {
  /// What stands behind a word in brackets that sorts a message, as in `[Action Required] Service disruption`.
  static func behindTag(_ line: [Character], _ value: Range<Int>) -> Range<Int> {
    guard "[【".contains(line[value.lowerBound]),
      let close = line[value].firstIndex(where: { "]】".contains($0) }),
      let start = line[value][(close + 1)...].firstIndex(where: { $0 != " " })
    else { return value }
    return start..<value.upperBound
  }

  /// Whether a text has sections of its own: it is written once all is over, and is no message.
  static func isDocument(_ body: String) -> Bool {
    body.split(separator: "\n").count { $0.hasPrefix("## ") } > 2
  }

  /// Whether a sentence without a place may be said of any incident: a title, a greeting, a request, a condition, a
  /// promise, or that there is a trouble at all.
  ///
  /// Anything else tells what was done or how things were in the incident that the author had in mind.
  static func claimsNothing(_ key: String, _ sentence: String) -> Bool {
    let words = key.split(separator: " ").count
    if sentence.contains(where: { "?？".contains($0) }) || words <= 4 && key.utf8.count < 40 {
      return true
    }
    let stated = [TemplateLexicon.formulas] + TemplateLexicon.stages.values
    if stated.contains(where: { TemplateLexicon.has($0, in: key) }) { return true }
    let spaced = " \(key) "
    if isReport(spaced) { return false }
    let open = [
      TemplateLexicon.present, TemplateLexicon.notYet, TemplateLexicon.promises,
      TemplateLexicon.requests, TemplateLexicon.hours,
    ]
    return open.contains { TemplateLexicon.has($0, in: key) }
      || TemplateLexicon.conditions.contains { spaced.containsText(" " + $0) }
      || TemplateLexicon.rhythms.contains { spaced.containsText(" \($0) ") }
      || isGeneral(spaced)
  }

  /// An English sentence of what was done: `We have paused all payouts`, `Your data was not touched`.
  private static func isReport(_ spaced: String) -> Bool {
    [" have ", " has ", " had ", " was ", " were ", " weve "].contains { spaced.containsText($0) }
      && !spaced.containsText(" if ") && !spaced.containsText(" as soon as ")
  }

  /// An English sentence in the present tense of which neither writer nor reader is the subject: it holds at any time.
  private static func isGeneral(_ spaced: String) -> Bool {
    guard TemplateLexicon.english.contains(where: { spaced.containsText($0) }) else { return false }
    return !TemplateLexicon.reports.contains { spaced.containsText($0) }
      && !spaced.split(separator: " ").contains { $0.count > 4 && $0.hasSuffix("ed") }
  }

  /// Where the blanks of a form begin behind a colon: `____`, `__/__/____`, `[ ] Yes  [ ] No`.
  static func blank(_ line: [Character], _ colon: Int) -> Int? {
    let rest = line[(colon + 1)...]
    guard let start = rest.firstIndex(where: { $0 != " " && $0 != "*" }) else { return nil }
    let isBoxed = String(rest[start...]).hasPrefix("[ ]")
    return isBoxed || !rest.contains { $0.isLetter || $0.isNumber } ? start : nil
  }

  /// Where ` | ` stands between two labels.
  static func bar(in line: [Character], from start: Int) -> Int? {
    line.indices.dropFirst(start).first { index in
      line[index] == " " && index + 2 < line.count && line[index + 1] == "|"
        && line[index + 2] == " "
        && line[(index + 2)...].contains { ":：".contains($0) }
    }
  }

  /// A line that only announces what follows: `Summary:`.
  static func isLabel(_ line: String) -> Bool {
    let bare = line.filter { $0 != "*" && $0 != " " && $0 != "_" }
    return (bare.hasSuffix(":") || bare.hasSuffix("：")) && bare.count > 1
  }

  /// The width of `- `, `* `, `• `, `1. ` and of a box behind it; 0 where there is none.
  static func bullet(_ line: [Character]) -> Int {
    var index = line.firstIndex { $0 != " " } ?? line.count
    guard index < line.count else { return 0 }
    if "-*•·+–".contains(line[index]), index + 1 < line.count, line[index + 1] == " " {
      index += 2
    } else {
      let digits = line[index...].prefix { $0.isASCII && $0.isNumber }
      guard (1...3).contains(digits.count), digits.endIndex + 1 < line.count,
        ".)".contains(line[digits.endIndex]), line[digits.endIndex + 1] == " "
      else { return 0 }
      index = digits.endIndex + 2
    }
    let rest = String(line[index...])
    for box in ["[ ] ", "[x] ", "[X] "] where rest.hasPrefix(box) { index += 4 }
    return index
  }

  static func prose(of line: [Character]) -> Range<Int> { bullet(line)..<line.count }

  static func isTableRow(_ line: String) -> Bool {
    line.drop { $0 == " " }.hasPrefix("|") && line.dropFirst().contains("|")
  }

  /// `#1234`; two digits and fewer count updates and steps.
  static func number(in line: [Character]) -> Range<Int>? {
    for index in line.indices where line[index] == "#" {
      let end = line[(index + 1)...].firstIndex { !("0"..."9").contains($0) } ?? line.count
      if end - index > 3 { return index..<end }
    }
    return nil
  }

  /// Where to write, call or look holds for every incident.
  static func isAddress(_ line: [Character], _ range: Range<Int>) -> Bool {
    let text = String(line[range])
    guard !SampleFact.isIn(line, range) else { return false }
    return text.contains("://") || text.contains("www.") || text.hasPrefix("#")
      || text.split(separator: " ").contains { word in
        word.dropFirst().contains("@") && word.contains(".")
          || word.hasPrefix("#") && word.count > 4
          || word.hasPrefix("+") && word.dropFirst().allSatisfy { $0.isNumber }
      }
  }
}
