package import Engine

/// A moment of a replayed incident as people type it.
package enum ReplayTime {
  package struct Problem: Error, Hashable, Sendable {
    package var text: String

    package init(text: String) { self.text = text }
  }

  /// Reads `14:05` (on the incident's days), `+10m` and `-10m` (from here), `T+42m` (from the clock start), `#17` (an
  /// entry), `start`, `end`, and everything that is a time elsewhere.
  package static func read(
    _ text: String, in playback: Playback, clockStart: Timestamp?, zone: TimeZoneRules
  ) throws(Problem) -> Timestamp {
    let word = text.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
    if word == "start" { return playback.first }
    if word == "end" { return playback.last }
    if word.hasPrefix("#") {
      guard let at = Int(word.dropFirst()).flatMap({ playback.moment(ofEntry: $0) }) else {
        throw Problem(text: "there is no entry \(word)")
      }
      return at
    }
    if word.hasPrefix("t+") {
      guard let span = span(word.dropFirst(2)), let clockStart else { throw notATime(text) }
      return clockStart + span
    }
    if let sign = word.first, sign == "+" || sign == "-" {
      guard let span = span(word.dropFirst()) else { throw notATime(text) }
      return sign == "+" ? playback.vantage.at + span : playback.vantage.at - span
    }
    guard let past = time(text, playback.last, zone) else { throw notATime(text) }
    guard past < playback.first else { return past }
    // A clock alone means the nearest such time: also one that the last day had not come to.
    guard let later = time(text, playback.last + .days(1), zone), later > playback.last,
      later - playback.last < playback.first - past
    else { return past }
    return later
  }

  /// What a text says at a given moment; also a time that had not come by then.
  private static func time(
    _ text: String, _ now: Timestamp, _ zone: TimeZoneRules
  ) -> Timestamp? {
    do throws(TimeExpression.Problem) {
      return try TimeExpression.read(text, now: now, zone: zone)
    } catch {
      if case .inTheFuture(let instant) = error { return instant }
      return nil
    }
  }

  private static func notATime(_ text: String) -> Problem {
    Problem(text: "“\(text)” is not a time: write 14:05, +10m, T+42m, #17, start, end")
  }

  /// `42m`, `1h30m`, `00:42:17`, `42:17`.
  private static func span(_ text: some StringProtocol) -> Duration? {
    guard text.contains(":") else {
      return SpanText.seconds(text).flatMap { $0 >= 0 ? .seconds($0) : nil }
    }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
    guard (2...3).contains(parts.count) else { return nil }
    var seconds = 0
    for part in parts {
      guard let part, (0..<100_000).contains(part) else { return nil }
      seconds = seconds * 60 + part
    }
    return .seconds(seconds)
  }
}
