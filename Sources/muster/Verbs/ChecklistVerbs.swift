import ArgumentParser
import Engine

struct CheckCommand: RecordingVerb {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Tick a checklist item: its number, id, or words of it.",
    discussion: "Example: muster check 4\nExample: muster check status page")

  @OptionGroup var recording: RecordingOptions
  @Argument(
    help: ArgumentHelp("The item.", valueName: "item"),
    completion: .custom { _, _, _ in Completions.items() })
  var item: [Typed]

  func command(for incident: Incident, in session: RecordingSession) -> Command {
    .check(item.joined)
  }
}

struct UncheckCommand: RecordingVerb {
  static let configuration = CommandConfiguration(
    commandName: "uncheck", abstract: "Open a ticked or skipped item again.",
    discussion: "Example: muster uncheck 4")

  @OptionGroup var recording: RecordingOptions
  @Argument(
    help: ArgumentHelp("The item.", valueName: "item"),
    completion: .custom { _, _, _ in Completions.items() })
  var item: [Typed]

  func command(for incident: Incident, in session: RecordingSession) -> Command {
    .uncheck(item.joined)
  }
}

struct SkipCommand: RecordingVerb {
  static let configuration = CommandConfiguration(
    commandName: "skip", abstract: "Leave an item out, and say why.",
    discussion: "Example: muster skip 4 --reason 'no status page yet'")

  @OptionGroup var recording: RecordingOptions
  @Argument(
    help: ArgumentHelp("The item.", valueName: "item"),
    completion: .custom { _, _, _ in Completions.items() })
  var item: [Typed]
  @Option(help: "Why it is left out.") var reason: Typed

  func command(for incident: Incident, in session: RecordingSession) -> Command {
    .skip(item.joined, reason: reason.text)
  }
}

struct FillCommand: RecordingVerb {
  static let configuration = CommandConfiguration(
    commandName: "fill", abstract: "Answer a question of the checklist.",
    discussion: "Example: muster fill 6 about 500 customers in Jakarta")

  @OptionGroup var recording: RecordingOptions
  @Argument(
    help: ArgumentHelp("The item: its number or id.", valueName: "item"),
    completion: .custom { _, _, _ in Completions.items() })
  var item: Typed
  @Argument(help: ArgumentHelp("The answer.", valueName: "value")) var value: [Typed]

  func command(for incident: Incident, in session: RecordingSession) throws(Failure) -> Command {
    .fill(item.text, value: try session.text(value))
  }
}

struct ItemCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "item", abstract: "Add to the checklist.",
    discussion: "Example: muster item add call the payment provider",
    subcommands: [ItemAddCommand.self])
}

struct ItemAddCommand: RecordingVerb {
  static let configuration = CommandConfiguration(
    commandName: "add", abstract: "Add an item to the checklist of this incident.",
    discussion: "Example: muster item add call the payment provider --phase mitigate")

  @OptionGroup var recording: RecordingOptions
  @Argument(help: ArgumentHelp("What is to be done.", valueName: "text")) var words: [Typed]
  @Option(help: "The phase it belongs to; else the one that holds.") var phase: Typed?

  func command(for incident: Incident, in session: RecordingSession) throws(Failure) -> Command {
    .addItem(try session.text(words), phase: phase?.text)
  }
}
