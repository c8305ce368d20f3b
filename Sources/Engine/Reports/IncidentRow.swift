/// One incident among many, as lists show it: what a report says of it in a line, without the rest of the report.
package struct IncidentRow: Hashable, Sendable {
  package var id: String
  package var now: Timestamp
  package var title: String
  package var isDrill: Bool
  package var isOpen: Bool
  package var outcome: Incident.Outcome?
  /// The id of the severity that holds; nil while it is unknown.
  package var severity: String?
  package var statusID: String
  package var statusName: String
  package var episode: Int
  /// When it was declared; nil where the log does not say: `muster verify` says what is wrong with it.
  package var declared: Timestamp?
  /// The time that the present episode has taken.
  package var clock: EpisodeClock?
  /// How long people have felt it: the present episode, once it is closed all of them.
  package var lasted: String?
  package var next: NextStep?
  /// Why its procedure could not be read; nil where it was.
  package var procedureNotRead: String?
  /// Where updates did not get to.
  package var undelivered: [String]
  package var urgency: IncidentUrgency

  package init(of incident: Incident, id: String, at now: Timestamp, in context: TimeContext) {
    self.id = id
    self.now = now
    let deadlines = incident.deadlines(at: now, in: context)
    title = incident.shownTitle
    isDrill = incident.isDrill
    isOpen = incident.isOpen
    outcome = incident.closing?.value.outcome
    severity = incident.severityID
    (statusID, statusName) = (incident.status.change.status, incident.statusName)
    episode = incident.episode
    declared = incident.time(of: .declared)
    clock = incident.clock
    lasted = incident.duration?.roughWords(at: now)
    if !incident.isOpen, incident.episode > 1, let felt = incident.timeFelt(at: now) {
      lasted = InstantText.roughSpan(felt)
    }
    procedureNotRead = incident.procedureNotRead
    undelivered = Set(incident.dispatches(at: now).filter(\.isMissing).map(\.target)).sorted()
    next = NextStep(for: incident, among: deadlines, directory: nil, at: now)
    urgency = IncidentUrgency(of: incident, among: deadlines)
  }
}
