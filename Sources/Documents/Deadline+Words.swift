package import Engine

extension Deadline {
  /// What it is, in a few words.
  package var title: String {
    switch kind {
    case .escalation: state == .exhausted ? label : "Call \(label)"
    case .phase: "Phase \(label)"
    case .timer: id == "silence" ? label : "Timer: \(label)"
    case .task: "Task: \(label)"
    case .action: "Action: \(label)"
    case .acknowledge, .respond, .triage, .mitigate, .resolve, .communicate, .update, .watch,
      .postmortem:
      label
    }
  }

  /// Its state and time left in 14 columns, never by colour alone: `in      02:17`, `OVER    12:17`, `CALL NOW`.
  package func countdown(at now: Timestamp) -> String {
    let word =
      switch state {
      case .fired: kind == .escalation ? "NOW" : "OVER"
      case .breached: "OVER"
      case .exhausted: "END"
      case .soon: "soon"
      case .snoozed: "later"
      case .pending: "in"
      case .met: "met"
      case .metLate: "late"
      case .cancelled: "—"
      }
    let time = remaining(at: now).map { ClockText.countdown($0) } ?? ""
    let gap = String(repeating: " ", count: max(1, 14 - word.count - time.count))
    return word + gap + time
  }
}

extension NextStep {
  /// The sentence for a person at 3 a.m.
  package func words(at now: Timestamp) -> String {
    let time = deadline?.remaining(at: now).map { ClockText.span($0) }
    let isOver = deadline?.remaining(at: now).map { $0 <= .zero } ?? false
    let clock = time.map { isOver ? " (\($0) over)" : " (\($0) left)" } ?? ""
    switch action {
    case .call(let name):
      return "CALL \(name) now: nobody has been reached" + (time.map { ", due \($0) ago" } ?? "")
    case .exhausted: return "Nobody is left on the escalation path and nobody has been reached"
    case .acknowledge: return "Acknowledge: nobody has yet" + clock
    case .setSeverity:
      return "Say how bad it is: the severity is unknown, the worst one's clocks run"
    case .overdue: return "\(deadline?.title ?? "") is over by \(time ?? "")"
    case .approaching: return "\(deadline?.title ?? "") in \(time ?? "")"
    case .close: return "Everything is done: close the incident"
    }
  }

  /// The verb that does it.
  package var command: String {
    switch action {
    case .call(let name): "then: muster reached \(Self.quoted(name))"
    case .exhausted: "call anyone who can help, then: muster reached STEP NAME"
    case .acknowledge: "muster ack"
    case .setSeverity: "muster severity S"
    case .close: "muster close"
    case .overdue, .approaching: deadline?.command ?? "muster show --json"
    }
  }

  /// A word for a shell.
  private static func quoted(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy {
      ($0 >= 48 && $0 <= 57) || ($0 >= 65 && $0 <= 90) || ($0 >= 97 && $0 <= 122) || $0 == 45
    }
    return isPlain && !text.isEmpty
      ? text
      : "'"
        + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
        + "'"
  }
}

extension Deadline {
  /// The verb that meets it.
  package var command: String {
    switch kind {
    case .acknowledge, .respond: "muster ack"
    case .triage: "muster triaged"
    case .mitigate: "muster mitigate"
    case .resolve: "muster resolve"
    case .communicate, .update: "muster update TEXT"
    case .escalation: "muster reached STEP"
    case .phase: "muster phase NEXT"
    case .watch: "muster resolve"
    case .timer: id == "silence" ? "muster note TEXT" : "muster timer cancel \(number)"
    case .task: "muster task done \(number)"
    case .postmortem: "muster postmortem done \(duty?.rawValue ?? "")"
    case .action: "muster actions done \(number)"
    }
  }

  private var number: Substring { id.split(separator: ":").last ?? "" }
}

extension SituationReport {
  /// The incident in one short line: severity, title, elapsed time, what is next.
  package var statusLine: String {
    let elapsed = clockStart.map { "T+\(ClockText.elapsed(now - $0))" }
    let next = next.map { next -> String in
      switch next.action {
      case .call(let name): "CALL \(name)"
      default: next.words(at: now)
      }
    }
    let missing = Set(dispatches.filter(\.isMissing).map(\.target)).sorted()
    let mark = missing.isEmpty ? nil : "NOT DELIVERED \(missing.joined(separator: ","))"
    return [isDrill ? "DRILL" : nil, severity ?? "SEV?", title, elapsed, mark, next]
      .compactMap { $0 }
      .joined(separator: " ")
  }
}
