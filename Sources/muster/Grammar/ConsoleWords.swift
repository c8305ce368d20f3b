import ArgumentParser
import Dashboard
import Engine
import Wording

/// Words that only a console knows; each with its help, like a verb.
enum ConsoleWords {
  static let all: [any ConsoleVerb.Type] = [
    OpenWord.self, FilterWord.self, FindWord.self, DocumentWord.self, ThemeWord.self,
    JumpWord.self, SpeedWord.self, ShowWord.self, LogWord.self, VerifyWord.self, HelpWord.self,
  ]
}

struct OpenWord: ConsoleVerb {
  static let configuration = CommandConfiguration(
    commandName: "open", abstract: "Switch to another open incident.",
    discussion: "Example: open checkout-502")

  @Argument(help: ArgumentHelp("An incident id, or words of it.", valueName: "incident"))
  var words: [Typed]

  func typed(in console: ConsoleContext) throws(Failure) -> TypedCommand {
    let incidents = console.situation.incidents
    if let exact = incidents.first(where: { $0.id == words.joined }) {
      return .open(incident: exact.id)
    }
    let match = NameMatch(words.joined, among: incidents.map { [$0.id, $0.title] })
    if let only = match.only { return .open(incident: incidents[only].id) }
    let found = match.places.isEmpty ? Array(incidents.indices) : match.places
    let list = Choices.list(found.map { incidents[$0].id }, on: .console)
    throw Failure(
      .usage,
      match.places.isEmpty
        ? "no open incident is called '\(words.joined)'; open: \(list)"
        : "'\(words.joined)' fits several: \(list)")
  }
}

struct FilterWord: ConsoleVerb {
  static let configuration = CommandConfiguration(
    commandName: "filter", abstract: "Filter the timeline by kind, person or words.",
    discussion: "Example: filter N D by:mira")

  @Argument(help: ArgumentHelp("Letters, by:PERSON or words; empty shows all.", valueName: "kinds"))
  var words: [Typed] = []

  func typed(in console: ConsoleContext) throws(Failure) -> TypedCommand { .filter(words.joined) }
}

struct FindWord: ConsoleVerb {
  static let configuration = CommandConfiguration(
    commandName: "find", abstract: "Find words in the timeline.",
    discussion: "Example: find connection pool")

  @Argument(help: ArgumentHelp("The words.", valueName: "text")) var words: [Typed]

  func typed(in console: ConsoleContext) throws(Failure) -> TypedCommand { .find(words.asTyped) }
}

struct DocumentWord: ConsoleVerb {
  static let configuration = CommandConfiguration(
    commandName: "document",
    abstract: "Open the procedure document at the rule that applies now, or at given words.",
    discussion: "Example: document rollback")

  @Argument(help: ArgumentHelp("Words to find in it.", valueName: "text")) var words: [Typed] = []

  func typed(in console: ConsoleContext) throws(Failure) -> TypedCommand {
    words.isEmpty ? .request(.document) : .document(find: words.asTyped)
  }
}

struct ThemeWord: ConsoleVerb {
  static let configuration = CommandConfiguration(
    commandName: "theme", abstract: "Use another theme.", discussion: "Example: theme color-blind")

  @Argument(help: ArgumentHelp("The theme.", valueName: "theme")) var name: Typed

  func typed(in console: ConsoleContext) throws(Failure) -> TypedCommand { .theme(name.text) }
}

struct JumpWord: ConsoleVerb {
  static let configuration = CommandConfiguration(
    commandName: "jump", abstract: "In a replay: jump to a time, an entry, the start or the end.",
    discussion: "Example: jump T+42m")

  @Argument(help: ArgumentHelp("14:05, +10m, T+42m, #17, start, end.", valueName: "time"))
  var words: [Typed]

  func typed(in console: ConsoleContext) throws(Failure) -> TypedCommand { .jump(words.joined) }
}

struct SpeedWord: ConsoleVerb {
  static let configuration = CommandConfiguration(
    commandName: "speed", abstract: "In a replay: set the speed, as a factor.",
    discussion: "Example: speed 60")

  @Argument(help: ArgumentHelp("60 plays 60 times as fast.", valueName: "factor")) var factor: Typed

  func typed(in console: ConsoleContext) throws(Failure) -> TypedCommand { .speed(factor.text) }
}

struct ShowWord: ConsoleVerb {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show the situation on one page.", discussion: "Example: show")

  func typed(in console: ConsoleContext) throws(Failure) -> TypedCommand { .request(.brief) }
}

struct LogWord: ConsoleVerb {
  static let configuration = CommandConfiguration(
    commandName: "log", abstract: "Go to the timeline, or to entries with given words.",
    discussion: "Example: log rolled back")

  @Argument(help: ArgumentHelp("Words to find in it.", valueName: "text")) var words: [Typed] = []

  func typed(in console: ConsoleContext) throws(Failure) -> TypedCommand {
    words.isEmpty ? .request(.focusTimeline) : .find(words.asTyped)
  }
}

struct VerifyWord: ConsoleVerb {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Check every line and seal of the log.",
    discussion: "Example: verify")

  func typed(in console: ConsoleContext) throws(Failure) -> TypedCommand {
    .report(.verification)
  }
}

struct HelpWord: ConsoleVerb {
  static let configuration = CommandConfiguration(
    commandName: "help", abstract: "Show the keys, or the help of a verb.",
    discussion: "Example: help severity")

  @Argument(help: ArgumentHelp("A verb.", valueName: "verb")) var verb: [Typed] = []

  func typed(in console: ConsoleContext) throws(Failure) -> TypedCommand {
    guard !verb.isEmpty else { return .request(.help) }
    return .help(try ConsoleReader.help(of: verb.map(\.text)))
  }
}
