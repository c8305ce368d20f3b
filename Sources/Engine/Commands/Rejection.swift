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
  case alreadySo(Subject, String)
  case inTheFuture(Timestamp)
  case noHandoverOffered
  case handoverIsFor(String)
  case nothingToDo(String)
  case empty(Subject)
  case tooLong(Subject, bytes: Int, limit: Int)
  /// The log is of a format that this version can read but not write.
  case newerFormat(Int)
  case notDeclared

  package enum Subject: String, CaseIterable, Sendable {
    case severity, status, phase, item, role, step, deadline, timer, task, action, entry, milestone,
      text, reason, name, title, span
  }
}
