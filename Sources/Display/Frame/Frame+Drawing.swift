extension Frame {
  /// What happens to text that is longer than its width.
  package enum Overflow: Sendable { case clip, ellipsis }

  /// How a frame around a pane is drawn; ASCII glyphs have a form of each.
  package enum LineStyle: Sendable { case single, double }

  /// Writes one line of text and answers the columns it took, at most `width`.
  ///
  /// The text is made harmless on the way. It ends at the right edge of the clip, with an ellipsis
  /// if asked, and never wraps.
  @discardableResult
  package mutating func write(
    _ text: String, at point: Point, width: Int = .max, role: StyleRole = .text,
    overflow: Overflow = .ellipsis
  ) -> Int {
    let room = min(width, clip.maxX - point.x)
    guard room > 0, point.y >= clip.minY, point.y < clip.maxY else { return 0 }
    var text = text
    let plain = text.withUTF8 { bytes -> Int? in
      guard bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) else { return nil }
      let shown = bytes.prefix(room)
      putPlain(
        shown.dropFirst(max(0, clip.minX - point.x)), x: max(point.x, clip.minX),
        y: point.y, role: role)
      if bytes.count > room, overflow == .ellipsis { putEllipsis(at: point, room, role) }
      return shown.count
    }
    return plain ?? writeGlyphs(text, at: point, room: room, role: role, overflow)
  }

  private mutating func writeGlyphs(
    _ text: String, at point: Point, room: Int, role: StyleRole, _ overflow: Overflow
  ) -> Int {
    var used = 0
    var overflows = false
    Sanitizer.forEachGlyph(of: text) { glyph in
      if used + glyph.width > room {
        overflows = true
        if used < room { put(Glyph(" "), x: point.x + used, y: point.y, role: role) }
        used = room
        return false
      }
      put(glyph, x: point.x + used, y: point.y, role: role)
      used += glyph.width
      return true
    }
    if overflows, overflow == .ellipsis { putEllipsis(at: point, room, role) }
    return used
  }

  private mutating func putEllipsis(at point: Point, _ room: Int, _ role: StyleRole) {
    put(Glyph(first(of: glyphs.ellipsis)), x: point.x + room - 1, y: point.y, role: role)
  }

  /// Writes text so that it ends before column `x`, and answers the column it starts in.
  @discardableResult
  package mutating func write(
    _ text: String, endingAt x: Int, y: Int, width: Int = .max, role: StyleRole = .text
  ) -> Int {
    let columns = min(TextWidth.columns(text), max(0, width))
    write(text, at: Point(x: x - columns, y: y), width: columns, role: role)
    return x - columns
  }

  /// Writes several pieces of different roles one after the other; answers the columns they took.
  @discardableResult
  package mutating func write(
    _ pieces: [(text: String, role: StyleRole)], at point: Point, width: Int = .max
  ) -> Int {
    var used = 0
    for piece in pieces where used < width {
      used += write(
        piece.text, at: Point(x: point.x + used, y: point.y), width: width - used, role: piece.role)
    }
    return used
  }

  package mutating func fill(_ rect: Rect, with glyph: Character = " ", role: StyleRole = .text) {
    let area = rect.intersection(clip)
    let glyph = Glyph(first(of: glyph))
    for y in area.minY..<area.maxY {
      for x in area.minX..<area.maxX { put(glyph, x: x, y: y, role: role) }
    }
  }

  /// Draws a frame along the inside of a rectangle, with a title at the left and one at the right
  /// of its upper edge.
  package mutating func box(
    _ rect: Rect, style: LineStyle = .single, role: StyleRole = .border, title: String = "",
    titleRole: StyleRole = .title, trailing: String = "", trailingRole: StyleRole? = nil
  ) {
    guard rect.width >= 2, rect.height >= 2 else { return }
    let box = style == .single ? glyphs.single : glyphs.double
    let right = rect.maxX - 1
    let bottom = rect.maxY - 1
    for x in rect.minX + 1..<max(rect.minX + 1, right) {
      put(Glyph(box.horizontal), x: x, y: rect.minY, role: role)
      put(Glyph(box.horizontal), x: x, y: bottom, role: role)
    }
    for y in rect.minY + 1..<max(rect.minY + 1, bottom) {
      put(Glyph(box.vertical), x: rect.minX, y: y, role: role)
      put(Glyph(box.vertical), x: right, y: y, role: role)
    }
    put(Glyph(box.topLeft), x: rect.minX, y: rect.minY, role: role)
    put(Glyph(box.topRight), x: right, y: rect.minY, role: role)
    put(Glyph(box.bottomLeft), x: rect.minX, y: bottom, role: role)
    put(Glyph(box.bottomRight), x: right, y: bottom, role: role)
    titles(
      title, titleRole, trailing, trailingRole ?? titleRole,
      on: rect.row(0).inset(
        horizontal: 1, vertical: 0))
  }

  /// Draws a rule across a box's width that meets its edges, with titles like those of a box.
  package mutating func divider(
    of rect: Rect, y: Int, style: LineStyle = .single, role: StyleRole = .border,
    title: String = "", titleRole: StyleRole = .title, trailing: String = "",
    trailingRole: StyleRole? = nil
  ) {
    guard rect.width >= 2 else { return }
    let box = style == .single ? glyphs.single : glyphs.double
    let line = Rect(x: rect.x, y: y, width: rect.width, height: 1)
    rule(line, style: style, role: role)
    put(Glyph(box.teeLeft), x: line.minX, y: y, role: role)
    put(Glyph(box.teeRight), x: line.maxX - 1, y: y, role: role)
    titles(
      title, titleRole, trailing, trailingRole ?? titleRole,
      on: line.inset(horizontal: 1, vertical: 0))
  }

  /// Draws a horizontal line over the first row of a rectangle.
  package mutating func rule(
    _ rect: Rect, style: LineStyle = .single, role: StyleRole = .border
  ) {
    guard rect.height > 0 else { return }
    let line = style == .single ? glyphs.single.horizontal : glyphs.double.horizontal
    for x in rect.minX..<rect.maxX { put(Glyph(line), x: x, y: rect.y, role: role) }
  }

  private mutating func titles(
    _ title: String, _ role: StyleRole, _ trailing: String, _ trailingRole: StyleRole, on row: Rect
  ) {
    var room = row.width
    if !title.isEmpty {
      let text = " \(title) "
      room -= write(text, at: row.origin, width: room, role: role)
    }
    guard !trailing.isEmpty else { return }
    let text = " \(trailing) "
    // Half a remark says less than none.
    guard TextWidth.columns(text) < room else { return }
    write(text, endingAt: row.maxX, y: row.y, role: trailingRole)
  }

  private func first(of character: Character) -> Unicode.Scalar {
    character.unicodeScalars.first ?? " "
  }
}
