import Display
import Testing

@Suite struct KeyTests {
  @Test(arguments: [
    Key.character("n"), .character(" "), .character("?"), .character("é"), .ctrl("r"), .ctrl("\\"),
    .alt("x"), .alt(" "), .function(5), .function(12), .enter, .escape, .backtab, .pageDown,
    .character("-"),
  ])
  func `a key reads back from its name`(key: Key) throws {
    #expect(Key(name: try #require(key.name)) == key)
  }

  @Test(arguments: ["", "f0", "f25", "ctrl-", "nonsense", "\u{1B}"])
  func `other words are no keys`(name: String) {
    #expect(Key(name: name) == nil)
  }
}
