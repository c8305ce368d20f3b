import Documents
import Engine
import Procedures

extension Rejection {
  /// One line: what is wrong and what to do.
  func message(in zone: TimeZoneRules, at now: Timestamp) -> String {
    switch self {
    case .unknown(let subject, let word, let known):
      return unknown(subject, word, known)
    case .ambiguous(let subject, let word, let matches):
      return "'\(word)' fits several \(subject.plural): \(Self.list(matches)); say more of it"
    case .closed(let outcome):
      return "the incident is closed (\(outcome.words)); 'muster reopen' opens it again"
    case .notClosed: return "the incident is not closed"
    case .notResolved:
      return "the incident is not resolved; 'muster resolve' first, or close it with --outcome"
    case .alreadyAcknowledged(let name, let at):
      return "already acknowledged by \(name) at \(ClockText.time(at, in: zone, at: now))"
    case .alreadyInStatus(let status, let since):
      return "the status is \(status) already, since \(ClockText.time(since, in: zone, at: now))"
    case .alreadySo(let subject, let what): return "\(subject.name) \(what): nothing to change"
    case .inTheFuture(let time):
      return
        "\(ClockText.time(time, in: zone, at: now)) has not come yet; say a time that has passed"
    case .noHandoverOffered:
      return "no hand-over is offered; 'muster handover NAME' offers one"
    case .handoverIsFor(let name):
      return "the hand-over is offered to \(name), not to you; '--as \(name)' accepts in that name"
    case .nothingToDo(let what): return what
    case .empty(let subject): return "the \(subject.name) is empty; say something"
    case .tooLong(let subject, let bytes, let limit):
      return "the \(subject.name) has \(bytes) bytes, at most \(limit) are recorded; shorten it"
    case .newerFormat(let format):
      return
        "the log is of format \(format), which this version reads and does not write; update muster"
    case .notDeclared:
      return "the log does not begin with a declaration; 'muster verify' says what is wrong with it"
    }
  }

  private func unknown(_ subject: Subject, _ word: String, _ known: [String]) -> String {
    guard !known.isEmpty else { return "no \(subject.name) '\(word)': there is none" }
    // Numbered choices are recognized by their words as well.
    let words = known.map { choice in
      subject.isNumbered ? String(choice.drop { $0.isNumber }.drop { $0 == " " }) : choice
    }
    let guess = NearestMatch.find(word, among: words)
    let hint = guess.map { "; did you mean '\($0)'?" } ?? ";"
    return "no \(subject.name) '\(word)'\(hint) known: \(Self.list(known))"
  }

  /// What can be chosen from, at most twelve.
  static func list(_ words: [String]) -> String {
    let more = words.count > 12 ? " … (\(words.count) in all)" : ""
    return words.prefix(12).joined(separator: ", ") + more
  }

  /// Whether trying again with other words could help, rather than another state of the incident.
  var isUsage: Bool {
    switch self {
    case .unknown, .ambiguous, .inTheFuture, .empty, .tooLong: true
    case .closed, .notClosed, .notResolved, .alreadyAcknowledged, .alreadyInStatus, .alreadySo,
      .noHandoverOffered, .handoverIsFor, .nothingToDo, .newerFormat, .notDeclared:
      false
    }
  }
}

extension Rejection.Subject {
  var name: String {
    switch self {
    case .item: "checklist item"
    case .step: "escalation step"
    case .action: "action item"
    case .span: "duration"
    case .severity, .status, .phase, .role, .deadline, .timer, .task, .entry, .milestone, .text,
      .reason, .name, .title:
      rawValue
    }
  }

  var plural: String {
    switch self {
    case .severity: "severities"
    case .status: "statuses"
    case .entry: "entries"
    default: name + "s"
    }
  }

  /// Whether its choices begin with a number.
  var isNumbered: Bool {
    switch self {
    case .item, .timer, .task, .action: true
    default: false
    }
  }
}
