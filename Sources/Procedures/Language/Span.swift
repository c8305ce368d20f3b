import Engine

/// A duration as it stands in a text.
struct Span: Sendable {
  enum Measure: Sendable { case clock, businessDays, businessHours }

  enum Relation: Sendable {
    case plain
    /// Within, less than, at most.
    case within
    /// More than, at least.
    case over
    case every
    case after
    /// For so long.
    case lasting
    /// The first so many.
    case first
  }

  var measure: Measure
  /// Seconds, business days or business hours.
  var low: Int
  /// The later end of a range.
  var high: Int?
  /// "30+ minutes".
  var isOpen = false
  var relation: Relation = .plain
  var isImmediate = false
  /// "Twice a day" says how often and not when.
  var isCount = false
  /// Offsets in the text's scalars, without the words of relation.
  var start: Int
  var end: Int

  var allowance: Allowance {
    switch measure {
    case .clock: .seconds(low, maximum: high)
    case .businessDays: .businessDays(low)
    case .businessHours: .businessHours(low)
    }
  }

  /// Seconds of the clock; nil for business time.
  var seconds: Int? { measure == .clock ? low : nil }
}
