/// Whether an agent attends to a store, as far as anybody who looks at the store can tell.
package enum AgentWatch: Hashable, Sendable {
  /// None is there, and nothing says that one ought to be.
  case none
  /// One is there and well; `trouble` is why it goes on by settings of before.
  case watching(channels: [String], trouble: String?)
  /// One runs, and has given no sign of life since then.
  case stuck(channels: [String], since: Timestamp)
  /// None runs since then, and people would have been reached by its channels.
  case missing(since: Timestamp)

  /// Why it goes on by settings of before.
  package var trouble: String? {
    if case .watching(_, let trouble) = self { trouble } else { nil }
  }

  /// The channels by which somebody is told now; empty where nobody watches.
  package var channels: [String] {
    if case .watching(let channels, _) = self { channels } else { [] }
  }
}
