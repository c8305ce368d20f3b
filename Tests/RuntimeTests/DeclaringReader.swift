import Dashboard
import Engine

/// Understands `declare TITLE` alone: the grammar of the command line is tested elsewhere.
struct DeclaringReader: CommandReader {
  func read(_ line: String, in situation: Situation) throws(CommandProblem) -> TypedCommand {
    let parts = line.split(separator: " ", maxSplits: 1).map(String.init)
    guard parts.count == 2, parts[0] == "declare" else { throw CommandProblem("unknown: \(line)") }
    return .declare(title: parts[1], severity: nil)
  }

  func completions(of line: String, in situation: Situation) -> Completions { Completions() }

  func leadingTime(of line: String, in situation: Situation) -> TimeExpression.Leading { .none }
}
