/// One value of a document, with the place where it begins.
package struct YAMLNode: Hashable, Sendable {
  package var value: Value
  /// 1-based.
  package var line: Int
  /// 1-based, in Unicode scalars.
  package var column: Int

  package init(_ value: Value, line: Int, column: Int) {
    self.value = value
    self.line = line
    self.column = column
  }

  package enum Value: Hashable, Sendable {
    case scalar(String, ScalarStyle)
    case sequence([YAMLNode])
    /// In the order of the document; no key stands twice.
    case mapping([Entry])
  }

  package enum ScalarStyle: Hashable, Sendable {
    /// Without quotes or block signs: the only style in which `null`, `12` and `true` mean more than text.
    case plain
    case quoted
  }

  /// One `key: value` of a mapping.
  package struct Entry: Hashable, Sendable {
    package var key: String
    /// Where the key stands.
    package var line: Int
    package var column: Int
    package var value: YAMLNode

    package init(key: String, line: Int, column: Int, value: YAMLNode) {
      self.key = key
      self.line = line
      self.column = column
      self.value = value
    }
  }
}

extension YAMLNode {
  /// The text of a scalar, `""` included; nil for lists, mappings and null.
  package var text: String? {
    guard case .scalar(let text, _) = value, !isNull else { return nil }
    return text
  }

  /// A whole number written plainly, without a sign of its own meaning such as `0x` or `1_000`.
  package var integer: Int? {
    guard case .scalar(let text, .plain) = value else { return nil }
    return Int(text)
  }

  /// `true` or `false` written plainly; `yes` and `on` are text.
  package var boolean: Bool? {
    guard case .scalar(let text, .plain) = value else { return nil }
    return switch text {
    case "true", "True", "TRUE": true
    case "false", "False", "FALSE": false
    default: nil
    }
  }

  /// Nothing, `~` or `null` written plainly.
  package var isNull: Bool {
    guard case .scalar(let text, .plain) = value else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(text)
  }

  package var items: [YAMLNode]? {
    guard case .sequence(let items) = value else { return nil }
    return items
  }

  package var entries: [Entry]? {
    guard case .mapping(let entries) = value else { return nil }
    return entries
  }

  /// The value of a key; nil where there is none, or where this is no mapping.
  package subscript(key: String) -> YAMLNode? {
    entries?.first { $0.key == key }?.value
  }

  /// `a text`, `a list` or `a mapping`, for messages.
  package var nameOfKind: String {
    switch value {
    case .scalar: isNull ? "empty" : "text"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }
}
