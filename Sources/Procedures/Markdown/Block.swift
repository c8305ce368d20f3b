/// One line of the document's text, without the marks of emphasis; code keeps its back-ticks.
struct TextLine: Sendable {
  var number: Int
  var text: String
  /// What is set in bold at the very beginning.
  var strong: String?
  /// What follows the bold beginning.
  var rest: String

  init(number: Int, text: String, strong: String? = nil, rest: String? = nil) {
    self.number = number
    self.text = text
    self.strong = strong
    self.rest = rest ?? text
  }

  /// "Response Time" of "Response Time: 15 minutes", with or without bold type.
  var label: String? { split.label }
  /// What stands after the label, or everything.
  var body: String { split.body }

  /// A label with nothing behind it, which titles what follows.
  var isLabelOnly: Bool { split.label != nil && split.body.isEmpty }

  private var split: (label: String?, body: String) {
    if let strong {
      let body = rest.trimmed
      // "Name (detail): text" and "Name (detail):" keep the detail with the name.
      if body.hasPrefix("("), let close = body.firstIndex(of: ")"),
        body[body.index(after: close)...].drop(while: { $0 == " " }).first == ":"
          || body.index(after: close) == body.endIndex
      {
        let after = String(body[body.index(after: close)...])
        return (
          strong.trimming { ": ".unicodeScalars.contains($0) } + " " + String(body[...close]),
          Self.stripped(after)
        )
      }
      return (strong.trimming { ": ：".unicodeScalars.contains($0) }, Self.stripped(body))
    }
    for (index, character) in zip(text.indices, text) {
      guard character == ":" || character == "：" else {
        if text.utf8.distance(from: text.startIndex, to: index) > 64 { break }
        if character == "." || character == "?" || character == "!" { break }
        continue
      }
      let after = text[text.index(after: index)...]
      if character == ":", let next = after.first, next != " " { break }
      let label = String(text[..<index]).trimmed
      guard !label.isEmpty, label.split(separator: " ").count <= 8 else { break }
      return (label, String(after).trimmed)
    }
    return (nil, text)
  }

  private static func stripped(_ text: String) -> String {
    let signs: Set<Unicode.Scalar> = [":", "：", " ", "–", "—", "-", "→", "="]
    return String(text.trimmed.unicodeScalars.drop { signs.contains($0) })
  }
}

/// A part of the document, with the line that it begins on.
struct Block: Sendable {
  enum Kind: Sendable, Hashable {
    case paragraph
    case heading(Int)
    /// `start` is nil for bullets.
    case list(start: Int?)
    case item(box: Bool)
    case fence(info: String)
    case quote
    case table
    case rule
  }

  var kind: Kind
  var line: Int
  var endLine: Int
  /// Of paragraphs, headings and fences.
  var lines: [TextLine] = []
  /// Of lists, items and quotes.
  var children: [Block] = []
  /// Of tables; the first row is the header.
  var rows: [TableRow] = []

  var isList: Bool { if case .list = kind { true } else { false } }
  var isNumbered: Bool { if case .list(let start) = kind { start != nil } else { false } }
  var isFence: Bool { if case .fence = kind { true } else { false } }
  var isBox: Bool { kind == .item(box: true) }

  /// The first line of an item's or a paragraph's text.
  var firstLine: TextLine? {
    switch kind {
    case .paragraph, .heading: lines.first
    case .item, .quote:
      if let first = children.first, case .paragraph = first.kind { first.lines.first } else { nil }
    default: nil
    }
  }

  /// All lines of a paragraph, or of an item's first paragraph, as one text.
  var text: String {
    switch kind {
    case .paragraph, .heading: lines.map(\.text).joined(separator: " ")
    case .item, .quote:
      if let first = children.first, case .paragraph = first.kind { first.text } else { "" }
    default: ""
    }
  }
}

struct TableRow: Sendable {
  var line: Int
  var cells: [String]
}
