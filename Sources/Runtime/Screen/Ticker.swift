package import Engine

/// When the next second begins, and how late one was noticed.
package struct Ticker {
  /// When the next second begins.
  package private(set) var next: Timestamp
  package private(set) var count = 0

  /// How long before a second it is called passed.
  private let lead: Int64

  package init(at now: Timestamp, lead: Duration = .zero) {
    self.lead = lead.wholeMilliseconds
    next = Self.boundary(after: now, lead: self.lead)
  }

  private static func boundary(after now: Timestamp, lead: Int64) -> Timestamp {
    Timestamp(milliseconds: ((now.milliseconds + lead) / 1000 + 1) * 1000 - lead)
  }

  package func timeout(at now: Timestamp) -> Duration { max(.zero, next - now) }

  /// How late the second was noticed, once for each; nil before it has passed.
  package mutating func passed(at now: Timestamp) -> Duration? {
    // A clock that was put back would leave the screen standing still.
    if next - now > .seconds(2) { next = Self.boundary(after: now, lead: lead) }
    guard now >= next else { return nil }
    let late = now - next
    next = Self.boundary(after: now, lead: lead)
    count &+= 1
    return late
  }
}
