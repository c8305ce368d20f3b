/// A drill beside its targets and beside the incident that it was made from.
package struct Debrief: Sendable {
  package var moments: [Moment]
  package var targets: [Conduct.TargetOutcome]
  package var promises: [Conduct.Promise]

  /// How long after the clock started something took place.
  package struct Moment: Hashable, Sendable {
    package var milestone: Incident.Milestone
    package var drill: Duration?
    package var original: Duration?

    /// How much faster than in the original; negative where slower.
    package var faster: Duration? {
      guard let drill, let original else { return nil }
      return original - drill
    }
  }

  package init(
    of drill: Incident, events: [RecordedEvent], original: Incident?, at now: Timestamp,
    in context: TimeContext = TimeContext()
  ) {
    let measured: [Incident.Milestone] = [.acknowledged, .triaged, .mitigated, .resolved]
    moments = measured.map { milestone in
      Moment(
        milestone: milestone, drill: Self.span(to: milestone, in: drill),
        original: original.flatMap { Self.span(to: milestone, in: $0) })
    }
    let episodes = Episode.all(of: drill, events: events)
    let conduct = Conduct(of: episodes, events: events, at: now, in: context)
    targets = conduct.targets
    promises = conduct.promises
  }

  private static func span(to milestone: Incident.Milestone, in incident: Incident) -> Duration? {
    guard let start = incident.clockStart, let at = incident.time(of: milestone) else { return nil }
    return at - start
  }
}
