/// The comments that people write into a file of decisions, which survive when it is written again.
///
/// A comment belongs to the entry that it stands above or in, one behind the last entry to that one.
struct ReviewComments {
  /// Of each entry, without their marks.
  private(set) var ofEntries: [[String]]

  /// `entries` are the 1-based lines on which the entries begin, in order.
  init(_ bytes: [UInt8], entries: [Int]) {
    ofEntries = Array(repeating: [], count: entries.count)
    guard let first = entries.first else { return }
    let text = String(decoding: bytes, as: UTF8.self)
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    guard lines.indices.contains(first - 1) else { return }
    let margin = Self.indent(of: lines[first - 1])
    // How far the key of a text over several lines is indented, while its lines go on.
    var block: Int?
    var entry = -1
    for (index, line) in lines.enumerated() {
      let indent = Self.indent(of: line)
      if let outer = block {
        if indent > outer || line.allSatisfy(\.isWhitespace) { continue }
        block = nil
      }
      if Self.opensBlock(line) { block = indent }
      while entry + 1 < entries.count, entries[entry + 1] <= index + 1 { entry += 1 }
      guard let comment = Self.comment(of: line), !Self.isOwn(comment) else { continue }
      // On a line of its own and as far out as the entries it stands above the next one.
      let isAbove = line.drop { $0 == " " }.hasPrefix("#") && indent <= margin
      let place = isAbove ? min(entry + 1, entries.count - 1) : max(entry, 0)
      ofEntries[place].append(comment)
    }
  }

  /// The text of the file with the comments above their entries.
  static func writing(_ comments: [[String]], into yaml: String) -> String {
    var lines: [String] = []
    var entry = 0
    var margin: Int?
    for line in yaml.split(separator: "\n", omittingEmptySubsequences: false) {
      let indent = indent(of: line)
      if line.dropFirst(indent).hasPrefix("- line:"), margin ?? indent == indent,
        comments.indices.contains(entry)
      {
        margin = indent
        let blanks = String(repeating: " ", count: indent)
        lines += comments[entry].map { "\(blanks)# \($0)" }
        entry += 1
      }
      lines.append(String(line))
    }
    return lines.joined(separator: "\n")
  }

  private static func indent(of line: Substring) -> Int { line.prefix { $0 == " " }.count }

  /// Whether a text follows on lines of its own, in which a hash is no comment.
  private static func opensBlock(_ line: Substring) -> Bool {
    guard let colon = line.firstIndex(of: ":") else { return false }
    let value = line[line.index(after: colon)...].drop { $0 == " " }.prefix { $0 != " " }
    return value.first.map { "|>".contains($0) } == true && value.count <= 3
  }

  private static func comment(of line: Substring) -> String? {
    var quote: Character?
    var last: Character?
    // A quote opens only where a value begins.
    var isValue = true
    for index in line.indices {
      let character = line[index]
      if let open = quote {
        if character == open, last != "\\" || open == "'" { quote = nil }
      } else if isValue, character == "\"" || character == "'" {
        quote = character
      } else if character == "#", last == nil || last == " " {
        return String(line[line.index(after: index)...].drop { $0 == " " })
      }
      if character != " " { isValue = quote == nil && (character == ":" || character == "-") }
      last = character
    }
    return nil
  }

  /// The lines that every file begins with.
  private static func isOwn(_ comment: String) -> Bool {
    [
      "What the team has decided about ", "decision: confirmed | struck",
      "'muster procedure review",
    ].contains { comment.hasPrefix($0) }
  }
}
