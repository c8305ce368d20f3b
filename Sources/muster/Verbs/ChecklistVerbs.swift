import ArgumentParser
import Documents
import Engine

struct CheckCommand: RecordingVerb {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Tick checklist items: by number, id, or words of one.",
    discussion: """
      Whole words count before beginnings of words. Alone it lists the whole checklist.

      Example: muster check 4
      Example: muster check 4 5 6
      Example: muster check status page
      """)

  @OptionGroup var recording: RecordingOptions
  @Argument(
    help: ArgumentHelp("The item.", valueName: "item"),
    completion: .custom { _, _, _ in ShellCompletions.items() })
  var item: [Typed] = []

  func commands(for incident: Incident, in context: VerbContext) throws(Failure) -> [Command] {
    try context.items(item, in: incident).map { .check($0) }
  }

  func choices(in incident: Incident, at now: Timestamp) -> [String]? {
    item.isEmpty ? ChoiceList.items(of: incident) : nil
  }
}

struct UncheckCommand: RecordingVerb {
  static let configuration = CommandConfiguration(
    commandName: "uncheck", abstract: "Open a ticked or skipped item again.",
    discussion: "Example: muster uncheck 4")

  @OptionGroup var recording: RecordingOptions
  @Argument(
    help: ArgumentHelp("The item.", valueName: "item"),
    completion: .custom { _, _, _ in ShellCompletions.items() })
  var item: [Typed] = []

  func commands(for incident: Incident, in context: VerbContext) throws(Failure) -> [Command] {
    try context.items(item, in: incident).map { .uncheck($0) }
  }

  func choices(in incident: Incident, at now: Timestamp) -> [String]? {
    item.isEmpty ? ChoiceList.items(of: incident) : nil
  }
}

struct SkipCommand: RecordingVerb {
  static let configuration = CommandConfiguration(
    commandName: "skip", abstract: "Leave an item out, and say why.",
    discussion: "Example: muster skip 4 --reason 'no status page yet'")

  @OptionGroup var recording: RecordingOptions
  @Argument(
    help: ArgumentHelp("The item.", valueName: "item"),
    completion: .custom { _, _, _ in ShellCompletions.items() })
  var item: [Typed]
  @Option(help: "Why it is left out.") var reason: Typed

  func commands(for incident: Incident, in context: VerbContext) throws(Failure) -> [Command] {
    try context.items(item, in: incident).map { .skip($0, reason: reason.text) }
  }
}

struct FillCommand: RecordingVerb {
  static let configuration = CommandConfiguration(
    commandName: "fill", abstract: "Answer a question of the checklist.",
    discussion: """
      A field that asks who is in command makes that person Incident Commander, as an entry of its own.

      Example: muster fill 6 about 500 customers in Jakarta
      """)

  @OptionGroup var recording: RecordingOptions
  @Argument(
    help: ArgumentHelp("The item: its number or id.", valueName: "item"),
    completion: .custom { _, _, _ in ShellCompletions.items() })
  var item: Typed
  @Argument(help: ArgumentHelp("The answer.", valueName: "value")) var value: [Typed]

  func commands(for incident: Incident, in context: VerbContext) throws(Failure) -> [Command] {
    let answer = try context.text(value)
    let fill = Command.fill(item.text, value: answer)
    guard asksWhoCommands(in: incident), incident.commander?.name != answer else { return [fill] }
    return [fill, .assign(role: Incident.commanderRole, name: answer)]
  }

  private func asksWhoCommands(in incident: Incident) -> Bool {
    let named: Incident.ItemState
    do throws(Rejection) { named = try incident.item(named: item.text) } catch {
      // Deciding says what is wrong with the name.
      return false
    }
    let checklist = incident.checklist
    guard let index = checklist.firstIndex(where: { $0.item.id == named.item.id }) else {
      return false
    }
    return Incident.subject(ofItemAt: index, in: checklist) == .commander
  }
}

struct ItemCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "item", abstract: "Add to the checklist.",
    discussion: "Example: muster item add call the payment provider",
    subcommands: [ItemAddCommand.self])
}

struct ItemAddCommand: OneEventVerb {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Add an item to the checklist of this incident.",
    discussion: "Example: muster item add call the payment provider --phase mitigate")

  @OptionGroup var recording: RecordingOptions
  @Argument(help: ArgumentHelp("What is to be done.", valueName: "text")) var words: [Typed]
  @Option(help: "The phase it belongs to; else the one that holds.") var phase: Typed?

  func command(for incident: Incident, in context: VerbContext) throws(Failure) -> Command {
    .addItem(try context.text(words), phase: phase?.text)
  }
}

struct ChecklistCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "checklist", abstract: "The whole checklist, with numbers to tick items by.",
    discussion: "Example: muster checklist\nExample: muster checklist --json")

  @OptionGroup var reading: ReadingOptions

  func run() throws {
    let session = try ReadingSession(reading)
    session.complainOfDamage()
    if reading.json {
      return try Output.json(try session.report().json["checklist"] ?? .array([]))
    }
    try Output.lines(ChoiceList.items(of: session.incident))
  }
}
