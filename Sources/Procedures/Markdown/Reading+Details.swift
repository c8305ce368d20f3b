import Engine

extension Reading {
  /// The commands and words below an item, but for the parts that are items of their own.
  func details(
    of item: Block, in section: Int, besides isOwn: (Block) -> Bool
  ) -> [Detail] {
    var found: [Detail] = []
    for child in item.children.dropFirst() + trailing(item, in: section) {
      collect(child, depth: 0, besides: isOwn, &found)
    }
    return found
  }

  private func collect(
    _ block: Block, depth: Int, besides isOwn: (Block) -> Bool, _ found: inout [Detail]
  ) {
    let indent = String(repeating: "  ", count: depth)
    switch block.kind {
    case .fence:
      guard !templateLines.contains(block.line), block.fenceRole != .boxes,
        !block.lines.contains(where: { stepLines.contains($0.number) }),
        let text = Self.unindented(block.lines)
      else { return }
      found.append(
        Detail(text: text, isCommand: Self.isCommandFence(block), line: block.lines[0].number))
    case .paragraph:
      for line in block.lines where !line.text.isEmpty && !FenceSigns.isBox(line.text) {
        found.append(Detail(text: indent + line.text.withoutMarks, line: line.number))
      }
    case .list:
      for item in block.children where !isOwn(item) {
        guard let line = item.firstLine else { continue }
        if !item.text.isEmpty {
          found.append(Detail(text: indent + item.text.withoutMarks, line: line.number))
        }
        for child in item.children.dropFirst() {
          collect(child, depth: depth + 1, besides: isOwn, &found)
        }
      }
    case .quote where !templateLines.contains(block.line):
      for child in block.children { collect(child, depth: depth, besides: isOwn, &found) }
    default: break
    }
  }

  /// The lines of a code block without the space that all of them begin with; nil where they say nothing.
  private static func unindented(_ lines: [TextLine]) -> String? {
    let texts = lines.map(\.text).filter { !$0.trimmed.isEmpty }
    guard !texts.isEmpty else { return nil }
    let indent = texts.map { $0.prefix { $0 == " " }.count }.min() ?? 0
    return lines.map { String($0.text.dropFirst(min(indent, $0.text.count))) }
      .joined(separator: "\n")
  }

  /// What stands unindented behind the last item of a list and belongs to it.
  ///
  /// That is everything up to the number with which the list goes on, else a code block or a plain list that
  /// follows on the very next line.
  private func trailing(_ item: Block, in section: Int) -> [Block] {
    let blocks = outline.sections[section].blocks
    guard
      let at = blocks.firstIndex(where: { $0.isList && $0.children.last?.line == item.line })
    else { return [] }
    let list = blocks[at]
    let behind = blocks[(at + 1)...]
    if case .list(let start?) = list.kind,
      let next = behind.firstIndex(where: { $0.isNumbered }),
      case .list(start + list.children.count) = blocks[next].kind
    {
      return behind[..<next].filter { !isWork($0) }
    }
    guard let first = behind.first, first.line == list.endLine + 1, !isWork(first),
      first.isFence || first.isList && !first.isNumbered
    else { return [] }
    return [first]
  }

  /// What a list or a code block behind "[ ] do it" adds to it.
  func details(behind box: Block, _ section: Int) -> [Detail] {
    let blocks = outline.sections[section].blocks
    guard let at = blocks.firstIndex(where: { $0.line == box.line }), at + 1 < blocks.count,
      isBelowBox(blocks[at + 1], in: outline.sections[section]) || blocks[at + 1].isFence
    else { return [] }
    var found: [Detail] = []
    collect(blocks[at + 1], depth: 0, besides: { _ in false }, &found)
    return found
  }

  /// A plain list directly below "[ ] do it".
  func isBelowBox(_ list: Block, in section: Section) -> Bool {
    guard list.isList, !list.isNumbered, !list.children.contains(where: \.isBox),
      let at = section.blocks.firstIndex(where: { $0.line == list.line }), at > 0,
      section.blocks[at - 1].kind == .paragraph, let line = section.blocks[at - 1].lines.last
    else { return false }
    return FenceSigns.isBox(line.text)
  }

  /// A list with things to do of its own.
  private func isWork(_ block: Block) -> Bool {
    block.isList && block.children.contains { $0.isBox || isInstruction($0) }
  }

  mutating func take(_ detail: Detail) {
    for line in detail.lines { take(line.line) }
    if detail.text.contains("\n") || detail.isCommand { take(detail.line - 1) }
  }

  /// Reads the commands and lists under a phase that nothing else took.
  mutating func readPhaseDetails() {
    for index in procedure.phases.indices {
      let id = procedure.phases[index].id
      guard let root = phaseSections.first(where: { $0.value == id })?.key else { continue }
      var found: [Detail] = []
      for section in outline.tree(of: root)
      where !outline.path(of: section).contains(where: { runbookSections.contains($0) }) {
        for block in outline.sections[section].blocks
        where block.isFence || block.isList || Self.isLabelled(block) {
          var own: [Detail] = []
          collect(block, depth: 0, besides: { _ in false }, &own)
          own = own.filter { !isTaken($0) }
          // A label on a line of its own says what the block is about.
          if !own.isEmpty, outline.sections[section].isBoldLine {
            let title = outline.sections[section]
            if !taken.contains(title.line) {
              found.append(Detail(text: title.name, line: title.line))
              take(title.line)
            }
          }
          found += own
        }
      }
      for detail in found { take(detail) }
      procedure.phases[index].details = found
    }
  }

  /// "**Priority**: stop the damage first".
  private static func isLabelled(_ block: Block) -> Bool {
    block.kind == .paragraph
      && block.lines.allSatisfy { $0.strong != nil && $0.label != nil && !$0.body.isEmpty }
  }

  private func isTaken(_ detail: Detail) -> Bool {
    taken.contains(detail.line) || pathLines.contains(detail.line)
      || templateLines.contains(detail.line)
      || detail.lines.contains { taken.contains($0.line) }
  }
}
