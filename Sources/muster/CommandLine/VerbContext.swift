import Dashboard
import Engine
import Glibc
import Wording

/// What the words of a verb are understood in: when, by whom, and among whom.
struct VerbContext {
  var clock: LocalClock
  var actor: String
  /// When it happened, as `--at` says.
  var occurred: Timestamp?
  /// Whom to call, for words that name somebody.
  var directory: Directory { people() }
  /// Looked up only when somebody asks: most verbs name nobody.
  private let people: () -> Directory
  /// What stands on standard input; nil where there is none to be read.
  var input: StandardInput?

  init(
    clock: LocalClock, actor: String, occurred: Timestamp?,
    directory: @escaping @autoclosure () -> Directory, input: StandardInput? = nil
  ) {
    self.clock = clock
    self.actor = actor
    self.occurred = occurred
    people = directory
    self.input = input
  }

  /// Where the words were typed: only a shell has a standard input.
  var surface: Surface { input == nil ? .console : Shell.surface }

  /// The words as one text; a single `-` stands for standard input.
  func text(_ words: [Typed]) throws(Failure) -> String {
    guard words.count == 1, words[0].text == "-" else { return words.asTyped }
    guard let input else {
      throw Failure(.usage, "a console has no standard input: type the text instead of '-'")
    }
    return try input.text(limit: Incident.textLimit)
  }

  /// The words, and the time that stands in front of them unless `--at` says another.
  func timed(_ words: [Typed]) throws(Failure) -> (text: String, occurred: Timestamp?) {
    let text = try text(words)
    guard occurred == nil else { return (text, occurred) }
    switch clock.leadingTime(of: text) {
    case .none: return (text, nil)
    case .time(let time, let rest): return (rest, time)
    case .problem(let problem):
      throw Failure(
        .usage,
        problem.text(of: text, in: clock.zone, at: clock.now)
          + "; to keep it as part of the text, add --at now")
    }
  }

  /// The ids of the items that words name: one, or several by their numbers.
  func items(_ words: [Typed], in incident: Incident) throws(Failure) -> [String] {
    do throws(Rejection) { return try incident.items(named: words.joined).map(\.item.id) } catch {
      throw Failure(.usage, error.message(on: surface, in: clock.zone, at: clock.now))
    }
  }

  /// Requires confirmation: `--yes`, or an answer at a terminal. A console asks by itself.
  func requireYes(to question: String, isConfirmed: Bool) throws(Failure) {
    guard !isConfirmed, input != nil else { return }
    guard isatty(STDIN_FILENO) == 1 else {
      throw Failure(.usage, "\(question) Not at a terminal: add --yes to confirm")
    }
    guard TerminalQuestion.ask(question) else { throw Failure(.notNow, "nothing was recorded") }
  }

  /// Everybody whose name is known here.
  func people(in incident: Incident) -> [String] { incident.knownPeople(directory) }
}
