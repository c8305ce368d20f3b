import Engine

extension Reading {
  /// Reads texts to send or to fill in: code blocks, quotations, lists of quoted sentences, cells.
  mutating func readTemplates() {
    for (index, section) in outline.sections.enumerated() {
      guard !path(index, has: [.contents]) else { continue }
      readTemplates(in: section.blocks, section: index, item: nil)
      readPlainTemplate(index)
    }
  }

  /// A text to send that stands under its heading as it is, with places to fill in.
  private mutating func readPlainTemplate(_ index: Int) {
    let section = outline.sections[index]
    let tree = outline.tree(of: index)
    guard !section.isBoldLine, isInner(index), title(index, has: [.template]),
      !path(index, has: [.runbookGroup, .severity]),
      tree.dropFirst().allSatisfy({ outline.sections[$0].isBoldLine })
    else { return }
    let blocks = tree.flatMap { outline.sections[$0].blocks }
    let isPlain = blocks.allSatisfy { block in
      switch block.kind {
      case .paragraph, .rule: true
      case .list: !block.children.contains(where: \.isBox)
      default: false
      }
    }
    let own = blocks.flatMap { $0.kind == .paragraph ? $0.lines.map(\.text) : [] }
    guard isPlain, Self.places(in: own) >= 3, section.line < section.endLine else { return }
    let range = (section.line + 1)...min(section.endLine, lines.count - 1)
    let body = range.map { lines[$0] }.joined(separator: "\n")
      .trimming { $0 == "\n" || $0 == "-" || $0 == " " }
    procedure.templates.append(
      Template(
        id: uniqueID(section.name.slug, or: "template"), title: section.name, body: body,
        severities: names.mentioned(in: section.title?.raw ?? ""), line: section.line))
    for line in range { templateLines.insert(line) }
    take(section.line)
  }

  private mutating func readTemplates(in blocks: [Block], section: Int, item: TextLine?) {
    var above: TextLine? = item
    var isDirect = item != nil
    for (position, block) in blocks.enumerated() {
      switch block.kind {
      case .paragraph:
        above = block.lines.last.flatMap { line in
          line.isLabelOnly || line.text.hasSuffix(":") || line.text.hasSuffix("：") ? line : nil
        }
        isDirect = above != nil
        remarkOnLoose(block, section)
      case .fence:
        if isTemplate(block, section, above) {
          add(
            body: block.lines.map(\.text).joined(separator: "\n"), at: block, section,
            isDirect ? above : nil, position, blocks)
        }
      case .quote:
        if isTemplate(quote: block, section, above) {
          add(
            body: Self.text(of: block), at: block, section, isDirect ? above : nil, position, blocks
          )
        } else {
          remarkOnLoose(block, section)
        }
      case .list:
        if isQuotedList(block, section) || isOutlineList(block, section) {
          let body = block.children.map(\.text).joined(separator: "\n")
          add(body: body, at: block, section, nil, position, blocks)
          continue
        }
        for child in block.children {
          readTemplates(
            in: Array(child.children.dropFirst()), section: section, item: child.firstLine)
        }
      case .table:
        readTemplateColumn(block, in: section)
        if isForm(block, section) {
          let body = block.rows.map { row in
            row.cells.map { $0.trimming { ":： ".unicodeScalars.contains($0) } }
              .joined(separator: ": ")
          }.joined(separator: "\n")
          add(body: body, at: block, section, nil, position, blocks)
        }
      default: break
      }
    }
  }

  /// A text that may be meant to be sent, in a form that no template has.
  private mutating func remarkOnLoose(_ block: Block, _ section: Int) {
    guard title(section, has: [.communicate, .communication, .template]),
      !path(section, has: [.runbookGroup]), lines.indices.contains(block.line)
    else { return }
    let isLoose: Bool
    if block.kind == .paragraph {
      let text = lines[block.line].trimmed
      let marks = [("`", "`"), ("\"", "\""), ("“", "”"), ("„", "“"), ("«", "»")]
      isLoose =
        block.lines.count == 1 && Folded(text).words.count >= 5
        && marks.contains { text.hasPrefix($0.0) && text.hasSuffix($0.1) }
    } else {
      let texts = Self.text(of: block).split(separator: "\n").map(String.init)
      isLoose =
        texts.count >= 2
        && texts.allSatisfy { text in
          [" - ", " – ", " — ", ": "].contains { sign in
            let head = text.components(before: sign)
            return head.map { Folded($0).words.count <= 2 } ?? false
          }
        }
    }
    guard isLoose else { return }
    remark(
      .unread, block.line,
      "May be a text to send, and is not taken as a template: give it a code block of its own")
  }

  private static func text(of block: Block) -> String {
    switch block.kind {
    case .paragraph: block.lines.map(\.text).joined(separator: "\n")
    case .fence: block.lines.map(\.text).joined(separator: "\n")
    default: block.children.map { text(of: $0) }.joined(separator: "\n\n")
    }
  }

  private func isTemplate(_ fence: Block, _ section: Int, _ above: TextLine?) -> Bool {
    let isForm = fence.fenceRole == .boxes && fence.isMarkdown && path(section, has: [.template])
    guard fence.fenceRole == .text || fence.fenceRole == .steps || isForm else { return false }
    let texts = fence.lines.map(\.text)
    guard texts.contains(where: { !Folded($0).isEmpty }) else { return false }
    if title(section, has: [.decisionChapter]) || isWorkedExample(texts, section, above) {
      return false
    }
    let titles = [above.map { Folded($0.text) }, outline.sections[section].title?.folded].compactMap
    { $0 }
    if titles.contains(where: { $0.has(.template) }) { return true }
    if Self.places(in: texts) >= 1 { return true }
    return titles.contains { $0.has(.communication) } && texts.count >= 2
      || path(section, has: [.template])
  }

  /// A message of a made-up incident, announced as an example and without a place to fill in: to be read, never sent.
  private func isWorkedExample(_ texts: [String], _ section: Int, _ above: TextLine?) -> Bool {
    let names = [above.map { Folded($0.text) }, outline.sections[section].title?.folded]
      .compactMap { $0 }
    guard names.first?.has(.example) == true, !names.contains(where: { $0.has(.template) }) else {
      return false
    }
    return !texts.contains {
      Self.isPattern(Folded($0)) || $0.contains("___") || Self.bracketed($0, tags: false) > 0
    }
  }

  private func isTemplate(quote: Block, _ section: Int, _ above: TextLine?) -> Bool {
    let text = Self.text(of: quote)
    let lines = text.split(separator: "\n").map(String.init)
    let titles = [above.map { Folded($0.text) }, outline.sections[section].title?.folded].compactMap
    { $0 }
    let isNamed = titles.contains { $0.has(.template) }
    if isWorkedExample(lines, section, above) { return false }
    if isNamed, text.unicodeScalars.count >= 40 { return true }
    return Self.places(in: lines) >= 2
      || Self.places(in: lines) >= 1 && titles.contains { $0.has(.communication) }
  }

  /// Each item says what to write at one moment: a label and a sentence in quotation marks.
  private func isQuotedList(_ list: Block, _ section: Int) -> Bool {
    guard list.children.count >= 2,
      path(section, has: [.template]) || title(section, has: [.communication])
    else { return false }
    let quoted = list.children.filter { item in
      guard let line = item.firstLine, line.label != nil, let first = line.body.unicodeScalars.first
      else { return false }
      return ["\"", "“", "„", "«", "「"].contains(first) && line.body.unicodeScalars.count >= 25
    }
    return quoted.count * 3 >= list.children.count * 2
  }

  /// The headings of a report to write, under a title that calls them a template.
  private func isOutlineList(_ list: Block, _ section: Int) -> Bool {
    let own = outline.sections[section]
    guard list.children.count >= 3, own.blocks.filter(\.isList).count == 1, own.children.isEmpty,
      own.title?.folded.has(.template) ?? false,
      !(own.title?.folded.has(any: [.runbookGroup, .severity]) ?? true),
      !own.blocks.contains(where: { $0.isFence || $0.kind == .quote || $0.kind == .table })
    else { return false }
    return !list.children.contains(where: \.isBox)
  }

  /// A table of things to fill in, under a title that calls it a template.
  private func isForm(_ table: Block, _ section: Int) -> Bool {
    guard path(section, has: [.template]), table.rows.count >= 3,
      table.rows.allSatisfy({ $0.cells.count >= 2 })
    else { return false }
    let blank = table.rows.dropFirst().filter { row in
      row.cells.dropFirst().allSatisfy { cell in
        Folded(cell).isEmpty || Self.places(in: [cell]) > 0 || cell.contains("...")
          || cell.contains("…")
      }
    }
    return blank.count * 2 >= table.rows.count - 1
  }

  /// How many places to fill in the lines have.
  static func places(in texts: [String]) -> Int {
    var count = 0
    for text in texts {
      let folded = Folded(text)
      if Self.isPattern(folded) || text.contains("___") {
        count += 1
      }
      if let colon = text.firstIndex(where: { $0 == ":" || $0 == "：" }),
        Folded(String(text[..<colon])).has(.subject)
      {
        count += 1
      }
      count += bracketed(text)
    }
    return count
  }

  /// "HH:MM", "XX", "YYYY-MM-DD": letters that stand for digits.
  private static func isPattern(_ text: Folded) -> Bool {
    text.has(.placeholder)
  }

  /// `tags`: also what sorts a message, as the `[sitrep]` of a subject line.
  private static func bracketed(_ text: String, tags: Bool = true) -> Int {
    if !tags, text.firstIndex(of: "[") != nil,
      let colon = text.firstIndex(where: { $0 == ":" || $0 == "：" }),
      Folded(String(text[..<colon])).has(.subject)
    {
      return bracketed(String(text[colon...].drop { $0 != "]" }.dropFirst()))
    }
    var count = 0
    for (open, close) in [("[", "]"), ("{", "}"), ("<", ">")] as [(Character, Character)] {
      var rest = text[...]
      while let start = rest.firstIndex(of: open) {
        let after = rest[rest.index(after: start)...]
        guard let end = after.firstIndex(of: close) else { break }
        let inside = after[..<end]
        // "[!NOTE]" makes a box of a quotation.
        if inside.contains(where: \.isLetter), inside.count <= 120, inside.first != "!" {
          count += 1
        }
        rest = after[after.index(after: end)...]
      }
    }
    return count
  }

  private mutating func add(
    body: String, at block: Block, _ section: Int, _ above: TextLine?, _ position: Int,
    _ blocks: [Block]
  ) {
    let heading = outline.sections[section]
    var line = block.line
    var name = heading.name
    // The heading names it, unless a line directly above does or there are several below one heading.
    if let above, let label = above.label ?? (above.text.isEmpty ? nil : above.text) {
      name = label.withoutMarks.trimming { ":： ".unicodeScalars.contains($0) }
      line = above.number
      if name.split(separator: " ").count > 9 { name = heading.name.isEmpty ? name : heading.name }
    } else if heading.title != nil,
      !procedure.templates.contains(where: { $0.line == heading.line })
    {
      line = heading.line
    }
    let severities = names.mentioned(in: above?.text ?? "")
    let title = name.isEmpty ? "Template" : name
    let id = uniqueID(title.slug, or: "template")
    procedure.templates.append(
      Template(
        id: id, title: title, body: body,
        severities: severities.isEmpty ? names.mentioned(in: heading.title?.raw ?? "") : severities,
        line: line))
    for number in block.line...max(block.line, block.endLine) { templateLines.insert(number) }
    take(line)
    take(block.line)
  }

  /// Quotation marks around a whole text show where it begins and ends.
  private static func unquoted(_ text: String) -> String {
    let pairs: [(Character, Character)] = [
      ("\"", "\""), ("“", "”"), ("„", "“"), ("«", "»"), ("「", "」"),
    ]
    let inner = text.dropFirst().dropLast()
    let isQuoted = pairs.contains { open, close in
      text.count > 2 && text.first == open && text.last == close && !inner.contains(open)
        && !inner.contains(close)
    }
    return isQuoted ? String(inner) : text
  }

  private mutating func readTemplateColumn(_ table: Block, in section: Int) {
    let heading = outline.sections[section].name
    let isOutside =
      TemplateChoice.Purpose(of: Template(id: "", title: heading, body: "", line: 0)) == .outside
    guard let header = table.rows.first,
      let column = header.cells.firstIndex(where: {
        Folded($0).has(any: [.template])
      })
    else { return }
    for row in table.rows.dropFirst() where row.cells.indices.contains(column) {
      let body = row.cells[column]
      guard body.unicodeScalars.count >= 25, body.contains(" "),
        body.hasPrefix("\"") || body.hasPrefix("“") || Self.places(in: [body]) > 0
      else { continue }
      let first = row.cells.first?.withoutMarks ?? "Template"
      let title = isOutside ? "\(heading): \(first)" : first
      let id = uniqueID(title.slug, or: "template")
      procedure.templates.append(
        Template(
          id: id, title: title, body: Self.unquoted(body), severities: names.named(by: first),
          line: row.line))
      take(row.line)
    }
  }
}

extension String {
  /// What stands before the first sign; nil where there is none.
  fileprivate func components(before sign: String) -> String? {
    let parts = split(separator: sign, maxSplits: 1, omittingEmptySubsequences: false)
    return parts.count == 2 ? String(parts[0]) : nil
  }
}
