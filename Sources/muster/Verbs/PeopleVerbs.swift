import ArgumentParser
import Engine

struct AssignCommand: OneEventVerb {
  static let configuration = CommandConfiguration(
    commandName: "assign", abstract: "Assign a role to somebody; the previous holder is released.",
    discussion:
      """
      Roles match by name, part of the name or initials: ic, comms, scribe. A role that neither the \
      procedure nor the incident has yet must be confirmed. Without an argument, it lists the roles.

      Example: muster assign ic mira
      Example: muster assign comms kai
      Example: muster assign scribe --nobody
      """
  )

  @OptionGroup var recording: RecordingOptions
  @Argument(
    help: ArgumentHelp("The role: its name, a part of it or initials.", valueName: "role"),
    completion: ShellCompletions.roles)
  var role: Typed?
  @Argument(help: ArgumentHelp("Who takes the role.", valueName: "person")) var name: [Typed] = []
  @Flag(help: "Release the role instead.") var nobody = false

  func command(for incident: Incident, in context: VerbContext) throws(Failure) -> Command {
    guard nobody == name.isEmpty, let role else {
      throw Failure(.usage, "'muster assign ROLE NAME' or 'muster assign ROLE --nobody', not both")
    }
    guard !nobody else { return .release(role: role.text) }
    guard incident.isNewRole(role.text) else {
      return .assign(role: role.text, name: name.joined)
    }
    try context.requireYes(
      to: "There is no role '\(role.text)' yet. Make \(name.joined) the \(role.text)?",
      isConfirmed: recording.yes)
    return .assign(role: role.text, name: name.joined, isNew: true)
  }

  func choices(in incident: Incident, at now: Timestamp) -> [String]? {
    role == nil && name.isEmpty && !nobody ? ChoiceList.roles(of: incident) : nil
  }
}

struct HandoverCommand: OneEventVerb {
  static let configuration = CommandConfiguration(
    commandName: "handover", abstract: "Offer the command to somebody, or accept it.",
    discussion: """
      Example: muster handover kai
      Example: muster handover accept --as kai
      Example: muster handover --to accept
      """)

  @OptionGroup var recording: RecordingOptions
  @Argument(help: ArgumentHelp("Who is to take the command.", valueName: "name"))
  var name: [Typed] = []
  @Option(help: ArgumentHelp("The same, for somebody named 'accept'.", valueName: "name"))
  var to: Typed?
  @Flag(help: "Accept the command offered to you.") var accept = false

  func command(for incident: Incident, in context: VerbContext) throws(Failure) -> Command {
    let accepts = accept || to == nil && name.joined == "accept"
    let receivers = [to?.text, accepts && !accept || name.isEmpty ? nil : name.joined]
      .compactMap { $0 }
    guard receivers.count == (accepts ? 0 : 1) else {
      throw Failure(.usage, "'muster handover NAME' offers, 'muster handover accept' accepts")
    }
    return accepts ? .acceptHandover(by: context.actor) : .offerHandover(to: receivers[0])
  }
}

struct TaskCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "task", abstract: "Assign a task to somebody, with a time limit.",
    discussion:
      """
      Person and time limit can be part of the text: 'kai: look at the lag 10m', '10m kai: look'.

      Example: muster task --who kai --for 10m look at the replica lag
      Example: muster task kai look at the replica lag 10m
      Example: muster task done replica
      """,
    subcommands: [TaskAssignCommand.self, TaskDoneCommand.self],
    defaultSubcommand: TaskAssignCommand.self)
}

struct TaskAssignCommand: OneEventVerb {
  static let configuration = CommandConfiguration(
    commandName: "assign", abstract: "Assign a task to somebody.",
    discussion: "Example: muster task --who kai --for 10m look at the replica lag")

  @OptionGroup var recording: RecordingOptions
  @Argument(help: ArgumentHelp("What is to be done.", valueName: "text")) var words: [Typed]
  @Option(help: ArgumentHelp("Who is to do the task.", valueName: "person")) var who: Typed?
  @Option(
    name: .customLong("for"),
    help: ArgumentHelp("Time limit, after which the task is overdue: 10m.", valueName: "span"))
  var span: Typed?
  @Option(
    help: ArgumentHelp("When the task is due: 10m, 7d, tomorrow, 2026-12-01.", valueName: "time"))
  var due: Typed?

  func command(for incident: Incident, in context: VerbContext) throws(Failure) -> Command {
    let box = try timeBox(context.clock)
    let text = try context.text(words)
    if let who, let box { return .assignTask(text, who: who.text, timeBox: box) }
    let said = TaskWords(
      text, people: context.people(in: incident), isNamed: who != nil, isTimed: box != nil)
    return .assignTask(said.text, who: who?.text ?? said.who, timeBox: box ?? said.timeBox)
  }

  private func timeBox(_ clock: LocalClock) throws(Failure) -> Duration? {
    guard let due else { return if let span { try clock.span(span.text) } else { nil } }
    guard span == nil else { throw Failure(.usage, "--for and --due are one time: give one") }
    let box = try clock.due(due.text) - clock.now
    guard box > .zero else {
      throw Failure(.usage, "'\(due.text)' has passed; write 10m, 7d, tomorrow or 2026-12-01")
    }
    return box
  }
}

struct TaskDoneCommand: OneEventVerb {
  static let configuration = CommandConfiguration(
    commandName: "done", abstract: "Mark a task as done.",
    discussion: "Example: muster task done replica")

  @OptionGroup var recording: RecordingOptions
  @Argument(help: ArgumentHelp("The task's number, or words of it.", valueName: "task"))
  var task: [Typed]

  func command(for incident: Incident, in context: VerbContext) -> Command {
    .finishTask(task.joined)
  }
}

struct TimerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "timer", abstract: "Start or cancel a timer.",
    discussion:
      "Example: muster timer 10m ask kai about the replica\nExample: muster timer cancel replica",
    subcommands: [TimerStartCommand.self, TimerCancelCommand.self],
    defaultSubcommand: TimerStartCommand.self)
}

struct TimerStartCommand: OneEventVerb {
  static let configuration = CommandConfiguration(
    commandName: "start", abstract: "Start a timer.",
    discussion: """
      How long may stand in front of the words or behind them.

      Example: muster timer 10m ask kai about the replica
      Example: muster timer ask kai about the replica 10m
      """)

  @OptionGroup var recording: RecordingOptions
  @Argument(help: ArgumentHelp("How long: 90s, 10m, 1h30m.", valueName: "span")) var span: Typed
  @Argument(help: ArgumentHelp("What it is for.", valueName: "text")) var words: [Typed] = []

  func command(for incident: Incident, in context: VerbContext) throws(Failure) -> Command {
    // From standard input come the words alone.
    if words.count == 1, words[0].text == "-" {
      return .startTimer(try context.text(words), try context.clock.span(span.text))
    }
    let all = [span] + words
    guard let said = TimerWords(all.asTyped) else {
      return .startTimer(all.asTyped, try context.clock.span(span.text))
    }
    return .startTimer(said.text, said.span)
  }
}

struct TimerCancelCommand: OneEventVerb {
  static let configuration = CommandConfiguration(
    commandName: "cancel", abstract: "Cancel a timer.",
    discussion: "Example: muster timer cancel replica")

  @OptionGroup var recording: RecordingOptions
  @Argument(help: ArgumentHelp("The timer's number, or words of it.", valueName: "timer"))
  var timer: [Typed]

  func command(for incident: Incident, in context: VerbContext) -> Command {
    .cancelTimer(timer.joined)
  }
}
