/// How many of some spans lie between fixed bounds, so that two periods can be compared.
package struct Distribution: Hashable, Sendable {
  package var buckets: [Bucket]

  package struct Bucket: Hashable, Sendable {
    package var label: String
    /// Seconds; the lower bound belongs to the bucket, the upper one does not.
    package var from: Int
    /// Nil: without end.
    package var to: Int?
    package var count: Int
  }

  package init(of spans: [Duration]) {
    let seconds = spans.map { Int($0.wholeSeconds) }
    buckets = Self.bounds.enumerated().map { index, bound in
      let end = index + 1 < Self.bounds.count ? Self.bounds[index + 1].0 : nil
      let count = seconds.count { $0 >= bound.0 && (end == nil || $0 < end ?? 0) }
      return Bucket(label: bound.1, from: bound.0, to: end, count: count)
    }
  }

  /// `under 5 min, 5-15 min, …`, for people.
  package static let boundsText = bounds.map(\.1).joined(separator: ", ")

  private static let bounds: [(Int, String)] = [
    (0, "under 5 min"), (300, "5-15 min"), (900, "15-30 min"), (1800, "30-60 min"),
    (3600, "1-2 h"), (7200, "2-4 h"), (14_400, "4-8 h"), (28_800, "8-24 h"),
    (86_400, "a day and more"),
  ]
}

extension Array where Element == Duration {
  /// Of the sorted spans the middle one, or the mean of the two in the middle; nil for none.
  package var median: Duration? {
    guard !isEmpty else { return nil }
    let sorted = sorted()
    let middle = count / 2
    if !count.isMultiple(of: 2) { return sorted[middle] }
    return (sorted[middle - 1] + sorted[middle]) / 2
  }

  /// The smallest of the spans that at least so many per cent of them do not exceed (nearest rank); nil for none.
  package func percentile(_ percent: Int) -> Duration? {
    guard !isEmpty else { return nil }
    let rank = (count * percent + 99) / 100
    return sorted()[Swift.min(Swift.max(rank, 1), count) - 1]
  }
}
