/// Which of several incidents the wall shows: the most urgent, another, the most urgent, the next other one.
package struct Rotation: Hashable, Sendable {
  /// Seconds that each one stays.
  private let every: Int
  private var seconds = 0
  private var turn = 0

  package init(every seconds: Int) { every = seconds }

  /// Counts a second, and answers the place in the order of urgency that is to be shown now; nil: the same goes on.
  mutating func place(afterSecondOf total: Int) -> Int? {
    seconds += 1
    guard total > 1, seconds % every == 0 else { return nil }
    turn += 1
    return turn % 2 == 0 ? 0 : 1 + (turn / 2) % (total - 1)
  }
}
