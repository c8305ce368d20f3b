import Display
import Testing

@Suite struct TextWidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本", 4), ("한국", 4), ("\u{1112}\u{1161}", 2),
    ("✅", 2), ("⚠", 1), ("⚠️", 1), ("👩‍💻", 4), ("■◆▲●○", 5), ("─│█…", 4), ("\u{1B}", 2),
    ("\u{202E}", 8), ("ｆ", 2), ("ｱ", 1), ("क्षि", 3),
  ])
  func `columns are those a terminal uses`(text: String, columns: Int) {
    #expect(TextWidth.columns(text) == columns)
  }

  @Test(arguments: [
    ("abcdef", 6, "abcdef"), ("abcdef", 5, "abcd…"), ("abcdef", 1, "…"), ("abcdef", 0, ""),
    ("日本語", 6, "日本語"), ("日本語", 5, "日本…"), ("日本語", 4, "日…"), ("日本語", 2, "…"),
    ("e\u{301}e\u{301}", 1, "…"),
  ])
  func `long text is cut with an ellipsis`(text: String, width: Int, expected: String) {
    #expect(TextWidth.truncate(text, to: width) == expected)
  }

  @Test(arguments: HostileText.all.indices, [0, 1, 2, 7, 40])
  func `fitted text takes exactly its columns`(index: Int, width: Int) {
    let text = HostileText.all[index]
    for alignment in [TextWidth.Alignment.left, .right, .center] {
      #expect(TextWidth.columns(TextWidth.fit(text, to: width, alignment)) == width)
    }
  }

  @Test(arguments: [
    ("the quick brown fox", 10, ["the quick", "brown fox"]),
    ("the quick  brown", 9, ["the quick", "brown"]), ("", 5, [""]), ("a\n\nb", 5, ["a", "", "b"]),
    ("unbreakable", 4, ["unbr", "eaka", "ble"]), ("日本語", 4, ["日本", "語"]), ("日", 1, ["?"]),
    ("  indented text here", 12, ["  indented", "text here"]), ("abcd efgh", 4, ["abcd", "efgh"]),
  ])
  func `text wraps between words`(text: String, width: Int, expected: [String]) {
    #expect(TextWidth.wrap(text, to: width) == expected)
  }

  @Test(arguments: HostileText.all.indices, [1, 2, 5, 30])
  func `wrapped lines fit and lose nothing but blanks`(index: Int, width: Int) {
    let text = HostileText.all[index]
    let lines = TextWidth.wrap(text, to: width)
    for line in lines { #expect(TextWidth.columns(line) <= width) }
    guard width > 1 else { return }
    func words(_ text: String) -> [Unicode.Scalar] {
      text.unicodeScalars.filter { $0 != " " && $0 != "\n" }
    }
    #expect(words(lines.joined()) == words(Sanitizer.clean(text, .multiLine)))
  }
}
