package import Engine

extension TimelineImport {
  /// One thing that happened.
  package struct Row: Hashable, Sendable {
    /// 1-based line of the file.
    package var line: Int
    package var occurred: Timestamp
    package var actor: String?
    package var kind: Kind
    package var text: String
    /// The entry of a log that the row was exported from.
    package var event: EventID?
    /// The incident and the number of the entry that the row was exported from, where no id tells it.
    package var origin: Origin?
    /// 1 for the first of several rows that say the same.
    package var repetition = 1

    package struct Origin: Hashable, Sendable {
      package var incident: String
      package var sequence: Int
    }

    package enum Kind: String, CaseIterable, Sendable {
      case note, finding, hypothesis, decision, alert, update
      case acknowledged, mitigated, resolved
      case status

      /// Whether it says all there is to say.
      var needsNoText: Bool {
        switch self {
        case .acknowledged, .mitigated, .resolved: true
        case .note, .finding, .hypothesis, .decision, .alert, .update, .status: false
        }
      }
    }

    /// What the row becomes.
    package func command() -> Command {
      switch kind {
      case .note: .note(text)
      case .finding: .finding(text)
      case .hypothesis: .hypothesis(text)
      case .decision: Self.decision(text)
      case .alert: .alert(.init(title: Self.without("Alert: ", text)))
      case .update: Self.update(text)
      case .acknowledged: .acknowledge
      case .mitigated: .mitigate
      case .resolved: .resolve
      case .status: Self.status(text)
      }
    }

    /// What makes the row the same when it is brought in twice.
    package var identity: String {
      if let event { return "import/\(event.description)" }
      let number = repetition > 1 ? "/\(repetition)" : ""
      return "import/\(occurred.rfc3339)/\(actor ?? "")/\(kind.rawValue)/\(text)\(number)"
    }

    // Exported timelines tell kinds in words, which must not be told twice.

    private static func without(_ beginning: String, _ text: String) -> String {
      text.hasPrefix(beginning) ? String(text.dropFirst(beginning.count)) : text
    }

    private static func parts(_ text: String, at mark: String) -> (String, String)? {
      for index in text.indices where text[index...].hasPrefix(mark) {
        return (String(text[..<index]), String(text[index...].dropFirst(mark.count)))
      }
      return nil
    }

    private static func decision(_ text: String) -> Command {
      let words = without("Decided: ", text)
      let (question, choice) = parts(words, at: " → ") ?? (words, "")
      return .decide(question: question, choice: choice, objections: [])
    }

    private static func update(_ text: String) -> Command {
      if text.hasPrefix("Update: ") { return .sendUpdate(.init(text: without("Update: ", text))) }
      guard text.hasPrefix("Update to "), let (to, words) = parts(text, at: ": ") else {
        return .sendUpdate(.init(text: text))
      }
      return .sendUpdate(.init(text: words, audience: without("Update to ", to)))
    }

    private static func status(_ text: String) -> Command {
      let words = without("Status: ", text)
      let (name, reason) = parts(words, at: ": ").map { ($0.0, $0.1) } ?? (words, nil)
      return .setStatus(name, text: reason)
    }
  }
}
