/// What happened with all incidents in a stretch of time, for whoever was not there.
package struct DigestReport: Sendable {
  package var from: Timestamp
  package var to: Timestamp
  package var declared: [Row] = []
  package var closed: [Row] = []
  package var open: [Row] = []
  /// Duties after incidents that are over their time.
  package var overdue: [Row] = []

  package struct Row: Hashable, Sendable {
    package var id: String
    package var title: String
    package var severity: String
    /// How it stands, or what is overdue.
    package var state: String
    package var at: Timestamp
  }

  package init(from: Timestamp, to: Timestamp) { (self.from, self.to) = (from, to) }

  /// Takes in one incident, as it stands; drills are no incidents.
  package mutating func add(_ incident: Incident, in context: TimeContext) {
    guard incident.declaration != nil, !incident.isDrill else { return }
    func row(_ state: String, _ at: Timestamp) -> Row {
      Row(
        id: incident.id, title: incident.shownTitle, severity: incident.severityLabel,
        state: state, at: at)
    }
    let began = incident.time(of: .declared) ?? to
    if began > from, began <= to { declared.append(row(incident.statusName, began)) }
    if let closing = incident.closing?.stamp.effective, !incident.isOpen, closing > from,
      closing <= to
    {
      closed.append(row(incident.closing?.value.outcome.rawValue ?? "", closing))
    }
    if incident.isOpen { open.append(row(incident.statusName, began)) }
    for deadline in incident.deadlines(at: to, in: context)
    where deadline.isAftermath && deadline.state == .breached {
      overdue.append(row(deadline.label, deadline.due ?? to))
    }
  }
}
