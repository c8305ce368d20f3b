package import Engine
package import Wording

/// What happened on one time axis: stretches and moments in lanes.
package struct TimelineChart: Sendable {
  package var from: Timestamp
  package var to: Timestamp
  package var lanes: [Lane]
  /// Moments that run through all lanes.
  package var marks: [Mark]
  package var zone: TimeZoneRules

  package struct Lane: Sendable {
    package var title: String
    package var spans: [Span] = []
    package var points: [Point] = []
  }

  package struct Span: Hashable, Sendable {
    package var from: Timestamp
    package var to: Timestamp
    package var label: String
    /// How much it stands out: 0 to 3, from white to hatched to dark.
    package var weight: Int
  }

  package struct Point: Hashable, Sendable {
    package var at: Timestamp
    package var label: String
    package var shape: Shape

    package enum Shape: String, Sendable {
      case circle, diamond, triangle, square, cross
    }
  }

  package struct Mark: Hashable, Sendable {
    package var at: Timestamp
    package var label: String
  }

  package init(of source: ReportSource, episodes: [Episode], entries: [Entry]) {
    let incident = source.incident
    zone = source.zone
    let known = episodes.flatMap(Self.marks)
    marks = known.sorted { $0.at < $1.at }
    let end = incident.closing?.stamp.effective ?? incident.time(of: .resolved) ?? source.now
    let begin = (known.map(\.at) + [incident.clockStart ?? end]).min() ?? end
    from = begin
    to = max(end, known.map(\.at).max() ?? end, begin + .minutes(1))
    lanes = []
    lanes.append(Lane(title: "Status", spans: Self.statusSpans(incident, from, to)))
    lanes.append(Lane(title: "Severity", spans: Self.severitySpans(incident, from, to)))
    lanes.append(Lane(title: "Phase", spans: Self.phaseSpans(incident, from, to)))
    lanes += Self.alertLanes(Self.alertSpans(entries, to), alertPoints(entries))
    lanes.append(Lane(title: "Escalation", points: escalationPoints(entries)))
    lanes.append(Lane(title: "Updates", points: updatePoints(entries)))
    lanes = lanes.filter { !$0.spans.isEmpty || !$0.points.isEmpty }
  }

  /// The milestones of an episode; what belongs to the incident as a whole only with the first.
  private static func marks(of episode: Episode) -> [Mark] {
    var marks = episode.reopened.map { [Mark(at: $0, label: "reopened")] } ?? []
    let ofIncident: Set<Incident.Milestone> = [.started, .detected, .declared]
    for milestone in Incident.Milestone.allCases {
      if episode.reopened != nil, ofIncident.contains(milestone) { continue }
      guard let at = episode.incident.time(of: milestone) else { continue }
      marks.append(Mark(at: at, label: milestone.rawValue))
    }
    return marks
  }

  // MARK: - Stretches

  /// Stretches from each value to the next.
  private static func spans(
    _ changes: [(at: Timestamp, label: String, weight: Int)], _ from: Timestamp, _ to: Timestamp
  ) -> [Span] {
    let ordered = changes.filter { $0.at < to }
    return ordered.enumerated().compactMap { index, change in
      let end = index + 1 < ordered.count ? ordered[index + 1].at : to
      let begin = max(change.at, from)
      guard begin < end else { return nil }
      return Span(from: begin, to: end, label: change.label, weight: change.weight)
    }
  }

  private static func statusSpans(
    _ incident: Incident, _ from: Timestamp, _ to: Timestamp
  ) -> [Span] {
    let all = incident.knownStatuses + Incident.assumedStatuses
    let first = incident.status(withRole: .open)
    var changes: [(at: Timestamp, label: String, weight: Int)] = []
    let starts = [incident.declaration?.stamp] + incident.reopenings.entries.map(\.stamp)
    for start in starts.compactMap({ $0 }) {
      changes.append((start.effective, first.name, 2))
    }
    for entry in incident.statuses.entries {
      let name = all.first { $0.id == entry.value.status }?.name ?? entry.value.status
      let weight = entry.value.role == .open ? 2 : entry.value.role == .mitigated ? 1 : 0
      changes.append((entry.stamp.effective, name, weight))
    }
    return spans(changes.sorted { $0.at < $1.at }, from, to)
  }

  private static func severitySpans(
    _ incident: Incident, _ from: Timestamp, _ to: Timestamp
  ) -> [Span] {
    let changes = incident.severities.entries.map { entry in
      let rank = incident.procedure.severities.first { $0.id == entry.value }?.rank ?? 1
      return (entry.stamp.effective, entry.value ?? "unknown", max(0, 4 - rank))
    }
    return spans(changes, from, to)
  }

  private static func phaseSpans(
    _ incident: Incident, _ from: Timestamp, _ to: Timestamp
  ) -> [Span] {
    guard !incident.phaseEntries.isEmpty, let start = incident.clockStart,
      let first = incident.procedure.phases.first
    else { return [] }
    let entered = incident.phaseEntries.entries.map { entry in
      (
        entry.stamp.effective,
        incident.procedure.phases.first { $0.id == entry.value }?.title ?? entry.value, 1
      )
    }
    return spans([(start, first.title, 1)] + entered, from, to)
  }

  /// From each alert to the word that it is over; entries that were withdrawn tell nothing.
  private static func alertSpans(_ entries: [Entry], _ to: Timestamp) -> [Span] {
    var running: [String: Timestamp] = [:]
    var spans: [Span] = []
    for entry in entries where !entry.isRetracted {
      let title = String(entry.text.drop { $0 != ":" }.dropFirst(2))
      if entry.kind == .alertFired, running[title] == nil {
        running[title] = entry.effective
      } else if entry.kind == .alertResolved, let from = running.removeValue(forKey: title) {
        spans.append(Span(from: from, to: min(entry.effective, to), label: title, weight: 1))
      }
    }
    spans += running.map { Span(from: $0.value, to: to, label: $0.key, weight: 1) }
    return spans.filter { $0.from < $0.to }.sorted { ($0.from, $0.label) < ($1.from, $1.label) }
  }

  /// So many alerts at once have a lane each; what goes beyond is one stretch.
  private static let mostAlertLanes = 4

  /// Alerts side by side where they ran at once, each with its own moments.
  private static func alertLanes(_ spans: [Span], _ points: [Point]) -> [Lane] {
    var rows: [[Span]] = []
    var beyond: [Span] = []
    for span in spans {
      if let free = rows.firstIndex(where: { ($0.last?.to ?? span.from) <= span.from }) {
        rows[free].append(span)
      } else if rows.count < mostAlertLanes {
        rows.append([span])
      } else {
        beyond.append(span)
      }
    }
    var lanes = rows.map { Lane(title: "", spans: $0) }
    if let from = beyond.map(\.from).min(), let to = beyond.map(\.to).max() {
      lanes.append(
        Lane(
          title: "", spans: [Span(from: from, to: to, label: "\(beyond.count) more", weight: 1)]))
    }
    if lanes.isEmpty { lanes = [Lane(title: "")] }
    lanes[0].title = "Alerts"
    for point in points {
      let own = lanes.firstIndex { lane in
        lane.spans.contains {
          point.label.hasSuffix($0.label) && $0.from <= point.at && point.at <= $0.to
        }
      }
      lanes[own ?? lanes.count - 1].points.append(point)
    }
    return lanes
  }

  // MARK: - Moments

  private func alertPoints(_ entries: [Entry]) -> [Point] {
    entries.filter { $0.kind == .alertFired && !$0.isRetracted }
      .map { Point(at: $0.effective, label: $0.text, shape: .diamond) }.filter(isInside)
  }

  private func escalationPoints(_ entries: [Entry]) -> [Point] {
    entries.filter { !$0.isRetracted }.compactMap { entry in
      switch entry.kind {
      case .escalationFired: Point(at: entry.effective, label: entry.text, shape: .triangle)
      case .escalationAcknowledged: Point(at: entry.effective, label: entry.text, shape: .square)
      case .escalationExhausted: Point(at: entry.effective, label: entry.text, shape: .cross)
      default: nil
      }
    }.filter(isInside)
  }

  private func updatePoints(_ entries: [Entry]) -> [Point] {
    entries.filter { $0.kind == .updateSent && !$0.isRetracted }
      .map { Point(at: $0.effective, label: $0.text, shape: .circle) }.filter(isInside)
  }

  private func isInside(_ point: Point) -> Bool { point.at >= from && point.at <= to }
}
