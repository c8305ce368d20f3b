import CNcurses
package import Display
package import Themes

extension TerminalHandle {
  /// Shows a frame; only what differs from the one before is sent, nothing if nothing does.
  package mutating func present(_ frame: Frame, _ sheet: StyleSheet) {
    guard isActive, !isGone else { return }
    if sheet != self.sheet {
      load(sheet)
      repaint()
    }
    if shown?.size != frame.size {
      cn_erase()
      shown = nil
    }
    var changed = 0
    for y in 0..<min(frame.size.height, size.height) {
      if let shown, shown.row(y, equals: frame) { continue }
      draw(frame, row: y)
      changed += 1
    }
    defer { shown = frame }
    if changed == 0, shown != nil, shown?.cursor == frame.cursor { return }
    let synchronizes: Int32 = isXtermLike ? 1 : 0
    if let cursor = frame.cursor, frame.bounds.contains(cursor) {
      cn_flush(Int32(cursor.y), Int32(cursor.x), synchronizes)
    } else {
      cn_flush(-1, 0, synchronizes)
    }
  }

  private mutating func load(_ sheet: StyleSheet) {
    self.sheet = sheet
    cn_reset_styles()
    for (number, role) in StyleRole.allCases.enumerated() {
      let style = sheet[role]
      cn_set_style(
        Int32(number), style.foreground.map(Int32.init) ?? -1,
        style.background.map(Int32.init) ?? -1, UInt32(style.attributes.rawValue))
    }
  }

  private mutating func draw(_ frame: Frame, row y: Int) {
    line.removeAll(keepingCapacity: true)
    var role = StyleRole.text
    var number = UInt32(0)
    for cell in frame.row(y) where cell.width > 0 {
      if cell.role != role {
        role = cell.role
        number = Self.numbers[role] ?? 0
      }
      append(frame.glyph(of: cell), style: number)
    }
    cn_draw_row(Int32(y), line, Int32(line.count))
  }

  /// Adds a glyph in a form that takes exactly its columns here: one that the terminal's library
  /// or locale does not know becomes a question mark for each column.
  private mutating func append(_ glyph: Glyph, style: UInt32) {
    let value = glyph.base.value
    if value < 0x7F && !glyph.hasMarks {
      line.append(cn_cell(text: (value, 0, 0, 0, 0), style: style))
    } else if usesUTF8, cn_width(value) == glyph.width {
      let marks = glyph.marks
      line.append(
        cn_cell(text: (value, marks[0], marks[1], marks[2], marks[3]), style: style))
    } else {
      let fallback = value < 0x7F ? glyph.base : Glyphs.fallback(for: glyph.base) ?? "?"
      for _ in 0..<glyph.width {
        line.append(cn_cell(text: (fallback.value, 0, 0, 0, 0), style: style))
      }
    }
  }

  private static let numbers = Dictionary(
    uniqueKeysWithValues: StyleRole.allCases.enumerated().map { ($1, UInt32($0)) })

  /// Sounds the bell once.
  package func bell() {
    if isActive { Self.send("\u{07}") }
  }

  /// Names the window; the name it had comes back at the end. `nil` gives it back now.
  package mutating func setTitle(_ text: String?) {
    guard isXtermLike, isActive, text != title else { return }
    if title == nil { Self.send("\u{1B}[22;0t") }
    if let text {
      Self.send("\u{1B}]0;\(TextWidth.truncate(text, to: 120))\u{07}")
    } else {
      Self.send("\u{1B}[23;0t")
    }
    title = text
  }

  package mutating func setMouse(_ on: Bool) {
    guard isXtermLike, on != mouse else { return }
    mouse = on
    Self.send(on ? "\u{1B}[?1000h\u{1B}[?1006h" : "\u{1B}[?1000l\u{1B}[?1006l")
  }
}
