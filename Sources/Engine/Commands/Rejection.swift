/// Why something that was asked for is not possible now. Facts; each front end words them.
package enum Rejection: Error, Hashable, Sendable {
  case unknown(Subject, String, known: [String])
  case ambiguous(Subject, String, matches: [String])
  /// The incident has been closed; the outcome stands beside it.
  case closed(Incident.Outcome)
  case notClosed
  case notResolved
  case alreadyAcknowledged(by: String, at: Timestamp)
  case alreadyInStatus(String, since: Timestamp)
  case alreadyTriaged
  case severityAlready(String)
  case roleAlready(role: String, name: String)
  case itemAlready(Incident.ItemState.State, item: String)
  case alreadyRetracted(entry: Int)
  case inTheFuture(Timestamp)
  case noHandoverOffered
  case handoverIsFor(String)
  /// Nothing exists that the command could apply to.
  case lacking(Lack)
  /// The entry states a fact: other words would not change it.
  case statesFact(entry: Int, EventKind)
  /// A declaration stands; the incident can be closed as a false alarm.
  case declarationStays
  /// Only what is done at once can be undone, and only while nothing later was said about it.
  case cannotBeUndone(Int)
  case tooLateToUndo(Int)
  case empty(Subject)
  case tooLong(Subject, bytes: Int, limit: Int)
  /// The log is of a format that this version can read but not write.
  case newerFormat(Int)
  case notDeclared

  /// What is not there.
  package enum Lack: Hashable, Sendable {
    case holder(of: String)
    /// A step of the path that has not been called yet.
    case stepLeft
    case step
    case clock(of: String)
    case severities, phases, checklist
    case openTask, runningTimer, openAction
  }

  package enum Subject: String, CaseIterable, Sendable {
    case severity, status, phase, item, role, step, deadline, timer, task, action, entry, milestone,
      text, reason, name, title, span
  }
}
