/// The time that an episode of an incident has taken.
package struct EpisodeClock: Hashable, Sendable {
  package var start: Timestamp
  /// When it was resolved, or closed without being resolved; nil while it runs.
  package var end: Timestamp?
  /// The latest instant that a clock a little ahead has written, where another clock has shown that it was.
  var latest: Timestamp?

  package init(start: Timestamp, end: Timestamp? = nil, latest: Timestamp? = nil) {
    self.start = start
    self.end = end
    self.latest = latest
  }

  /// How long it has run by an instant; negative where it begins later, or ended before it began.
  package func elapsed(at now: Timestamp) -> Duration {
    let now = Incident.present(now, saidLast: latest)
    return min(now, end ?? now) - start
  }

  /// Whether it is said to have ended before it began.
  package var isInvalid: Bool { end.map { $0 < start } ?? false }

  /// How long it has run, in a few words: `48 min`; `-2 min` before its start, `invalid` where it ended before that.
  package func roughWords(at now: Timestamp) -> String {
    if isInvalid { return "invalid" }
    let elapsed = elapsed(at: now)
    return (elapsed < .zero ? "-" : "") + InstantText.roughSpan(elapsed)
  }

  /// The same as a counter: `T+00:42:17`, `T-00:02:59` before its start.
  package func counter(at now: Timestamp) -> String {
    if isInvalid { return "T+ invalid" }
    let elapsed = elapsed(at: now)
    let digits = InstantText.elapsed(elapsed < .zero ? .zero - elapsed : elapsed)
    return (elapsed < .zero ? "T-" : "T+") + digits
  }
}
