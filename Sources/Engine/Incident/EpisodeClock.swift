/// The time that an episode of an incident has taken.
package struct EpisodeClock: Hashable, Sendable {
  package var start: Timestamp
  /// When it was resolved, or closed without being resolved; nil while it runs.
  package var end: Timestamp?

  /// How long it has run by an instant; negative where it begins later, or ended before it began.
  package func elapsed(at now: Timestamp) -> Duration { min(now, end ?? now) - start }
}
