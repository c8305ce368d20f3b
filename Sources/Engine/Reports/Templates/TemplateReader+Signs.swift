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
    return text.contains("://") || text.contains("www.") || text.hasPrefix("#")
      || text.split(separator: " ").contains { word in
        word.dropFirst().contains("@") && word.contains(".")
          || word.hasPrefix("#") && word.count > 4
          || word.hasPrefix("+") && word.dropFirst().allSatisfy { $0.isNumber }
      }
  }
}
