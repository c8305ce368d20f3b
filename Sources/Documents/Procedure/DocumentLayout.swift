import Display

/// Lays a document out line by line.
///
/// It reads what its look needs and no more: a line of a document that no rule understands is shown as it stands.
struct DocumentLayout {
  let lines: [String]
  private let isMarkdown: Bool
  private let width: Int
  private var index = 0
  private var done: [DocumentText.Row] = []

  init(_ text: String, isMarkdown: Bool, width: Int) {
    let text =
      text.unicodeScalars.first == "\u{FEFF}"
      ? text.unicodeScalars.dropFirst() : text.unicodeScalars[...]
    // A tab is no damage, which is what the sanitizer would make of it.
    var lines = String(text).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .map { Sanitizer.clean(String($0.map { $0 == "\t" ? " " : $0 })) }
    if lines.last?.isEmpty == true { lines.removeLast() }
    self.lines = lines
    self.isMarkdown = isMarkdown
    self.width = width
  }

  mutating func rows() -> [DocumentText.Row] {
    guard isMarkdown else {
      for line in lines.indices { code(line) }
      return done
    }
    if lines.first?.trimmedEnd == "---",
      let end = lines.indices.dropFirst().first(where: {
        ["---", "..."].contains(lines[$0].trimmedEnd)
      })
    {
      for line in 0...end { code(line) }
      index = end + 1
    }
    while index < lines.count { next() }
    return done
  }

  private mutating func next() {
    let line = lines[index]
    let start = line.drop { $0 == " " }
    let indent = line.count - start.count
    if start.isEmpty {
      add(.blank, [])
    } else if let fence = Self.fence(start) {
      codeBlock(closedBy: fence)
      return
    } else if let level = Self.headingLevel(start), indent < 4 {
      heading(start, level)
    } else if let level = underlineLevel(), indent < 4 {
      heading("# " + start, level)
      index += 1
      add(.rule, [.init(String(repeating: level == 1 ? "═" : "─", count: min(width, 40)), .frame)])
    } else if start.hasPrefix(">") {
      quote(start)
    } else if Self.isRule(start) {
      add(.rule, [.init(String(repeating: "─", count: width), .frame)])
    } else if isTable {
      table()
      return
    } else if let marker = Self.marker(start) {
      item(start, indent, marker)
    } else {
      wrapped(.text, InlineText.runs(of: String(start)), indent: min(indent, width / 2))
    }
    index += 1
  }

  // MARK: Rows

  private mutating func add(_ kind: DocumentText.Kind, _ runs: [DocumentText.Run]) {
    done.append(DocumentText.Row(line: index + 1, kind: kind, runs: runs))
  }

  /// Rows of one line, the later ones indented by `hanging` columns more.
  private mutating func wrapped(
    _ kind: DocumentText.Kind, _ runs: [DocumentText.Run], indent: Int = 0, hanging: Int = 0,
    before: DocumentText.Run? = nil
  ) {
    let room = width - indent - hanging
    for (number, row) in InlineText.wrap(runs, to: max(8, room)).enumerated() {
      var head: [DocumentText.Run] = []
      if indent > 0 { head.append(.init(String(repeating: " ", count: indent))) }
      if let before, number == 0 {
        head.append(before)
      } else if hanging > 0 {
        head.append(.init(String(repeating: " ", count: hanging)))
      }
      add(kind, head + row)
    }
  }

  private mutating func code(_ line: Int) {
    index = line
    let text = lines[line]
    var rest = Array(text)
    repeat {
      // Code is broken where the width ends: at a word something would be lost that a shell counts.
      var part: [Character] = []
      var columns = 0
      while let character = rest.first {
        columns += TextWidth.columns(String(character))
        if columns > width, !part.isEmpty { break }
        part.append(character)
        rest.removeFirst()
      }
      add(.code, part.isEmpty ? [] : [.init(String(part), .code)])
    } while !rest.isEmpty
  }

  private mutating func codeBlock(closedBy fence: String) {
    add(.rule, [.init("┄" + lines[index].drop { $0 == " " }.drop { $0 == fence.first }, .frame)])
    index += 1
    while index < lines.count {
      let text = lines[index].drop { $0 == " " }
      if text.hasPrefix(fence), text.allSatisfy({ $0 == fence.first || $0 == " " }) {
        add(.rule, [.init("┄", .frame)])
        index += 1
        return
      }
      code(index)
      index += 1
    }
  }

  private mutating func heading(_ start: Substring, _ level: Int) {
    var words = start.drop { $0 == "#" }.drop { $0 == " " }
    while words.last == "#" || words.last == " " { words.removeLast() }
    let runs = InlineText.runs(of: String(words)).map { DocumentText.Run($0.text, .strong) }
    wrapped(.heading(level), runs)
  }

  private mutating func heading(_ line: String, _ level: Int) { heading(Substring(line), level) }

  private mutating func quote(_ start: Substring) {
    let words = start.drop { $0 == ">" || $0 == " " }
    let depth = start.prefix { $0 == ">" || $0 == " " }.count { $0 == ">" }
    let bar = DocumentText.Run(String(repeating: "│ ", count: min(depth, 8)), .frame)
    for row in InlineText.wrap(InlineText.runs(of: String(words)), to: max(8, width - 2 * depth)) {
      add(.quote, [bar] + row)
    }
  }

  private mutating func item(_ start: Substring, _ indent: Int, _ marker: String) {
    let words = String(start.dropFirst(marker.count).drop { $0 == " " })
    let shown = ["-", "*", "+"].contains(marker) ? "•" : marker
    let indent = min(indent, width / 2)
    wrapped(
      .item, InlineText.runs(of: words), indent: indent, hanging: shown.count + 1,
      before: .init(shown + " ", .frame))
  }

  // MARK: Tables

  private var isTable: Bool {
    index + 1 < lines.count && lines[index].contains("|") && Self.isDelimiter(lines[index + 1])
  }

  private mutating func table() {
    var end = index
    while end < lines.count, lines[end].contains("|") { end += 1 }
    let first = index
    let table = DocumentTable(
      lines[first..<end].enumerated().filter { $0.offset != 1 }.map {
        Self.cells(of: $0.element).map(InlineText.runs)
      }, width: width)
    for number in first..<end where number != first + 1 {
      index = number
      let row = number == first ? 0 : number - first - 1
      for runs in table.rows(row) { add(.table, runs) }
      if number == first {
        index = first + 1
        add(.rule, [.init(table.underline, .frame)])
      }
    }
    index = end
  }

  static func cells(of line: String) -> [String] {
    var cells: [String] = [""]
    var isEscaped = false
    for character in line.trimmedEnd.drop(while: { $0 == " " }) {
      if character == "|", !isEscaped {
        cells.append("")
      } else {
        if character == "|", isEscaped { cells[cells.count - 1].removeLast() }
        cells[cells.count - 1].append(character)
      }
      isEscaped = character == "\\" && !isEscaped
    }
    if cells.first?.trimmedEnd.isEmpty == true { cells.removeFirst() }
    if cells.last?.trimmedEnd.isEmpty == true { cells.removeLast() }
    return cells.map { String($0.trimmedEnd.drop { $0 == " " }) }
  }

  private static func isDelimiter(_ line: String) -> Bool {
    line.contains("-") && line.contains("|") && line.allSatisfy { "|-: ".contains($0) }
  }

  // MARK: What a line is

  private static func fence(_ start: Substring) -> String? {
    for sign: Character in ["`", "~"] {
      let run = start.prefix { $0 == sign }
      if run.count >= 3, !start.dropFirst(run.count).contains("`") { return String(run) }
    }
    return nil
  }

  private static func headingLevel(_ start: Substring) -> Int? {
    let level = start.prefix { $0 == "#" }.count
    guard (1...6).contains(level) else { return nil }
    let rest = start.dropFirst(level)
    return rest.isEmpty || rest.first == " " ? level : nil
  }

  private func underlineLevel() -> Int? {
    guard index + 1 < lines.count, Self.marker(lines[index].drop { $0 == " " }) == nil else {
      return nil
    }
    let under = lines[index + 1].trimmedEnd
    guard under.count >= 2 else { return nil }
    if under.allSatisfy({ $0 == "=" }) { return 1 }
    return under.allSatisfy { $0 == "-" } ? 2 : nil
  }

  private static func isRule(_ start: Substring) -> Bool {
    let signs = start.filter { $0 != " " }
    guard signs.count >= 3, let first = signs.first, "-*_".contains(first) else { return false }
    return signs.allSatisfy { $0 == first }
  }

  /// `-`, `*`, `+`, `1.` or `2)` in front of a list item.
  private static func marker(_ start: Substring) -> String? {
    if let first = start.first, "-*+".contains(first), start.dropFirst().first == " " {
      return String(first)
    }
    let digits = start.prefix { $0.isASCII && $0.isNumber }
    let rest = start.dropFirst(digits.count)
    guard (1...9).contains(digits.count), let sign = rest.first, ".)".contains(sign),
      rest.dropFirst().first == " "
    else { return nil }
    return digits + String(sign)
  }
}

extension StringProtocol {
  fileprivate var trimmedEnd: String {
    var text = Substring(self)
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
