import ArgumentParser
import Engine
import Wording

struct NoteCommand: OneEventVerb {
  static let configuration = CommandConfiguration(
    commandName: "note", abstract: "Add a note to the timeline.",
    discussion: """
      Quote only signs of the shell, such as ' and &. A time in front back-dates it; '-' reads standard input.

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
    commandName: "finding", abstract: "Record a finding.",
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
    commandName: "hypothesis", abstract: "Record a hypothesis about the cause.",
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
    abstract: "Record a decision, with choice, reason and objections.",
    discussion: """
      Example: muster decide 'roll back api?' --choice yes --reason 'the deploy broke it' \
      --objection 'kai: loses the fix'
      """)

  @OptionGroup var recording: RecordingOptions
  @Argument(help: ArgumentHelp("The question, or the decision itself.", valueName: "text"))
  var words: [Typed]
  @Option(help: "What was chosen.") var choice: Typed?
  @Option(help: "Why.") var reason: Typed?
  @Option(name: .customLong("objection"), help: "An objection; may be repeated.")
  var objections: [Typed] = []

  func command(for incident: Incident, in context: VerbContext) throws(Failure) -> Command {
    let text = try context.timed(words).text
    let typed = choice == nil ? DecisionWords(text) : nil
    return .decide(
      question: typed?.question ?? text, choice: choice?.text ?? typed?.choice ?? "",
      objections: objections.map(\.text), reason: reason?.text)
  }

  func occurred(in context: VerbContext) throws(Failure) -> Timestamp? {
    try context.timed(words).occurred
  }
}

struct CorrectCommand: OneEventVerb {
  static let configuration = CommandConfiguration(
    commandName: "correct", abstract: "Correct an entry's text; both versions stay in the log.",
    discussion: "Example: muster correct 17 rolled back api to 41f3")

  @OptionGroup var recording: RecordingOptions
  @Argument(help: ArgumentHelp("The entry's number, as 'muster log' shows it.", valueName: "seq"))
  var entry: Int
  @Argument(help: ArgumentHelp("The corrected text.", valueName: "text")) var words: [Typed]

  func command(for incident: Incident, in context: VerbContext) throws(Failure) -> Command {
    .correct(entry: entry, text: try context.text(words))
  }
}

struct UndoCommand: OneEventVerb {
  static let configuration = CommandConfiguration(
    commandName: "undo", abstract: "Undo what you did in the last ten seconds.",
    discussion: """
      Undoes what is recorded without a question: a note, task, timer, role, tick, filled field, \
      acknowledgement, status, severity or phase, as long as nothing later changed it. The undo is \
      recorded as an entry. Retract anything else with 'muster retract SEQ'.

      Example: muster undo
      Example: muster undo 17
      """)

  @OptionGroup var recording: RecordingOptions
  @Argument(help: ArgumentHelp("The entry's number; default: your newest entry.", valueName: "seq"))
  var entry: Int?

  func command(for incident: Incident, in context: VerbContext) throws(Failure) -> Command {
    if let entry { return .undo(entry: entry) }
    guard let newest = incident.undoable(by: context.actor, at: context.clock.now) else {
      throw Failure(
        .notNow,
        "nothing that \(context.actor) did in the last ten seconds can be undone; "
          + "\(context.surface.verb("retract SEQ")) takes an entry back")
    }
    return .undo(entry: newest)
  }
}

struct RetractCommand: OneEventVerb {
  static let configuration = CommandConfiguration(
    commandName: "retract", abstract: "Retract an entry.",
    discussion: """
      The entry stays in the log and is marked. With --secret, its text is no longer shown anywhere; \
      the log file still contains it.

      Example: muster retract 17 --reason 'wrong incident'
      Example: muster retract 17 --secret
      """)

  @OptionGroup var recording: RecordingOptions
  @Argument(help: ArgumentHelp("The entry's number, as 'muster log' shows it.", valueName: "seq"))
  var entry: Int
  @Flag(help: "Hide the text everywhere, such as a password or a name.") var secret = false
  @Option(help: "Why.") var reason: Typed?

  func command(for incident: Incident, in context: VerbContext) -> Command {
    .retract(entry: entry, secret: secret, reason: reason?.text)
  }
}
