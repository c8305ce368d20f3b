import Dashboard
import Engine
import Glibc
import Procedures
import Wording

/// Now, and the zone in which times are typed and shown; the zone's rules are read when somebody asks.
struct LocalClock {
  let now: Timestamp
  let zoneName: String?
  /// The zone's rules, where they have been read already.
  private let given: TimeZoneRules?

  init(now: Timestamp = WallClock.now, zoneName: String? = nil) {
    self.now = now
    self.zoneName = zoneName
    given = nil
  }

  init(now: Timestamp, zone: TimeZoneRules) {
    self.now = now
    zoneName = zone.name
    given = zone
  }

  /// The incident's time: real time, except in a drill at another speed.
  func of(_ incident: Incident) -> Self {
    incident.pace.percent == 100
      ? self : LocalClock(now: incident.pace.time(at: now), zoneName: zoneName)
  }

  var zone: TimeZoneRules { given ?? ZoneFiles.zone(named: zoneName, from: "config.yaml") }

  /// A time in the past as typed.
  func instant(_ text: String) throws(Failure) -> Timestamp {
    do throws(TimeExpression.Problem) {
      return try TimeExpression.read(text, now: now, zone: zone)
    } catch {
      throw Failure(.usage, error.text(of: text, in: zone, at: now))
    }
  }

  /// A span as typed.
  func span(_ text: String) throws(Failure) -> Duration {
    guard let span = SpanText.typed(text) else {
      throw Failure(.usage, "'\(text)' is not a duration; write 90s, 10m or 1h30m")
    }
    return span
  }

  /// The time in front of a text, where one stands there; reads no zone unless the text can begin with one.
  func leadingTime(of text: String) -> TimeExpression.Leading {
    TimeExpression.mayLead(text) ? TimeExpression.leading(text, now: now, zone: zone) : .none
  }

  /// The day or the time by which something is to be done, as typed.
  func due(_ text: String) throws(Failure) -> Timestamp {
    guard let due = DueExpression.read(text, now: now, zone: zone) else {
      throw Failure(.usage, "'\(text)' is not a date; write 2026-12-01, 7d or tomorrow")
    }
    return due
  }
}
