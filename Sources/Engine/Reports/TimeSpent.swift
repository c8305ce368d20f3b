/// How long an incident was in one severity or status, from its clock's start until it was resolved, all episodes together.
package struct TimeSpent: Hashable, Sendable {
  package var kind: Kind
  package var name: String
  package var span: Duration

  package enum Kind: String, Sendable {
    case severity, status
  }

  /// Severities in the order in which they first held, then statuses likewise; those without any time left out.
  package static func all(of episodes: [Episode], at now: Timestamp) -> [TimeSpent] {
    guard let incident = episodes.last?.incident else { return [] }
    let names = Dictionary(
      (incident.knownStatuses + Incident.assumedStatuses).map { ($0.id, $0.name) },
      uniquingKeysWith: { first, _ in first })
    let first = incident.status(withRole: .open)
    var severities: [TimeSpent] = []
    var statuses: [TimeSpent] = []
    for episode in episodes {
      guard let begin = episode.incident.clockStart else { continue }
      let ends = [
        episode.incident.time(of: .resolved), episode.incident.closing?.stamp.effective,
        episode.lastInstant(now),
      ]
      let end = ends.compactMap { $0 }.min() ?? now
      let held = incident.severities.entries.map { ($0.stamp.effective, $0.value ?? "unknown") }
      add(held, .severity, begin, end, to: &severities)
      let moved = incident.statuses.entries.map {
        ($0.stamp.effective, names[$0.value.status] ?? $0.value.status)
      }
      // An episode begins in the first status, whatever the one before ended in.
      add(
        [(begin, first.name)] + moved.filter { $0.0 >= begin }, .status, begin, end, to: &statuses)
    }
    return severities + statuses
  }

  /// Adds up what held between two instants; what was first said later held from the beginning.
  private static func add(
    _ changes: [(at: Timestamp, name: String)], _ kind: Kind, _ begin: Timestamp, _ end: Timestamp,
    to spent: inout [TimeSpent]
  ) {
    for (index, change) in changes.enumerated() {
      let from = index == 0 ? begin : max(change.at, begin)
      let to = index + 1 < changes.count ? min(changes[index + 1].at, end) : end
      guard from < to else { continue }
      if let known = spent.firstIndex(where: { $0.name == change.name }) {
        spent[known].span += to - from
      } else {
        spent.append(TimeSpent(kind: kind, name: change.name, span: to - from))
      }
    }
  }
}
