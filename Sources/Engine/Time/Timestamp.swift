/// An instant: whole milliseconds since 1970-01-01T00:00:00Z, exact in comparison and in JSON.
package struct Timestamp: Hashable, Comparable, Sendable {
  package var milliseconds: Int64

  package init(milliseconds: Int64) {
    self.milliseconds = milliseconds
  }

  package static func < (one: Self, other: Self) -> Bool {
    one.milliseconds < other.milliseconds
  }

  package static func + (instant: Self, span: Duration) -> Self {
    Self(milliseconds: instant.milliseconds + span.wholeMilliseconds)
  }

  package static func - (instant: Self, span: Duration) -> Self {
    Self(milliseconds: instant.milliseconds - span.wholeMilliseconds)
  }

  package static func - (later: Self, earlier: Self) -> Duration {
    .milliseconds(later.milliseconds - earlier.milliseconds)
  }

  package static let distantPast = Self(milliseconds: -62_135_596_800_000)
  package static let distantFuture = Self(milliseconds: 253_402_300_799_999)
}

extension Duration {
  /// The span in milliseconds, rounded towards zero.
  package var wholeMilliseconds: Int64 {
    components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
  }

  /// The span in seconds, rounded down, so that a countdown reads 0 only for its last second and -1 right after.
  package var wholeSeconds: Int64 {
    let milliseconds = wholeMilliseconds
    return milliseconds >= 0 ? milliseconds / 1000 : (milliseconds - 999) / 1000
  }

  package static func minutes(_ count: Int64) -> Self { .seconds(count * 60) }
  package static func hours(_ count: Int64) -> Self { .seconds(count * 3600) }
  package static func days(_ count: Int64) -> Self { .seconds(count * 86_400) }
}
