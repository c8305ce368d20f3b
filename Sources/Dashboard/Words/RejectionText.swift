package import Engine

extension Rejection {
  /// The refusal in one line: what is the matter, and what would help.
  package func text(clock: Clock) -> String {
    switch self {
    case .unknown(let subject, let name, let known):
      let list = known.prefix(8).joined(separator: ", ")
      return known.isEmpty
        ? "no \(subject.rawValue) “\(name)”"
        : "no \(subject.rawValue) “\(name)”; there is \(list)\(known.count > 8 ? ", …" : "")"
    case .ambiguous(let subject, let name, let matches):
      return "“\(name)” fits more than one \(subject.rawValue): "
        + matches.prefix(4).joined(separator: ", ")
    case .closed(let outcome):
      return "the incident is closed (\(outcome.words)); reopen it first"
    case .notClosed: return "the incident is not closed"
    case .notResolved: return "the incident is not resolved yet"
    case .alreadyAcknowledged(let name, let at):
      return "already acknowledged by \(name) at \(clock.minute(at))"
    case .alreadyInStatus(let name, let since):
      return "it is \(name) since \(clock.minute(since))"
    case .alreadySo(let subject, let name): return "\(subject.rawValue) is so already: \(name)"
    case .inTheFuture(let time): return "\(clock.time(time)) is in the future"
    case .noHandoverOffered: return "no hand-over was offered"
    case .handoverIsFor(let name): return "the hand-over was offered to \(name)"
    case .nothingToDo(let why): return why
    case .empty(let subject): return "a \(subject.rawValue) is needed"
    case .tooLong(let subject, let bytes, let limit):
      return "the \(subject.rawValue) has \(bytes) bytes; \(limit) is the most"
    case .newerFormat(let format):
      return "the log is of format \(format), which this version only reads"
    case .notDeclared: return "there is no incident in this log"
    }
  }
}

extension Incident.Outcome {
  package var words: String {
    switch self {
    case .resolved: "resolved"
    case .falseAlarm: "false alarm"
    case .merged: "merged"
    case .cancelled: "cancelled"
    }
  }
}
