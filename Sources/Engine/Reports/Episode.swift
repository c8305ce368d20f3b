/// One episode of an incident: from the declaration or a reopening to the next reopening.
package struct Episode: Sendable {
  /// 1 for the first.
  package var number: Int
  /// When the reopening that began it took place; nil for the first.
  package var reopened: Timestamp?
  /// The reopening that ended it; nil for the one that holds.
  package var end: Timestamp?
  /// The incident as this episode knows it: later ones left out, what was amended later taken in.
  package var incident: Incident

  /// Every episode in order, from the events that an incident was folded from.
  package static func all(of incident: Incident, events: [RecordedEvent]) -> [Episode] {
    let reopenings = incident.reopenings.entries.map(\.stamp)
    var episodes: [Episode] = []
    for (index, next) in reopenings.enumerated() {
      let earlier = events.filter { event in
        incident.stamp(of: event) < next
          || belongsToEveryEpisode(event)
      }
      episodes.append(
        Episode(
          number: index + 1, reopened: index == 0 ? nil : reopenings[index - 1].effective,
          end: next.effective, incident: Incident(replaying: earlier)))
    }
    episodes.append(
      Episode(
        number: reopenings.count + 1, reopened: reopenings.last?.effective, end: nil,
        incident: incident))
    return episodes
  }

  /// The declaration, amendments, and the two milestones that belong to the incident as a whole.
  private static func belongsToEveryEpisode(_ event: RecordedEvent) -> Bool {
    switch event.kind {
    // Declared late, an incident may have been told from its beginning with times before the declaration.
    case .incidentDeclared: true
    case .entryCorrected, .entryRetracted: true
    case .milestoneSet:
      ["started", "detected"].contains(event.data.string("milestone") ?? "")
    default: false
    }
  }

  /// The instant that questions about this episode are asked at: its end, or `now` for the one that holds.
  package func lastInstant(_ now: Timestamp) -> Timestamp { end.map { min($0, now) } ?? now }
}
