import Display

/// A text being typed, broken between words into rows of a width, with the place of the cursor.
struct EditorRows {
  private(set) var lines: [String]
  private(set) var cursor: Point

  init(_ editor: LineEditor, width: Int) {
    let characters = Array(editor.text)
    let starts = Self.starts(of: characters, width: width)
    lines = starts.indices.map { row in
      let end = row + 1 < starts.count ? starts[row + 1] : characters.count
      return String(characters[starts[row]..<end].filter { !$0.isNewline })
    }
    let row = starts.lastIndex { $0 <= editor.cursor } ?? 0
    cursor = Point(x: TextWidth.columns(String(characters[starts[row]..<editor.cursor])), y: row)
  }

  /// Where each row begins. A word that does not fit goes to the next row as a whole; one that is longer than a row is
  /// broken where the row is full.
  private static func starts(of characters: [Character], width: Int) -> [Int] {
    var starts = [0]
    var column = 0
    var word = 0
    for (index, character) in characters.enumerated() {
      if character.isNewline {
        starts.append(index + 1)
        (column, word) = (0, index + 1)
        continue
      }
      let columns = TextWidth.columns(String(character))
      if column + columns > width {
        let start = word > starts[starts.count - 1] && character != " " ? word : index
        starts.append(start)
        column = TextWidth.columns(String(characters[start..<index]))
      }
      column += columns
      if character == " " { word = index + 1 }
    }
    // Behind a full row the cursor stands at the beginning of the next one.
    if column >= width { starts.append(characters.count) }
    return starts
  }
}
