package import Engine

/// One line that tells what just happened; all of them stay in a list.
package struct Toast: Hashable, Sendable {
  package var level: Level
  package var text: String
  package var at: Timestamp
  /// The entry that it tells of.
  package var entry: Int?

  package enum Level: Hashable, Sendable { case info, warning, error }

  /// How long it stays; an error stays until a key.
  package func isShown(at now: Timestamp) -> Bool {
    level == .error || now - at < .seconds(level == .warning ? 6 : 4)
  }
}
