import ArgumentParser
package import Dashboard
package import Engine
import Procedures

/// Reads what is typed behind a console's colon with the verbs of the command line, and by their parser.
package struct ConsoleReader: CommandReader {
  package init() {}

  /// Everything that can be typed, by name.
  static let verbs: [(name: String, type: any ParsableCommand.Type)] = {
    let verbs = Muster.verbs.filter { type in
      type is any ConsoleVerb.Type
        || type.configuration.subcommands.contains { $0 is any ConsoleVerb.Type }
    }
    let all = verbs + ConsoleWords.all.map { $0 as any ParsableCommand.Type }
    return all.compactMap { type in
      type.configuration.commandName.map { (name: $0, type: type) }
    }.reduce(into: []) { known, verb in
      // A console's own word takes the place of a verb of the shell.
      known.removeAll { $0.name == verb.name }
      known.append(verb)
    }
  }()

  /// The verb of a name, or of the word that a hint line has for its key: `mitigated`.
  private static func verb(
    named name: String
  ) -> (name: String, type: any ParsableCommand.Type)? {
    if let verb = verbs.first(where: { $0.name == name }) { return verb }
    let hinted = Request.allCases.first { $0.entry.hint == name }?.rawValue
    return verbs.first { $0.name == hinted }
  }

  // MARK: - Reading

  package func read(
    _ line: String, in situation: Situation
  ) throws(CommandProblem) -> TypedCommand {
    let words = LineWords(line)
    guard let first = words.words.first else {
      throw CommandProblem("type a command; Tab lists the commands")
    }
    let name = first.text.lowercased()
    if words.words.count == 1, let request = Request(rawValue: name) { return .request(request) }
    return try readVerb(line, in: situation)
  }

  /// What a verb asks for, also where a key alone asks for something like it.
  func readVerb(
    _ line: String, in situation: Situation
  ) throws(CommandProblem) -> TypedCommand {
    let words = LineWords(line)
    let name = words.words.first?.text.lowercased() ?? ""
    guard let verb = Self.verb(named: name) else {
      throw CommandProblem(Self.unknown(name))
    }
    do throws(Failure) {
      if words.words.dropFirst().contains(where: { $0.text == "--help" || $0.text == "-h" }) {
        return .help(try Self.help(of: words.words.map(\.text).filter { !$0.hasPrefix("-") }))
      }
      let command = try Self.parse(words, as: verb)
      guard let command = command as? any ConsoleVerb else {
        throw Failure(.usage, "'\(name)' works only in a shell: muster \(line)")
      }
      return try command.typed(in: ConsoleContext(situation: situation))
    } catch {
      throw CommandProblem(error.message)
    }
  }

  /// Parses the words in the first of the ways in which they may be meant that makes a whole command.
  private static func parse(
    _ words: LineWords, as verb: (name: String, type: any ParsableCommand.Type)
  ) throws(Failure) -> any ParsableCommand {
    let typed = Arguments.marked(words.arguments.dropFirst())
    let plain = Arguments.marked(words.words.map(\.text).dropFirst())
    // A number or a choice of a list takes no quotes: those go, where they stand in the way.
    let readings = Arguments.readings(typed) + Arguments.readings(plain)
    var problem = ""
    for reading in readings {
      do { return try verb.type.parseAsRoot(reading) } catch {
        problem = verb.type.message(for: error)
      }
    }
    let text = Arguments.unmarked(message: problem)
    throw Failure(
      .usage, "\(text.hasSuffix(".") ? String(text.dropLast()) : text); see help \(verb.name)"
    )
  }

  private static func unknown(_ word: String) -> String {
    let names = verbs.map(\.name) + Request.allCases.map(\.rawValue)
    let beginning = names.first { $0.hasPrefix(word) }
    let guess = beginning ?? NearestMatch.find(word, among: names)
    return "there is no command “\(word)”" + (guess.map { "; did you mean “\($0)”?" } ?? "")
  }

  /// How a verb, or one below it, is used.
  static func help(of words: [String]) throws(Failure) -> [String] {
    guard let name = words.first, let verb = verbs.first(where: { $0.name == name }) else {
      throw Failure(.usage, unknown(words.first ?? ""))
    }
    let below = verb.type.configuration.subcommands.first {
      words.count > 1 && $0.configuration.commandName == words[1]
    }
    let type = below ?? verb.type
    let text =
      ConsoleWords.all.contains { $0 == type }
      ? type.helpMessage(columns: 76) : Muster.helpMessage(for: type, columns: 76)
    return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  // MARK: - Times

  /// Verbs whose words may begin with a time.
  private static let timed: Set<String> = ["note", "finding", "hypothesis"]

  package func leadingTime(of line: String, in situation: Situation) -> TimeExpression.Leading {
    let words = LineWords(line).words
    guard words.count > 1, Self.timed.contains(words[0].text.lowercased()),
      !words.contains(where: { $0.text == "--at" || $0.text.hasPrefix("--at=") })
    else { return .none }
    return TimeExpression.leading(
      String(line[words[1].start...]), now: situation.now, zone: situation.zone)
  }

  package func completions(of line: String, in situation: Situation) -> Dashboard.Completions {
    LineCompletion(line, situation).completions
  }
}
