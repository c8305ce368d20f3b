import ArgumentParser
import Documents
import Engine

struct PostmortemCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "postmortem",
    abstract: "What is owed after incidents: drafts, reviews, meetings.",
    discussion: """
      'muster postmortem' lists what is owed over all incidents, by the procedure each ran under. \
      'done' says that a draft, a review or a meeting is done, 'waive' that a duty does not apply.

      Example: muster postmortem
      Example: muster postmortem done draft --where https://wiki.example/pm-17
      Example: muster postmortem waive review --reason 'no payment was affected'
      """,
    subcommands: [List.self, Done.self, Waive.self], defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "What is owed, the most overdue first.",
      discussion: "Example: muster postmortem list --all")

    @OptionGroup var store: StoreOptions
    @Flag(name: .shortAndLong, help: "Those done or waived too.") var all = false
    @Flag(help: "Print JSON.") var json = false

    func run() throws {
      let survey = try StoreSurvey(store)
      var rows = try survey.rows { DutyRow.all(of: $0, at: $1, in: $2) }
      if !all { rows.removeAll { !$0.isOpen } }
      let report = DutiesReport(rows, at: survey.clock.now, in: survey.clock.zone)
      if json { return try Output.json(report.json) }
      guard !rows.isEmpty else { return Output.remark("no post-mortem is owed") }
      try Output.lines(report.document.lines(width: Output.width))
    }
  }

  struct Done: OneEventVerb {
    static let configuration = CommandConfiguration(
      commandName: "done", abstract: "Say that a draft, a review or a meeting is done.",
      discussion: "Example: muster postmortem done draft --where https://wiki.example/pm-17")

    @OptionGroup var recording: RecordingOptions
    @Argument(help: "draft, review or meeting.") var what: PostmortemDuty.What
    @Option(name: .customLong("where"), help: ArgumentHelp("Where it is.", valueName: "place"))
    var place: Typed?

    func command(for incident: Incident, in context: VerbContext) -> Command {
      .publishPostmortem(what, place: place?.text)
    }
  }

  struct Waive: OneEventVerb {
    static let configuration = CommandConfiguration(
      commandName: "waive", abstract: "Say that a duty does not apply, and why.",
      discussion: "Example: muster postmortem waive review --reason 'no payment was affected'")

    @OptionGroup var recording: RecordingOptions
    @Argument(help: "draft, review or meeting.") var what: PostmortemDuty.What
    @Option(help: "Why.") var reason: Typed

    func command(for incident: Incident, in context: VerbContext) -> Command {
      .waivePostmortem(what, reason: reason.text)
    }
  }
}

extension PostmortemDuty.What: ExpressibleByArgument {}
