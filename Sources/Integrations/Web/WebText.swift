/// Text as it stands in addresses, forms and marked-up messages.
package enum WebText {
  /// Everything but unreserved characters as `%41`.
  package static func percentEncoded(_ text: String) -> String {
    var encoded = ""
    for byte in text.utf8 {
      let scalar = Unicode.Scalar(byte)
      let isPlain =
        (97...122).contains(byte) || (65...90).contains(byte) || (48...57).contains(byte)
        || [45, 46, 95, 126].contains(byte)
      if isPlain {
        encoded.unicodeScalars.append(scalar)
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        encoded += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return encoded
  }

  package static func form(_ fields: [(String, String)]) -> String {
    fields.map { "\(percentEncoded($0.0))=\(percentEncoded($0.1))" }.joined(separator: "&")
  }

  /// What is secret in an address that whoever has it may use: all behind its host, and each longer part of that.
  package static func secrets(of url: String) -> [String] {
    let parts = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
    guard parts.count == 4, !parts[3].isEmpty else { return [] }
    let pieces = parts[3].split { "/?&=#".contains($0) }.map(String.init)
    return [url, "/" + parts[3]] + pieces.filter { $0.utf8.count >= 8 }
  }

  /// Words by which nobody is called: a sign of no width keeps an @ from beginning a name. Mail addresses stay.
  static func withoutMentions(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var isInWord = false
    for scalar in text.unicodeScalars {
      result.append(scalar)
      if scalar == "@", !isInWord { result.append("\u{200B}") }
      isInWord = scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
    }
    return String(result)
  }

  /// Words of a chat that knows Markdown, in which these signs mean only themselves. Addresses stay what they are, as
  /// they are shown as such.
  static func escaped(_ signs: String, in text: String) -> String {
    var result = ""
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if !result.isEmpty || line.startIndex > text.startIndex { result += "\n" }
      let words = line.split(separator: " ", omittingEmptySubsequences: false)
      result += words.map { word in
        if word.hasPrefix("https://") || word.hasPrefix("http://") { return String(word) }
        return word.reduce(into: "") { $0 += signs.contains($1) ? "\\\($1)" : String($1) }
      }.joined(separator: " ")
    }
    return result
  }

  package static func xmlEscaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      default: if scalar.value >= 32 || scalar == "\n" { escaped.unicodeScalars.append(scalar) }
      }
    }
    return escaped
  }
}
