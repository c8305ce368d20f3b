import Documents
import Engine
import Glibc
import Procedures

/// Now, and the zone in which times are typed and shown; the zone's rules are read when somebody asks.
struct LocalClock {
  let now: Timestamp
  let zoneName: String?

  init(now: Timestamp = WallClock.now, zoneName: String? = nil) {
    self.now = now
    self.zoneName = zoneName
  }

  /// As an incident counts time: true time, but in a drill at another speed.
  func of(_ incident: Incident) -> Self {
    incident.pace.percent == 100
      ? self : LocalClock(now: incident.pace.time(at: now), zoneName: zoneName)
  }

  var zone: TimeZoneRules { ZoneFiles.zone(named: zoneName) }

  /// A time in the past as typed.
  func instant(_ text: String) throws(Failure) -> Timestamp {
    do throws(TimeExpression.Problem) {
      return try TimeExpression.read(text, now: now, zone: zone)
    } catch {
      switch error {
      case .notATime:
        throw Failure(
          .usage,
          "'\(text)' is no time; write 14:05, -12m, 'yesterday 23:50' or 2026-11-21T01:35:00Z")
      case .inTheFuture(let instant):
        throw Failure(
          .usage,
          "\(ClockText.full(instant, in: zone)) has not come yet; say a time that has passed")
      }
    }
  }

  /// A span as typed.
  func span(_ text: String) throws(Failure) -> Duration {
    guard let seconds = SpanText.seconds(text), seconds > 0 else {
      throw Failure(.usage, "'\(text)' is no duration; write 90s, 10m or 1h30m")
    }
    return .seconds(seconds)
  }

  /// The time in front of a text, where one stands there; reads no zone unless the text can begin with one.
  func leadingTime(of text: String) -> (time: Timestamp, rest: String)? {
    guard let first = text.utf8.first else { return nil }
    let isDigit = first >= 48 && first <= 57
    let word = text.prefix { $0 != " " }.lowercased()
    guard isDigit || first == 45 || word == "yesterday" || word == "today" else { return nil }
    guard let split = TimeExpression.splitting(text, now: now, zone: zone), !split.rest.isEmpty
    else { return nil }
    return (split.time, split.rest)
  }
}
