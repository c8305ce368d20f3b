import ArgumentParser
import Engine

struct AssignCommand: RecordingVerb {
  static let configuration = CommandConfiguration(
    commandName: "assign", abstract: "Give a role to somebody; the one before is released.",
    discussion:
      "Example: muster assign ic mira\nExample: muster assign scribe kai\nExample: muster assign scribe --nobody"
  )

  @OptionGroup var recording: RecordingOptions
  @Argument(
    help: ArgumentHelp("The role: its name, its beginning or initials.", valueName: "role"),
    completion: .custom { _, _, _ in Completions.roles() })
  var role: Typed
  @Argument(help: ArgumentHelp("Who takes it.", valueName: "name")) var name: [Typed] = []
  @Flag(help: "Release the role instead.") var nobody = false

  func command(for incident: Incident, in session: RecordingSession) throws(Failure) -> Command {
    guard nobody == name.isEmpty else {
      throw Failure(.usage, "'muster assign ROLE NAME' or 'muster assign ROLE --nobody', not both")
    }
    return nobody ? .release(role: role.text) : .assign(role: role.text, name: name.joined)
  }
}

struct HandoverCommand: RecordingVerb {
  static let configuration = CommandConfiguration(
    commandName: "handover", abstract: "Offer the command to somebody, or accept it.",
    discussion: "Example: muster handover kai\nExample: muster handover --accept --as kai")

  @OptionGroup var recording: RecordingOptions
  @Argument(help: ArgumentHelp("To whom it is offered.", valueName: "name"))
  var name: [Typed] = []
  @Flag(help: "Accept what was offered to you.") var accept = false

  func command(for incident: Incident, in session: RecordingSession) throws(Failure) -> Command {
    guard accept == name.isEmpty else {
      throw Failure(.usage, "'muster handover NAME' offers, 'muster handover --accept' accepts")
    }
    return accept ? .acceptHandover(by: session.author.actor) : .offerHandover(to: name.joined)
  }
}

struct TaskCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "task", abstract: "Ask somebody to do something, with the time they have.",
    discussion:
      "Example: muster task --who kai --for 10m look at the replica lag\nExample: muster task done replica",
    subcommands: [TaskAssignCommand.self, TaskDoneCommand.self],
    defaultSubcommand: TaskAssignCommand.self)
}

struct TaskAssignCommand: RecordingVerb {
  static let configuration = CommandConfiguration(
    commandName: "assign", abstract: "Ask somebody to do something.",
    discussion: "Example: muster task --who kai --for 10m look at the replica lag")

  @OptionGroup var recording: RecordingOptions
  @Argument(help: ArgumentHelp("What is to be done.", valueName: "text")) var words: [Typed]
  @Option(help: ArgumentHelp("Who does it.", valueName: "name")) var who: Typed?
  @Option(
    name: .customLong("for"),
    help: ArgumentHelp("When you come back to them: 10m.", valueName: "span"))
  var span: Typed?

  func command(for incident: Incident, in session: RecordingSession) throws(Failure) -> Command {
    let box: Duration? = if let span { try session.clock.span(span.text) } else { nil }
    return .assignTask(try session.text(words), who: who?.text ?? "", timeBox: box)
  }
}

struct TaskDoneCommand: RecordingVerb {
  static let configuration = CommandConfiguration(
    commandName: "done", abstract: "Say that a task is finished.",
    discussion: "Example: muster task done replica")

  @OptionGroup var recording: RecordingOptions
  @Argument(help: ArgumentHelp("Its number, or words of it.", valueName: "task"))
  var task: [Typed]

  func command(for incident: Incident, in session: RecordingSession) -> Command {
    .finishTask(task.joined)
  }
}

struct TimerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "timer", abstract: "Count down to something.",
    discussion:
      "Example: muster timer 10m ask kai about the replica\nExample: muster timer cancel replica",
    subcommands: [TimerStartCommand.self, TimerCancelCommand.self],
    defaultSubcommand: TimerStartCommand.self)
}

struct TimerStartCommand: RecordingVerb {
  static let configuration = CommandConfiguration(
    commandName: "start", abstract: "Start a countdown.",
    discussion: "Example: muster timer 10m ask kai about the replica")

  @OptionGroup var recording: RecordingOptions
  @Argument(help: ArgumentHelp("How long: 90s, 10m, 1h30m.", valueName: "span")) var span: Typed
  @Argument(help: ArgumentHelp("What it is for.", valueName: "text")) var words: [Typed] = []

  func command(for incident: Incident, in session: RecordingSession) throws(Failure) -> Command {
    .startTimer(
      words.isEmpty ? span.text : words.joined, try session.clock.span(span.text))
  }
}

struct TimerCancelCommand: RecordingVerb {
  static let configuration = CommandConfiguration(
    commandName: "cancel", abstract: "Stop a countdown.",
    discussion: "Example: muster timer cancel replica")

  @OptionGroup var recording: RecordingOptions
  @Argument(help: ArgumentHelp("Its number, or words of it.", valueName: "timer"))
  var timer: [Typed]

  func command(for incident: Incident, in session: RecordingSession) -> Command {
    .cancelTimer(timer.joined)
  }
}
