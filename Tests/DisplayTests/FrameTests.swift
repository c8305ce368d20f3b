import Display
import Testing

@Suite struct FrameTests {
  private func frame(_ width: Int, _ height: Int, _ glyphs: Glyphs = .utf8) -> Frame {
    Frame(Size(width: width, height: height), glyphs: glyphs)
  }

  @Test func `text is drawn where it is put and cut at the edge`() {
    var frame = frame(8, 3)
    #expect(frame.write("hello", at: .zero) == 5)
    #expect(frame.write("too long", at: Point(x: 2, y: 1)) == 6)
    #expect(frame.write("clipped", at: Point(x: 2, y: 2), width: 3, overflow: .clip) == 3)
    #expect(frame.text == "hello\n  too l…\n  cli\n")
  }

  @Test func `drawing partly or wholly outside leaves the rest alone`() {
    var frame = frame(6, 2)
    frame.write("abcdef", at: Point(x: -3, y: 0))
    frame.write("日本", at: Point(x: -1, y: 1))
    for point in [Point(x: 0, y: -1), Point(x: 0, y: 2), Point(x: 6, y: 0), Point(x: -40, y: 1)] {
      frame.write("x日", at: point)
    }
    #expect(frame.rows == ["def   ", " 本   "])
  }

  @Test func `a half covered wide character becomes a blank`() {
    var frame = frame(6, 1)
    frame.write("日本語", at: .zero)
    frame.write("x", at: Point(x: 1, y: 0))
    #expect(frame.rows == [" x本語"])
    frame.write("y", at: Point(x: 2, y: 0))
    #expect(frame.rows == [" xy 語"])
    frame.write("本", at: Point(x: 3, y: 0))
    #expect(frame.rows == [" xy本 "])
  }

  @Test(arguments: HostileText.all.indices)
  func `every row takes exactly the columns of the frame`(index: Int) {
    let text = HostileText.all[index]
    for width in [1, 2, 3, 10, 33] {
      var frame = frame(width, 4)
      var generator = SeededGenerator(seed: UInt64(width))
      for _ in 0..<6 {
        let point = Point(
          x: Int.random(in: -4..<width + 2, using: &generator),
          y: Int.random(in: -1...4, using: &generator))
        let room = Int.random(in: 0...width, using: &generator)
        let used = frame.write(text, at: point, width: room)
        #expect(used >= 0 && used <= room)
      }
      var outer = self.frame(width + 3, 5)
      outer.fill(outer.bounds, with: "·")
      outer.blit(frame, at: Point(x: 2, y: 1))
      for drawn in [frame, outer] {
        for (y, row) in drawn.rows.enumerated() {
          #expect(TextWidth.columns(row) == drawn.size.width)
          #expect(drawn.row(y).reduce(0) { $0 + Int($1.width) } == drawn.size.width)
        }
      }
    }
  }

  @Test func `nothing is drawn outside of the clip`() {
    var frame = frame(6, 3)
    frame.clipped(to: Rect(x: 1, y: 1, width: 3, height: 1)) { frame in
      for y in 0..<3 { frame.write("日本語", at: Point(x: 0, y: y)) }
      frame.fill(Rect(x: 3, y: 0, width: 3, height: 3), with: "#")
    }
    #expect(frame.rows == ["      ", "   #  ", "      "])
  }

  @Test func `boxes carry the titles that fit`() {
    var frame = frame(30, 5)
    frame.box(frame.bounds, title: "1 Incident", trailing: "following")
    frame.divider(
      of: frame.bounds, y: 2, title: "2 Escalation", trailing: "more than there is room for")
    #expect(
      frame.text == """
        ┌ 1 Incident ───── following ┐
        │                            │
        ├ 2 Escalation ──────────────┤
        │                            │
        └────────────────────────────┘

        """)
  }

  @Test func `a focused box differs without colour, also in ASCII`() {
    var frame = frame(8, 2, .ascii)
    frame.box(Rect(x: 0, y: 0, width: 4, height: 2), style: .single)
    frame.box(Rect(x: 4, y: 0, width: 4, height: 2), style: .double)
    #expect(frame.rows == ["+--+#==#", "+--+#==#"])
    var utf8 = self.frame(8, 2)
    utf8.box(Rect(x: 0, y: 0, width: 4, height: 2), style: .single)
    utf8.box(Rect(x: 4, y: 0, width: 4, height: 2), style: .double)
    #expect(utf8.rows == ["┌──┐╔══╗", "└──┘╚══╝"])
  }

  @Test func `roles are told by letters with a legend`() {
    var frame = frame(6, 2)
    frame.write([("P1", .severity1), (" ok", .text)], at: .zero)
    frame.restyle(Rect(x: 0, y: 1, width: 2, height: 1), role: .selection)
    let severity = StyleRole.severity1.letter
    let selection = StyleRole.selection.letter
    #expect(frame.roles == "\(severity)\(severity) ..\n\(selection)\(selection)\n")
    #expect(frame.legend == "\(selection) selection\n\(severity) sev.1\n")
  }

  @Test func `rows with the same marks are equal in different frames`() {
    var one = frame(4, 2)
    var other = frame(4, 2)
    other.write("o\u{308}", at: Point(x: 0, y: 1))
    other.write("    ", at: Point(x: 0, y: 1))
    one.write("e\u{301}", at: .zero)
    other.write("e\u{301}", at: .zero)
    #expect(one == other)
    other.write("e\u{300}", at: .zero)
    #expect(one != other && !one.row(0, equals: other) && one.row(1, equals: other))
  }

  @Test func `every role has a letter of its own`() {
    #expect(Set(StyleRole.allCases.map(\.letter)).count == StyleRole.allCases.count)
    #expect(!StyleRole.allCases.map(\.letter).contains("?"))
  }
}
