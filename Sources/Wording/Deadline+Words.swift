package import Engine

extension Deadline {
  /// What it is, in a few words: `Call Ada`, once that is due `CALL Ada now`.
  package var title: String {
    switch kind {
    case .escalation: escalationTitle
    case .phase: "Phase \(label)"
    case .timer:
      id == "silence" ? label : label == TimerWords.unnamed ? "Timer" : "Timer: \(label)"
    case .task: "Task: \(label)"
    case .action: "Action item: \(label)"
    case .acknowledge, .respond, .triage, .mitigate, .resolve, .communicate, .update, .watch,
      .postmortem:
      label
    }
  }

  private var escalationTitle: String {
    switch state {
    case .fired: "CALL \(label) now"
    case .exhausted: "NOBODY LEFT TO CALL"
    case .met, .metLate, .cancelled: label
    case .pending, .soon, .breached, .snoozed: "Call \(label)"
    }
  }

  /// Its state as a word, never by colour alone: `in`, `OVER`, `met`, `reached`, `acked`, `ended`, `later`, `by hand`.
  package func word(at now: Timestamp) -> String {
    switch state {
    case .met: step?.isAnswered == true ? "acked" : kind == .escalation ? "reached" : "met"
    case .metLate: kind == .escalation ? "reached" : "late"
    case .cancelled: "ended"
    case .pending, .soon, .breached, .fired, .snoozed, .exhausted:
      if let left = remaining(at: now) {
        left > .zero ? "in" : "OVER"
      } else {
        step == nil ? "later" : "by hand"
      }
    }
  }

  /// The time that belongs to the word: what is left or over while it runs, else nil.
  package func countdown(at now: Timestamp) -> String? {
    guard state.isRunning, let left = remaining(at: now) else { return nil }
    // What is due within this second is not due yet.
    return InstantText.countdown(left > .zero ? left + .milliseconds(999) : left)
  }

  /// Why it is as it is: who was reached or promised, why it was put off, the rule with its line; in short the line alone.
  package func why(at now: Timestamp, clock: Clock, isShort: Bool = false) -> String {
    var parts: [String] = []
    switch state {
    case .fired where kind == .escalation: parts.append("nobody reached")
    case .snoozed: parts.append("snoozed by \(by ?? "?"): \(reason ?? "")")
    case .pending, .soon, .breached, .fired, .met, .metLate, .cancelled, .exhausted: break
    }
    if state == .met || state == .metLate, let by {
      parts.append(step?.isAnswered == true ? "acknowledged by \(by)" : "by \(by)")
    }
    if let condition = step?.condition { parts.append("if \(condition)") }
    if let latest, state.isRunning {
      parts.append("at the latest \(clock.minute(latest, today: now))")
    }
    if state == .soon || state == .pending || state == .breached,
      rule?.text == Deadline.Rule.promised, let by
    {
      parts.append("promised by \(by)")
    } else if let rule {
      parts.append(isShort && rule.line > 0 ? ":\(rule.line)" : rule.quote)
    }
    return parts.filter { !$0.isEmpty }.joined(separator: "  ")
  }

  /// The verb that meets it, with what has to be said.
  package var verb: String {
    switch kind {
    case .acknowledge, .respond: "ack"
    case .triage: "triaged"
    case .mitigate: "mitigate"
    case .resolve: "resolve"
    case .communicate, .update:
      "update" + (audience.map { " --audience \($0.quotedForShell)" } ?? "")
    case .escalation: "reached \(label.quotedForShell)"
    case .phase: "phase next"
    case .watch: "resolve"
    case .timer: id == "silence" ? "note TEXT" : "timer cancel \(number)"
    case .task: "task done \(number)"
    case .postmortem: "postmortem done \(duty?.rawValue ?? "")"
    case .action: "actions done \(number)"
    }
  }

  private var number: Substring { id.split(separator: ":").last ?? "" }
}

extension Deadline.Rule {
  /// `:285 “or at 45 min”`; an assumed rule has no line.
  package var quote: String {
    let place = line > 0 ? ":\(line)" : ""
    guard !text.isEmpty else { return place }
    return place.isEmpty ? text : "\(place) “\(text)”"
  }

  /// With the document that it stands in: `"if not resolved in 15 min" INCIDENTS.md:284`; nil where nothing is known.
  package func quotation(from document: String) -> String? {
    let words = text.isEmpty ? "" : "\"\(text)\""
    let place = line > 0 ? "\(document):\(line)" : ""
    let parts = [words, place].filter { !$0.isEmpty }
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }
}
