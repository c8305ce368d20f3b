extension TimelineImport {
  /// A line or a message that was not taken over.
  package struct Omission: Hashable, Sendable {
    /// 1-based; for an export of messages the number of the message.
    package var line: Int
    package var reason: Reason

    package enum Reason: String, CaseIterable, Sendable {
      case retracted
      case withoutWords
      case beforeFirstTime
      case outsideTable
    }
  }

  /// What was left out and why, one line a reason; empty where everything was taken over.
  package var omissionLines: [String] {
    Omission.Reason.allCases.compactMap { reason in
      let lines = omissions.filter { $0.reason == reason }.map(\.line)
      guard !lines.isEmpty else { return nil }
      let shown = lines.prefix(10).map(String.init).joined(separator: ", ")
      let more = lines.count > 10 ? " and \(lines.count - 10) more" : ""
      let words =
        switch reason {
        case .retracted: "retracted in the source"
        case .withoutWords: "without text"
        case .beforeFirstTime: "before the first time"
        case .outsideTable: "outside the table"
        }
      return
        "left out: \(lines.count) \(words) (\(lines.count == 1 ? "line" : "lines") \(shown)\(more))"
    }
  }
}

/// What a reader of one kind of file has found.
struct ImportFound {
  var rows: [TimelineImport.Row] = []
  var omissions: [TimelineImport.Omission] = []
  var remarks: [String] = []
}
