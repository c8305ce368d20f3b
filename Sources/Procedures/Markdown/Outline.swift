/// A heading, or a bold line that titles what follows, with what stands under it.
struct Section: Sendable {
  /// Nil for what stands before the first heading.
  var title: SectionTitle?
  /// 0: the document; 1 to 6: headings; 7: a bold line.
  var level: Int
  var parent: Int?
  var children: [Int] = []
  var line: Int
  var endLine: Int
  /// What stands directly under it, in order.
  var blocks: [Block] = []

  var isBoldLine: Bool { level == 7 }
  var name: String { title?.name ?? "" }
}

/// The document as a tree of sections, each after its parent.
struct Outline: Sendable {
  private(set) var sections: [Section] = [Section(level: 0, line: 1, endLine: 1)]

  /// More headings than this make no sections of their own.
  static let most = 1000

  init(_ blocks: [Block], lineCount: Int) {
    var current = 0
    func open(_ line: TextLine, _ level: Int, _ outline: inout Outline) {
      while outline.sections[current].level >= level, let parent = outline.sections[current].parent
      {
        current = parent
      }
      let section = Section(
        title: SectionTitle(line), level: level, parent: current, line: line.number,
        endLine: line.number)
      outline.sections.append(section)
      outline.sections[current].children.append(outline.sections.count - 1)
      current = outline.sections.count - 1
    }
    for block in blocks {
      switch block.kind {
      case .heading(let level):
        let text = block.lines.map(\.text).joined(separator: " ")
        // A frame of signs around a title is not a title.
        guard !Folded(text).isEmpty, sections.count < Self.most else { continue }
        open(TextLine(number: block.line, text: text), level, &self)
      case .rule:
        if sections[current].level == 7, let parent = sections[current].parent { current = parent }
      case .paragraph:
        if let last = block.lines.last, sections.count < Self.most, Self.isBoldTitle(last) {
          if block.lines.count > 1 {
            var rest = block
            rest.lines.removeLast()
            sections[current].blocks.append(rest)
          }
          open(last, 7, &self)
        } else if block.lines.count > 1, let first = block.lines.first, Self.isBoldTitle(first),
          sections.count < Self.most
        {
          // A bold line with its text directly below.
          open(first, 7, &self)
          var rest = block
          rest.lines.removeFirst()
          rest.line = rest.lines[0].number
          sections[current].blocks.append(rest)
        } else {
          sections[current].blocks.append(block)
        }
      default: sections[current].blocks.append(block)
      }
    }
    close(lineCount)
  }

  private mutating func close(_ lineCount: Int) {
    for index in sections.indices {
      var end = lineCount
      for later in sections.indices.dropFirst(index + 1)
      where sections[later].level <= sections[index].level {
        end = sections[later].line - 1
        break
      }
      sections[index].endLine = max(sections[index].line, end)
    }
  }

  /// A line all in bold type, or bold up to a closing colon.
  private static func isBoldTitle(_ line: TextLine) -> Bool {
    guard let strong = line.strong, !strong.isEmpty, strong.unicodeScalars.count <= 90 else {
      return false
    }
    let rest = line.rest.trimmed
    if rest.isEmpty { return !strong.hasSuffix(".") || strong.split(separator: " ").count <= 4 }
    if rest == ":" || rest == "：" { return true }
    return rest.hasPrefix("(") && (rest.hasSuffix("):") || rest.hasSuffix(")"))
      && rest.unicodeScalars.count < 60
  }

  /// The sections above, nearest first, without the document.
  func ancestors(of index: Int) -> [Int] {
    var found: [Int] = []
    var next = sections[index].parent
    while let parent = next, parent != 0 {
      found.append(parent)
      next = sections[parent].parent
    }
    return found
  }

  /// The section and those above.
  func path(of index: Int) -> [Int] { [index] + ancestors(of: index) }

  /// The section and everything below, in order.
  func tree(of index: Int) -> [Int] {
    [index] + sections[index].children.flatMap { tree(of: $0) }
  }
}
