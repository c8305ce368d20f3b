import ArgumentParser
import Documents
import Engine

struct PostmortemCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "postmortem",
    abstract: "List post-mortem duties: drafts, reviews, meetings.",
    discussion: """
      'muster postmortem' lists the duties of all incidents, by the procedure of each. \
      'done' marks a draft, review or meeting as done; 'waive' records that a duty does not apply.

      Example: muster postmortem
      Example: muster postmortem done draft --where https://wiki.example/pm-17
      Example: muster postmortem waive review --reason 'no payment was affected'
      """,
    subcommands: [List.self, Done.self, Waive.self], defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List post-mortem duties, most overdue first.",
      discussion: "Example: muster postmortem list --all")

    @OptionGroup var store: StoreOptions
    @Flag(name: .shortAndLong, help: "Include duties done or waived.") var all = false
    @Flag(help: "Print JSON.") var json = false

    func run() throws {
      let survey = try StoreSurvey(store)
      var rows = try survey.rows { DutyRow.all(of: $0, at: $1, in: $2) }
      if !all { rows.removeAll { !$0.isOpen } }
      let report = DutiesReport(rows, at: survey.clock.now, in: survey.clock.zone)
      if json { return try Output.json(report.json) }
      guard !rows.isEmpty else { return Output.remark("no post-mortem duty is open") }
      try Output.lines(report.document.lines(width: Output.width))
    }
  }

  struct Done: OneEventVerb {
    static let configuration = CommandConfiguration(
      commandName: "done", abstract: "Mark a draft, review or meeting as done.",
      discussion: "Example: muster postmortem done draft --where https://wiki.example/pm-17")

    @OptionGroup var recording: RecordingOptions
    @Argument(help: "draft, review or meeting.") var what: PostmortemDuty.What
    @Option(name: .customLong("where"), help: ArgumentHelp("Where to find it.", valueName: "place"))
    var place: Typed?

    func command(for incident: Incident, in context: VerbContext) -> Command {
      .publishPostmortem(what, place: place?.text)
    }
  }

  struct Waive: OneEventVerb {
    static let configuration = CommandConfiguration(
      commandName: "waive", abstract: "Record that a duty does not apply, and why.",
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
