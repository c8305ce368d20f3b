/// What the document writes below something to do or under a phase: a command to copy, or words.
package struct Detail: Hashable, Sendable {
  /// A command may have several lines.
  package var text: String
  package var isCommand: Bool
  package var line: Int

  package init(text: String, isCommand: Bool = false, line: Int) {
    self.text = text
    self.isCommand = isCommand
    self.line = line
  }

  /// The lines to show below what it belongs to, each with its number in the document.
  package var lines: [(text: String, line: Int)] {
    text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .filter { !$0.element.allSatisfy(\.isWhitespace) }
      .map { (String($0.element), line + $0.offset) }
  }
}

extension Detail: ProcedureFact {
  package init?(json: JSON) {
    let command = json["command"]?.string
    guard let text = command ?? json["text"]?.string else { return nil }
    self.init(text: text, isCommand: command != nil, line: json.int("line") ?? 0)
  }

  package var json: JSON {
    .object([(isCommand ? "command" : "text"): .string(text), "line": .whole(line)])
  }
}
