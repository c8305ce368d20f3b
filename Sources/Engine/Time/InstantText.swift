/// Instants and spans as text, for every surface.
package enum InstantText {
  // MARK: - Instants

  /// `14:05`.
  package static func minute(_ instant: Timestamp, in zone: TimeZoneRules) -> String {
    let local = zone.localTime(at: instant)
    return "\(pad(local.hour)):\(pad(local.minute))"
  }

  /// `14:05`, with the date where it is not the day of `reference`: `2026-11-21 14:05`.
  package static func minute(
    _ instant: Timestamp, in zone: TimeZoneRules, near reference: Timestamp
  ) -> String {
    dated(minute(instant, in: zone), instant, in: zone, near: reference)
  }

  /// `14:05:09`.
  package static func second(_ instant: Timestamp, in zone: TimeZoneRules) -> String {
    "\(minute(instant, in: zone)):\(pad(zone.localTime(at: instant).second))"
  }

  /// `14:05:09`, with the date where it is not the day of `reference`: `2026-11-21 14:05:09`.
  package static func second(
    _ instant: Timestamp, in zone: TimeZoneRules, near reference: Timestamp
  ) -> String {
    dated(second(instant, in: zone), instant, in: zone, near: reference)
  }

  /// `2026-11-21`.
  package static func date(_ instant: Timestamp, in zone: TimeZoneRules) -> String {
    zone.localTime(at: instant).date.description
  }

  /// `11-21`.
  package static func day(_ instant: Timestamp, in zone: TimeZoneRules) -> String {
    let date = zone.localTime(at: instant).date
    return "\(pad(date.month))-\(pad(date.day))"
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

  /// `2026-11-21 14:05:09 UTC`.
  package static func exact(_ instant: Timestamp, in zone: TimeZoneRules) -> String {
    let local = zone.localTime(at: instant)
    return "\(local.date.description) \(second(instant, in: zone)) \(local.abbreviation)"
  }

  /// `14:05 UTC`, with the date where it is not the day of `reference`.
  package static func short(
    _ instant: Timestamp, in zone: TimeZoneRules, near reference: Timestamp
  ) -> String {
    let local = zone.localTime(at: instant)
    return "\(minute(instant, in: zone, near: reference)) \(local.abbreviation)"
  }

  /// `Z`, else how far the clocks of the zone are ahead of UTC: `+07:00`.
  package static func mark(_ instant: Timestamp, in zone: TimeZoneRules) -> String {
    let seconds = zone.offset(at: instant)
    guard seconds != 0 else { return "Z" }
    let minutes = abs(seconds) / 60
    return "\(seconds < 0 ? "-" : "+")\(pad(minutes / 60)):\(pad(minutes % 60))"
  }

  private static func dated(
    _ time: String, _ instant: Timestamp, in zone: TimeZoneRules, near reference: Timestamp
  ) -> String {
    let date = zone.localTime(at: instant).date
    return date == zone.localTime(at: reference).date ? time : "\(date.description) \(time)"
  }

  // MARK: - Spans

  /// A span without its sign: `45 s`, `12 min`, `12 min 30 s`, `2 h 05 min`, `3 d 4 h`.
  package static func span(_ span: Duration) -> String {
    let seconds = abs(span.wholeMilliseconds) / 1000
    let isWhole = seconds % 60 == 0 || seconds < 60 || seconds >= 3600
    return isWhole ? roughSpan(span) : "\(roughSpan(span)) \(seconds % 60) s"
  }

  /// The same without seconds from a minute on: for what only grows, such as an age.
  package static func roughSpan(_ span: Duration) -> String {
    let seconds = abs(span.wholeMilliseconds) / 1000
    let (minutes, hours) = (seconds / 60, seconds / 3600)
    switch seconds {
    case ..<60: return "\(seconds) s"
    case ..<3600: return "\(minutes) min"
    case ..<86_400:
      return minutes % 60 == 0 ? "\(hours) h" : "\(hours) h \(pad(minutes % 60)) min"
    default: return hours % 24 == 0 ? "\(hours / 24) d" : "\(hours / 24) d \(hours % 24) h"
    }
  }

  /// A countdown without its sign: `02:17`, from an hour on `1:02:17`, from a day on `2 d 03 h`.
  package static func countdown(_ span: Duration) -> String {
    let seconds = abs(span.wholeMilliseconds) / 1000
    if seconds >= 86_400 { return days(seconds) }
    let rest = "\(pad(seconds / 60 % 60)):\(pad(seconds % 60))"
    return seconds >= 3600 ? "\(seconds / 3600):\(rest)" : rest
  }

  /// The time since a start: `00:42:17`, from four days on `4 d 03 h`; before it `-00:00:05`.
  package static func elapsed(_ span: Duration) -> String {
    let seconds = abs(span.wholeMilliseconds) / 1000
    let sign = span < .zero ? "-" : ""
    if seconds >= 4 * 86_400 { return sign + days(seconds) }
    return "\(sign)\(pad(seconds / 3600)):\(pad(seconds / 60 % 60)):\(pad(seconds % 60))"
  }

  private static func days(_ seconds: Int64) -> String {
    "\(seconds / 86_400) d \(pad(seconds / 3600 % 24)) h"
  }

  private static func pad(_ value: some BinaryInteger) -> String {
    value < 10 ? "0\(value)" : "\(value)"
  }
}
