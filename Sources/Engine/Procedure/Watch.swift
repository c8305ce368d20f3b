/// How long to look on after a fix.
package struct Watch: Hashable, Sendable {
  package var seconds: Int
  package var maximum: Int?
  package var after: Anchor
  package var text: String
  package var line: Int

  package init(seconds: Int, maximum: Int? = nil, after: Anchor, text: String = "", line: Int) {
    self.seconds = seconds
    self.maximum = maximum
    self.after = after
    self.text = text
    self.line = line
  }

  package enum Anchor: String, CaseIterable, Sendable {
    case mitigated, resolved
  }
}

extension Watch: ProcedureFact {
  package init?(json: JSON) {
    guard let seconds = json.int("seconds") else { return nil }
    self.init(
      seconds: seconds, maximum: json.int("max_seconds"), after: json.word("after") ?? .mitigated,
      text: json["text"]?.string ?? "", line: json.int("line") ?? 0)
  }

  package var json: JSON {
    .object([
      "seconds": .whole(seconds), "max_seconds": maximum.map(JSON.whole),
      "after": .string(after.rawValue), "text": .string(text), "line": .whole(line),
    ])
  }
}
