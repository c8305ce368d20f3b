import Engine

/// What a person should know before saying yes.
enum Consequences {
  static func question(
    of command: Command, occurred: Timestamp?, incident: Incident, deadlines: [Deadline],
    directory: Directory, now: Timestamp, clock: Clock
  ) -> Confirmation {
    var lines: [String] = []
    let question: String
    switch command {
    case .resolve:
      question = "Resolve “\(incident.title)”?"
      let running = deadlines.filter { $0.state.isRunning && $0.kind != .postmortem }
      if !running.isEmpty {
        lines.append("\(running.count) countdowns end: " + list(running.map(\.label)))
      }
      let open = incident.checklist.count { $0.state == .open }
      if open > 0 { lines.append("\(open) checklist items are still open.") }
      lines.append("What is owed afterwards begins to count.")
    case .reopen:
      question = "Reopen “\(incident.title)”?"
      lines.append("A new episode begins now: its targets and its escalation path count anew.")
    case .close(let outcome, _):
      question = "Close “\(incident.title)” as \(outcome.words)?"
      lines.append("No clock runs any more; notes stay possible.")
    case .escalate(let target, _):
      let step = deadlines.first { $0.id == target || $0.stepKey == target }
      let name = step?.label ?? target ?? "the next one"
      question = "Call \(name) now?"
      let number = DeadlineText.number(
        of: name, in: directory, now: now, clock: clock)
      lines.append("\(name) is to be called\(number.map { ": \($0)" } ?? "; no number is known").")
      if let quote = step?.rule?.quote, !quote.isEmpty { lines.append("The rule: \(quote)") }
    case .sendUpdate(let update):
      return sending(update, occurred, incident, now, clock)
    case .retract(let entry, let secret, _):
      question = "Retract entry \(entry)?"
      lines.append(
        secret
          ? "Its words are shown nowhere any more; the log still holds them."
          : "What it said no longer counts; it stays in sight, struck out.")
    default:
      question = "Do this now?"
    }
    if let occurred { lines.append("As of \(clock.minute(occurred, today: now)).") }
    return Confirmation(
      question: question, consequences: lines, action: .record(command, occurred: occurred))
  }

  /// What goes out, to whom and where, and what is still open in it.
  private static func sending(
    _ update: Command.OutgoingUpdate, _ occurred: Timestamp?, _ incident: Incident,
    _ now: Timestamp, _ clock: Clock
  ) -> Confirmation {
    let status = incident.knownStatuses.first { $0.id == update.status }?.name ?? update.status
    var lines = [
      "Status \(status ?? "none")" + (update.channel.map { ", channel \($0)" } ?? "") + ".",
      update.next.map { "Next one promised by \(clock.minute($0, today: now))." }
        ?? "No next one is promised.",
    ]
    let ways = update.via.joined(separator: ", ")
    if incident.isDrill {
      lines.append("A drill: it is recorded, and nothing leaves.")
    } else if let occurred {
      lines.append(
        "As of \(clock.minute(occurred, today: now)), about the past: it is recorded, and nothing goes out."
      )
    } else {
      lines.append(
        ways.isEmpty
          ? "It is recorded; no command of your config.yaml delivers it."
          : "Goes out by \(ways), and again until it is there.")
    }
    let open = UpdateDraft.openPlaces(in: update.text, of: [])
    return Confirmation(
      question: "Send this update to \(update.audience ?? "the team")?", consequences: lines,
      action: .record(.sendUpdate(update), occurred: occurred), text: update.text,
      warnings: open.isEmpty ? [] : ["STILL OPEN: \(open.joined(separator: ", "))"])
  }

  private static func list(_ names: [String]) -> String {
    names.prefix(3).joined(separator: ", ")
      + (names.count > 3 ? " and \(names.count - 3) more" : "")
  }
}
