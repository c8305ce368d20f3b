import Display
import Engine
import Wording

extension NextStep {
  /// What is to be done in as few words as a list has room for; how late it is stands beside it.
  var shortWords: String {
    switch action {
    case .call(let name): "CALL \(name)"
    case .exhausted: "NOBODY LEFT TO CALL"
    case .acknowledge: "Acknowledge"
    case .setSeverity: "Set the severity"
    case .overdue, .approaching: deadline?.title ?? ""
    case .close: "Close"
    }
  }
}

/// How duties of the same name are told apart.
extension Model {
  /// What a duty has that others of its name have not: its level, else the line of its rule, else its time; nil where its
  /// name is the only one.
  func distinction(of deadline: Deadline) -> String? {
    let all = deadlines
    // By their places: most of them are looked at for every row, and need not be copied for it.
    let same = all.indices.filter { place in
      all[place].kind == deadline.kind && all[place].label == deadline.label
        && all[place].id != deadline.id
    }.map { all[$0] }
    guard !same.isEmpty else { return nil }
    if let level = deadline.step?.level, same.allSatisfy({ $0.step?.level != level }) {
      return "L\(level)"
    }
    if let line = deadline.rule?.line, line > 0, same.allSatisfy({ $0.rule?.line != line }) {
      return ":\(line)"
    }
    return deadline.due.map { clock.minute($0, today: now) }
  }

  /// The name of a duty, with what tells it apart where another one has the same name.
  func nameToldApart(_ deadline: Deadline) -> String {
    [deadline.label, distinction(of: deadline)].compactMap { $0 }.joined(separator: " ")
  }
}
