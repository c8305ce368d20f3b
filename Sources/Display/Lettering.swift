/// How large a text is written: in plain cells, in capitals set apart, or in letters built of blocks.
///
/// Blocks are drawn in half cells, so that a dot of scale *n* is *n* columns wide and *n* half rows high, about square
/// on a terminal. ASCII has no half cells: there odd scales are drawn as the even one below, and scale 1 as ``spaced``.
package enum Lettering: Hashable, Sendable {
  case plain
  case spaced
  case blocks(scale: Int)

  /// Scales that blocks come in, the largest being as tall as half a big screen.
  package static let scales = 1...12

  /// Rows of one line.
  package var rows: Int {
    switch self {
    case .plain, .spaced: 1
    case .blocks(let scale): (LetterForms.height * scale + 1) / 2
    }
  }

  /// Columns of a text; nil where a character has no form in this lettering.
  package func columns(_ text: String) -> Int? {
    switch self {
    case .plain: return TextWidth.columns(text)
    case .spaced: return TextWidth.columns(Self.setApart(text))
    case .blocks(let scale):
      guard let forms = LetterForms.forms(of: text) else { return nil }
      return max(0, forms.reduce(0) { $0 + $1.width + 1 } - 1) * scale
    }
  }

  /// A text cut at its spaces into lines that fit; nil where a word does not, or a character has no form.
  package func lines(_ text: String, width: Int) -> [String]? {
    var lines: [String] = []
    for word in text.split(separator: " ").map(String.init) {
      guard let columns = columns(word), columns <= width else { return nil }
      if let last = lines.last, let joined = self.columns("\(last) \(word)"), joined <= width {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(word)
      }
    }
    return lines
  }

  /// Rows that lines take, with one between lines of blocks.
  package func height(lines: Int) -> Int {
    switch self {
    case .plain, .spaced: lines
    case .blocks: lines == 0 ? 0 : lines * (rows + 1) - 1
    }
  }

  /// The largest lettering in which a text fits a width and so many rows, and its lines; nil where nothing fits.
  package static func largest(
    for text: String, width: Int, rows: Int, below limit: Int = Self.scales.upperBound
  ) -> (lettering: Self, lines: [String])? {
    let scales = Self.scales.reversed().filter { $0 <= limit }
    for lettering in scales.map({ Self.blocks(scale: $0) }) + [.spaced, .plain] {
      guard let lines = lettering.lines(text, width: width) else { continue }
      if lettering.height(lines: lines.count) <= rows { return (lettering, lines) }
    }
    return nil
  }

  /// `CALL ADA` as `C A L L   A D A`.
  fileprivate static func setApart(_ text: String) -> String {
    text.uppercased().split(separator: " ").map { word in
      word.map(String.init).joined(separator: " ")
    }.joined(separator: "   ")
  }
}

extension Frame {
  /// Writes one line in a lettering and answers the columns it took; a text without forms is written plain.
  ///
  /// Blocks fill their whole rectangle in the one role, so that a digit that changes needs no change of style on its way
  /// to the terminal.
  @discardableResult
  package mutating func write(
    _ text: String, in lettering: Lettering, at point: Point, role: StyleRole
  ) -> Int {
    switch lettering {
    case .plain: return write(text, at: point, role: role)
    case .spaced: return write(Lettering.setApart(text), at: point, role: role)
    case .blocks(let scale):
      guard let forms = LetterForms.forms(of: text), let columns = lettering.columns(text) else {
        return write(text, at: point, role: role)
      }
      fill(Rect(x: point.x, y: point.y, width: columns, height: lettering.rows), role: role)
      guard !glyphs.isASCII || scale > 1 else {
        return write(text.uppercased(), at: Point(x: point.x, y: point.y + 1), role: role)
      }
      draw(forms, scale: scale, at: point, role: role)
      return columns
    }
  }

  private mutating func draw(
    _ forms: [LetterForms.Form], scale: Int, at point: Point, role: StyleRole
  ) {
    // Without half cells both halves of a row show the same dot.
    let step = glyphs.isASCII ? scale - scale % 2 : scale
    var x = point.x
    for form in forms {
      for column in 0..<form.width {
        for row in 0..<(LetterForms.height * step + 1) / 2 {
          let upper = form.hasDot(column: column, row: row * 2 / step)
          let below = (row * 2 + 1) / step
          let lower = below < LetterForms.height && form.hasDot(column: column, row: below)
          guard upper || lower else { continue }
          let cell: Character = upper && lower ? glyphs.full : upper ? "▀" : "▄"
          fill(
            Rect(x: x + column * scale, y: point.y + row, width: scale, height: 1), with: cell,
            role: role)
        }
      }
      x += (form.width + 1) * scale
    }
  }
}
