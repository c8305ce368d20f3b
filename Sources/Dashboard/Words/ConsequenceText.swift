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
      question: question(of: consequences), consequences: lines,
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

  private func question(of consequences: Consequences) -> String {
    let title = "“\(incident?.title ?? "")”"
    switch consequences.command {
    case .resolve: return "Resolve \(title)?"
    case .mitigate: return "Set \(title) to mitigated?"
    case .setStatus: return "Set the status to \(consequences.after.status)?"
    case .setSeverity(let severity, _):
      let from = consequences.before.severity.map { " from \($0)" } ?? ""
      let verb = consequences.lowersSeverity ? "Lower" : "Set"
      return "\(verb) the severity\(from) to \(severity)?"
    case .setMilestone(let milestone, let at):
      return "Set “\(milestone.rawValue)” to \(clock.minute(at, today: now))?"
    case .reopen: return "Reopen \(title)?"
    case .close(let outcome, _): return "Close \(title) as \(outcome.words)?"
    case .escalate(let target, _): return "Call \(callee(target, consequences)) now?"
    case .sendUpdate(let update): return "Send this update to \(update.audience ?? "the team")?"
    case .retract(let entry, _, _): return "Retract entry \(entry)?"
    case .assign(let role, let name, isNew: true):
      return "There is no role “\(role)” yet. Make \(name) the \(role)?"
    case .reloadProcedure(let procedure, _): return "Use the procedure \(procedure.name)?"
    default: return "Record this?"
    }
  }

  private func leadingLines(of consequences: Consequences, _ occurred: Timestamp?) -> [String] {
    switch consequences.command {
    case .escalate(let target, _):
      let name = callee(target, consequences)
      let number = DeadlineText.number(of: name, in: directory, now: now)
      let call = "\(name) is to be called\(number.map { ": \($0)" } ?? "; no number is known")."
      let quote = consequences.calls.first { $0.label == name }?.rule?.quote ?? ""
      return quote.isEmpty ? [call] : [call, "The rule: \(quote)"]
    case .sendUpdate(let update): return lines(of: update, occurred)
    case .retract(_, let isSecret, _):
      return [
        isSecret
          ? "Its words are shown nowhere any more; the log still holds them."
          : "What it said no longer counts; it stays in sight, struck out."
      ]
    case .resolve, .close:
      let open = consequences.openItems
      guard open > 0 else { return [] }
      return [
        open == 1 ? "1 checklist item is still open." : "\(open) checklist items are still open."
      ]
    default: return []
    }
  }

  /// Who is called by an escalation, by name.
  private func callee(_ target: String?, _ consequences: Consequences) -> String {
    consequences.calls.first?.label
      ?? deadlines.first { $0.id == target || $0.stepKey == target }?.label ?? target
      ?? "the next one"
  }

  /// What goes out, to whom and where.
  private func lines(of update: Command.OutgoingUpdate, _ occurred: Timestamp?) -> [String] {
    let known = incident?.knownStatuses.first { $0.id == update.status }?.name
    var lines = [
      "Status \(known ?? update.status ?? "none")"
        + (update.channel.map { ", channel \($0)" } ?? "") + ".",
      update.next.map { "Next one promised by \(clock.minute($0, today: now))." }
        ?? "No next one is promised.",
    ]
    if incident?.isDrill == true {
      lines.append("A drill: it is recorded, and nothing leaves.")
    } else if let occurred {
      lines.append(
        "As of \(clock.minute(occurred, today: now)), about the past: it is recorded, and nothing goes out."
      )
    } else {
      lines.append(
        update.via.isEmpty
          ? "It is recorded; no command of your config.yaml delivers it."
          : "Goes out by \(update.via.joined(separator: ", ")), and again until it is there.")
    }
    return lines
  }
}

extension Consequences {
  /// What would change and is not plain from the command itself.
  func lines(clock: Clock) -> [String] {
    var lines: [String] = []
    if closes, command.kind != .close { lines.append("The incident is closed again.") }
    if reopens, command.kind != .reopen { lines.append("The incident is open again.") }
    if resolves, command.kind != .resolve { lines.append("The incident is resolved.") }
    if unresolves, command.kind != .reopen { lines.append("The incident is no longer resolved.") }
    if before.severity != after.severity, command.kind != .setSeverity {
      lines.append("The severity is then \(after.severity ?? "unknown").")
    }
    if after.episode > before.episode {
      lines.append("A new episode begins: targets and escalation count anew.")
    }
    if after.episode < before.episode {
      lines.append("Episode \(before.episode) never was; the one before it counts again.")
    }
    // An update that is owed once, or again and again, is met by sending it.
    if command.kind != .sendUpdate, let met = Self.list(met, "is met", "are met") {
      lines.append(met)
    }
    if let ended = Self.list(ended, "ends", "end") { lines.append(ended) }
    if let begun = Self.list(begun, "begins", "begin") { lines.append(begun) }
    if !moved.isEmpty {
      let names = moved.prefix(3).map { move in
        "\(move.to.label) to \(move.to.due.map { clock.minute($0, today: at) } ?? "later")"
      }
      let more = moved.count > 3 ? " and \(moved.count - 3) more" : ""
      lines.append(
        (moved.count == 1 ? "1 clock moves: " : "\(moved.count) clocks move: ")
          + names.joined(separator: ", ") + more + ".")
    }
    if command.kind != .escalate {
      lines += calls.map { "\($0.label) is to be called at once." }
    }
    return lines
  }

  private static func list(_ deadlines: [Deadline], _ one: String, _ many: String) -> String? {
    guard !deadlines.isEmpty else { return nil }
    let names = deadlines.prefix(3).map(\.label).joined(separator: ", ")
    let more = deadlines.count > 3 ? " and \(deadlines.count - 3) more" : ""
    let count = deadlines.count == 1 ? "1 clock \(one): " : "\(deadlines.count) clocks \(many): "
    return count + names + more + "."
  }
}
