package import Engine

extension Incident.Outcome {
  package var words: String { self == .falseAlarm ? "false alarm" : rawValue }

  /// What was done with the incident: `closed as a false alarm`, `merged into another incident`.
  package var pastWords: String {
    switch self {
    case .resolved: "closed as resolved"
    case .falseAlarm: "closed as a false alarm"
    case .merged: "merged into another incident"
    case .cancelled: "cancelled"
    }
  }
}

extension Incident.Impact {
  /// What is known of it in one sentence; nil for nothing.
  package var words: String? {
    let parts = [
      summary, services.map { "services: \($0)" }, users.map { "users: \($0)" },
      revenue.map { "revenue: \($0)" },
    ].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }
}

extension Incident.Decision {
  /// `Roll back? → yes, because …`.
  package var words: String {
    Self.words(question: question, choice: choice, reason: nil, objections: objections)
  }

  /// The same with why it was decided, where the log tells.
  package static func words(
    question: String, choice: String, reason: String?, objections: [String]
  ) -> String {
    var text = choice.isEmpty ? question : "\(question) → \(choice)"
    if let reason { text += ", because \(reason)" }
    if !objections.isEmpty { text += " (objections: \(objections.joined(separator: "; ")))" }
    return text
  }
}

extension PromiseCount {
  /// `3 kept, 1 broken`; nil where none was made.
  package var words: String? {
    guard !isEmpty else { return nil }
    let open = running > 0 ? ", \(running) running" : ""
    return "\(kept) kept, \(broken) broken\(open)"
  }
}

extension OpenQuestion {
  /// As people ask it.
  package var words: String {
    switch self {
    case .severity: "How bad is it? The severity is not set"
    case .start: "When did the impact begin?"
    case .impact: "What do customers notice?"
    case .users: "Who is affected, and how many?"
    case .field(let text): text
    case .cause: "What is the cause? No finding is recorded yet"
    }
  }
}

extension Incident.ItemState.State {
  package var words: String {
    switch self {
    case .open: "open"
    case .done: "ticked"
    case .skipped: "skipped"
    }
  }
}
