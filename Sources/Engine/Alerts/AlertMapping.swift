/// Where a sender's JSON says what an alert is: pointers by RFC 6901 into the body.
package struct AlertMapping: Hashable, Sendable {
  package var name: String
  /// The list of alerts, where one body may hold several; nil: the body is one alert.
  package var items: JSONPointer?
  /// What makes two messages speak of the same alert: all of these that are there, together.
  package var key: [JSONPointer] = []
  /// The first that is there counts, as for all that follow.
  package var title: [JSONPointer] = []
  package var status: [JSONPointer] = []
  /// What the words of the sender mean, in lower case; others mean that it fires.
  package var statuses: [String: Meaning] = [:]
  /// What it means where there is no status.
  package var statusIfMissing = Meaning.firing
  package var severity: [JSONPointer] = []
  package var url: [JSONPointer] = []
  package var text: [JSONPointer] = []
  package var start: [JSONPointer] = []
  package var labels: [String: JSONPointer] = [:]

  package init(name: String) { self.name = name }

  package enum Meaning: String, Hashable, Sendable, CaseIterable {
    case firing, resolved
    /// The message tells nothing about an alert.
    case ignored
  }
}

/// A place in a JSON value.
package struct JSONPointer: Hashable, Sendable {
  package let text: String
  private let parts: [String]

  /// Nil for what is no pointer: the empty text stands for the whole, all others begin with a slash.
  package init?(_ text: String) {
    self.text = text
    guard !text.isEmpty else {
      parts = []
      return
    }
    guard text.hasPrefix("/"), text.utf8.count <= 500 else { return nil }
    parts = text.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map {
      String($0).replacing("~1", with: "/").replacing("~0", with: "~")
    }
  }

  /// What stands there; nil where nothing does, and for null.
  package func value(in json: JSON) -> JSON? {
    var place = json
    for part in parts {
      switch place {
      case .object:
        guard let next = place[part] else { return nil }
        place = next
      case .array(let items):
        guard let index = Int(part), items.indices.contains(index), part == String(index) else {
          return nil
        }
        place = items[index]
      default: return nil
      }
    }
    return place.isNull ? nil : place
  }
}

extension JSON {
  /// A scalar as text; nil for lists, objects and null.
  package var plainText: String? {
    switch self {
    case .string(let text): text
    case .integer(let number): String(number)
    case .number(let number): "\(number)"
    case .bool(let value): value ? "true" : "false"
    case .null, .array, .object: nil
    }
  }
}
