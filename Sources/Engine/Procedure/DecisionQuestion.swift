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

extension DecisionQuestion: ProcedureFact {
  package init?(json: JSON) {
    guard let question = json["question"]?.string else { return nil }
    self.init(
      question: question, yes: json["yes"]?.string, no: json["no"]?.string,
      line: json.int("line") ?? 0)
  }

  package var json: JSON {
    .object([
      "question": .string(question), "yes": .maybe(yes), "no": .maybe(no), "line": .whole(line),
    ])
  }
}
