package import Engine

/// Reads what is typed behind a colon. A screen has no grammar of its own: it is given that of the command line.
package protocol CommandReader: Sendable {
  /// What a line asks for, or why it asks for nothing that can be done.
  func read(_ line: String, in situation: Situation) throws(CommandProblem) -> TypedCommand

  /// What could stand at the end of a line, the most useful first.
  func completions(of line: String, in situation: Situation) -> Completions

  /// How a time in front of the words of a line is understood.
  func leadingTime(of line: String, in situation: Situation) -> TimeExpression.Leading
}

/// What words are understood in: the incident that is shown, now, and whoever types.
package struct Situation: Sendable {
  package var incident: Incident?
  package var actor: String
  package var now: Timestamp
  /// The zone in which times are shown and typed.
  package var zone: TimeZoneRules
  package var deadlines: [Deadline]
  package var directory: Directory
  /// Everything in the store that is open.
  package var incidents: [OpenIncident]
  package var themes: [String]
  /// Requests that can do nothing now.
  package var unavailable: Set<Request>

  package init(
    incident: Incident?, actor: String, now: Timestamp, zone: TimeZoneRules,
    deadlines: [Deadline] = [], directory: Directory = Directory(contacts: [], rota: Rota()),
    incidents: [OpenIncident] = [], themes: [String] = [], unavailable: Set<Request> = []
  ) {
    self.incident = incident
    self.actor = actor
    self.now = now
    self.zone = zone
    self.deadlines = deadlines
    self.directory = directory
    self.incidents = incidents
    self.themes = themes
    self.unavailable = unavailable
  }
}

/// Why a typed line cannot be done, in words.
package struct CommandProblem: Error, Hashable, Sendable {
  package var text: String

  package init(_ text: String) { self.text = text }
}

/// What a typed line asks for.
package enum TypedCommand: Hashable, Sendable {
  /// The same as a key asks for.
  case request(Request)
  case record(Recording)
  case declare(title: String, severity: String?)
  /// Compose an update; nil: as the procedure has it.
  case compose(audience: String?, template: String?)
  case open(incident: String)
  case filter(String)
  case find(String)
  /// Open the document at the first place that has the words.
  case document(find: String)
  case theme(String)
  case jump(String)
  case speed(String)
  /// Make a report and show it.
  case report(Report)
  /// How a verb is used.
  case help([String])

  /// Commands that one line asks to be recorded, one after the other.
  package struct Recording: Hashable, Sendable {
    package var commands: [Command]
    /// When it happened; nil: now.
    package var occurred: Timestamp?
    /// Who did it, where that is somebody else than who types.
    package var actor: String?
    /// Whether the line itself says yes to what would be asked.
    package var isConfirmed: Bool

    package init(
      _ commands: [Command], occurred: Timestamp? = nil, actor: String? = nil,
      isConfirmed: Bool = false
    ) {
      self.commands = commands
      self.occurred = occurred
      self.actor = actor
      self.isConfirmed = isConfirmed
    }
  }
}

/// What could stand at the end of a line.
package struct Completions: Hashable, Sendable {
  /// How the verb that was typed is used, in one line; nil while it is being typed.
  package var usage: String?
  /// The line up to the word that is being completed.
  package var stem: String
  /// Words to take its place, each with a line of help.
  package var choices: [Prompt.Choice]

  package init(usage: String? = nil, stem: String = "", choices: [Prompt.Choice] = []) {
    self.usage = usage
    self.stem = stem
    self.choices = choices
  }

  /// The word that all choices begin with, as far as they agree.
  var commonStart: String {
    guard var common = choices.first?.value else { return "" }
    for choice in choices {
      while !choice.value.lowercased().hasPrefix(common.lowercased()) { common.removeLast() }
    }
    return common
  }
}

/// Where nothing can be typed: on the wall.
struct NoCommands: CommandReader {
  func read(_ line: String, in situation: Situation) throws(CommandProblem) -> TypedCommand {
    throw CommandProblem("no commands can be typed here")
  }

  func completions(of line: String, in situation: Situation) -> Completions { Completions() }

  func leadingTime(of line: String, in situation: Situation) -> TimeExpression.Leading { .none }
}
