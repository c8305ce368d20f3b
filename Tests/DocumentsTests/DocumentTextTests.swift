import Display
import Documents
import Testing

@Suite struct `A document as text` {
  private static let markdown = """
    ---
    silence: 20m
    ---
    # Outages of *Checkout*

    Read this **first**: see [the board](https://example.org/board).

    Steps
    -----
    1. Call `mira`
       - then write it down where everybody can see it, and say when the next word comes
    - [ ] roll back
    > Never alone.

    | Severity | Answer within | Who is called when nobody answers in time |
    |---|--:|---|
    | SEV-1 | 5 min | the engineering lead, then the head of engineering |
    | SEV-2 | 30 min | a \\| b |

    ```sh
    kubectl rollout undo deployment/checkout --to-revision=41 --namespace production
    ```
    ***
    """

  private func rows(_ width: Int) -> [DocumentText.Row] {
    DocumentText(Self.markdown, isMarkdown: true, width: width).rows
  }

  @Test func `a line gives its command whole, or the code among its words`() {
    let text = """
      Run `systemctl stop api`, then `systemctl start api`; see **the board**.

      1. Roll back:
         ```sh
         $ kubectl rollout undo \\
             --to-revision=41 \\
             deployment/api
         uptime

         ```
      """
    let document = DocumentText(text, isMarkdown: true, width: 40)
    let commands = document.commands
    #expect(commands[1] == ["systemctl stop api", "systemctl start api"])
    let whole = "kubectl rollout undo \\\n    --to-revision=41 \\\n    deployment/api"
    for line in 5...7 { #expect(commands[line] == [whole], "line \(line)") }
    #expect(commands[8] == ["uptime"])
    #expect(commands.keys.sorted() == [1, 5, 6, 7, 8])
  }

  @Test func `a command over thousands of lines costs no more than they do`() {
    let lines = Array(repeating: "\\", count: 60_000)
    let text = (["```"] + lines + ["end", "```"]).joined(separator: "\n")
    let clock = ContinuousClock()
    let taken = clock.measure {
      let commands = DocumentText(text, isMarkdown: true, width: 80).commands
      #expect(commands[2]?.first?.hasSuffix("end") == true && commands.count == 60_001)
    }
    #expect(taken < .seconds(20))
  }

  @Test(arguments: [20, 40, 80, 200])
  func `no row is wider than it may be, and every line has one`(_ width: Int) {
    let document = DocumentText(Self.markdown, isMarkdown: true, width: width)
    for row in document.rows { #expect(TextWidth.columns(row.text) <= width, "\(row.text)") }
    for line in 1...document.lines.count {
      #expect(document.rows[document.row(ofLine: line)].line == line)
    }
  }

  @Test(arguments: [20, 40, 80, 200])
  func `no word is lost`(_ width: Int) {
    let shown = rows(width).map(\.text).joined().filter { !$0.isWhitespace }
    for word in [
      "Outages", "Checkout", "first", "https://example.org/board", "Steps", "mira", "rollback",
      "Neveralone.", "SEV-2", "headofengineering", "silence:20m",
    ] where width >= 80 || !["headofengineering"].contains(word) {
      #expect(shown.contains(word), "\(word)")
    }
    let code = rows(width).filter { $0.kind == .code && $0.line == 21 }.map(\.text).joined()
    #expect(
      code == "kubectl rollout undo deployment/checkout --to-revision=41 --namespace production")
  }

  @Test func `headings, lists, tables, quotes and code are told apart`() {
    func kind(_ line: Int) -> DocumentText.Kind? { rows(80).first { $0.line == line }?.kind }
    #expect(kind(2) == .code)
    #expect(kind(4) == .heading(1))
    #expect(kind(6) == .text)
    #expect(kind(8) == .heading(2))
    #expect(kind(10) == .item)
    #expect(kind(13) == .quote)
    #expect(kind(15) == .table)
    #expect(kind(16) == .rule)
    #expect(kind(17) == .table)
    #expect(kind(21) == .code)
    #expect(kind(23) == .rule)
  }

  @Test func `words that are set off look different and have no marks`() {
    let row = rows(80).first { $0.line == 6 }
    #expect(row?.text == "Read this first: see the board (https://example.org/board).")
    #expect(row?.runs.first { $0.text == "first" }?.look == .strong)
    #expect(row?.runs.first { $0.text.hasPrefix("the board") }?.look == .link)
  }

  @Test func `cells stand below each other, wrapped in their column`() {
    let rows = rows(60).filter { (15...18).contains($0.line) }
    let bars = rows.filter { $0.kind == .table }.map { row in
      Array(row.text).indices.filter { Array(row.text)[$0] == "│" }
    }
    #expect(Set(bars).count == 1)
    #expect(rows.contains { $0.line == 18 && $0.text.hasSuffix("a | b") })
  }

  @Test func `a wrapped item goes on below its words`() {
    let item = rows(40).filter { $0.line == 11 }.map(\.text)
    #expect(item.count > 1)
    #expect(item[0].hasPrefix("   • then write"))
    #expect(item.dropFirst().allSatisfy { $0.hasPrefix("     ") && !$0.hasPrefix("      ") })
  }

  @Test func `words are found whatever their case, with the section they stand in`() {
    let document = DocumentText(Self.markdown, isMarkdown: true, width: 80)
    #expect(document.lines(containing: "ROLL BACK") == [12])
    #expect(document.section(ofLine: 12) == 8...23)
    #expect(document.section(ofLine: 5) == 4...7)
    #expect(document.section(ofLine: 2) == 1...3)
    #expect(document.lines(containing: "") == [])
  }

  @Test func `what could deceive a terminal is shown and does nothing`() {
    let document = DocumentText("a\u{1B}[31mb\n\u{202E}c", isMarkdown: true, width: 80)
    #expect(!document.rows.contains { $0.text.unicodeScalars.contains("\u{1B}") })
    #expect(!document.rows.contains { $0.text.unicodeScalars.contains("\u{202E}") })
  }

  @Test func `YAML stands as it is`() {
    let document = DocumentText("# a\n- b: |\n  c\n", isMarkdown: false, width: 80)
    #expect(document.rows.map(\.text) == ["# a", "- b: |", "  c"])
    #expect(document.rows.allSatisfy { $0.kind == .code })
  }

  @Test func `an unclosed fence and a table at the end come to an end`() {
    for text in ["```\nx", "| a |\n|---|", "---\nx", "", "#", "> ", "***", "a\n="] {
      let document = DocumentText(text, isMarkdown: true, width: 30)
      for line in document.lines.indices {
        #expect(document.rows.contains { $0.line == line + 1 }, "\(text)")
      }
    }
  }
}
