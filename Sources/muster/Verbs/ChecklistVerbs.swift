import ArgumentParser
import Documents
import Engine
import Wording

struct CheckCommand: RecordingVerb {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Tick checklist items by number, id or words.",
    discussion: """
      Whole words match before word beginnings. Without an argument, it lists the checklist.

      Example: muster check 4
      Example: muster check 4 5 6
      Example: muster check status page
      """)

  @OptionGroup var recording: RecordingOptions
  @Argument(
    help: ArgumentHelp("The item.", valueName: "item"),
    completion: ShellCompletions.items)
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
    commandName: "uncheck", abstract: "Untick a ticked or skipped item.",
    discussion: "Example: muster uncheck 4")

  @OptionGroup var recording: RecordingOptions
  @Argument(
    help: ArgumentHelp("The item.", valueName: "item"),
    completion: ShellCompletions.items)
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
    commandName: "skip", abstract: "Skip a checklist item, with a reason.",
    discussion: "Example: muster skip 4 --reason 'no status page yet'")

  @OptionGroup var recording: RecordingOptions
  @Argument(
    help: ArgumentHelp("The item.", valueName: "item"),
    completion: ShellCompletions.items)
  var item: [Typed]
  @Option(help: "Why the item is skipped.") var reason: Typed

  func commands(for incident: Incident, in context: VerbContext) throws(Failure) -> [Command] {
    try context.items(item, in: incident).map { .skip($0, reason: reason.text) }
  }
}

struct FillCommand: RecordingVerb {
  static let configuration = CommandConfiguration(
    commandName: "fill", abstract: "Fill in a field of the checklist.",
    discussion: """
      Filling in a field that asks for the commander also records the role Incident Commander; one that asks when \
      something began takes a time, and records that it began then.

      Example: muster fill 6 about 500 customers in Jakarta
      """)

  @OptionGroup var recording: RecordingOptions
  @Argument(
    help: ArgumentHelp("The item: its number or id.", valueName: "item"),
    completion: ShellCompletions.items)
  var item: Typed
  @Argument(help: ArgumentHelp("The answer.", valueName: "value")) var value: [Typed]

  func commands(for incident: Incident, in context: VerbContext) throws(Failure) -> [Command] {
    let answer = try context.text(value)
    let fill = Command.fill(item.text, value: answer)
    if let milestone = milestoneAsked(in: incident) {
      let time = try context.clock.instant(answer)
      // A console asks whether the milestone is meant as well.
      let isNew = milestone == .started && incident.time(of: .started) == nil
      return context.surface != .console && isNew ? [fill, .setMilestone(.started, time)] : [fill]
    }
    guard asksWhoCommands(in: incident), incident.commander?.name != answer else { return [fill] }
    return [fill, .assign(role: Incident.commanderRole, name: answer)]
  }

  /// The milestone whose time the field asks for.
  private func milestoneAsked(in incident: Incident) -> Incident.Milestone? {
    do throws(Rejection) {
      return Incident.milestone(askedBy: try incident.item(named: item.text).item.text)
    } catch {
      return nil
    }
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
    commandName: "item", abstract: "Add checklist items.",
    discussion: "Example: muster item add call the payment provider",
    subcommands: [ItemAddCommand.self])
}

struct ItemAddCommand: OneEventVerb {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Add an item to the checklist of this incident.",
    discussion: "Example: muster item add call the payment provider --phase mitigate")

  @OptionGroup var recording: RecordingOptions
  @Argument(help: ArgumentHelp("What is to be done.", valueName: "text")) var words: [Typed]
  @Option(help: "The phase it belongs to; default: the current one.") var phase: Typed?

  func command(for incident: Incident, in context: VerbContext) throws(Failure) -> Command {
    .addItem(try context.text(words), phase: phase?.text)
  }
}

struct ChecklistCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "checklist", abstract: "Print the checklist, with item numbers.",
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
