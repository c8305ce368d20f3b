import Engine
import Procedures
import Testing

/// One document a style, each with what a careful person reads in it.
@Suite struct `Markdown in many styles` {
  static let styles = [
    "bold-lines-for-headings", "bold-paragraphs-and-zero-hour", "times-by-audience",
    "call-tree-and-transposed-table", "chinese-table",
    "columns-for-every-target", "emoji-and-time-matrix", "german-table",
    "labelled-bullets-and-levels", "portuguese-nested-lists", "prose-and-mermaid",
    "security-categories", "severities-across-the-top", "spanish-headings-per-severity",
  ]

  private func read(_ text: String) throws -> Procedure {
    try MarkdownReader.read(text, name: "x", path: "x.md", sha256: "")
  }

  @Test(arguments: styles)
  func `gives the facts that stand in it, with their lines`(style: String) throws {
    let expected = fixture("\(style).facts").split(separator: "\n").map(String.init)
    let found = FactSheet.lines(try read(fixture("\(style).md")))
    #expect(!expected.isEmpty)
    for line in expected where !found.contains(line) { Issue.record("missing: \(line)") }
    for line in found where !expected.contains(line) { Issue.record("not stated: \(line)") }
  }

  @Test(arguments: styles)
  func `is read the same twice`(style: String) throws {
    let text = fixture("\(style).md")
    #expect(try read(text) == read(text))
  }

  @Test(arguments: styles)
  func `gives no time whose number is not on its line`(style: String) throws {
    let text = fixture("\(style).md")
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for (value, line) in Self.times(try read(text)) {
      #expect(Self.states(lines[line - 1], value), "\(value) in line \(line): \(lines[line - 1])")
    }
  }

  private static func times(_ procedure: Procedure) -> [(Int, Int)] {
    func value(_ allowance: Allowance) -> Int {
      switch allowance {
      case .seconds(let seconds, _): seconds
      case .businessDays(let count), .businessHours(let count): count
      }
    }
    var times = procedure.severities.flatMap(\.targets).map { (value($0.within), $0.line) }
    times += procedure.escalation.compactMap { step in step.after.map { ($0, step.line) } }
    times += procedure.cadence.map { (value($0.interval), $0.line) }
    times += procedure.watch.map { ($0.seconds, $0.line) }
    times += procedure.postmortem.compactMap { duty in duty.within.map { (value($0), duty.line) } }
    return times
  }

  private static func states(_ line: String, _ value: Int) -> Bool {
    let numbers = Set(
      line.split { !$0.isASCII || !$0.isNumber }.compactMap { Int($0) })
    let units = [1, 60, 3600, 86_400, 604_800]
    if units.contains(where: { value % $0 == 0 && numbers.contains(value / $0) }) { return true }
    let words = [
      "mmediate", "hourly", "Hourly", "every hour", "Every hour", "Daily", "daily", "täglich",
      "an hour", "five",
      "half an hour", "one business day", "next business day", "siguiente", "nächster",
      "próximo", "下一个工作日", "sofort", "at once", "1 hour", "立即", "1h", "week",
    ]
    return words.contains { line.contains($0) }
  }

  @Test(arguments: styles)
  func `keeps its facts when unrelated prose is added`(style: String) throws {
    let lines = fixture("\(style).md").split(separator: "\n", omittingEmptySubsequences: false)
    let isHeaded = lines.first == "---"
    let at = (lines.firstIndex { $0.hasPrefix("# ") } ?? 0) + 1
    let prose = ["", "This page was written on a train, and the weather was fine.", ""]
    let longer = lines[..<at] + prose.map { $0[...] } + lines[at...]
    let before = FactSheet.lines(try read(lines.joined(separator: "\n")))
    let after = FactSheet.lines(try read(longer.joined(separator: "\n") + "\n\nThe end.\n"))
    let shifted = before.map { Self.shift($0, by: prose.count, from: at) }
    #expect(after == shifted)
    #expect(isHeaded || at >= 1)
  }

  /// The fact's line moved where it lies behind the inserted prose.
  private static func shift(_ fact: String, by count: Int, from line: Int) -> String {
    guard let mark = fact.lastIndex(of: "@"), let number = Int(fact[fact.index(after: mark)...]),
      number > line
    else { return fact }
    return fact[...mark] + String(number + count)
  }

  @Test(arguments: styles)
  func `keeps its facts when its tables are set otherwise`(style: String) throws {
    let text = fixture("\(style).md")
    let wider = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.hasPrefix("|") ? Self.wider(String(line)) : String(line)
    }
    #expect(
      FactSheet.lines(try read(wider.joined(separator: "\n"))) == FactSheet.lines(try read(text)))
  }

  private static func wider(_ row: String) -> String {
    let cells = row.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast()
    return "|"
      + cells.map { cell in
        cell.allSatisfy { "-: ".contains($0) } && cell.contains("--")
          ? " :-------: "
          : "   " + String(cell).split(separator: " ").joined(separator: " ") + "      "
      }.joined(separator: "|") + "|"
  }

  @Test(arguments: styles)
  func `comes back from the exact form that is exported`(style: String) throws {
    let procedure = try read(fixture("\(style).md"))
    let again = try readSchema(ProcedureSchema.write(procedure))
    #expect(again == procedure)
  }

  @Test(arguments: styles)
  func `survives the log`(style: String) throws {
    let procedure = try read(fixture("\(style).md"))
    #expect(Procedure(json: procedure.json) == procedure)
  }
}
