package import Display
package import Themes

/// Turns frames into text for files, pipes and views without a screen.
package enum AnsiPresenter {
  /// The rows, with colours and attributes where the tier of the sheet has any, each ended by a
  /// line feed. `nil` gives plain text.
  package static func text(_ frame: Frame, _ sheet: StyleSheet?) -> String {
    guard let sheet else { return frame.text }
    var text = ""
    for y in 0..<frame.size.height {
      var current = Style()
      for cell in frame.row(y) where cell.width > 0 {
        let style = sheet[cell.role]
        if style != current {
          text += sequence(for: style)
          current = style
        }
        var scalars = String.UnicodeScalarView()
        frame.glyph(of: cell).append(to: &scalars)
        text.unicodeScalars.append(contentsOf: scalars)
      }
      if current != Style() { text += "\u{1B}[0m" }
      while current == Style(), text.last == " " { text.removeLast() }
      text += "\n"
    }
    return text
  }

  /// The sequence that sets a style from any other.
  package static func sequence(for style: Style) -> String {
    var codes = ["0"]
    for (attribute, code) in attributeCodes where style.attributes.contains(attribute) {
      codes.append(code)
    }
    if let color = style.foreground { codes.append(Self.code(color, base: 30)) }
    if let color = style.background { codes.append(Self.code(color, base: 40)) }
    return "\u{1B}[\(codes.joined(separator: ";"))m"
  }

  private static let attributeCodes: [(Attributes, String)] = [
    (.bold, "1"), (.dim, "2"), (.italic, "3"), (.underline, "4"), (.reverse, "7"),
  ]

  private static func code(_ color: UInt8, base: Int) -> String {
    switch color {
    case 0..<8: String(base + Int(color))
    case 8..<16: String(base + 60 + Int(color) - 8)
    default: "\(base + 8);5;\(color)"
    }
  }
}
