import Engine
import YAML

/// Where a document comes from, for its errors.
struct SchemaContext {
  var path: String
  /// The whole file, for excerpts.
  var document: [UInt8]

  func error(at node: YAMLNode, _ what: String, remedy: String) -> ProcedureError {
    error(line: node.line, column: node.column, what, remedy: remedy)
  }

  func error(line: Int, column: Int, _ what: String, remedy: String) -> ProcedureError {
    ProcedureError(
      path: path, line: line, column: column, what: what, remedy: remedy,
      excerpt: Excerpt(of: document, line: line, column: column))
  }
}

/// The keys and values of one mapping, checked as they are taken out.
struct SchemaFields {
  let context: SchemaContext
  let node: YAMLNode
  /// `a severity`, for messages.
  let subject: String
  /// Where the fact stands: its own line, unless a `line` key says otherwise.
  let line: Int
  private let entries: [String: YAMLNode.Entry]

  /// Refuses anything but a mapping of known keys; `line` is always one.
  init(
    _ node: YAMLNode, _ subject: String, keys: [String], _ context: SchemaContext
  ) throws(ProcedureError) {
    guard let entries = node.entries else {
      throw context.error(
        at: node, "\(subject) must be a mapping, and this is \(node.nameOfKind)",
        remedy: "write it as 'key: value' with the keys \(keys.joined(separator: ", "))")
    }
    for entry in entries where entry.key != "line" && !keys.contains(entry.key) {
      throw context.error(
        line: entry.line, column: entry.column, "unknown key '\(entry.key)' in \(subject)",
        remedy: NearestMatch.remedy(entry.key, among: keys))
    }
    self.context = context
    self.node = node
    self.subject = subject
    self.entries = Dictionary(entries.map { ($0.key, $0) }) { first, _ in first }
    if let stated = self.entries["line"]?.value, !stated.isNull {
      guard let number = stated.integer, (0...10_000_000).contains(number) else {
        throw context.error(
          at: stated, "a line must be a whole number", remedy: "write it without quotes")
      }
      line = number
    } else {
      line = node.line
    }
  }

  /// The value of the one of several names for a thing that is stated; null counts as not stated.
  func value(anyOf names: [String]) throws(ProcedureError) -> YAMLNode? {
    let stated = names.compactMap { entries[$0] }
    guard stated.count <= 1 else {
      throw context.error(
        line: stated[1].line, column: stated[1].column,
        "'\(stated[0].key)' and '\(stated[1].key)' say the same thing twice",
        remedy: "keep one of them")
    }
    guard let value = stated.first?.value, !value.isNull else { return nil }
    return value
  }

  func value(_ name: String) throws(ProcedureError) -> YAMLNode? {
    try value(anyOf: [name])
  }

  func states(_ name: String) -> Bool { entries[name] != nil }

  func missing(_ name: String, _ example: String) -> ProcedureError {
    context.error(
      at: node, "\(subject) has no '\(name)'", remedy: "add one, such as '\(name): \(example)'")
  }

  // MARK: Texts

  func text(_ name: String) throws(ProcedureError) -> String? {
    guard let value = try value(name) else { return nil }
    return try text(of: value, name)
  }

  func text(of value: YAMLNode, _ name: String) throws(ProcedureError) -> String {
    guard let text = value.text else {
      throw context.error(
        at: value, "'\(name)' of \(subject) must be text, and this is \(value.nameOfKind)",
        remedy: "write it after the colon, in quotes if it has special characters")
    }
    return text
  }

  /// Refuses a missing and an empty one.
  func required(_ name: String, _ example: String) throws(ProcedureError) -> String {
    guard let text = try text(name) else { throw missing(name, example) }
    guard !text.trimmed().isEmpty else {
      throw context.error(
        at: node, "'\(name)' of \(subject) is empty",
        remedy: "write one, such as '\(name): \(example)'")
    }
    return text
  }

  /// A list of texts, or one text standing for a list of one.
  func texts(_ name: String) throws(ProcedureError) -> [String] {
    guard let value = try value(name) else { return [] }
    return try texts(of: value, name)
  }

  func texts(of value: YAMLNode, _ name: String) throws(ProcedureError) -> [String] {
    guard let items = value.items else { return [try text(of: value, name)] }
    var texts: [String] = []
    for item in items { texts.append(try text(of: item, name)) }
    return texts
  }

  // MARK: Numbers and choices

  func integer(_ name: String, in range: ClosedRange<Int>) throws(ProcedureError) -> Int? {
    guard let value = try value(name) else { return nil }
    guard let number = value.integer, range.contains(number) else {
      throw context.error(
        at: value,
        "'\(name)' of \(subject) must be a whole number from \(range.lowerBound) to "
          + "\(range.upperBound), and is '\(value.shown)'",
        remedy: "correct it")
    }
    return number
  }

  func choice<Choice>(_ name: String) throws(ProcedureError) -> Choice?
  where Choice: RawRepresentable<String> & CaseIterable {
    guard let value = try value(name) else { return nil }
    let word = try text(of: value, name)
    guard let choice = Choice(rawValue: word.lowercased()) else {
      throw context.error(
        at: value, "unknown \(name) '\(word)' in \(subject)",
        remedy: NearestMatch.remedy(word, among: Choice.allCases.map(\.rawValue)))
    }
    return choice
  }

  // MARK: Facts

  /// The facts of a list, each read by `body`; nothing where there is no list.
  func facts<Fact>(
    _ name: String, _ body: (YAMLNode) throws(ProcedureError) -> [Fact]
  ) throws(ProcedureError) -> [Fact] {
    guard let value = try value(name) else { return [] }
    guard let items = value.items else {
      throw context.error(
        at: value, "'\(name)' must be a list, and this is \(value.nameOfKind)",
        remedy: "begin each entry on a line of its own with '- '")
    }
    var facts: [Fact] = []
    for item in items { facts += try body(item) }
    return facts
  }
}

extension YAMLNode {
  /// What stands there, short enough for a message.
  var shown: String {
    guard let text else { return nameOfKind }
    return text.count > 40 ? text.prefix(39) + "…" : text
  }
}
