import Engine
import Wording

extension Model {
  /// What a person should know before saying yes, as a question.
  func confirmation(
    of consequences: Consequences, occurred: Timestamp?, by actor: String? = nil
  ) -> Confirmation {
    var lines = leadingLines(of: consequences, occurred) + consequences.lines(clock: clock)
    if let occurred { lines.append("As of \(clock.minute(occurred, today: now)).") }
    var confirmation = Confirmation(
      question: consequences.question(
        title: incident?.title ?? "", callee: callee(of: consequences), clock: clock),
      consequences: lines,
      action: .record(.init([consequences.command], occurred: occurred, actor: actor)))
    if case .sendUpdate(let update) = consequences.command {
      confirmation.text = update.text
      let open = UpdateDraft.openPlaces(in: update.text, of: [])
      confirmation.warnings = open.isEmpty ? [] : ["STILL OPEN: \(open.joined(separator: ", "))"]
    }
    return confirmation
  }

  /// What a command would change, in lines; none where it is not possible.
  func consequenceLines(of command: Command) -> [String] {
    guard let incident else { return [] }
    do throws(Rejection) {
      return try incident.consequences(of: command, at: now, in: context).lines(clock: clock)
    } catch {
      return []
    }
  }

  private func leadingLines(of consequences: Consequences, _ occurred: Timestamp?) -> [String] {
    switch consequences.command {
    case .escalate:
      let name = callee(of: consequences)
      let number = DeadlineText.number(of: name, in: directory, now: now)
      let call = "You have to call \(name)\(number.map { ": \($0)" } ?? "; no number is known")."
      let quote = consequences.calls.first { $0.label == name }?.rule?.quote ?? ""
      return quote.isEmpty ? [call] : [call, "The rule: \(quote)"]
    case .sendUpdate(let update): return lines(of: update, occurred)
    default: return []
    }
  }

  /// Who is called by an escalation, by name.
  private func callee(of consequences: Consequences) -> String {
    guard case .escalate(let target, _) = consequences.command else { return "" }
    let named = deadlines.first { $0.id == target || $0.stepKey == target }?.label
    return consequences.calls.first?.label ?? named ?? target ?? "the next one"
  }

  /// What goes out, to whom and where.
  private func lines(of update: Command.OutgoingUpdate, _ occurred: Timestamp?) -> [String] {
    let known = incident?.knownStatuses.first { $0.id == update.status }?.name
    var lines = [
      "Status \(known ?? update.status ?? "none")"
        + (update.channel.map { ", channel \($0)" } ?? "") + ".",
      update.next.map { "Next update promised by \(clock.minute($0, today: now))." }
        ?? "No next update is promised.",
    ]
    if incident?.isDrill == true {
      lines.append("A drill: it is recorded, and nothing is sent.")
    } else if let occurred {
      lines.append(
        "As of \(clock.minute(occurred, today: now)), about the past: it is recorded, and nothing is sent."
      )
    } else {
      lines.append(
        update.via.isEmpty
          ? "Nothing is sent: your config.yaml has no delivery for this audience."
          : "Sent by \(update.via.joined(separator: ", ")), and retried until delivered.")
    }
    return lines
  }
}
