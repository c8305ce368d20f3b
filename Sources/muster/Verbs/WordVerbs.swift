import ArgumentParser
import Engine
import Wording

struct NoteCommand: OneEventVerb {
  static let configuration = CommandConfiguration(
    commandName: "note", abstract: "Write a line into the timeline.",
    discussion: """
      Quotes are not needed. A time in front back-dates it; '-' reads the text from standard input.

      Example: muster note rolled back api to 41f2
      Example: muster note -12m rolled back api to 41f2
      """)

  @OptionGroup var recording: RecordingOptions
  @Argument(help: ArgumentHelp("The text.", valueName: "text")) var words: [Typed]

  func command(for incident: Incident, in context: VerbContext) throws(Failure) -> Command {
    .note(try context.timed(words).text)
  }

  func occurred(in context: VerbContext) throws(Failure) -> Timestamp? {
    try context.timed(words).occurred
  }
}

struct FindingCommand: OneEventVerb {
  static let configuration = CommandConfiguration(
    commandName: "finding", abstract: "Write down something that was found out.",
    discussion: "Example: muster finding the connection pool is exhausted since the deploy")

  @OptionGroup var recording: RecordingOptions
  @Argument(help: ArgumentHelp("The text.", valueName: "text")) var words: [Typed]

  func command(for incident: Incident, in context: VerbContext) throws(Failure) -> Command {
    .finding(try context.timed(words).text)
  }

  func occurred(in context: VerbContext) throws(Failure) -> Timestamp? {
    try context.timed(words).occurred
  }
}

struct HypothesisCommand: OneEventVerb {
  static let configuration = CommandConfiguration(
    commandName: "hypothesis", abstract: "Write down what may be the cause.",
    discussion: "Example: muster hypothesis the new index locks the orders table")

  @OptionGroup var recording: RecordingOptions
  @Argument(help: ArgumentHelp("The text.", valueName: "text")) var words: [Typed]

  func command(for incident: Incident, in context: VerbContext) throws(Failure) -> Command {
    .hypothesis(try context.timed(words).text)
  }

  func occurred(in context: VerbContext) throws(Failure) -> Timestamp? {
    try context.timed(words).occurred
  }
}

struct DecideCommand: OneEventVerb {
  static let configuration = CommandConfiguration(
    commandName: "decide",
    abstract: "Write down a decision, with the choice, the reason and any objection.",
    discussion: """
      Example: muster decide 'roll back api?' --choice yes --reason 'the deploy broke it' \
      --objection 'kai: loses the fix'
      """)

  @OptionGroup var recording: RecordingOptions
  @Argument(help: ArgumentHelp("What was to be decided, or the decision.", valueName: "text"))
  var words: [Typed]
  @Option(help: "What was chosen.") var choice: Typed?
  @Option(help: "Why.") var reason: Typed?
  @Option(name: .customLong("objection"), help: "An objection; may be repeated.")
  var objections: [Typed] = []

  func command(for incident: Incident, in context: VerbContext) throws(Failure) -> Command {
    let text = try context.text(words)
    let typed = choice == nil ? DecisionWords(text) : nil
    return .decide(
      question: typed?.question ?? text, choice: choice?.text ?? typed?.choice ?? "",
      objections: objections.map(\.text), reason: reason?.text)
  }
}

struct CorrectCommand: OneEventVerb {
  static let configuration = CommandConfiguration(
    commandName: "correct", abstract: "Correct the words of an entry; both stay in the log.",
    discussion: "Example: muster correct 17 rolled back api to 41f3")

  @OptionGroup var recording: RecordingOptions
  @Argument(help: ArgumentHelp("The entry's number, as 'muster log' shows it.", valueName: "seq"))
  var entry: Int
  @Argument(help: ArgumentHelp("The right words.", valueName: "text")) var words: [Typed]

  func command(for incident: Incident, in context: VerbContext) throws(Failure) -> Command {
    .correct(entry: entry, text: try context.text(words))
  }
}

struct UndoCommand: OneEventVerb {
  static let configuration = CommandConfiguration(
    commandName: "undo", abstract: "Take back what you did within the last ten seconds.",
    discussion: """
      Whatever is recorded without a question: a note, a task, a timer, a role, a tick, a filled field, \
      an acknowledgement, a status, a severity, a phase, while nothing later was said about it. The \
      undoing is an entry of its own. What is older, or cannot be undone, 'muster retract SEQ' takes back.

      Example: muster undo
      Example: muster undo 17
      """)

  @OptionGroup var recording: RecordingOptions
  @Argument(help: ArgumentHelp("The entry's number; else your newest one.", valueName: "seq"))
  var entry: Int?

  func command(for incident: Incident, in context: VerbContext) throws(Failure) -> Command {
    if let entry { return .undo(entry: entry) }
    guard let newest = incident.undoable(by: context.actor, at: context.clock.now) else {
      throw Failure(
        .notNow,
        "nothing that \(context.actor) did within the last ten seconds can be undone; "
          + "\(context.surface.verb("retract SEQ")) takes an entry back")
    }
    return .undo(entry: newest)
  }
}

struct RetractCommand: OneEventVerb {
  static let configuration = CommandConfiguration(
    commandName: "retract", abstract: "Take an entry back.",
    discussion: """
      The entry stays in the log and is marked. With --secret its words are shown nowhere any more; \
      the log file still holds them.

      Example: muster retract 17 --reason 'wrong incident'
      Example: muster retract 17 --secret
      """)

  @OptionGroup var recording: RecordingOptions
  @Argument(help: ArgumentHelp("The entry's number, as 'muster log' shows it.", valueName: "seq"))
  var entry: Int
  @Flag(help: "Show its words nowhere: a password, a name.") var secret = false
  @Option(help: "Why.") var reason: Typed?

  func command(for incident: Incident, in context: VerbContext) -> Command {
    .retract(entry: entry, secret: secret, reason: reason?.text)
  }
}
