import CMarkGFM

/// Reads GitHub-flavoured Markdown into blocks.
struct MarkdownParser {
  /// Deeper nesting than this is not read; no procedure needs it.
  static let deepest = 32

  private static let isReady: Void = cmark_gfm_core_extensions_ensure_registered()

  private(set) var isCutOff = false
  private var depth = 0

  /// The blocks in order. `text` is bounded by the caller: one pattern costs the library quadratic time.
  mutating func parse(_ text: [UInt8]) -> [Block] {
    Self.isReady
    guard let parser = cmark_parser_new(CMARK_OPT_DEFAULT | CMARK_OPT_SOURCEPOS) else { return [] }
    defer { cmark_parser_free(parser) }
    for name in ["table", "tasklist", "strikethrough", "autolink"] {
      if let found = cmark_find_syntax_extension(name) {
        cmark_parser_attach_syntax_extension(parser, found)
      }
    }
    text.withUnsafeBytes { bytes in
      cmark_parser_feed(parser, bytes.bindMemory(to: CChar.self).baseAddress, bytes.count)
    }
    guard let document = cmark_parser_finish(parser) else { return [] }
    defer { cmark_node_free(document) }
    return children(of: document)
  }

  private mutating func children(of node: OpaquePointer) -> [Block] {
    guard depth < Self.deepest else {
      isCutOff = true
      return []
    }
    depth += 1
    defer { depth -= 1 }
    var blocks: [Block] = []
    var next = cmark_node_first_child(node)
    while let child = next {
      if let block = block(child) { blocks.append(block) }
      next = cmark_node_next(child)
    }
    return blocks
  }

  private mutating func block(_ node: OpaquePointer) -> Block? {
    let line = Int(cmark_node_get_start_line(node))
    let end = Int(cmark_node_get_end_line(node))
    var block = Block(kind: .rule, line: line, endLine: max(line, end))
    switch cmark_node_get_type(node) {
    case CMARK_NODE_PARAGRAPH:
      block.kind = .paragraph
      block.lines = InlineText.lines(of: node, from: line)
      return block.lines.allSatisfy(\.text.isEmpty) ? nil : block
    case CMARK_NODE_HEADING:
      block.kind = .heading(Int(cmark_node_get_heading_level(node)))
      block.lines = InlineText.lines(of: node, from: line)
    case CMARK_NODE_LIST:
      let isNumbered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST
      block.kind = .list(start: isNumbered ? Int(cmark_node_get_list_start(node)) : nil)
      block.children = children(of: node)
    case CMARK_NODE_ITEM:
      let isBox = Self.name(of: node) == "tasklist"
      block.kind = .item(box: isBox)
      block.children = children(of: node)
    case CMARK_NODE_CODE_BLOCK:
      var length: Int32 = 0
      var offset: Int32 = 0
      var character: CChar = 0
      let isFenced = cmark_node_get_fenced(node, &length, &offset, &character) != 0
      block.kind = .fence(info: Self.string(cmark_node_get_fence_info(node)))
      block.lines = Self.literal(node, from: isFenced ? line + 1 : line)
    case CMARK_NODE_BLOCK_QUOTE:
      block.kind = .quote
      block.children = children(of: node)
    case CMARK_NODE_THEMATIC_BREAK: block.kind = .rule
    case CMARK_NODE_HTML_BLOCK: return nil
    default:
      switch Self.name(of: node) {
      case "table":
        block.kind = .table
        block.rows = Self.rows(of: node)
      case "tasklist":
        block.kind = .item(box: true)
        block.children = children(of: node)
      default: return nil
      }
    }
    return block
  }

  private static func rows(of table: OpaquePointer) -> [TableRow] {
    var rows: [TableRow] = []
    var next = cmark_node_first_child(table)
    while let row = next, rows.count < 2000 {
      let line = Int(cmark_node_get_start_line(row))
      var cells: [String] = []
      var nextCell = cmark_node_first_child(row)
      while let cell = nextCell, cells.count < 64 {
        cells.append(
          InlineText.lines(of: cell, from: line).map(\.text).joined(separator: " ").trimmed)
        nextCell = cmark_node_next(cell)
      }
      rows.append(TableRow(line: line, cells: cells))
      next = cmark_node_next(row)
    }
    return rows
  }

  private static func literal(_ node: OpaquePointer, from line: Int) -> [TextLine] {
    var lines = string(cmark_node_get_literal(node))
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines.enumerated().map { TextLine(number: line + $0.offset, text: $0.element) }
  }

  static func name(of node: OpaquePointer) -> String { string(cmark_node_get_type_string(node)) }

  static func string(_ pointer: UnsafePointer<CChar>?) -> String {
    pointer.map { String(cString: $0) } ?? ""
  }
}

/// The text of a paragraph, a heading or a cell, cut at its line breaks.
struct InlineText {
  private var lines: [TextLine] = []
  private var text = ""
  private var strong: String?
  private var strongEnd: String.Index?
  private var line: Int

  static func lines(of node: OpaquePointer, from line: Int) -> [TextLine] {
    var reader = InlineText(line: line)
    reader.read(node)
    reader.finishLine()
    return reader.lines
  }

  private init(line: Int) { self.line = line }

  private mutating func finishLine() {
    let end = strongEnd ?? text.startIndex
    let rest = strong == nil ? text : String(text[end...])
    lines.append(
      TextLine(number: line, text: text.trimmed, strong: strong?.trimmed, rest: rest.trimmed))
    text = ""
    strong = nil
    strongEnd = nil
    line += 1
  }

  /// Walks with the library's iterator, which needs no stack however deep the nesting.
  private mutating func read(_ node: OpaquePointer) {
    guard let iterator = cmark_iter_new(node) else { return }
    defer { cmark_iter_free(iterator) }
    var strongStart: Int?
    var struck = 0
    while true {
      let event = cmark_iter_next(iterator)
      guard event != CMARK_EVENT_DONE else { return }
      guard let child = cmark_iter_get_node(iterator) else { return }
      let isEntering = event == CMARK_EVENT_ENTER
      switch cmark_node_get_type(child) {
      case CMARK_NODE_TEXT:
        if struck == 0 { text += MarkdownParser.string(cmark_node_get_literal(child)) }
      case CMARK_NODE_CODE:
        if struck == 0 { text += "`" + MarkdownParser.string(cmark_node_get_literal(child)) + "`" }
      case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK: finishLine()
      case CMARK_NODE_HTML_INLINE:
        if struck == 0 { text += Self.shown(MarkdownParser.string(cmark_node_get_literal(child))) }
      case CMARK_NODE_STRONG:
        if isEntering {
          strongStart =
            strong == nil && text.withoutLeadingSigns.isEmpty ? text.unicodeScalars.count : nil
        } else if let start = strongStart, start <= text.unicodeScalars.count {
          strong = String(text.unicodeScalars.dropFirst(start))
          strongEnd = text.endIndex
          strongStart = nil
        }
      default:
        if MarkdownParser.name(of: child) == "strikethrough" { struck += isEntering ? 1 : -1 }
      }
    }
  }

  /// A tag that is none of HTML's is a place to fill in and stays; a break is a space; others vanish.
  private static func shown(_ tag: String) -> String {
    let inside = tag.dropFirst().drop { $0 == "/" }
    let name = String(inside.prefix { $0.isLetter || $0.isNumber }).lowercased()
    if name == "br" { return " " }
    if tag.hasPrefix("<!--") || tags.contains(name) { return "" }
    return tag
  }

  private static let tags: Set<String> = [
    "a", "abbr", "b", "big", "code", "del", "details", "div", "em", "font", "h1", "h2", "h3", "h4",
    "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "s", "small", "span", "strong", "sub",
    "summary", "sup", "table", "tbody", "td", "th", "thead", "tr", "u", "ul", "center", "input",
  ]
}
