import Synchronization

/// How many appends of this program are under way.
package final class Unconfirmed: Sendable {
  private let count = Atomic(0)

  package init() {}

  package var isAny: Bool { count.load(ordering: .relaxed) > 0 }
  package func begin() { count.add(1, ordering: .relaxed) }
  package func end() { count.subtract(1, ordering: .relaxed) }
}
