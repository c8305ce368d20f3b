/// The dots that large letters are made of: five rows of them, drawn at any size by ``Lettering``.
enum LetterForms {
  /// One character: how many dots wide, and its rows from the top, the leftmost dot being the highest bit.
  struct Form {
    var width: Int
    var rows: [Int]

    func hasDot(column: Int, row: Int) -> Bool {
      rows[row] & (1 << (width - 1 - column)) != 0
    }
  }

  /// Rows of dots of every form.
  static let height = 5

  /// The forms of a text; nil where one of its characters has none.
  static func forms(of text: String) -> [Form]? {
    var forms: [Form] = []
    for character in text.uppercased() {
      guard let form = font[character] else { return nil }
      forms.append(form)
    }
    return forms
  }

  /// Five rows of dots for each character, `#` being a dot.
  private static let font: [Character: Form] = {
    var font: [Character: Form] = [:]
    for (characters, rows) in drawings {
      let rows = rows.map { $0.split(separator: " ", omittingEmptySubsequences: true) }
      for (index, character) in characters.enumerated() {
        let drawn = rows.map { $0[index] }
        font[character] = Form(
          width: drawn[0].count,
          rows: drawn.map { $0.reduce(0) { $0 * 2 + ($1 == "#" ? 1 : 0) } })
      }
    }
    font[" "] = Form(width: 2, rows: [0, 0, 0, 0, 0])
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
      ":-+./,()!?'%&",
      [
        ". .. ... . ..# .. .# #. # ### # #..# .#..",
        "# .. .#. . ..# .. #. .# # ..# # ...# #.#.",
        ". ## ### . .#. .. #. .# # .## . .##. .#..",
        "# .. .#. . #.. .# #. .# . ... . #... #.##",
        ". .. ... # #.. #. .# #. # .#. . #..# .###",
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
