/// What is to be written as YAML.
package indirect enum YAMLValue: Hashable, Sendable {
  case text(String)
  case integer(Int)
  case boolean(Bool)
  case null
  case list([YAMLValue])
  case map([Entry])

  package struct Entry: Hashable, Sendable {
    package var key: String
    package var value: YAMLValue

    package init(_ key: String, _ value: YAMLValue) {
      self.key = key
      self.value = value
    }
  }
}

extension YAMLValue {
  /// The document in block style, two spaces a level, with a line break at its end; reading it gives the same values.
  package var yaml: String {
    var writer = YAMLWriter()
    writer.writeDocument(self)
    return writer.output
  }
}

private struct YAMLWriter {
  private(set) var output = ""

  mutating func writeDocument(_ value: YAMLValue) {
    switch value {
    case .map(let entries) where !entries.isEmpty: write(entries, level: 0, firstIsIndented: false)
    case .list(let items) where !items.isEmpty: write(items, level: 0, firstIsIndented: false)
    default: writeScalar(value, level: 0)
    }
  }

  private mutating func write(_ entries: [YAMLValue.Entry], level: Int, firstIsIndented: Bool) {
    for (index, entry) in entries.enumerated() {
      if index > 0 || !firstIsIndented { indent(level) }
      output += scalar(entry.key)
      output += ":"
      switch entry.value {
      case .map(let inner) where !inner.isEmpty:
        output += "\n"
        write(inner, level: level + 1, firstIsIndented: false)
      case .list(let inner) where !inner.isEmpty:
        output += "\n"
        write(inner, level: level + 1, firstIsIndented: false)
      default:
        output += " "
        writeScalar(entry.value, level: level + 1)
      }
    }
  }

  private mutating func write(_ items: [YAMLValue], level: Int, firstIsIndented: Bool) {
    for (index, item) in items.enumerated() {
      if index > 0 || !firstIsIndented { indent(level) }
      output += "- "
      switch item {
      case .map(let inner) where !inner.isEmpty:
        write(inner, level: level + 1, firstIsIndented: true)
      case .list(let inner) where !inner.isEmpty:
        write(inner, level: level + 1, firstIsIndented: true)
      default:
        writeScalar(item, level: level + 1)
      }
    }
  }

  private mutating func writeScalar(_ value: YAMLValue, level: Int) {
    switch value {
    case .text(let text):
      if let block = literalBlock(text, level: max(level, 1)) {
        output += block
        return
      }
      output += scalar(text)
    case .integer(let number): output += String(number)
    case .boolean(let flag): output += flag ? "true" : "false"
    case .null: output += "null"
    case .list: output += "[]"
    case .map: output += "{}"
    }
    output += "\n"
  }

  private mutating func indent(_ level: Int) {
    output += String(repeating: "  ", count: level)
  }

  // MARK: Texts

  private func scalar(_ text: String) -> String {
    Self.isSafePlain(text) ? text : Self.quoted(text)
  }

  /// A letter or a count first, then nothing that YAML could take for a sign, and no word that it takes for a value.
  private static func isSafePlain(_ text: String) -> Bool {
    let words = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"]
    guard let first = text.unicodeScalars.first, text.unicodeScalars.last != " ",
      first.properties.isAlphabetic || isCount(text), !words.contains(text.lowercased())
    else { return false }
    return text.unicodeScalars.allSatisfy { scalar in
      isPrintable(scalar)
        && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil
          || " _./-()'+%=;".unicodeScalars.contains(scalar))
    }
  }

  /// `15m`, `1h30m`, `2 business days`: begins with a digit, and no reader takes it for a number or a day.
  private static func isCount(_ text: String) -> Bool {
    guard text.utf8.first.map({ (48...57).contains($0) }) == true,
      text.unicodeScalars.contains(where: \.properties.isAlphabetic)
    else { return false }
    return text.contains(" ") || text.allSatisfy { "0123456789hms-+".contains($0) }
  }

  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned,
      .surrogate:
      false
    default: true
    }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where isPrintable(scalar): result.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16)
        let width = scalar.value <= 0xFF ? 2 : scalar.value <= 0xFFFF ? 4 : 8
        result += width == 2 ? "\\x" : width == 4 ? "\\u" : "\\U"
        result += String(repeating: "0", count: width - digits.count) + digits
      }
    }
    return result + "\""
  }

  /// Text of several lines as it is; nil where only quotes keep it (one line, odd characters, a space or a break first).
  private func literalBlock(_ text: String, level: Int) -> String? {
    let scalars = text.unicodeScalars
    guard scalars.contains("\n"), let first = scalars.first, first != "\n", first != " ",
      first != "\t",
      scalars.allSatisfy({ $0 == "\n" || $0 == "\t" || Self.isPrintable($0) })
    else { return nil }
    let body: Substring
    var head = "|-"
    if text.hasSuffix("\n") {
      body = text.dropLast()
      head = body.hasSuffix("\n") ? "|+" : "|"
    } else {
      body = text[...]
    }
    let margin = String(repeating: "  ", count: level)
    var result = head + "\n"
    for line in body.split(separator: "\n", omittingEmptySubsequences: false) {
      result += line.isEmpty ? "\n" : margin + line + "\n"
    }
    return result
  }
}
