import Display
import Engine

extension Model {
  /// A step of a runbook with the book it belongs to, counted from 1.
  struct RunbookStep {
    var book: Runbook
    var step: Runbook.Step
    var number: Int

    /// What is noted when it is done.
    var doneWords: String { "Runbook \(book.title), step \(number) done: \(step.text)" }
  }

  /// Who noted last that a step was done, and when, by the words of the note; notes that were taken back do not count.
  var doneSteps: [String: (by: String, at: Timestamp)] {
    guard let incident else { return [:] }
    var done: [String: (by: String, at: Timestamp)] = [:]
    for row in incident.timeline.rows
    where row.kind == .noteAdded && !row.marks.contains(.retracted) {
      guard let event = words[row.sequence], let text = event.data.string("text"),
        text.hasPrefix("Runbook ")
      else { continue }
      done[text] = (event.actor, row.effective)
    }
    return done
  }

  /// The steps of all runbooks, one after the other.
  var runbookSteps: [RunbookStep] {
    (incident?.procedure.runbooks ?? []).flatMap { book in
      book.steps.enumerated().map { RunbookStep(book: book, step: $1, number: $0 + 1) }
    }
  }

  /// Keys in the lists of runbooks and questions; nil: not one of theirs.
  mutating func pressInProcedure(_ key: Key, _ request: Request?) -> [Effect]? {
    let count =
      overlay == .runbooks ? runbookSteps.count : incident?.procedure.decisions.count ?? 0
    scroll = min(scroll, max(0, count - 1))
    switch request {
    case .down: scroll = min(scroll + 1, max(0, count - 1))
    case .up: scroll = max(0, scroll - 1)
    case .pageDown, .last: scroll = max(0, count - 1)
    case .pageUp, .first: scroll = 0
    default: return overlay == .runbooks ? pressInRunbooks(key, request) : answer(key)
    }
    return []
  }

  private mutating func pressInRunbooks(_ key: Key, _ request: Request?) -> [Effect]? {
    guard runbookSteps.indices.contains(scroll) else { return nil }
    let step = runbookSteps[scroll]
    switch (key, request) {
    case (.character(" "), _):
      scroll = min(scroll + 1, runbookSteps.count - 1)
      return record(.note(step.doneWords), done: "noted")
    case (_, .copy), (.enter, _):
      guard let command = step.step.command else {
        tell("this step has no command", .warning)
        return []
      }
      let lines = command.split(separator: "\n").count
      if lines > 1 { tell("\(lines) lines are being copied", .warning) }
      return [.copy(String(command.reversed().drop { $0.isNewline }.reversed()))]
    default: return nil
    }
  }

  /// `y` and `n` record what was answered to a question of the procedure.
  private mutating func answer(_ key: Key) -> [Effect]? {
    let questions = incident?.procedure.decisions ?? []
    guard questions.indices.contains(scroll) else { return nil }
    let question = questions[scroll]
    let choice: String
    switch key {
    case .character("y"): choice = question.choice(true)
    case .character("n"): choice = question.choice(false)
    default: return nil
    }
    return record(
      .decide(question: question.question, choice: choice, objections: []), done: "recorded")
  }
}
