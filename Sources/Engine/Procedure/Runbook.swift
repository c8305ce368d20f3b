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

/// One question of a decision tree.
package struct DecisionQuestion: Hashable, Sendable {
  package var question: String
  package var yes: String?
  package var no: String?
  package var line: Int

  package init(question: String, yes: String?, no: String?, line: Int) {
    self.question = question
    self.yes = yes
    self.no = no
    self.line = line
  }
}
