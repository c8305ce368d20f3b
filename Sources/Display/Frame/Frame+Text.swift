extension Frame {
  /// The rows as plain text, each as wide as the frame.
  package var rows: [String] {
    (0..<size.height).map { y in
      var scalars = String.UnicodeScalarView()
      for cell in row(y) where cell.width > 0 { glyph(of: cell).append(to: &scalars) }
      return String(scalars)
    }
  }

  /// The rows without blanks at their ends, each ended by a line feed.
  package var text: String {
    rows.map { Self.trimmed($0) + "\n" }.joined()
  }

  /// The second grid of a snapshot: a letter for each cell's role, a blank where plain text is blank.
  package var roles: String {
    (0..<size.height).map { y in
      var letters = ""
      for cell in row(y) {
        let isBlank = cell.role == .text && cell.code == 0x20
        letters.append(isBlank ? " " : cell.role.letter)
      }
      return Self.trimmed(letters) + "\n"
    }.joined()
  }

  /// The roles in this frame with their letters, one a line, in the order of ``StyleRole``.
  package var legend: String {
    let used = Set(cells.map(\.role))
    return StyleRole.allCases.filter { used.contains($0) && $0 != .text }
      .map { "\($0.letter) \($0.rawValue)\n" }.joined()
  }

  private static func trimmed(_ line: String) -> String {
    var line = line[...]
    while line.last == " " { line.removeLast() }
    return String(line)
  }
}
