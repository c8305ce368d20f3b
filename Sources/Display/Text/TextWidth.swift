/// How text fits columns: the one source of widths for drawing, cutting, wrapping and padding.
///
/// Every function measures and returns harmless text (see ``Sanitizer``).
package enum TextWidth {
  package enum Alignment: Sendable { case left, right, center }

  /// Columns the text takes on one line.
  package static func columns(_ text: String) -> Int {
    if Sanitizer.isPlain(text) { return text.utf8.count }
    var columns = 0
    Sanitizer.forEachGlyph(of: text) { glyph in
      columns += glyph.width
      return true
    }
    return columns
  }

  /// The text if it fits, else as much of it as leaves a column for the ellipsis.
  package static func truncate(
    _ text: String, to width: Int, ellipsis: Character = Glyphs.utf8.ellipsis
  ) -> String {
    guard width > 0 else { return "" }
    if Sanitizer.isPlain(text) && text.utf8.count <= width { return text }
    var kept: [Glyph] = []
    var columns = 0
    var overflows = false
    Sanitizer.forEachGlyph(of: text) { glyph in
      overflows = columns + glyph.width > width
      if !overflows {
        kept.append(glyph)
        columns += glyph.width
      }
      return !overflows
    }
    while overflows, columns > width - 1, let last = kept.popLast() { columns -= last.width }
    var scalars = String.UnicodeScalarView()
    for glyph in kept { glyph.append(to: &scalars) }
    return overflows ? String(scalars) + String(ellipsis) : String(scalars)
  }

  /// The text in exactly `width` columns: cut with the ellipsis or filled up with blanks.
  package static func fit(
    _ text: String, to width: Int, _ alignment: Alignment = .left,
    ellipsis: Character = Glyphs.utf8.ellipsis
  ) -> String {
    let cut = truncate(text, to: width, ellipsis: ellipsis)
    let missing = max(0, width - columns(cut))
    if missing == 0 { return cut }
    let before =
      switch alignment {
      case .left: 0
      case .right: missing
      case .center: missing / 2
      }
    return String(repeating: " ", count: before) + cut
      + String(repeating: " ", count: missing - before)
  }

  /// Breaks text into lines of at most `width` columns: at line feeds, else between words, else
  /// where it must be. There is at least one line, and none is lost.
  ///
  /// A character of two columns in a width of one becomes `?`.
  package static func wrap(_ text: String, to width: Int) -> [String] {
    var wrapper = LineWrapper(width: max(1, width))
    Sanitizer.forEachGlyph(of: text, .multiLine) { glyph in
      wrapper.add(glyph)
      return true
    }
    return wrapper.finish()
  }
}
