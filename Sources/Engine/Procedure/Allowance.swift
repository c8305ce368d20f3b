/// How long something may take: a span of the clock, or business time where the text says so.
package enum Allowance: Hashable, Sendable {
  /// Whole seconds; of a range the earlier end, with the later one beside it.
  case seconds(Int, maximum: Int? = nil)
  /// The close of the n-th business day after the start.
  case businessDays(Int)
  case businessHours(Int)
}

extension Allowance {
  /// Whether it is longer than nothing.
  package var isPositive: Bool {
    switch self {
    case .seconds(let count, _), .businessDays(let count), .businessHours(let count): count > 0
    }
  }

  init?(json: JSON, key: String) {
    if let days = json.int("business_days") {
      self = .businessDays(days)
    } else if let hours = json.int("business_hours") {
      self = .businessHours(hours)
    } else if let seconds = json.int(key) {
      self = .seconds(seconds, maximum: json.int("max_seconds"))
    } else {
      return nil
    }
  }

  package func members(_ key: String) -> [JSON.Member] {
    switch self {
    case .seconds(let seconds, let maximum):
      [JSON.Member(key, .whole(seconds))]
        + (maximum.map { [JSON.Member("max_seconds", .whole($0))] } ?? [])
    case .businessDays(let days): [JSON.Member("business_days", .whole(days))]
    case .businessHours(let hours): [JSON.Member("business_hours", .whole(hours))]
    }
  }
}
