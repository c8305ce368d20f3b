package import Engine

extension NextStep {
  /// The sentence for a person at 3 a.m.
  package func words(at now: Timestamp) -> String {
    let left = deadline?.remaining(at: now)
    let time = left.map(InstantText.span)
    let isOver = left.map { $0 <= .zero } ?? false
    let clock = time.map { isOver ? " (overdue by \($0))" : " (\($0) left)" } ?? ""
    switch action {
    case .call(let name):
      return "CALL \(name) now: nobody has been reached" + (time.map { ", due \($0) ago" } ?? "")
    case .exhausted: return "Nobody is left on the escalation path and nobody has been reached"
    case .acknowledge: return "Acknowledge: nobody has yet" + clock
    case .setSeverity:
      return "Set the severity: until then, the targets of the worst severity apply"
    case .overdue: return "\(deadline?.title ?? "") is overdue by \(time ?? "")"
    case .approaching: return "\(deadline?.title ?? "") in \(time ?? "")"
    case .close: return "Everything is done: close the incident"
    }
  }

  /// Who is to be called, with the number; in words where nobody is known.
  package var receiverWords: String {
    guard let person else { return "no contact is known" }
    return [person.name, person.contact].compactMap { $0 }.joined(separator: " ")
  }

  /// The verb that does it, as it is typed there.
  package func command(on surface: Surface) -> String {
    switch action {
    case .call(let name): return "then: \(surface.command("reached \(name.quotedForShell)"))"
    case .exhausted:
      let step = deadline.map(\.label.quotedForShell) ?? "STEP"
      return "call anyone who can help, then: \(surface.command("reached \(step) NAME"))"
    case .acknowledge: return surface.command("ack")
    case .setSeverity: return surface.command("severity")
    case .close: return surface.command("close")
    case .overdue, .approaching:
      guard let deadline else { return surface.command("show") }
      // A watch ends by itself, and the last phase has none behind it.
      if deadline.kind == .watch, isResolved { return "then: \(surface.command("close"))" }
      if deadline.kind == .phase, isInLastPhase {
        return surface.command(isResolved ? "close" : "resolve")
      }
      return surface.command(deadline.verb)
    }
  }
}

extension String {
  /// As one word of a shell.
  package var quotedForShell: String {
    let text = self
    let isPlain = text.utf8.allSatisfy {
      ($0 >= 48 && $0 <= 57) || ($0 >= 65 && $0 <= 90) || ($0 >= 97 && $0 <= 122)
        || "-/._:=@+,".utf8.contains($0)
    }
    return isPlain && !text.isEmpty
      ? text
      : "'"
        + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
        + "'"
  }
}
