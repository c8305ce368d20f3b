/// The day or the time by which something is to be done, as people type it: `7d`, `2026-12-01`, `tomorrow`, `Fri`, RFC 3339.
package enum DueExpression {
  /// Reads the whole text; nil where it is none. A day means its end; so do whole days and weeks from now.
  package static func read(_ text: String, now: Timestamp, zone: TimeZoneRules) -> Timestamp? {
    if let time = Timestamp(rfc3339: text.uppercased()) { return time }
    let word = text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let today = zone.localTime(at: now).date
    if let date = CivilDate(word) { return zone.end(of: date) }
    if word == "today" { return zone.end(of: today) }
    if word == "tomorrow" { return zone.end(of: today.adding(days: 1)) }
    if let weekday = TimeLexicon.weekday(word) {
      let day = (1...7).map { today.adding(days: $0) }.first { $0.weekday == weekday }
      return day.map { zone.end(of: $0) }
    }
    let span = word.hasPrefix("in ") ? String(word.dropFirst(3)) : word
    guard let seconds = SpanText.seconds(span.hasPrefix("+") ? String(span.dropFirst()) : span),
      seconds > 0
    else { return nil }
    guard seconds % 86_400 == 0 else { return now + .seconds(seconds) }
    return zone.end(of: today.adding(days: seconds / 86_400))
  }
}
