package import Engine

/// The order of pane 2: what to do next stands first.
package enum DeadlineOrder {
  package static func sorted(_ deadlines: [Deadline]) -> [Deadline] {
    var places = deadlines.indices.map { (key: key(deadlines[$0]), offset: $0) }
    places.sort { one, other in
      one.key == other.key ? one.offset < other.offset : one.key < other.key
    }
    return places.map { deadlines[$0.offset] }
  }

  /// The group, then the time within it.
  private static func key(_ deadline: Deadline) -> (Int, Int64) {
    let due = deadline.due?.milliseconds ?? .max
    return switch deadline.state {
    case .fired where deadline.kind == .escalation: (0, due)
    case .exhausted: (1, due)
    case .fired, .breached: (2, due)
    case .soon: (3, due)
    case .snoozed, .pending: (deadline.due == nil ? (deadline.step == nil ? 7 : 5) : 4, due)
    case .met, .metLate: (6, -(deadline.settled?.milliseconds ?? 0))
    case .cancelled: (8, due)
    }
  }
}

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

  package init(_ deadline: Deadline, directory: Directory, now: Timestamp, clock clocks: Clock) {
    isLoud = deadline.isLoud
    label = Self.label(deadline)
    (word, time) = Self.clockWords(deadline, now, clocks)
    reason = Self.reason(deadline, now, clocks)
    if deadline.kind == .escalation, deadline.state.isRunning, deadline.state != .exhausted {
      contact = Self.number(of: deadline.label, in: directory, now: now, clock: clocks)
    }
  }

  private static func label(_ deadline: Deadline) -> String {
    guard deadline.kind == .escalation else {
      return deadline.kind == .task ? "Task: \(deadline.label)" : deadline.label
    }
    return switch deadline.state {
    case .fired: "CALL \(deadline.label) now"
    case .exhausted: "NOBODY LEFT TO CALL"
    case .met, .metLate, .cancelled: deadline.label
    default: "Call \(deadline.label)"
    }
  }

  private static func clockWords(_ deadline: Deadline, _ now: Timestamp, _ clock: Clock)
    -> (String, String)
  {
    switch deadline.state {
    case .met, .metLate:
      let word = deadline.kind == .escalation ? "reached" : "met"
      return (word, deadline.settled.map { clock.minute($0, today: now) } ?? "")
    case .cancelled: return ("ended", deadline.settled.map { clock.minute($0, today: now) } ?? "")
    default:
      guard let left = deadline.remaining(at: now) else {
        return (deadline.step == nil ? "later" : "by hand", "")
      }
      // A due time within this second is due.
      return left > .zero
        ? ("in", Clock.countdown(left + .milliseconds(999))) : ("OVER", Clock.countdown(left))
    }
  }

  private static func reason(_ deadline: Deadline, _ now: Timestamp, _ clock: Clock) -> String {
    var parts: [String] = []
    switch deadline.state {
    case .fired where deadline.kind == .escalation: parts.append("nobody reached")
    case .metLate: parts.append("late")
    case .snoozed: parts.append("snoozed by \(deadline.by ?? "?"): \(deadline.reason ?? "")")
    default: break
    }
    if deadline.state == .met || deadline.state == .metLate, let by = deadline.by {
      parts.append("by \(by)")
    }
    if let condition = deadline.step?.condition { parts.append("if \(condition)") }
    if let latest = deadline.latest, deadline.state.isRunning {
      parts.append("at the latest \(clock.minute(latest, today: now))")
    }
    if deadline.state == .soon || deadline.state == .pending || deadline.state == .breached,
      deadline.rule?.text == "promised", let by = deadline.by
    {
      parts.append("promised by \(by)")
    } else if let rule = deadline.rule {
      parts.append(rule.quote)
    }
    return parts.filter { !$0.isEmpty }.joined(separator: "  ")
  }

  /// Who is to be called for a receiver, and under which number; nil where nobody is known.
  package static func number(
    of receiver: String, in directory: Directory, now: Timestamp, clock: Clock
  ) -> String? {
    let today = clock.zone.localTime(at: now).date.weekday
    guard let person = directory.receiver(receiver, on: today) else { return nil }
    let name = person.name.flatMap { $0.lowercased() == receiver.lowercased() ? nil : $0 }
    let parts = [name, person.contact].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }
}

extension Deadline {
  /// Whether it is over and still asks for something.
  package var isLoud: Bool {
    switch state {
    case .fired, .breached, .exhausted: true
    default: false
    }
  }
}

extension Deadline.Rule {
  /// `:285 “or at 45 min”`; an assumed rule has no line.
  package var quote: String {
    let place = line > 0 ? ":\(line)" : ""
    guard !text.isEmpty else { return place }
    return place.isEmpty ? text : "\(place) “\(text)”"
  }
}
