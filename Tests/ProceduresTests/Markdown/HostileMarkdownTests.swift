import Engine
import Procedures
import Testing

@Suite(.timeLimit(.minutes(2))) struct `Hostile Markdown` {
  private func read(_ text: String) throws -> Procedure {
    try MarkdownReader.read(text, name: "x", path: "x.md", sha256: "")
  }

  @Test(arguments: [
    String(repeating: ">", count: 40_000), String(repeating: "> ", count: 8000) + "- [ ] x",
    String(repeating: "- ", count: 8000), String(repeating: "*a_ ", count: 8000),
    String(repeating: "a **b ", count: 1500), String(repeating: "`", count: 100_000),
    String(repeating: "|a", count: 12_000) + "|\n" + String(repeating: "|-", count: 50) + "|\n",
    "|a|b|\n|-|-|\n" + String(repeating: "|P1|15 min|\n", count: 2000),
    String(repeating: "# P1\n15 min\n", count: 2000),
    String(repeating: "9", count: 100_000) + " minutes",
    String(repeating: "P1/", count: 8000), String(repeating: "1-", count: 12_000),
    String(repeating: "→ a ", count: 6000), String(repeating: "<a ", count: 8000),
    String(repeating: "**Alert** every 5 minutes. ", count: 1500),
    String(repeating: "[ ] x\n", count: 1000),
    "---\n" + String(repeating: "a: &a [*a]\n", count: 5000),
    String(repeating: "1. a\n", count: 5000), String(repeating: "â€", count: 6000),
    String(repeating: "**L1**: A (5 min)\n\n", count: 1500),
    String(repeating: "within 5 minutes or ", count: 6000),
  ])
  func `comes to an end`(text: String) throws {
    #expect(text.utf8.count <= MarkdownReader.largest)
    let procedure = try read(text)
    #expect(!procedure.severities.isEmpty)
  }

  @Test func `nested images are refused before the library sees them`() {
    #expect(throws: MarkdownError.tooTangled(line: 1)) {
      try read(String(repeating: "![[]()", count: 20_000))
    }
  }

  @Test func `too many bytes are refused, and so is what is no text`() {
    #expect(throws: MarkdownError.tooLarge(bytes: 131_073, most: 131_072)) {
      try read(String(repeating: "a", count: 131_073))
    }
    #expect(throws: MarkdownError.notText(line: 2)) { try read("a\n\0") }
  }

  @Test func `numbers without end give no time that overflows`() throws {
    let procedure = try read(
      "| Severity | Response time |\n|---|---|\n| P1 | 99999999999999999999 weeks |\n| P2 | 1 h |\n"
    )
    #expect(procedure.severities[0].targets.allSatisfy { $0.within.isReasonable })
  }
}

extension Allowance {
  fileprivate var isReasonable: Bool {
    if case .seconds(let seconds, _) = self { seconds <= 10_000_000_000 } else { true }
  }
}
