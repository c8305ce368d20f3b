import Dashboard
import Display
import Testing

/// Going through a document and what was read from it.
struct ReviewScreenTests {
  private static let lines = [
    "# Outages", "", "We answer SEV-1 within 5 minutes and resolve it within 4 hours.", "",
    "Nobody answers for 15 minutes: call the Engineering Lead, and say it aloud.", "",
    "Somebody looks at the board now and then.", "Done.",
  ]

  private static let items = [
    ReviewItem(line: 0, kind: .remark("assumed"), text: "no hours are named", verdict: .open),
    ReviewItem(line: 3, kind: .rule, text: "SEV-1: acknowledge within 5m", verdict: .open),
    ReviewItem(line: 3, kind: .rule, text: "SEV-1: resolve within 4h", verdict: .open),
    ReviewItem(
      line: 5, kind: .rule, text: "call Engineering Lead after 15m unless acknowledged",
      verdict: .corrected, rules: ["call CTO after 10m unless acknowledged"]),
    ReviewItem(line: 7, kind: .remark("unread"), text: "now and then", verdict: .open),
  ]

  private var screen: ReviewScreen

  init() { screen = Self.screen(Size(width: 100, height: 16)) }

  private static func screen(_ size: Size) -> ReviewScreen {
    let rows = lines.enumerated().map {
      DocumentPage.Row(line: $0 + 1, pieces: [.init($1, .plain)])
    }
    return ReviewScreen(
      DocumentPage(name: "OUTAGE.md", rows: rows, lines: lines), items: items,
      summary: "1 of 3 rules confirmed.", forms: ["watch 30m after mitigated"], size: size
    )
  }

  private mutating func type(_ text: String) -> [ReviewScreen.Effect] {
    screen.update(text.map { $0 == "⏎" ? .enter : $0 == "⎋" ? .escape : .character($0) })
  }

  /// Answers a decision as whoever keeps it would.
  private mutating func decide(_ index: Int, _ verdict: ReviewItem.Verdict) {
    var items = screen.items
    items[index].verdict = verdict
    screen.take(items, summary: "")
  }

  @Test mutating func `one key decides, and the next open one is picked`() {
    #expect(screen.picked == 0)
    #expect(type("y") == [.decide(items: [0], .confirmed, rules: [])])
    decide(0, .confirmed)
    #expect(screen.picked == 1)
    #expect(type("x") == [.decide(items: [1], .struck, rules: [])])
    decide(1, .struck)
    #expect(screen.picked == 2)
    #expect(type("⏎") == [.decide(items: [2], .confirmed, rules: [])])
    decide(2, .confirmed)
    #expect(screen.picked == 4)
    #expect(type("x") == [.decide(items: [4], .confirmed, rules: [])])
    decide(4, .confirmed)
    #expect(screen.frame.text.contains("Everything is decided"))
    #expect(type("ku") == [.decide(items: [3], .open, rules: [])])
    #expect(type("q") == [.quit])
  }

  @Test mutating func `everything on a line is confirmed at once`() {
    #expect(type("jY") == [.decide(items: [1, 2], .confirmed, rules: [])])
  }

  @Test mutating func `a rule is corrected in its short form, and a refusal keeps what was typed`()
  {
    #expect(type("je").isEmpty)
    let typed = screen.update([.backspace, .backspace, .character("9"), .character("m"), .enter])
    #expect(
      typed == [.decide(items: [1], .corrected, rules: ["SEV-1: acknowledge within 9m"])])
    screen.refuse("there is no span")
    let text = screen.frame.text
    #expect(text.contains("there is no span") && text.contains("acknowledge within 9m"))
    #expect(type("⎋").isEmpty && !screen.frame.text.contains("within 9m"))
    // Unchanged words confirm; two rules stand behind one another.
    #expect(type("e⏎") == [.decide(items: [1], .confirmed, rules: [])])
    #expect(
      type("; watch 5m after resolved⏎") == [
        .decide(
          items: [1], .corrected,
          rules: ["SEV-1: acknowledge within 5m", "watch 5m after resolved"])
      ])
  }

  @Test mutating func `a rule is added from the line under the cursor`() {
    #expect(type("a").isEmpty)
    #expect(screen.frame.text.contains("go to the line first"))
    _ = screen.update([.down])
    #expect(screen.picked == nil && screen.pickedLine == 1)
    #expect(type("y").isEmpty && screen.frame.text.contains("a adds a rule"))
    #expect(type("aupdate every 1h⏎") == [.add(["update every 1h"], line: 1)])
    #expect(type("⎋Ge").isEmpty)
    #expect(type("⏎").isEmpty && screen.frame.text.contains("type a rule"))
    #expect(type("a⎋").isEmpty)
  }

  @Test mutating func `a remark is settled, or the rule written that was not read`() {
    _ = screen.update([.backtab])
    #expect(screen.picked == 4)
    #expect(type("ewatch 5m after resolved⏎") == [.add(["watch 5m after resolved"], line: 7)])
  }

  @Test mutating func `a rule whose line has changed is let go of and added elsewhere`() {
    let lost = ReviewItem(line: 5, kind: .lost, text: "watch 1h after resolved", verdict: .open)
    screen.take([lost] + Self.items.dropFirst(5), summary: "")
    _ = screen.update([.tab])
    #expect(type("y").isEmpty && screen.frame.text.contains("this line has changed"))
    #expect(type("x") == [.decide(items: [0], .struck, rules: [])])
    screen.take([], summary: "")
    #expect(screen.pickedLine == 5)
    _ = screen.update([.down])
    #expect(type("a⏎") == [.add(["watch 1h after resolved"], line: 6)])
  }

  @Test mutating func `lines, items and open ones are gone through, and unknown keys do nothing`() {
    #expect(type("jjjj").isEmpty && screen.picked == 4)
    #expect(type("j").isEmpty && screen.picked == 4)
    #expect(type("kkkk").isEmpty && screen.picked == 0)
    _ = screen.update([.end])
    #expect(screen.pickedLine == 8)
    _ = screen.update([.tab, .up, .pageDown, .home, .ctrl("d"), .ctrl("u")])
    #expect(screen.picked == 0)
    #expect(type("zZ!").isEmpty && screen.frame.text.contains("does nothing here"))
    #expect(type("?").isEmpty && screen.frame.text.contains("watch 30m after mitigated"))
    #expect(type("y").isEmpty && !screen.frame.text.contains("watch 30m after mitigated"))
    #expect(screen.update([.ctrl("c")]) == [.quit])
  }

  @Test(arguments: [Size(width: 80, height: 24), Size(width: 120, height: 20)])
  func `the two columns`(size: Size) {
    var screen = Self.screen(size)
    _ = screen.update([.character("j")])
    expectSnapshot(screen.frame.text, "review-\(size.width)x\(size.height)")
    _ = screen.update([.character("e")])
    expectSnapshot(screen.frame.text, "review-typing-\(size.width)x\(size.height)")
  }

  @Test func `a window of any size is drawn`() {
    for width in stride(from: 1, through: 130, by: 7) {
      for height in 1...20 {
        var screen = Self.screen(Size(width: width, height: height))
        _ = screen.update([.character("?")])
        #expect(screen.frame.size == Size(width: width, height: height))
        _ = screen.update([.character("j"), .character("e"), .end])
        #expect(screen.frame.size == Size(width: width, height: height))
      }
    }
  }
}
