package import Engine

extension Consequences {
  /// What a person is asked; `callee` is who an escalation calls.
  package func question(title: String, callee: String, clock: Clock) -> String {
    let title = "“\(title)”"
    switch command {
    case .resolve: return "Resolve \(title)?"
    case .mitigate: return "Set \(title) to mitigated?"
    case .setStatus: return "Set the status to \(after.status)?"
    case .setSeverity(let typed, _):
      let from = before.severity.map { " from \($0)" } ?? ""
      let verb = lowersSeverity ? "Lower" : "Set"
      return "\(verb) the severity\(from) to \(after.severity ?? typed)?"
    case .setMilestone(let milestone, let moment):
      return "Set “\(milestone.rawValue)” to \(clock.minute(moment, today: at))?"
    case .reopen: return "Reopen \(title)?"
    case .close(let outcome, _): return "Close \(title) as \(outcome.words)?"
    case .escalate: return "Escalate to \(callee) now?"
    case .sendUpdate(let update):
      let audience = update.audience ?? "the team"
      return update.via.isEmpty
        ? "Record this update to \(audience) as sent?" : "Send this update to \(audience)?"
    case .retract(let entry, _, _): return "Retract entry \(entry)?"
    case .assign(let role, let name, isNew: true):
      return "There is no role “\(role)” yet. Make \(name) the \(role)?"
    case .reloadProcedure(let procedure, _): return "Use the procedure \(procedure.name)?"
    default: return "Record this?"
    }
  }

  /// What would change and is not plain from the command itself.
  package func lines(clock: Clock) -> [String] {
    var lines = leadingLines + unfinishedLines(clock: clock)
    if closes, command.kind != .close { lines.append("The incident will be closed again.") }
    if reopens, command.kind != .reopen { lines.append("The incident will be open again.") }
    if resolves, command.kind != .resolve { lines.append("The incident will be resolved.") }
    if unresolves, command.kind != .reopen {
      lines.append("The incident will be unresolved again.")
    }
    if before.severity != after.severity, command.kind != .setSeverity {
      lines.append("The severity will be \(after.severity ?? "unknown").")
    }
    if after.episode > before.episode {
      lines.append("A new episode begins: targets and escalation start again.")
    }
    if after.episode < before.episode {
      lines.append("Episode \(before.episode) is undone; episode \(after.episode) counts again.")
    }
    lines += withheld.map { "Waits to be delivered and will not be sent: \($0.name)." }
    // An update that is owed once, or again and again, is met by sending it.
    if command.kind != .sendUpdate, let met = Self.list(met, "is met", "are met") {
      lines.append(met)
    }
    if let ended = Self.list(ended, "ends", "end") { lines.append(ended) }
    if let begun = Self.list(begun, "begins", "begin") { lines.append(begun) }
    if let unsnoozed = Self.names(unsnoozed) { lines.append("No longer snoozed: \(unsnoozed).") }
    if !moved.isEmpty {
      let names = moved.prefix(3).map { move in
        "\(move.to.label) to \(move.to.due.map { clock.minute($0, today: at) } ?? "later")"
      }
      let more = moved.count > 3 ? " and \(moved.count - 3) more" : ""
      lines.append(
        (moved.count == 1 ? "1 countdown moves: " : "\(moved.count) countdowns move: ")
          + names.joined(separator: ", ") + more + ".")
    }
    if command.kind != .escalate {
      lines += calls.map { "\($0.label) is due to be called at once." }
    }
    return lines
  }

  private var leadingLines: [String] {
    switch command {
    case .retract(_, let isSecret, _):
      return [
        isSecret
          ? "Its text will no longer be shown anywhere; the log still contains it."
          : "It will no longer count, but stay visible, struck out."
      ]
    case .resolve, .close:
      guard openItems > 0 else { return [] }
      return [
        openItems == 1
          ? "1 checklist item is still open." : "\(openItems) checklist items are still open."
      ]
    default: return []
    }
  }

  /// What the end of an incident leaves unfinished: a watch that has not run its time, the last word to an audience.
  private func unfinishedLines(clock: Clock) -> [String] {
    func time(_ deadline: Deadline) -> String {
      deadline.due.map { clock.minute($0, today: at) } ?? ""
    }
    let watching = watches.map { "\($0.label) has not ended: it runs until \(time($0))." }
    return watching
      + promises.map { promise in
        let audience = promise.audience ?? "the team"
        let by = promise.next.map { clock.minute($0, today: at) } ?? ""
        return "An update is promised to \(audience) by \(by): this does not inform them."
      }
  }

  private static func names(_ deadlines: [Deadline]) -> String? {
    guard !deadlines.isEmpty else { return nil }
    let more = deadlines.count > 3 ? " and \(deadlines.count - 3) more" : ""
    return deadlines.prefix(3).map(\.label).joined(separator: ", ") + more
  }

  private static func list(_ deadlines: [Deadline], _ one: String, _ many: String) -> String? {
    guard let names = names(deadlines) else { return nil }
    let count =
      deadlines.count == 1 ? "1 countdown \(one): " : "\(deadlines.count) countdowns \(many): "
    return count + names + "."
  }
}
