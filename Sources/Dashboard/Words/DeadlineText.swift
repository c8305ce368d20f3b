import Display
package import Engine
package import Wording

/// A deadline in the words of a screen.
package struct DeadlineText: Hashable, Sendable {
  package var isLoud: Bool
  package var label: String
  /// Whom to call, with the number; nil where nobody is to be called.
  package var contact: String?
  /// `OVER`, `in`, `met` …
  package var word: String
  package var time: String
  /// Word and time.
  package var clock: String { time.isEmpty ? word : "\(word) \(time)" }
  /// Why: the rule with its line, who promised, who was reached.
  package var reason: String
  /// The same with the line of the rule alone.
  package var shortReason: String

  package init(_ deadline: Deadline, directory: Directory, now: Timestamp, clock: Clock) {
    isLoud = deadline.isLoud
    label = deadline.title
    word = deadline.word(at: now)
    time =
      deadline.countdown(at: now) ?? deadline.settled.map { clock.minute($0, today: now) } ?? ""
    reason = deadline.why(at: now, clock: clock)
    shortReason = deadline.why(at: now, clock: clock, isShort: true)
    // A condition that is the whole rule is said once.
    if let condition = deadline.step?.condition, let rule = deadline.rule,
      rule.line > 0, rule.text.lowercased().hasSuffix(condition.lowercased()),
      reason.hasPrefix("if \(condition)  ")
    {
      reason.removeFirst("if \(condition)  ".count)
    }
    if deadline.kind == .escalation, deadline.state.isRunning, deadline.state != .exhausted {
      contact = Self.number(of: deadline.label, in: directory, now: now)
    }
  }

  /// The reason as it fits a width: the words of the rule are cut or left out, its line is not.
  func reason(fitting width: Int) -> String {
    let cut = TextWidth.truncate(reason, to: width)
    let isWhole = cut == reason || cut.hasPrefix(shortReason)
    return isWhole || TextWidth.columns(shortReason) > width ? cut : shortReason
  }

  /// Who is to be called for a receiver, and under which number; nil where nobody is known.
  package static func number(
    of receiver: String, in directory: Directory, now: Timestamp
  ) -> String? {
    guard let person = directory.receiver(receiver, at: now) else { return nil }
    let name = person.name.flatMap { $0.lowercased() == receiver.lowercased() ? nil : $0 }
    let parts = [name, person.contact].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }
}
