import ArgumentParser
import Documents
import Engine

struct ActionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "actions", abstract: "Action items of all incidents, tracked until done.",
    discussion: """
      'muster actions' lists what is open, the most overdue first. 'add' and 'done' record.

      Example: muster actions
      Example: muster actions add Alert on pool use --owner Ana --due 2026-12-01
      Example: muster actions done pool -i 2026-11-21-checkout-502
      """,
    subcommands: [List.self, Add.self, Done.self], defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "What is open, the most overdue first.",
      discussion: "Example: muster actions list --owner Ana --csv")

    @OptionGroup var store: StoreOptions
    @Flag(name: .shortAndLong, help: "Done ones too.") var all = false
    @Option(help: ArgumentHelp("Only those of one owner.", valueName: "name")) var owner: Typed?
    @Flag(help: "Print Markdown.") var markdown = false
    @Flag(help: "Print CSV.") var csv = false
    @Flag(help: "Print JSON.") var json = false

    func run() throws {
      let survey = try StoreSurvey(store)
      var rows = try survey.rows { ActionRow.all(of: $0, at: $1, in: $2) }
      if !all { rows.removeAll(where: \.isDone) }
      if let owner { rows = rows.filter { $0.owner?.lowercased() == owner.text.lowercased() } }
      let report = ActionsReport(rows, at: survey.clock.now, in: survey.clock.zone)
      if json { return try Output.json(report.json) }
      if csv { return try Output.table(report.csv) }
      if markdown { return try Output.text(report.document.markdown) }
      guard !rows.isEmpty else { return Output.remark("no action item is open") }
      try Output.lines(report.document.lines(width: Output.width))
    }
  }

  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add", abstract: "Record a follow-up.",
      discussion: "Example: muster actions add Alert on pool use --owner Ana --due 2026-12-01")

    @OptionGroup var recording: RecordingOptions
    @Argument(help: ArgumentHelp("What is to be done.", valueName: "text")) var words: [Typed]
    @Option(help: ArgumentHelp("Who does it.", valueName: "name")) var owner: Typed?
    @Option(help: ArgumentHelp("By which day: 2026-12-01.", valueName: "day")) var due: String?

    func run() throws {
      let session = try RecordingSession(recording)
      let text = try session.text(words)
      let due = try due.map { try Self.day($0, session.clock) }
      var recorder = session
      let receipt = try recorder.record(occurred: session.occurred) {
        (_, _) throws(Failure) in .addAction(text, owner: owner?.text, due: due)
      }
      try receipt.print(asJSON: recording.json)
    }

    /// The end of the day in the person's zone.
    private static func day(_ text: String, _ clock: LocalClock) throws(Failure) -> Timestamp {
      if let time = Timestamp(rfc3339: text) { return time }
      guard let day = CivilDate(text) else {
        throw Failure(.usage, "'\(text)' is no day; write 2026-12-01")
      }
      return clock.zone.end(of: day)
    }
  }

  struct Done: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "done", abstract: "Record that a follow-up is done.",
      discussion: "Example: muster actions done pool -i 2026-11-21-checkout-502")

    @OptionGroup var recording: RecordingOptions
    @Argument(help: ArgumentHelp("Its entry's number or words of it.", valueName: "item"))
    var words: [Typed]

    func run() throws {
      var session = try RecordingSession(recording)
      let name = try session.text(words)
      let receipt = try session.record(occurred: session.occurred) {
        (_, _) throws(Failure) in .finishAction(name)
      }
      try receipt.print(asJSON: recording.json)
    }
  }
}
