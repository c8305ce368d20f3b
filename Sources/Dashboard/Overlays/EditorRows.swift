import Display

/// A text being typed, broken into rows of a width wherever they are full, with the place of the cursor.
struct EditorRows {
  private(set) var lines = [""]
  private(set) var cursor = Point.zero

  init(_ editor: LineEditor, width: Int) {
    var column = 0
    for (index, character) in editor.text.enumerated() {
      if index == editor.cursor { cursor = Point(x: column, y: lines.count - 1) }
      if character.isNewline {
        lines.append("")
        column = 0
        continue
      }
      let columns = TextWidth.columns(String(character))
      if column + columns > width {
        lines.append("")
        column = 0
        if index == editor.cursor { cursor = Point(x: 0, y: lines.count - 1) }
      }
      lines[lines.count - 1].append(character)
      column += columns
    }
    guard editor.cursor >= editor.text.count else { return }
    // Behind a full row the cursor stands at the beginning of the next one.
    if column >= width {
      lines.append("")
      column = 0
    }
    cursor = Point(x: column, y: lines.count - 1)
  }
}
