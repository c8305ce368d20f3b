package import Engine

extension TimeExpression.Problem {
  /// Why a time cannot be used, and what to write instead.
  package func text(of typed: String, in zone: TimeZoneRules, at now: Timestamp) -> String {
    switch self {
    case .notATime:
      return "'\(typed)' is not a time; write 14:05, -12m, yesterday 23:50 or 2026-11-21T01:35:00Z"
    case .inTheFuture(let instant):
      var clock = Clock(zone: zone)
      clock.showsUTC = false
      return "\(clock.minute(instant, today: now)) is in the future; give a time in the past"
    case .noTimeOfDay(let word): return "'\(word)' is not a time of day; write 14:05 or 2:05 pm"
    case .noDay(let word): return "there is no day '\(word)'; write 2026-11-21"
    case .ambiguousDay(let word):
      return "'\(word)' can be two days; write 2026-11-21"
    case .range(let word):
      return "'\(word)' is a range; write one time"
    case .approximate(let word): return "'\(word)' is approximate; write an exact time"
    case .foreignZone(let word):
      return
        "'\(word)' is not the zone that is shown (\(zone.localTime(at: now).abbreviation)); "
        + "write the time in that zone, or with UTC or an offset such as UTC+02:00"
    }
  }
}
