import Display
import Terminal
import Testing

@Suite struct KeyDecoderTests {
  @Test(arguments: [
    ("\u{1B}[A", Key.up), ("\u{1B}OA", .up), ("\u{1B}[H", .home), ("\u{1B}OF", .end),
    ("\u{1B}[1~", .home), ("\u{1B}[4~", .end), ("\u{1B}[5~", .pageUp), ("\u{1B}[6~", .pageDown),
    ("\u{1B}[3~", .delete), ("\u{1B}[2~", .insert), ("\u{1B}[Z", .backtab), ("\t", .tab),
    ("\u{1B}OP", .function(1)), ("\u{1B}[11~", .function(1)), ("\u{1B}[[A", .function(1)),
    ("\u{1B}[15~", .function(5)), ("\u{1B}[24~", .function(12)), ("\u{1B}[1;5C", .right),
    ("\u{7F}", .backspace), ("\u{08}", .backspace), ("\r", .enter), ("\n", .ctrl("j")),
    ("\u{1B}OM", .enter), ("\u{01}", .ctrl("a")), ("\u{1C}", .ctrl("\\")), ("\u{00}", .ctrl("@")),
    ("\u{1B}x", .alt("x")), ("\u{1B}é", .alt("é")), ("é", .character("é")), ("日", .character("日")),
    ("\u{1B}[I", .focus(true)), ("\u{1B}[O", .focus(false)),
    ("\u{1B}[<0;3;2M", .mouse(MouseEvent(action: .press, point: Point(x: 2, y: 1)))),
    ("\u{1B}[<65;300;2M", .mouse(MouseEvent(action: .wheelDown, point: Point(x: 299, y: 1)))),
    ("\u{1B}[M #\"", .mouse(MouseEvent(action: .press, point: Point(x: 2, y: 1)))),
  ])
  func `a sequence is a key, whole or byte by byte`(bytes: String, key: Key) {
    var whole = KeyDecoder()
    whole.feed(bytes.utf8)
    #expect(whole.keys() == [key])
    #expect(!whole.isWaiting)

    var pieces = KeyDecoder()
    var keys: [Key] = []
    for byte in bytes.utf8 {
      pieces.feed([byte])
      keys += pieces.keys()
    }
    #expect(keys == [key])
  }

  @Test(arguments: [
    "\u{1B}]11;rgb:0000/0000/0000\u{07}", "\u{1B}]11;?\u{1B}\\", "\u{1B}P1+r\u{1B}\\",
    "\u{1B}[?62;c", "\u{1B}[24;80R", "\u{1B}[<35;3;2M", "\u{1B}[201~",
  ])
  func `answers of the terminal are no keys`(bytes: String) {
    var decoder = KeyDecoder()
    decoder.feed((bytes + "q").utf8)
    #expect(decoder.keys() == [.character("q")])
  }

  @Test(arguments: [
    ("\u{1B}]11;rgb:ffff/ffff/ffff\u{07}", true), ("\u{1B}]11;rgb:1e1e/1e1e/2e2e\u{1B}\\", false),
    ("\u{1B}]11;rgb:fd/f6/e3\u{1B}\\", true), ("\u{1B}]11;rgba:0000/0000/0000/ffff\u{07}", false),
    ("\u{1B}]10;rgb:ffff/ffff/ffff\u{07}", nil), ("\u{1B}]11;rgb:zz/00/00\u{07}", nil),
    ("\u{1B}]11;rgb:ffff\u{07}", nil), ("\u{1B}]11;?\u{07}", nil),
  ])
  func `the answer about the background says light or dark, however it comes`(
    bytes: String, isLight: Bool?
  ) {
    var decoder = KeyDecoder()
    for byte in bytes.utf8 {
      decoder.feed([byte])
      #expect(decoder.keys() == [])
    }
    #expect(decoder.background?.isLight == isLight)
    decoder.feed("x".utf8)
    #expect(decoder.keys() == [.character("x")])
  }

  @Test func `a lone escape waits for what belongs to it`() {
    var decoder = KeyDecoder()
    decoder.feed([0x1B])
    #expect(decoder.keys().isEmpty && decoder.isWaiting)
    #expect(decoder.keys(isFinal: true) == [.escape] && !decoder.isWaiting)
    decoder.feed([0x1B, 0x1B, 0x5B, 0x41])
    #expect(decoder.keys() == [.escape, .up])
  }

  @Test func `an unfinished sequence never becomes commands`() {
    var decoder = KeyDecoder()
    decoder.feed("\u{1B}[1;5".utf8)
    #expect(decoder.keys().isEmpty)
    #expect(decoder.keys(isFinal: true) == [.unknown("unfinished sequence")])
  }

  @Test func `a paste without an end can be left`() {
    var decoder = KeyDecoder()
    decoder.feed("\u{1B}[200~abc".utf8)
    #expect(decoder.keys(isFinal: true).isEmpty)
    decoder.feed([0x03, 0x71])
    #expect(decoder.keys() == [.paste("abc"), .character("q")])
  }

  @Test(arguments: 0..<300)
  func `any bytes are read to their end`(seed: UInt64) {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    var bytes: [UInt8] = []
    for _ in 0..<200 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      bytes.append(state % 4 == 0 ? 0x1B : UInt8(truncatingIfNeeded: state >> 16))
    }
    var decoder = KeyDecoder()
    decoder.feed(bytes)
    let keys = decoder.keys() + decoder.keys(isFinal: true) + decoder.keys(isFinal: true)
    for case .character(let character) in keys {
      #expect(character.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F })
    }
  }
}
