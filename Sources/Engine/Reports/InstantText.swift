/// Instants and spans as documents write them: in a stated zone, to the minute.
package enum InstantText {
  /// `14:05`.
  package static func minute(_ instant: Timestamp, in zone: TimeZoneRules) -> String {
    let local = zone.localTime(at: instant)
    return "\(pad(local.hour)):\(pad(local.minute))"
  }

  /// `14:05:09`.
  package static func second(_ instant: Timestamp, in zone: TimeZoneRules) -> String {
    "\(minute(instant, in: zone)):\(pad(zone.localTime(at: instant).second))"
  }

  /// `2026-11-21`.
  package static func date(_ instant: Timestamp, in zone: TimeZoneRules) -> String {
    zone.localTime(at: instant).date.description
  }

  /// `2026-11`.
  package static func month(_ instant: Timestamp, in zone: TimeZoneRules) -> String {
    String(date(instant, in: zone).prefix(7))
  }

  /// `2026-11-21 14:05 UTC`.
  package static func full(_ instant: Timestamp, in zone: TimeZoneRules) -> String {
    let local = zone.localTime(at: instant)
    return "\(local.date.description) \(minute(instant, in: zone)) \(local.abbreviation)"
  }

  /// `14:05 UTC`, with the date where it is not the day of `reference`.
  package static func short(
    _ instant: Timestamp, in zone: TimeZoneRules, near reference: Timestamp
  ) -> String {
    let local = zone.localTime(at: instant)
    if local.date != zone.localTime(at: reference).date { return full(instant, in: zone) }
    return "\(minute(instant, in: zone)) \(local.abbreviation)"
  }

  /// A span without its sign: `45 s`, `12 min`, `12 min 30 s`, `2 h 05 min`, `3 d 4 h`.
  package static func span(_ span: Duration) -> String {
    let seconds = abs(span.wholeMilliseconds) / 1000
    if seconds < 60 { return "\(seconds) s" }
    let minutes = seconds / 60
    if minutes < 60 {
      return seconds % 60 == 0 ? "\(minutes) min" : "\(minutes) min \(seconds % 60) s"
    }
    let hours = minutes / 60
    if hours < 24 {
      return minutes % 60 == 0 ? "\(hours) h" : "\(hours) h \(pad(Int(minutes % 60))) min"
    }
    return hours % 24 == 0 ? "\(hours / 24) d" : "\(hours / 24) d \(hours % 24) h"
  }

  private static func pad(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
