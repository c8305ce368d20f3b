/// What to try when a known thing is broken.
package struct Runbook: Hashable, Sendable {
  package var id: String
  package var title: String
  package var steps: [Step] = []
  package var line: Int

  package init(id: String, title: String, steps: [Step] = [], line: Int) {
    self.id = id
    self.title = title
    self.steps = steps
    self.line = line
  }

  package struct Step: Hashable, Sendable {
    package var text: String
    /// Lines for a shell, to be copied by a person, never run by the product.
    package var command: String?
    package var line: Int

    package init(text: String, command: String? = nil, line: Int) {
      self.text = text
      self.command = command
      self.line = line
    }
  }
}

extension Runbook: ProcedureFact {
  package init?(json: JSON) {
    guard let id = json["id"]?.string else { return nil }
    self.init(
      id: id, title: json["title"]?.string ?? id, steps: json.facts("steps"),
      line: json.int("line") ?? 0)
  }

  package var json: JSON {
    .object([
      "id": .string(id), "title": .string(title), "steps": .facts(steps), "line": .whole(line),
    ])
  }
}

extension Runbook.Step: ProcedureFact {
  package init?(json: JSON) {
    guard let text = json["text"]?.string else { return nil }
    self.init(text: text, command: json["command"]?.string, line: json.int("line") ?? 0)
  }

  package var json: JSON {
    .object(["text": .string(text), "command": .maybe(command), "line": .whole(line)])
  }
}
