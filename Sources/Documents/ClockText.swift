package import Engine

/// Instants and spans as people read them.
package enum ClockText {
  /// `14:05:09`, or with the date where it is not the day of `now`.
  package static func time(_ instant: Timestamp, in zone: TimeZoneRules, at now: Timestamp)
    -> String
  {
    let local = zone.localTime(at: instant)
    let time = "\(pad(local.hour)):\(pad(local.minute)):\(pad(local.second))"
    return zone.localTime(at: now).date == local.date ? time : "\(local.date.description) \(time)"
  }

  /// `14:05`, or with the date where it is not the day of `now`.
  package static func minute(_ instant: Timestamp, in zone: TimeZoneRules, at now: Timestamp)
    -> String
  {
    let local = zone.localTime(at: instant)
    let time = "\(pad(local.hour)):\(pad(local.minute))"
    return zone.localTime(at: now).date == local.date ? time : "\(local.date.description) \(time)"
  }

  /// `2026-11-21 14:05:09 WIB`.
  package static func full(_ instant: Timestamp, in zone: TimeZoneRules) -> String {
    let local = zone.localTime(at: instant)
    let time = "\(pad(local.hour)):\(pad(local.minute)):\(pad(local.second))"
    return "\(local.date.description) \(time) \(local.abbreviation)"
  }

  /// A countdown: `02:17`, `1:02:17`, `3 d 01:02:17`; the sign is the caller's to word.
  package static func countdown(_ span: Duration) -> String {
    let seconds = abs(span.wholeSeconds)
    let (days, hours) = (seconds / 86_400, seconds / 3600 % 24)
    let rest = "\(pad(seconds / 60 % 60)):\(pad(seconds % 60))"
    if days > 0 { return "\(days) d \(pad(hours)):\(rest)" }
    return hours > 0 ? "\(hours):\(rest)" : rest
  }

  /// Time since a start: `00:42:17`, `3 d 01:02:17`.
  package static func elapsed(_ span: Duration) -> String {
    let seconds = max(0, span.wholeSeconds)
    let time = "\(pad(seconds / 3600 % 24)):\(pad(seconds / 60 % 60)):\(pad(seconds % 60))"
    return seconds >= 86_400 ? "\(seconds / 86_400) d \(time)" : time
  }

  /// A span in words for sentences: `45 s`, `12 min`, `2 h 05 min`, `3 d 4 h`.
  package static func span(_ span: Duration) -> String {
    let seconds = abs(span.wholeSeconds)
    if seconds < 60 { return "\(seconds) s" }
    let minutes = seconds / 60
    if minutes < 60 {
      return seconds % 60 == 0 ? "\(minutes) min" : "\(minutes) min \(seconds % 60) s"
    }
    let hours = minutes / 60
    if hours < 24 {
      return minutes % 60 == 0 ? "\(hours) h" : "\(hours) h \(pad(minutes % 60)) min"
    }
    return hours % 24 == 0 ? "\(hours / 24) d" : "\(hours / 24) d \(hours % 24) h"
  }

  private static func pad(_ value: some BinaryInteger) -> String {
    value < 10 ? "0\(value)" : "\(value)"
  }
}
