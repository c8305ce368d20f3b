import Testing
import YAML

@Suite struct `Writing YAML` {
  @Test func `block style reads well`() {
    let value = YAMLValue.map([
      .init("name", .text("Standard")),
      .init(
        "list",
        .list([
          .map([.init("id", .text("SEV-1")), .init("rank", .integer(1))]),
          .text("two\nlines\n"),
          .list([.text("a"), .list([]), .map([])]),
        ])),
      .init("none", .null),
      .init("flag", .boolean(true)),
    ])
    #expect(
      value.yaml == """
        name: Standard
        list:
          - id: SEV-1
            rank: 1
          - |
            two
            lines
          - - a
            - []
            - {}
        none: null
        flag: true

        """)
  }

  @Test(arguments: [
    ("15m", "15m\n"), ("1h30m-2h", "1h30m-2h\n"), ("30m+", "30m+\n"),
    ("2 business days", "2 business days\n"), ("SEV-1", "SEV-1\n"), ("a: b", "\"a: b\"\n"),
    ("12", "\"12\"\n"), ("1e5", "\"1e5\"\n"), ("0x1F", "\"0x1F\"\n"), ("yes", "\"yes\"\n"),
    ("2026-11-21", "\"2026-11-21\"\n"), ("09:00", "\"09:00\"\n"), ("1 # 2 a", "\"1 # 2 a\"\n"),
  ])
  func `quotes stand only where a reader could take a text for something else`(
    text: String, expected: String
  ) {
    #expect(YAMLValue.text(text).yaml == expected)
  }

  static let texts = [
    "", " ", "plain", "with space", "trailing ", " leading", "true", "No", "null", "~", "12", "1.5",
    "- item", "# comment", "a # b", "key: value", "a:", "'quoted'", "\"double\"", "back\\slash",
    "*star", "&and", "!bang", "%percent", "@at", "`tick`", "[a]", "{a}", "a, b", "? x", "| x",
    "> x", "2026-11-21", "SEV-1", "15m", "1 a #b", "5be5", "\n", "\n\n", "a\nb", "a\nb\n",
    "a\nb\n\n\n", "\na", " a\nb",
    "a\n  b\n\n   \n c", "a\nb ", "tab\tin", "a\n\ttab", "a\r\nb", "\u{0}", "\u{1B}[2J", "\u{7F}",
    "\u{85}x", "a\u{2028}b", "a\n\u{2029}b", "\u{FEFF}bom", "\u{202E}rtl", "emoji 🚨", "🚨\nfire",
    "---", "...", "a\n---\nb", "a\n...\nb", "é", "x: |\n  y", "=", "<<", "0x1F", "\u{FFFF}",
    "👩‍🚒 a\nb",
  ]

  @Test(arguments: texts)
  func `every text comes back as it was`(text: String) throws {
    let places: [YAMLValue] = [
      .text(text),
      .map([.init("k", .text(text))]),
      .map([.init("k", .list([.text(text), .map([.init("in", .text(text))])]))]),
    ]
    let whole = try YAMLNode.read(places[0].yaml)
    #expect(whole.text == text)
    let inMap = try YAMLNode.read(places[1].yaml)
    #expect(inMap["k"]?.text == text)
    let items = try #require(try YAMLNode.read(places[2].yaml)["k"]?.items)
    #expect(items.map { $0.text ?? $0["in"]?.text } == [text, text])
  }

  @Test(arguments: texts)
  func `every text can be a key`(text: String) throws {
    let node = try YAMLNode.read(YAMLValue.map([.init(text, .integer(1))]).yaml)
    #expect(node.entries?.map(\.key) == [text])
  }
}
