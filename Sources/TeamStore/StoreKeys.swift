internal import Engine

/// The keys that a team's store has in its cluster.
package struct StoreKeys: Hashable, Sendable {
  private let root: String

  package init(prefix: String) {
    root = (prefix.hasSuffix("/") ? String(prefix.dropLast()) : prefix) + "/v1/"
  }

  /// Says what store this is.
  package var store: String { root + "store" }
  package var heads: String { root + "heads/" }
  package var incidents: String { root + "incidents/" }
  /// What all machines go by: one value, so that it changes at once. In a folder, for a role of its own.
  package var settings: String { root + "settings/shared" }
  package var lead: String { root + "agent/lead" }

  package func head(of id: String) -> String { heads + id }

  package func entries(of id: String) -> String { incidents + id + "/" }

  package func entry(_ number: Int, of id: String) -> String {
    let digits = String(number, radix: 16)
    return entries(of: id) + String(repeating: "0", count: max(0, 16 - digits.count)) + digits
  }

  /// The incident that a head is of; nil for what is none.
  package func incident(ofHead key: String) -> String? {
    key.hasPrefix(heads) ? String(key.dropFirst(heads.count)) : nil
  }

  /// The number of an entry of an incident; nil for any other key.
  package func number(_ key: String, of id: String) -> Int? {
    let entries = entries(of: id)
    guard key.hasPrefix(entries), case let digits = key.dropFirst(entries.count),
      digits.utf8.count == 16, !digits.hasPrefix("-"), !digits.hasPrefix("+")
    else { return nil }
    return Int(digits, radix: 16)
  }

  /// The key behind all that begin with one that ends in a slash.
  package static func end(of folder: String) -> String { String(folder.dropLast()) + "0" }
}
