/// After how long without any entry an acknowledged incident counts as forgotten.
package struct SilenceRule: Hashable, Sendable {
  package var seconds: Int
  package var line: Int

  package init(seconds: Int, line: Int) {
    self.seconds = seconds
    self.line = line
  }
}

extension SilenceRule: ProcedureFact {
  package init?(json: JSON) {
    guard let seconds = json.int("seconds") else { return nil }
    self.init(seconds: seconds, line: json.int("line") ?? 0)
  }

  package var json: JSON {
    .object(["seconds": .whole(seconds), "line": .whole(line)])
  }
}
