package import Engine

extension Rejection {
  /// One line: what is wrong and what to do about it there.
  package func message(on surface: Surface, in zone: TimeZoneRules, at now: Timestamp) -> String {
    func time(_ instant: Timestamp) -> String {
      InstantText.second(instant, in: zone, near: now)
    }
    switch self {
    case .unknown(let subject, let word, let known):
      return Choices.unknown(
        subject.name, word, known: known, recognized: subject.recognized(known), on: surface)
    case .ambiguous(let subject, let word, let matches):
      return Choices.ambiguous(subject.plural, word, matches: matches, on: surface)
    case .closed(let outcome):
      return
        "the incident is closed (\(outcome.words)); \(surface.verb("reopen")) opens it again"
    case .notClosed: return "the incident is not closed"
    case .notResolved: return Self.notResolved(on: surface)
    case .alreadyAcknowledged(let name, let at):
      return "already acknowledged by \(name) at \(time(at))"
    case .alreadyInStatus(let status, let since):
      return "status is already \(status), since \(time(since))"
    case .alreadyTriaged: return "the incident is already triaged"
    case .severityAlready(let severity): return "severity is already \(severity)"
    case .roleAlready(let role, let name): return "\(role) is already \(name)"
    case .itemAlready(let state, let item): return "'\(item)' is already \(state.words)"
    case .alreadyRetracted(let entry): return "entry \(entry) is already retracted"
    case .inTheFuture(let instant):
      return "\(time(instant)) is in the future; give a time in the past"
    case .noHandoverOffered:
      return "no hand-over is offered; \(surface.verb("handover NAME")) offers one"
    case .handoverIsFor(let name):
      let remedy = surface != .console ? "; '--as \(name)' accepts for \(name)" : ""
      return "the hand-over is offered to \(name), not to you\(remedy)"
    case .lacking(let lack): return lack.words
    case .cannotBeUndone(let entry):
      return "entry \(entry) cannot be undone; \(surface.verb("retract \(entry)")) takes it back"
    case .tooLateToUndo(let entry):
      return
        "entry \(entry) can no longer be undone; \(surface.verb("retract \(entry)")) takes it back"
    case .statesFact(let entry, let kind):
      let again = kind.verb.map { "\(surface.verb($0)) sets a new value, " } ?? ""
      return "entry \(entry) records a value and cannot be reworded; \(again)"
        + "\(surface.verb("retract \(entry)")) takes it back"
    case .declarationStays:
      return "the declaration cannot be retracted; close the incident as a false alarm"
    case .empty(let subject): return "the \(subject.name) is empty"
    case .tooLong(let subject, let bytes, let limit):
      return "the \(subject.name) has \(bytes) bytes; the limit is \(limit)"
    case .newerFormat(let format): return Self.newerFormat(format)
    case .notDeclared:
      let remedy = surface.verb("verify")
      return "the log does not begin with a declaration; \(remedy) shows what is wrong"
    }
  }

  private static func notResolved(on surface: Surface) -> String {
    let other = surface == .console ? "as something else" : "with --outcome"
    return "the incident is not resolved; \(surface.verb("resolve")) first, or close it \(other)"
  }

  /// Why a log of a newer version cannot be written.
  package static func newerFormat(_ format: Int) -> String {
    "the log has format \(format), which this version can only read; update muster"
  }
}

extension EventKind {
  /// The verb that states such a fact again.
  fileprivate var verb: String? {
    switch self {
    case .severityChanged: "severity"
    case .statusChanged: "status"
    case .milestoneSet: "when"
    case .impactUpdated: "impact"
    case .phaseEntered: "phase"
    case .roleAssigned, .roleReleased: "assign"
    case .itemChecked, .itemUnchecked, .itemSkipped: "check"
    case .fieldFilled: "fill"
    default: nil
    }
  }
}

extension Rejection.Lack {
  /// What is not there, as a sentence without its full stop.
  package var words: String {
    switch self {
    case .holder(let role): "nobody holds \(role)"
    case .stepLeft: "no step is left to escalate to"
    case .step: "there is no escalation path"
    case .clock(let label): "\(label) has no due time"
    case .severities: "the procedure has no severities"
    case .phases: "the procedure has no phases"
    case .checklist: "the procedure has no checklist"
    case .openTask: "no task is open"
    case .runningTimer: "no timer is running"
    case .openAction: "no action item is open"
    }
  }
}

extension Rejection.Subject {
  /// As it is called in a sentence.
  package var name: String {
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

  /// Numbered choices are recognized by their words as well.
  fileprivate func recognized(_ known: [String]) -> [String] {
    switch self {
    case .item, .timer, .task, .action:
      known.map { String($0.drop { $0.isNumber }.drop { $0 == " " }) }
    default: known
    }
  }
}
