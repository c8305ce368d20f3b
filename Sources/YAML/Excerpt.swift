/// The line of a document at which something is wrong, and a sign under the place.
package struct Excerpt: Hashable, Sendable {
  /// The line's text, or a stretch of it around the place, fit for a terminal.
  package var text: String
  /// How far the sign stands from the left, in characters of `text`; nil where only the line is known.
  package var caret: Int?
  /// 1-based.
  package var line: Int

  /// Cuts the line out of a document; nil where there is no such line.
  ///
  /// `line` and `column` are 1-based, `column` counts Unicode scalars and 0 stands for the whole line. At most `width`
  /// characters are taken; control and direction characters become `?`.
  package init?(of bytes: [UInt8], line: Int, column: Int, width: Int = 76) {
    guard line >= 1 else { return nil }
    let lines = bytes.split(
      separator: UInt8(ascii: "\n"), maxSplits: line, omittingEmptySubsequences: false)
    guard line <= lines.count else { return nil }
    var scalars = String(decoding: lines[line - 1], as: UTF8.self).unicodeScalars.map(Self.harmless)
    if lines[line - 1].last == UInt8(ascii: "\r") { scalars.removeLast() }
    var place = min(max(0, column - 1), scalars.count)
    if scalars.count > width {
      let start = min(max(0, place - width / 2), scalars.count - width)
      scalars = Array(scalars[start..<start + width])
      place -= start
    }
    self.line = line
    caret = column >= 1 ? place : nil
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    self.text = String(text)
  }

  /// Two lines: `12 | severity: P9` and a caret below.
  package var description: String {
    let number = String(line)
    guard let caret else { return "\(number) | \(text)" }
    let margin = String(repeating: " ", count: number.count)
    return "\(number) | \(text)\n\(margin) | \(String(repeating: " ", count: caret))^"
  }

  private static func harmless(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if scalar == "\t" { return " " }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: return "?"
    default: return scalar
    }
  }
}
