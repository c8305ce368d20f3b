/// A sentence of the document's prose, joined over its lines.
struct Sentence: Sendable {
  var text: String {
    didSet { folded = Folded(text) }
  }
  private(set) var folded: Folded
  var section: Int
  /// The label of the line it stands in, if it has one.
  var label: String?
  /// The line of an offset in the text's scalars.
  var starts: [(offset: Int, line: Int)]
  var isItem: Bool
  var isCell = false
  /// What a cell's column is called.
  var head = ""
  /// The text before the list it stands in.
  var leadIn: String

  /// In characters; what is longer is cut, so that every rule stays a small piece of work.
  static let longest = 1000

  init(
    text: String, section: Int, label: String? = nil, starts: [(offset: Int, line: Int)],
    isItem: Bool, leadIn: String = ""
  ) {
    self.text = text
    folded = Folded(text)
    self.section = section
    self.label = label
    self.starts = starts
    self.isItem = isItem
    self.leadIn = leadIn
  }

  func line(at offset: Int) -> Int {
    starts.last { $0.offset <= offset }?.line ?? starts.first?.line ?? 0
  }

  /// The text from one offset to another, or to the end.
  func part(_ start: Int, _ end: Int?) -> String {
    let scalars = Array(text.unicodeScalars)
    let end = min(end ?? scalars.count, scalars.count)
    return start < end ? String(String.UnicodeScalarView(scalars[start..<end])) : ""
  }

  var line: Int { starts.first?.line ?? 0 }
}

extension Reading {
  /// All sentences outside code blocks and quotations, in order.
  func findSentences() -> [Sentence] {
    var found: [Sentence] = []
    for (index, section) in outline.sections.enumerated() {
      var leadIn = ""
      for block in section.blocks {
        collect(block, index, leadIn, isItem: false, &found)
        if case .paragraph = block.kind {
          leadIn = block.lines.last?.text ?? ""
        } else {
          leadIn = ""
        }
      }
    }
    return joined(found)
  }

  /// What stands in quotations, and in code blocks that hold neither commands nor a text to send.
  func quotedSentences() -> [Sentence] {
    var found: [Sentence] = []
    func collectQuoted(_ block: Block, _ section: Int) {
      guard !templateLines.contains(block.line) else { return }
      switch block.kind {
      case .quote:
        for child in block.children {
          if child.kind == .quote { collectQuoted(child, section) }
          collect(child, section, "", isItem: false, &found)
        }
      case .fence:
        guard ![.commands, .code, .boxes].contains(block.fenceRole) else { return }
        for line in block.lines where line.text.utf8.count <= 4 * Sentence.longest {
          found.append(
            Sentence(
              text: line.text, section: section, starts: [(0, line.number)], isItem: false))
        }
      case .list, .item: for child in block.children { collectQuoted(child, section) }
      default: break
      }
    }
    for (index, section) in outline.sections.enumerated() {
      for block in section.blocks { collectQuoted(block, index) }
    }
    return found
  }

  /// "Sev1 and Sev2 only." belongs to the sentence before.
  private func joined(_ sentences: [Sentence]) -> [Sentence] {
    var joined: [Sentence] = []
    for sentence in sentences {
      let folded = sentence.folded
      if let last = joined.last, !sentence.isCell, last.section == sentence.section,
        sentence.line - last.line <= 1, folded.words.count <= 7, folded.has(.only),
        !names.mentioned(in: sentence.text).isEmpty, SpanReader.spans(in: sentence.text).isEmpty
      {
        let offset = last.text.unicodeScalars.count + 1
        joined[joined.count - 1].text += " " + sentence.text
        joined[joined.count - 1].starts += sentence.starts.map { ($0.offset + offset, $0.line) }
      } else {
        joined.append(sentence)
      }
    }
    return joined
  }

  private func collect(
    _ block: Block, _ section: Int, _ leadIn: String, isItem: Bool, _ found: inout [Sentence]
  ) {
    switch block.kind {
    case .paragraph:
      for group in Self.groups(block.lines) {
        cut(group, section, leadIn, isItem, &found)
      }
    case .list:
      for item in block.children { collect(item, section, leadIn, isItem: true, &found) }
    case .item:
      let text = block.firstLine?.label ?? block.text
      for (index, child) in block.children.enumerated() {
        collect(child, section, index == 0 ? leadIn : text, isItem: true, &found)
      }
    case .table:
      for row in block.rows.dropFirst() {
        for (column, cell) in row.cells.enumerated()
        where cell.utf8.count <= 4 * Sentence.longest {
          var sentence = Sentence(
            text: cell, section: section, starts: [(0, row.line)], isItem: false)
          sentence.isCell = true
          let header = block.rows[0].cells
          sentence.head = header.indices.contains(column) ? header[column] : ""
          found.append(sentence)
        }
      }
    default: break
    }
  }

  /// Lines that each begin with a label stand alone; others flow together.
  private static func groups(_ lines: [TextLine]) -> [[TextLine]] {
    var groups: [[TextLine]] = []
    for line in lines {
      let isNew =
        line.strong != nil && line.label != nil
        && (line.rest.hasPrefix(":") || (line.strong ?? "").hasSuffix(":"))
      if isNew || groups.isEmpty {
        groups.append([line])
      } else {
        groups[groups.count - 1].append(line)
      }
    }
    return groups
  }

  private func cut(
    _ lines: [TextLine], _ section: Int, _ leadIn: String, _ isItem: Bool,
    _ found: inout [Sentence]
  ) {
    var scalars: [Unicode.Scalar] = []
    var starts: [(Int, Int)] = []
    for line in lines {
      if !scalars.isEmpty { scalars.append(" ") }
      starts.append((scalars.count, line.number))
      scalars += Array(line.text.unicodeScalars)
    }
    var start = 0
    func close(_ end: Int) {
      let text = String(String.UnicodeScalarView(scalars[start..<end]))
      defer { start = end }
      guard !text.trimmed.isEmpty else { return }
      let first = start
      let before = starts.last { $0.0 <= first }?.1 ?? lines[0].number
      let inside = starts.filter { $0.0 > first && $0.0 < end }.map { ($0.0 - first, $0.1) }
      found.append(
        Sentence(
          text: text, section: section, label: start == 0 ? lines[0].label : nil,
          starts: [(0, before)] + inside, isItem: isItem, leadIn: leadIn))
    }
    for (index, scalar) in scalars.enumerated()
    where Self.ends(scalars, index, scalar) || index - start > Sentence.longest && scalar == " " {
      close(index + 1)
    }
    close(scalars.count)
  }

  private static func ends(
    _ scalars: [Unicode.Scalar], _ index: Int, _ scalar: Unicode.Scalar
  ) -> Bool {
    if scalar == "。" || scalar == "；" { return true }
    guard scalar == "." || scalar == "!" || scalar == "?" || scalar == ";",
      index + 1 < scalars.count, scalars[index + 1] == " "
    else { return false }
    if scalar != "." { return true }
    // "e.g. ", "min. ", "vs. " end nothing.
    var word = ""
    var back = index - 1
    while back >= 0, let letter = scalars[back].folded, word.count < 6 {
      word = letter + word
      back -= 1
    }
    return !Folded(word).has(.abbreviation)
  }
}
