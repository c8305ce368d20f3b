/// Collects glyphs into lines of a given width; breaks at blanks where there are any.
struct LineWrapper {
  private let width: Int
  private var lines: [String] = []
  private var line: [Glyph] = []
  private var columns = 0
  /// Where the line may be broken: just after its last blank.
  private var lastBreak: Int?
  /// Whether the line goes on from the one before it; blanks at its start are then dropped.
  private var continues = false

  init(width: Int) { self.width = width }

  mutating func add(_ glyph: Glyph) {
    if glyph.base == "\n" {
      endLine(at: line.count)
      continues = false
      return
    }
    let glyph = glyph.width > width ? Glyph("?") : glyph
    if columns + glyph.width > width {
      // A blank that does not fit is the break itself.
      if glyph.base == " " && !glyph.hasMarks {
        endLine(at: line.count)
        continues = true
        return
      }
      endLine(at: lastBreak ?? line.count)
      continues = true
    }
    if continues, line.isEmpty, glyph.base == " ", !glyph.hasMarks { return }
    line.append(glyph)
    columns += glyph.width
    if glyph.base == " ", line.contains(where: { $0.base != " " }) { lastBreak = line.count }
  }

  mutating func finish() -> [String] {
    endLine(at: line.count)
    return lines
  }

  /// Ends the line before the given glyph, which begins the next one.
  private mutating func endLine(at index: Int) {
    var end = index
    while end > 0, line[end - 1].base == " ", !line[end - 1].hasMarks { end -= 1 }
    var scalars = String.UnicodeScalarView()
    for glyph in line[..<end] { glyph.append(to: &scalars) }
    lines.append(String(scalars))
    line.removeFirst(index)
    columns = line.reduce(0) { $0 + $1.width }
    lastBreak = nil
  }
}
