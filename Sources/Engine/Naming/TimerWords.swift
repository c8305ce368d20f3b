/// How long a timer runs and what it is for, as people say it: `10m tea`, `5 min ask kai`, `10 tea`.
package struct TimerWords: Hashable, Sendable {
  package var span: Duration
  /// What it is for; `timer` where nobody says.
  package var text: String

  /// Nil where the words do not begin with how long.
  package init?(_ words: String) {
    let parts = words.split(maxSplits: 2, whereSeparator: \.isWhitespace)
    guard let first = parts.first else { return nil }
    if parts.count > 1, Int(first) != nil, let both = SpanText.typed("\(first) \(parts[1])") {
      (span, text) = (both, parts.count > 2 ? String(parts[2]) : "timer")
      return
    }
    guard let one = SpanText.typed(first) else { return nil }
    let rest = words[first.endIndex...].drop(while: \.isWhitespace)
    (span, text) = (one, rest.isEmpty ? "timer" : String(rest))
  }
}
