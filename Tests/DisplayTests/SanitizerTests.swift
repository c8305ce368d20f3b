import Display
import Testing

@Suite struct SanitizerTests {
  @Test(arguments: [
    ("plain text", "plain text"), ("\u{1B}[31mred", "^[[31mred"), ("a\u{00}b\u{7F}", "a^@b^?"),
    ("one\ntwo", "one ↵ two"), ("one\r\ntwo", "one ↵ two"), ("rub\rout", "rub^Mout"),
    ("end\r", "end^M"), ("a\tb", "a b"), ("\u{9B}31m", "<U+009B>31m"),
    ("\u{202E}gpj.exe", "<U+202E>gpj.exe"), ("a\u{200B}b", "a<U+200B>b"),
    ("\u{FEFF}x", "<U+FEFF>x"),
    ("👩‍💻", "👩💻"), ("⚠️", "⚠"), ("👍🏽", "👍"), ("🇩🇪", "DE"), ("a\u{E0041}b", "ab"),
    ("\u{1FAE8}", "\u{FFFD}"), ("\u{E000}", "<U+E000>"), ("日本", "日本"), ("e\u{301}", "e\u{301}"),
    ("\u{301}", " \u{301}"),
  ])
  func `text on one line becomes harmless`(text: String, expected: String) {
    #expect(Sanitizer.clean(text).unicodeScalars.elementsEqual(expected.unicodeScalars))
  }

  @Test func `several lines keep their line feeds alone`() {
    #expect(Sanitizer.clean("a\r\nb\n\tc\u{1B}", .multiLine) == "a\nb\n    c^[")
  }

  @Test(arguments: HostileText.all.indices)
  func `nothing a terminal would obey is left`(index: Int) {
    let text = HostileText.all[index]
    for (mode, allowed) in [(Sanitizer.Mode.oneLine, UInt32?.none), (.multiLine, 0x0A)] {
      let clean = Sanitizer.clean(text, mode)
      for scalar in clean.unicodeScalars {
        let value = scalar.value
        #expect(value >= 0x20 || value == allowed)
        #expect(!(0x7F..<0xA0).contains(value))
        #expect(!(0x202A...0x202E).contains(value) && !(0x2066...0x2069).contains(value))
        #expect(!(0xFE00...0xFE0F).contains(value) && !(0xE0000...0xE0FFF).contains(value))
        #expect(![0x200B, 0x200C, 0x200D, 0xFEFF].contains(value))
        #expect(scalar.properties.generalCategory != .privateUse)
      }
      #expect(Sanitizer.clean(clean, mode) == clean)
    }
  }

  @Test func `a character keeps four marks at most`() {
    let clean = Sanitizer.clean("e" + String(repeating: "\u{301}", count: 12) + "f")
    #expect(clean.unicodeScalars.count == 6)
  }
}
