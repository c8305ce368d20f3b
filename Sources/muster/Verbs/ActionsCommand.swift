import ArgumentParser
import Documents
import Engine

struct ActionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "actions", abstract: "List and track action items of all incidents.",
    discussion: """
      'muster actions' lists open items, most overdue first; 'add' and 'done' record entries.

      Example: muster actions
      Example: muster actions add Alert on pool use --owner Ana --due 2026-12-01
      Example: muster actions done pool -i 2026-11-21-checkout-502
      """,
    subcommands: [List.self, Add.self, Done.self], defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List open action items, most overdue first.",
      discussion: "Example: muster actions list --owner Ana --csv")

    @OptionGroup var store: StoreOptions
    @Flag(name: .shortAndLong, help: "Include items that are done.") var all = false
    @Option(help: ArgumentHelp("Only items of this owner.", valueName: "name")) var owner: Typed?
    @Flag(help: "Print Markdown.") var markdown = false
    @Flag(help: "Print CSV.") var csv = false
    @Flag(help: "Print JSON.") var json = false

    func run() throws {
      let survey = try StoreSurvey(store)
      var rows = try survey.rows { ActionRow.all(of: $0, at: $1, in: $2) }
      if let owner { rows = rows.filter { $0.owner?.lowercased() == owner.text.lowercased() } }
      var report = ActionsReport(rows, at: survey.clock.now, in: survey.clock.zone)
      report.listsDone = all
      if json { return try Output.json(report.json) }
      if csv { return try Output.table(report.csv) }
      if markdown { return try Output.text(report.document.markdown) }
      guard !rows.isEmpty else { return Output.remark("no action items are open") }
      try Output.lines(report.document.lines(width: Output.width))
    }
  }

  struct Add: OneEventVerb {
    static let configuration = CommandConfiguration(
      commandName: "add", abstract: "Add an action item.",
      discussion: """
        Example: muster actions add Alert on pool use --owner Ana --due 2026-12-01
        Example: muster actions add Alert on pool use --owner Ana --due 7d
        """)

    @OptionGroup var recording: RecordingOptions
    @Argument(help: ArgumentHelp("What is to be done.", valueName: "text")) var words: [Typed]
    @Option(help: ArgumentHelp("The owner.", valueName: "person")) var owner: Typed?
    @Option(help: ArgumentHelp("Due date: 2026-12-01, 7d, tomorrow.", valueName: "day"))
    var due: Typed?

    func command(for incident: Incident, in context: VerbContext) throws(Failure) -> Command {
      .addAction(
        try context.text(words), owner: owner?.text,
        due: try due.map { due throws(Failure) in try context.clock.due(due.text) })
    }
  }

  struct Done: OneEventVerb {
    static let configuration = CommandConfiguration(
      commandName: "done", abstract: "Mark an action item as done.",
      discussion: "Example: muster actions done pool -i 2026-11-21-checkout-502")

    @OptionGroup var recording: RecordingOptions
    @Argument(help: ArgumentHelp("The entry's number, or words of the item.", valueName: "action"))
    var words: [Typed]

    func command(for incident: Incident, in context: VerbContext) -> Command {
      .finishAction(words.joined)
    }
  }
}
