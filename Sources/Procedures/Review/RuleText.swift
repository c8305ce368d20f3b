import Engine

/// Rules in the short form in which a team confirms and corrects them, one rule a line.
///
///     SEV-1: acknowledge within 15m
///     SEV-1: communicate to customers within 30m
///     call Engineering Lead after 30m unless acknowledged
///     SEV-1: call CTO when acknowledge is over
///     update every 30m to customers
///     update once within 2 business days to customers
///     watch 30m after mitigated
///     post-mortem draft within 5 business days
///     phase 0-15m Triage
///     item Look at the last deployment
///     role Scribe
///     contact Database team at +49 30 1234
///     template Customers are told
///     no item
///
/// A severity in front stands for that one, several with commas between; none for all.
package enum RuleText {
  package static func write(_ rule: ReviewRule) -> String {
    let prefix = rule.severity.map { "\(name($0)): " } ?? ""
    switch rule {
    case .target(_, let target):
      let audience = target.audience.map { " to \(name($0))" } ?? ""
      return "\(prefix)\(target.kind.rawValue)\(audience) within \(span(target.within))"
    case .step(let step): return prefix + words(step)
    case .cadence(let rule):
      return "\(prefix)update every \(span(rule.interval))" + receiver(rule.audience)
    case .notice(let notice):
      return "\(prefix)update once within \(span(notice.within))" + receiver(notice.audience)
    case .watch(let watch):
      let long = span(.seconds(watch.seconds, maximum: watch.maximum))
      return "watch \(long) after \(watch.after.rawValue)"
    case .duty(let duty):
      let within = duty.within.map { " within \(span($0))" } ?? ""
      return "\(prefix)post-mortem \(duty.what.rawValue)\(within)" + condition(duty.condition)
    case .phase(let phase):
      return "phase \(phase.window.map(span) ?? "") \(name(phase.title))"
    case .item(let item): return "\(prefix)item \(item.text.oneLine)"
    case .role(let role): return "role \(role.name.oneLine)"
    case .contact(let contact):
      let who = name(contact.role ?? contact.name ?? "", besides: ["at"])
      return "contact \(who)" + (contact.contact.map { " at \($0.oneLine)" } ?? "")
    case .template(let template): return "template \(template.title.oneLine)"
    case .absent(let kind, _): return "no \(kind.rawValue)"
    }
  }

  private static func words(_ step: EscalationStep) -> String {
    var text = "call \(name(step.to))"
    if let after = step.after {
      text += " after \(span(after))"
      if step.since == .previous { text += " from previous" }
    } else if let target = step.relativeTo {
      text += " when \(target.rawValue) is over"
    }
    // A step that is called by hand is seldom said to stop at anything.
    if step.after != nil || step.relativeTo != nil || step.unless != .resolved {
      text += " unless \(step.unless.rawValue)"
    }
    return text + condition(step.condition)
  }

  /// Days where they are whole ones and more than three: nobody counts a fortnight in hours.
  private static func span(_ allowance: Allowance) -> String {
    guard case .seconds(let seconds, let maximum) = allowance else {
      return AllowanceText.write(allowance)
    }
    return span(seconds) + (maximum.map { "-" + span($0) } ?? "")
  }

  private static func span(_ seconds: Int) -> String {
    let day = 86_400
    return seconds > 3 * day && seconds % day == 0
      ? "\(seconds / day)d" : SpanText.text(seconds)
  }

  private static func span(_ window: Phase.Window) -> String {
    let start = window.start == 0 && window.end != nil ? "0" : span(window.start)
    return start + (window.end.map { "-" + span($0) } ?? "+")
  }

  private static func receiver(_ audience: String?) -> String {
    audience.map { " to \(name($0))" } ?? ""
  }

  private static func condition(_ words: String?) -> String {
    guard let words = words?.oneLine else { return "" }
    return " if " + (words.lowercased().hasPrefix("if ") ? String(words.dropFirst(3)) : words)
  }

  /// In quotes where its words could be taken for those of a rule.
  private static func name(_ name: String, besides others: Set<String> = []) -> String {
    let words = name.split(whereSeparator: \.isWhitespace).map(String.init)
    let plain = words.joined(separator: " ")
    let isSafe =
      !words.isEmpty && !plain.contains { "\",:\\".contains($0) }
      && words.allSatisfy { !keywords.union(others).contains($0.lowercased()) }
    if isSafe { return plain }
    let escaped = plain.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    return "\"\(escaped)\""
  }

  static let keywords: Set<String> = [
    "within", "to", "after", "unless", "if", "when", "from", "every", "once",
  ]
}

extension String {
  /// With single spaces in the place of every run of blanks and line breaks.
  var oneLine: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
