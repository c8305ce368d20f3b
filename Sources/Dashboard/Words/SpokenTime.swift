package import Engine

/// Times and spans as people type them into a prompt.
package enum SpokenTime {
  /// A span: `10m`, `1h30m`, `2 h`; a bare number counts minutes. Nil for anything else, and for none.
  package static func span(_ text: some StringProtocol) -> Duration? {
    if let minutes = Int(text), minutes > 0, minutes < 100_000 { return .seconds(minutes * 60) }
    guard let seconds = SpanText.seconds(text), seconds > 0 else { return nil }
    return .seconds(seconds)
  }

  /// A time in front of words, with what follows it; nil where the text begins with no time.
  package static func leading(
    _ text: String, at now: Timestamp, in zone: TimeZoneRules
  ) -> (time: Timestamp, rest: String)? {
    TimeExpression.splitting(text, now: now, zone: zone)
  }

  /// A whole text as a time that has passed; nil where it is none.
  package static func time(
    _ text: String, at now: Timestamp, in zone: TimeZoneRules
  ) -> Timestamp? {
    do { return try TimeExpression.read(text, now: now, zone: zone) } catch { return nil }
  }
}
