import Display
import Testing

@Suite("Large letters")
struct LetteringTests {
  private func drawn(
    _ text: String, _ lettering: Lettering, _ width: Int, _ glyphs: Glyphs = .utf8
  ) -> String {
    var frame = Frame(Size(width: width, height: lettering.rows), glyphs: glyphs)
    frame.write(text, in: lettering, at: .zero, role: .wallDigit)
    return frame.text
  }

  @Test func `scale 1 takes three rows of half cells`() {
    #expect(drawn("P1", .blocks(scale: 1), 12) == "█▀▄ ▄█\n█▀   █\n▀   ▀▀▀\n")
  }

  @Test func `scale 2 takes five rows of full cells`() {
    #expect(
      drawn("7", .blocks(scale: 2), 8) == """
        ██████
            ██
            ██
            ██
            ██

        """)
  }

  @Test func `scale 3 takes eight rows, the last of them half`() {
    let rows = drawn("1", .blocks(scale: 3), 12).split(separator: "\n")
    #expect(rows.count == 8)
    #expect(rows[7] == "▀▀▀▀▀▀▀▀▀")
  }

  @Test func `ASCII draws blocks of its own sign, and scale 1 as a word`() {
    #expect(drawn("1", .blocks(scale: 2), 8, .ascii).hasSuffix("\n######\n"))
    #expect(drawn("p1", .blocks(scale: 1), 8, .ascii).contains("\nP1"))
  }

  @Test func `what is measured is what is drawn`() {
    for lettering in [Lettering.plain, .spaced] + Lettering.scales.map({ .blocks(scale: $0) }) {
      var frame = Frame(Size(width: 400, height: 60), glyphs: .utf8)
      let columns = frame.write("CALL 12:07", in: lettering, at: .zero, role: .wallDigit)
      #expect(lettering.columns("CALL 12:07") == columns)
      let used = frame.text.split(separator: "\n").count
      #expect(used == lettering.rows, "\(lettering)")
    }
  }

  @Test func `the largest lettering that fits is taken, and words are never cut`() throws {
    let wide = try #require(Lettering.largest(for: "payments down", width: 238, rows: 30))
    #expect(wide.lettering == .blocks(scale: 5))
    #expect(wide.lines == ["payments", "down"])
    let low = try #require(Lettering.largest(for: "payments down", width: 40, rows: 1))
    #expect(low.lettering == .spaced)
    #expect(Lettering.largest(for: "extraordinarily", width: 8, rows: 9) == nil)
  }

  @Test func `a text with a character that has no form is written in capitals set apart`() throws {
    let fitting = try #require(Lettering.largest(for: "決済 停止", width: 80, rows: 10))
    #expect(fitting.lettering == .spaced)
  }
}
