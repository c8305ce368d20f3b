/// Large type: five rows of full cells, or three rows of half cells for words.
package enum BlockDigits {
  /// Rows of ``draw(_:in:at:role:scale:)``.
  package static let rows = 5
  /// Rows of ``drawSmall(_:in:at:role:)``.
  package static let smallRows = 3

  /// Columns the large form takes; `scale` is the columns a dot is wide.
  package static func columns(_ text: String, scale: Int = 2) -> Int {
    let dots = letters(of: text).reduce(0) { $0 + $1.width + 1 }
    return max(0, dots - 1) * max(1, scale)
  }

  /// Draws five rows high, each dot `scale` columns wide, and answers the columns it took.
  ///
  /// Digits, A to Z and `: - + . /` have a form; anything else is left blank.
  @discardableResult
  package static func draw(
    _ text: String, in frame: inout Frame, at point: Point, role: StyleRole, scale: Int = 2
  ) -> Int {
    let scale = max(1, scale)
    // The holes are of the same role, so that a digit that changes needs no change of style on its way to the terminal.
    frame.fill(
      Rect(x: point.x, y: point.y, width: columns(text, scale: scale), height: rows), role: role)
    var x = point.x
    for letter in letters(of: text) {
      for (y, bits) in letter.rows.enumerated() {
        for column in 0..<letter.width where bits & (1 << (letter.width - 1 - column)) != 0 {
          frame.fill(
            Rect(x: x + column * scale, y: point.y + y, width: scale, height: 1),
            with: frame.glyphs.full, role: role)
        }
      }
      x += (letter.width + 1) * scale
    }
    return columns(text, scale: scale)
  }

  /// Draws three rows high in half cells, and answers the columns it took.
  ///
  /// ASCII has no half cells: there the word stands in the middle row, its letters apart.
  @discardableResult
  package static func drawSmall(
    _ text: String, in frame: inout Frame, at point: Point, role: StyleRole
  ) -> Int {
    if frame.glyphs.isASCII {
      let spaced = text.uppercased().map(String.init).joined(separator: " ")
      return frame.write(spaced, at: Point(x: point.x, y: point.y + 1), role: role)
    }
    // A role with a ground of its own would have holes between the dots.
    frame.fill(
      Rect(x: point.x, y: point.y, width: columns(text, scale: 1), height: smallRows), role: role)
    var x = point.x
    for letter in letters(of: text) {
      for column in 0..<letter.width {
        let bit = 1 << (letter.width - 1 - column)
        for y in 0..<3 {
          let upper = letter.rows[2 * y] & bit != 0
          let lower = 2 * y + 1 < 5 && letter.rows[2 * y + 1] & bit != 0
          guard upper || lower else { continue }
          let half = upper && lower ? "█" : upper ? "▀" : "▄"
          frame.write(half, at: Point(x: x + column, y: point.y + y), role: role)
        }
      }
      x += letter.width + 1
    }
    return columns(text, scale: 1)
  }

  private struct Letter {
    var width: Int
    var rows: [Int]
  }

  private static func letters(of text: String) -> [Letter] {
    text.uppercased().map { font[$0] ?? Letter(width: 2, rows: [0, 0, 0, 0, 0]) }
  }

  /// Five rows of dots for each character, `#` being a dot.
  private static let font: [Character: Letter] = {
    var font: [Character: Letter] = [:]
    for (characters, rows) in drawings {
      let rows = rows.map { $0.split(separator: " ", omittingEmptySubsequences: true) }
      for (index, character) in characters.enumerated() {
        let drawn = rows.map { $0[index] }
        font[character] = Letter(
          width: drawn[0].count,
          rows: drawn.map { $0.reduce(0) { $0 * 2 + ($1 == "#" ? 1 : 0) } })
      }
    }
    return font
  }()

  private static let drawings: [(String, [String])] = [
    (
      "0123456789",
      [
        "### .#. ### ### #.# ### ### ### ### ###",
        "#.# ##. ..# ..# #.# #.. #.. ..# #.# #.#",
        "#.# .#. ### ### ### ### ### ..# ### ###",
        "#.# .#. #.. ..# ..# ..# #.# ..# #.# ..#",
        "### ### ### ### ..# ### ### ..# ### ###",
      ]
    ),
    (
      ":-+./",
      [
        ". ... ... . ..#",
        "# ... .#. . ..#",
        ". ### ### . .#.",
        "# ... .#. . #..",
        ". ... ... # #..",
      ]
    ),
    (
      "ABCDEFGHIJKLM",
      [
        ".#. ##. .## ##. ### ### .## #.# ### ..# #.# #.. #...#",
        "#.# #.# #.. #.# #.. #.. #.. #.# .#. ..# #.# #.. ##.##",
        "### ##. #.. #.# ##. ##. #.# ### .#. ..# ##. #.. #.#.#",
        "#.# #.# #.. #.# #.. #.. #.# #.# .#. #.# #.# #.. #...#",
        "#.# ##. .## ##. ### #.. .## #.# ### .#. #.# ### #...#",
      ]
    ),
    (
      "NOPQRSTUVWXYZ",
      [
        "#..# .#. ##. .#.. ##. .## ### #.# #.# #...# #.# #.# ###",
        "##.# #.# #.# #.#. #.# #.. .#. #.# #.# #...# #.# #.# ..#",
        "#.## #.# ##. #.#. ##. .#. .#. #.# #.# #.#.# .#. .#. .#.",
        "#..# #.# #.. #.#. #.# ..# .#. #.# #.# ##.## #.# .#. #..",
        "#..# .#. #.. .### #.# ##. .#. ### .#. #...# #.# .#. ###",
      ]
    ),
  ]
}
