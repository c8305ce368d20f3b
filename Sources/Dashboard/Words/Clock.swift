package import Engine

/// How instants and spans are written on a screen, in the zone that the screen shows.
package struct Clock: Sendable {
  /// The zone of the person or the store.
  package var zone: TimeZoneRules
  /// Whether the screen shows UTC in place of that zone.
  package var showsUTC = false

  package init(zone: TimeZoneRules) {
    self.zone = zone
  }

  /// The zone in which times are shown and typed.
  package var shown: TimeZoneRules { showsUTC ? .utc : zone }

  /// `14:05:09`.
  package func time(_ instant: Timestamp) -> String {
    let local = shown.localTime(at: instant)
    return Self.two(local.hour) + ":" + Self.two(local.minute) + ":" + Self.two(local.second)
  }

  /// `14:05`.
  package func minute(_ instant: Timestamp) -> String { Self.minute(instant, in: shown) }

  /// `14:05`, or `11-20 14:05` where that was not today.
  package func minute(_ instant: Timestamp, today now: Timestamp) -> String {
    let date = shown.localTime(at: instant).date
    guard date != shown.localTime(at: now).date else { return minute(instant) }
    return "\(day(instant)) \(minute(instant))"
  }

  /// `11-20`.
  package func day(_ instant: Timestamp) -> String {
    let date = shown.localTime(at: instant).date
    return Self.two(date.month) + "-" + Self.two(date.day)
  }

  /// The name of the shown zone at an instant: `UTC`, `WIB`.
  package func abbreviation(_ now: Timestamp) -> String { shown.localTime(at: now).abbreviation }

  /// `02:17:43 UTC`, and with a zone of one's own also `09:17 WIB`.
  package func header(_ now: Timestamp, separator: String) -> [String] {
    var utc = Clock(zone: .utc)
    utc.showsUTC = true
    let world = "\(utc.time(now)) UTC"
    let local = zone.localTime(at: now)
    guard local.offset != 0 else { return [world] }
    return [world, "\(Self.minute(now, in: zone)) \(local.abbreviation)"]
  }

  private static func minute(_ instant: Timestamp, in zone: TimeZoneRules) -> String {
    let local = zone.localTime(at: instant)
    return two(local.hour) + ":" + two(local.minute)
  }

  // MARK: - Spans

  /// A countdown without its sign: `mm:ss`, over an hour `h:mm:ss`, over a day `2d 03h`.
  package static func countdown(_ span: Duration) -> String {
    let seconds = Int(span.wholeSeconds.magnitude)
    if seconds >= 86_400 { return "\(seconds / 86_400)d \(two(seconds / 3600 % 24))h" }
    let tail = two(seconds / 60 % 60) + ":" + two(seconds % 60)
    return seconds >= 3600 ? "\(seconds / 3600):" + tail : tail
  }

  /// The time since the clock start: `00:42:17`, over four days `4d 03h`.
  package static func elapsed(_ span: Duration) -> String {
    let seconds = Int(max(0, span.wholeSeconds))
    if seconds >= 4 * 86_400 { return "\(seconds / 86_400)d \(two(seconds / 3600 % 24))h" }
    return two(seconds / 3600) + ":" + two(seconds / 60 % 60) + ":" + two(seconds % 60)
  }

  /// A span in words, its two greatest parts: `2 h 12 m`, `3 d 4 h`, `45 s`.
  package static func words(_ span: Duration) -> String {
    let seconds = Int(span.wholeSeconds.magnitude)
    switch seconds {
    case ..<60: return "\(seconds) s"
    case ..<3600: return "\(seconds / 60) m"
    case ..<86_400:
      let minutes = seconds / 60 % 60
      return minutes == 0 ? "\(seconds / 3600) h" : "\(seconds / 3600) h \(minutes) m"
    default:
      let hours = seconds / 3600 % 24
      return hours == 0 ? "\(seconds / 86_400) d" : "\(seconds / 86_400) d \(hours) h"
    }
  }

  static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
