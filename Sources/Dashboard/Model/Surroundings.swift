package import Engine
import Wording

/// An incident of the store as the switcher, the header and the wall list it.
package struct OpenIncident: Hashable, Sendable {
  package var id: String
  package var title: String
  package var severity: String?
  package var rank: Int?
  package var status: String
  package var clock: EpisodeClock?
  package var isAcknowledged: Bool
  package var commander: String?
  /// The next duty, and when it is or was due.
  package var next: String?
  package var due: Timestamp?
  /// The one thing to do next as every list of incidents tells it, and when it is or was due.
  package var step: String?
  package var stepDue: Timestamp?
  package var isOpen: Bool
  /// The number of its newest entry.
  package var sequence: Int
  /// How its own clock runs.
  package var pace: Pace
  package var urgency: IncidentUrgency
  /// Its updates that have not got where they were sent.
  package var missing: [Dispatch]
  /// Whether its procedure could be read.
  package var hasProcedure: Bool
  /// What keeps its log from being read now; what else is told of it is what was known last.
  package var unread: UnreadLog?

  package init(_ incident: Incident, at present: Timestamp, in context: TimeContext) {
    let standing = Standing(of: incident, at: incident.pace.time(at: present), in: context)
    self.init(incident, standing, at: present)
  }

  /// `standing` is what is due in it now.
  package init(_ incident: Incident, _ standing: Standing, at present: Timestamp) {
    id = incident.id
    title = (incident.isDrill ? "DRILL " : "") + incident.shownTitle
    pace = incident.pace
    severity = incident.severityID
    rank = incident.shownRank
    status = incident.statusName
    clock = incident.clock
    isAcknowledged = incident.acknowledgement != nil
    commander = incident.commander?.name
    isOpen = incident.isOpen
    sequence = incident.sequence
    missing = standing.dispatches.filter(\.isUntold)
    urgency = IncidentUrgency(of: incident, among: standing.deadlines)
    if let first = standing.deadlines.first, first.state.isRunning {
      next = first.label
      due = first.due
    }
    let step = NextStep(for: incident, among: standing.deadlines, at: present)
    (self.step, stepDue) = (step?.shortWords, step?.deadline?.due)
    hasProcedure = incident.procedureNotRead == nil
  }

  /// An incident whose log cannot be read.
  package init(
    unread log: UnreadLog, _ id: String, lastKnown: Incident?, at present: Timestamp,
    in context: TimeContext
  ) {
    self.init(lastKnown ?? Incident(), at: present, in: context)
    self.id = id
    (unread, isOpen) = (log, true)
    urgency = IncidentUrgency(unread: id, lastKnown: lastKnown)
    guard lastKnown == nil else { return }
    // Nobody can tell whether it was acknowledged.
    (title, status, clock, isAcknowledged) = (id, log.mark.lowercased(), nil, true)
    (next, due) = (nil, nil)
  }

  /// Whether a duty of it is over, by its own clock.
  func isOver(at present: Timestamp) -> Bool {
    due.map { $0 <= pace.time(at: present) } ?? false
  }

  /// Whether a screen with room for one shows it rather than another.
  func leads(_ other: Self, at present: Timestamp) -> Bool {
    var (own, its) = (urgency, other.urgency)
    (own.due, its.due) = (due, other.due)
    return own.leads(its, at: present)
  }

  /// What of it must not be overlooked from another incident's screen.
  var troubles: [String] {
    (unread.map { [$0.mark] } ?? []) + (missing.isEmpty ? [] : ["NOT DELIVERED"])
      + (hasProcedure ? [] : ["PROCEDURE NOT READ"])
  }
}

/// How the log and the store are, as far as the reader of the log could tell.
package struct Health: Hashable, Sendable {
  /// The last time that the log was read successfully.
  package var read: Timestamp?
  /// Why it cannot be read now.
  package var failure: String?
  /// Damage that nobody has accepted, each as `file:line: what`.
  package var damage: [String] = []
  /// Since when writes are not confirmed to be on the disk.
  package var unsyncedSince: Timestamp?
  /// How many words are kept because no log has taken them yet.
  package var kept = 0
  /// Why the store's settings could not be read, by this process or another.
  package var settingsUnread: String?
  /// Whether an agent of the store is there and well.
  package var agent = AgentWatch.none
  /// How it stands with the other machines that share the store, in a few words each.
  package var sharing: [String] = []
  /// Nothing can be written: by the file's mode, or by the kind of screen.
  package var isReadOnly = false
  /// How late the loop itself ran last, where that is more than it should be.
  package var lateBy: Duration?
  /// When the loop last ran late by that much.
  package var lateAt: Timestamp?

  package init() {}
}
