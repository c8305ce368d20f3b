/// What statistics over many incidents need to know of one.
package struct IncidentSummary: Sendable {
  package var id: String
  package var title: String
  /// Nil while it is unknown.
  package var severity: String?
  /// 1 is the worst; nil for a severity that its procedure does not know.
  package var severityRank: Int?
  package var procedure: String
  /// When its clock started.
  package var began: Timestamp
  package var isDrill: Bool
  package var isOpen: Bool
  package var isResolved: Bool
  package var outcome: Incident.Outcome?
  package var episodes: [EpisodeMetrics]
  package var targets: [Conduct.TargetOutcome]
  package var promises: [Conduct.Promise]

  /// Nil for a log that declares no incident.
  package init?(
    of incident: Incident, events: [RecordedEvent], at now: Timestamp,
    in context: TimeContext = TimeContext()
  ) {
    guard let declaration = incident.declaration else { return nil }
    id = incident.id
    title = incident.isSecretlyRetracted(declaration.stamp.sequence) ? "" : incident.shownTitle
    severity = incident.severityID
    severityRank = incident.procedure.severities.first { $0.id == incident.severityID }?.rank
    procedure = incident.procedure.name
    began = incident.time(of: .detected) ?? declaration.stamp.effective
    isDrill = incident.isDrill
    isOpen = incident.isOpen
    isResolved = incident.isResolved
    outcome = incident.closing?.value.outcome
    let all = Episode.all(of: incident, events: events)
    episodes = EpisodeMetrics.all(of: all, at: now)
    let conduct = Conduct(of: all, events: events, at: now, in: context)
    targets = conduct.targets
    promises = conduct.promises
  }
}
