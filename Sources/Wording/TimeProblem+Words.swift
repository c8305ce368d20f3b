package import Engine

extension TimeExpression.Problem {
  /// Why words are no time that can be used, and what to write instead.
  package func text(of typed: String, in zone: TimeZoneRules, at now: Timestamp) -> String {
    switch self {
    case .notATime:
      return "“\(typed)” is not a time; write 14:05, -12m, yesterday 23:50 or 2026-11-21T01:35:00Z"
    case .inTheFuture(let instant):
      var clock = Clock(zone: zone)
      clock.showsUTC = false
      return "\(clock.minute(instant, today: now)) is in the future; write a time in the past"
    case .noTimeOfDay(let word): return "“\(word)” is not a time of day; write 14:05 or 2:05 pm"
    case .noDay(let word): return "there is no date “\(word)”; write 2026-11-21"
    case .ambiguousDay(let word):
      return "“\(word)” can mean two dates; write 2026-11-21"
    case .skipped(let word):
      return "the clocks skipped \(word) that night; write the time with UTC"
    case .twice(let word):
      return "the clocks showed \(word) twice that night; write the time with UTC or its zone"
    case .range(let word):
      return "“\(word)” is the start of a range; write a single time"
    case .noUnit(let word):
      return "“\(word)” has no unit; write \(word)m for minutes or \(word)h for hours"
    case .approximate(let word): return "“\(word)” is approximate; write an exact time"
    case .zoneNotLoaded(let name):
      return "the zone \(name) could not be loaded; write the time with UTC, or as -12m"
    case .foreignZone(let word):
      return
        "“\(word)” is not the zone shown (\(zone.localTime(at: now).abbreviation)); "
        + "write the time in that zone, or with UTC or an offset such as UTC+02:00"
    }
  }
}
