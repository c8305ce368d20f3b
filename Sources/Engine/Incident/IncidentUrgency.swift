/// Order of incidents by urgency, most urgent first, on every surface.
package struct IncidentUrgency: Hashable, Comparable, Sendable {
  package var standing: Standing
  /// It goes on, and the time of a duty is up.
  package var isOver = false
  /// Nobody has acknowledged it.
  package var isUnacknowledged: Bool
  /// Rank of the severity whose clocks run; 1 is the worst.
  package var rank: Int
  /// When its most urgent duty is or was due.
  package var due: Timestamp?
  package var id: String

  package enum Standing: Int, Sendable {
    /// Nobody can tell how it stands: its log cannot be read.
    case unread
    /// A step fell due and nobody has been reached.
    case nobodyReached
    case live
    case resolved
    case closed
  }

  /// `deadlines` are those of the incident at that instant.
  package init(of incident: Incident, among deadlines: [Deadline]) {
    let first = deadlines.filter(\.state.isRunning).map(\.urgency).min()
    id = incident.id
    rank = incident.rulingSeverity?.rank ?? 0
    due = deadlines.filter { $0.state.isRunning && $0.urgency == first }.compactMap(\.due).min()
    isUnacknowledged = incident.acknowledgement == nil
    if !incident.isOpen {
      standing = .closed
    } else if incident.isResolved {
      standing = .resolved
    } else {
      let isCalling = first?.group == .call || first?.group == .exhausted
      standing = isCalling ? .nobodyReached : .live
      isOver = first?.group == .over
    }
    if standing == .resolved || standing == .closed { isUnacknowledged = false }
  }

  /// Of an incident whose log cannot be read, as it was known last where it was.
  package init(unread id: String, lastKnown: Incident?) {
    (self.id, standing) = (id, .unread)
    rank = lastKnown?.rulingSeverity?.rank ?? 0
    isUnacknowledged = lastKnown?.acknowledgement == nil
  }

  package static func < (one: Self, other: Self) -> Bool {
    one.key < other.key
  }

  /// Whether it goes before another where there is room for one: what is over in a live incident leads; among equals the
  /// more urgent one does.
  package func leads(_ other: Self, at now: Timestamp) -> Bool {
    let (own, its) = (isOver(at: now), other.isOver(at: now))
    return own == its ? self < other : own
  }

  /// Whether a duty of it is over, and the incident still goes on.
  private func isOver(at now: Timestamp) -> Bool {
    guard standing == .nobodyReached || standing == .live else { return false }
    return due.map { $0 <= now } ?? false
  }

  private var key: (Int, Int, Int, Timestamp, String) {
    let step = (isOver ? 0 : 2) + (isUnacknowledged ? 0 : 1)
    return (standing.rawValue, step, rank, due ?? .distantFuture, id)
  }
}

extension Incident {
  package func urgency(at now: Timestamp, in context: TimeContext) -> IncidentUrgency {
    IncidentUrgency(of: self, among: deadlines(at: now, in: context))
  }

  /// The rank of the severity that holds; nil while it is unknown.
  package var shownRank: Int? {
    guard let severityID else { return nil }
    return procedure.severities.first { $0.id == severityID }?.rank
  }
}
