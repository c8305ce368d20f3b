/// A grid of cells that screens draw into and a terminal, a file or a test shows.
///
/// Drawing never fails: what lies outside of the frame or of the current clip is left out. Each row
/// takes exactly `size.width` columns, whatever was drawn.
package struct Frame: Sendable {
  package let size: Size
  /// The symbols boxes and ellipses are drawn with.
  package var glyphs: Glyphs
  /// Where the terminal shows its cursor; `nil` hides it.
  package var cursor: Point?
  private(set) var cells: [Cell]
  private(set) var clusters: [Glyph] = []
  private(set) var clip: Rect

  package init(_ size: Size, glyphs: Glyphs = .utf8, role: StyleRole = .text) {
    self.size = size
    self.glyphs = glyphs
    self.clip = Rect(size)
    self.cells = Array(repeating: .blank(role), count: size.width * size.height)
  }

  package var bounds: Rect { Rect(size) }

  /// Draws with everything outside of `rect` left as it is.
  package mutating func clipped(to rect: Rect, _ draw: (inout Frame) -> Void) {
    let outer = clip
    clip = clip.intersection(rect)
    draw(&self)
    clip = outer
  }

  // MARK: Reading

  package func cell(at point: Point) -> Cell? {
    bounds.contains(point) ? cells[point.y * size.width + point.x] : nil
  }

  /// The character a cell of width 1 or 2 begins.
  package func glyph(of cell: Cell) -> Glyph {
    if cell.code >= Cell.clusterBase { return clusters[Int(cell.code - Cell.clusterBase)] }
    return Glyph(Unicode.Scalar(cell.code) ?? "\u{FFFD}", width: Int(cell.width))
  }

  /// The cells of a row from left to right; none when there is no such row.
  package func row(_ y: Int) -> ArraySlice<Cell> {
    guard y >= 0, y < size.height else { return [] }
    return cells[y * size.width..<(y + 1) * size.width]
  }

  /// Whether a row shows the same as that row of another frame of the same width.
  package func row(_ y: Int, equals other: Frame) -> Bool {
    guard size.width == other.size.width, y < size.height, y < other.size.height else {
      return false
    }
    for index in y * size.width..<(y + 1) * size.width {
      let mine = cells[index]
      let theirs = other.cells[index]
      if mine.role != theirs.role || mine.width != theirs.width { return false }
      if mine.code == theirs.code && mine.code < Cell.clusterBase { continue }
      if mine.code < Cell.clusterBase || theirs.code < Cell.clusterBase { return false }
      if glyph(of: mine) != other.glyph(of: theirs) { return false }
    }
    return true
  }

  // MARK: Cells

  /// Puts one glyph at a place within the clip; whatever it half covers becomes blank.
  mutating func put(_ glyph: Glyph, x: Int, y: Int, role: StyleRole) {
    guard y >= clip.minY, y < clip.maxY, x < clip.maxX, x + glyph.width > clip.minX else { return }
    if glyph.width == 2 && (x < clip.minX || x + 1 >= clip.maxX) {
      set(.blank(role), x: x < clip.minX ? x + 1 : x, y: y)
      return
    }
    var cell = Cell(glyph.base, role: role, width: UInt8(glyph.width))
    if glyph.hasMarks {
      cell.code = Cell.clusterBase + UInt32(clusters.count)
      clusters.append(glyph)
    }
    if glyph.width == 2 { set(.blank(role), x: x + 1, y: y) }
    set(cell, x: x, y: y)
    if glyph.width == 2 { cells[y * size.width + x + 1] = Cell(code: 0, role: role, width: 0) }
  }

  /// Replaces a cell and mends the halves of what it cuts; the place must be in the frame.
  private mutating func set(_ cell: Cell, x: Int, y: Int) {
    let index = y * size.width + x
    switch cells[index].width {
    case 0 where x > 0: cells[index - 1] = .blank(cells[index - 1].role)
    case 2: cells[index + 1] = .blank(cells[index + 1].role)
    default: break
    }
    cells[index] = cell
  }

  /// Writes printable ASCII; `x` and the bytes lie within the clip.
  mutating func putPlain(
    _ bytes: Slice<UnsafeBufferPointer<UInt8>>, x: Int, y: Int, role: StyleRole
  ) {
    guard !bytes.isEmpty else { return }
    set(.blank(role), x: x, y: y)
    if bytes.count > 1 { set(.blank(role), x: x + bytes.count - 1, y: y) }
    var index = y * size.width + x
    for byte in bytes {
      cells[index] = Cell(code: UInt32(byte), role: role, width: 1)
      index += 1
    }
  }

  /// Gives everything in a rectangle another role and keeps the text.
  package mutating func restyle(_ rect: Rect, role: StyleRole) {
    let area = rect.intersection(clip)
    for y in area.minY..<area.maxY {
      for index in y * size.width + area.minX..<y * size.width + area.maxX {
        cells[index].role = role
      }
    }
  }

  /// Copies another frame with its upper left corner at `point`.
  package mutating func blit(_ other: Frame, at point: Point) {
    for y in 0..<other.size.height {
      for x in 0..<other.size.width {
        let cell = other.cells[y * other.size.width + x]
        if cell.width == 0 { continue }
        put(other.glyph(of: cell), x: point.x + x, y: point.y + y, role: cell.role)
      }
    }
  }
}

extension Frame: Equatable {
  package static func == (one: Frame, other: Frame) -> Bool {
    one.size == other.size && one.cursor == other.cursor
      && (0..<one.size.height).allSatisfy { one.row($0, equals: other) }
  }
}
