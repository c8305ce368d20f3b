import Display

/// Untrusted text made harmless for the place that it goes to.
package enum Harmless {
  /// One line of Markdown in which the text means only itself: no markup, link, image, mention or HTML.
  package static func markdown(_ text: String) -> String {
    let clean = Array(Sanitizer.clean(text).unicodeScalars)
    var result = String.UnicodeScalarView()
    for (index, scalar) in clean.enumerated() {
      switch scalar {
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      case "<": result.append(contentsOf: "&lt;".unicodeScalars)
      case ">": result.append(contentsOf: "&gt;".unicodeScalars)
      case "\\", "`", "*", "_", "[", "]", "|", "~", "#", "@", "$":
        result.append("\\")
        result.append(scalar)
      case ":" where clean[(index + 1)...].prefix(2).elementsEqual(["/", "/"]):
        // Addresses that nobody meant as links stay words.
        result.append(contentsOf: "\\:".unicodeScalars)
      case "." where isAfterWWW(clean, index):
        result.append(contentsOf: "\\.".unicodeScalars)
      case "-", "+", "=":
        if index == 0 { result.append("\\") }
        result.append(scalar)
      case ".", ")":
        if isAfterNumber(clean, index) { result.append("\\") }
        result.append(scalar)
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  private static func isAfterWWW(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
    index >= 3 && scalars[(index - 3)..<index].allSatisfy { $0 == "w" || $0 == "W" }
  }

  /// At the beginning of a line a number with a full stop or a bracket would begin a list.
  private static func isAfterNumber(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
    (1...9).contains(index) && scalars[..<index].allSatisfy { ("0"..."9").contains($0) }
  }

  /// Text for the content and the attributes of HTML and SVG.
  package static func html(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in Sanitizer.clean(text).unicodeScalars {
      switch scalar {
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      case "<": result.append(contentsOf: "&lt;".unicodeScalars)
      case ">": result.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
      case "'": result.append(contentsOf: "&#39;".unicodeScalars)
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// A cell of CSV: quoted where needed, its lines kept, and never a formula.
  package static func csv(_ text: String) -> String {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    var cell = lines.map { Sanitizer.clean(String($0)) }.joined(separator: "\n")
    if let first = cell.first(where: { $0 != " " }), "=+-@".contains(first) { cell = "'" + cell }
    guard cell.contains(where: { "\",\n".contains($0) }) else { return cell }
    return "\""
      + cell.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }
}
