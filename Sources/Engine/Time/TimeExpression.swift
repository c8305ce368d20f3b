/// Points of time in the past as people type them.
///
/// `14:05` (the last time the clock showed that), `-12m`, `yesterday 23:50`, `today 9:05`, `2026-11-21 14:05`, `now`, and
/// RFC 3339. Clocks are those of the display zone and may have seconds.
package enum TimeExpression {
  package enum Problem: Error, Hashable, Sendable {
    case notATime
    /// With what was understood.
    case inTheFuture(Timestamp)
  }

  /// Reads the whole text; never gives an instant after `now`.
  package static func read(
    _ text: String, now: Timestamp, zone: TimeZoneRules
  ) throws(Problem) -> Timestamp {
    let words = text.lowercased().split(separator: " ")
    guard let instant = instant(text, words, now, zone), instant >= .distantPast else {
      throw .notATime
    }
    guard instant <= now else { throw .inTheFuture(instant) }
    return instant
  }

  /// Splits `-12m rolled back` into its time and `rolled back`; nil where no time in the past stands in front.
  ///
  /// A comma or colon may follow the time. `now` counts as a word of the text.
  package static func splitting(
    _ text: String, now: Timestamp, zone: TimeZoneRules
  ) -> (time: Timestamp, rest: String)? {
    let words = text.split(maxSplits: 2, whereSeparator: \.isWhitespace)
    // The shortest reading: in `-1h 30m of errors` the half hour belongs to the text.
    for count in 1...2 where count <= words.count {
      var head = text[words[0].startIndex..<words[count - 1].endIndex]
      let rest = text[head.endIndex...].drop(while: \.isWhitespace)
      if head.last == ":" || head.last == "," { head = head.dropLast() }
      guard head.lowercased() != "now" else { continue }
      do throws(Problem) {
        return (try read(String(head), now: now, zone: zone), String(rest))
      } catch {
        continue
      }
    }
    return nil
  }

  private static func instant(
    _ text: String, _ words: [Substring], _ now: Timestamp, _ zone: TimeZoneRules
  ) -> Timestamp? {
    guard let first = words.first else { return nil }
    if first.hasPrefix("-") {
      let span = words.joined(separator: " ").dropFirst()
      return SpanText.seconds(span).map { now - .seconds($0) }
    }
    let trimmed = words.joined(separator: " ")
    if let instant = Timestamp(rfc3339: withSeconds(trimmed.uppercased())) { return instant }
    let today = zone.localTime(at: now).date
    switch words.count {
    case 1 where first == "now":
      return now
    case 1:
      if let clock = clock(first) { return latest(clock, now, zone) }
      let parts = first.split(separator: "t", omittingEmptySubsequences: false)
      guard parts.count == 2 else { return nil }
      return instant(day: CivilDate(parts[0]), clock(parts[1]), zone)
    case 2 where first == "today":
      return instant(day: today, clock(words[1]), zone)
    case 2 where first == "yesterday":
      return instant(day: today.adding(days: -1), clock(words[1]), zone)
    case 2:
      return instant(day: CivilDate(first), clock(words[1]), zone)
    default:
      return nil
    }
  }

  /// `2026-11-21T01:35Z` as `2026-11-21T01:35:00Z`.
  private static func withSeconds(_ text: String) -> String {
    guard let zone = text.dropFirst(16).first, "Z+-".contains(zone) else { return text }
    return text.prefix(16) + ":00" + text.dropFirst(16)
  }

  private static func instant(
    day: CivilDate?, _ clock: Int?, _ zone: TimeZoneRules
  ) -> Timestamp? {
    guard let day, let clock else { return nil }
    return zone.instant(of: day, secondsOfDay: clock)
  }

  /// The last instant up to now at which the clock showed this; where it showed it twice, the later one counts.
  private static func latest(
    _ clock: Int, _ now: Timestamp, _ zone: TimeZoneRules
  ) -> Timestamp? {
    let today = zone.localTime(at: now).date
    for day in [today, today.adding(days: -1), today.adding(days: -2)] {
      let first = zone.instant(of: day, secondsOfDay: clock)
      if let second = zone.secondInstant(of: day, secondsOfDay: clock), second <= now {
        return second
      }
      if first <= now { return first }
    }
    return nil
  }

  /// Seconds after midnight of `9:05`, `14:05` or `14:05:30`.
  private static func clock(_ text: Substring) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), (1...2).contains(parts[0].count),
      parts.dropFirst().allSatisfy({ $0.count == 2 }),
      parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } })
    else { return nil }
    let numbers = parts.compactMap { Int($0) }
    guard numbers.count == parts.count, numbers[0] < 24, numbers[1...].allSatisfy({ $0 < 60 })
    else { return nil }
    return numbers[0] * 3600 + numbers[1] * 60 + (numbers.count == 3 ? numbers[2] : 0)
  }
}
