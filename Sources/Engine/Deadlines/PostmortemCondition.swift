/// The words under which a post-mortem is owed: alternatives, of which the log can answer those about time and severity.
struct PostmortemCondition {
  private let alternatives: [String]

  enum Answer: Hashable {
    case certain
    /// Only a person can say.
    case judged
    case not
  }

  init(_ text: String) {
    var pieces = [""]
    for word in text.lowercased().split(separator: " ") {
      if word == "or" {
        pieces.append("")
        continue
      }
      let isEnd = word.last == ";"
      pieces[pieces.count - 1] += (pieces[pieces.count - 1].isEmpty ? "" : " ") + word
      if isEnd { pieces.append("") }
    }
    alternatives = pieces.filter { !$0.isEmpty }
  }

  func answer(lasted: Duration?, severity: String?, of severities: [String]) -> Answer {
    let answers = alternatives.map { alternative -> Answer in
      let named = severities.filter { Self.names(alternative, $0) }
      let isOther = !named.isEmpty && !named.contains { $0 == severity }
      if isOther { return .not }
      guard let limit = Self.limit(in: alternative) else { return .judged }
      guard let lasted else { return .judged }
      return lasted > limit ? .certain : .not
    }
    if answers.contains(.certain) { return .certain }
    return answers.allSatisfy { $0 == .not } && !answers.isEmpty ? .not : .judged
  }

  private static func names(_ text: String, _ severity: String) -> Bool {
    let words = text.split { !$0.isLetter && !$0.isNumber && $0 != "-" }
    return words.contains { $0 == severity.lowercased() }
  }

  /// `more than 30 minutes`, `>30 min`, `over 1 hour`: what the impact must exceed; nil for anything else.
  private static func limit(in text: String) -> Duration? {
    let spaced = text.map { $0 == ">" ? "> " : String($0) }.joined()
    let words = spaced.split { $0 == " " || $0 == "," || $0 == ";" }.map(String.init)
    for (index, word) in words.enumerated() {
      guard let number = Int64(word), index > 0, index + 1 < words.count else { continue }
      let before = words[index - 1]
      guard [">", "than", "over", "exceeds", "exceeding"].contains(before) else { continue }
      if words[index + 1].hasPrefix("min") { return .minutes(number) }
      if words[index + 1].hasPrefix("hour") || words[index + 1] == "h" { return .hours(number) }
    }
    return nil
  }
}
