import ArgumentParser

/// The verbs.
struct Muster: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "muster",
    abstract: "Incident command in the terminal.",
    discussion: """
      Verbs act on the only open incident; if several are open, use -i ID or set $MUSTER_INCIDENT.
      New here? 'muster demo' plays an incident in a throw-away store.
      """,
    version: Self.version,
    groupedSubcommands: [
      CommandGroup(
        name: "Begin and move an incident:",
        subcommands: [
          DeclareCommand.self, AckCommand.self, TriagedCommand.self, StatusCommand.self,
          SeverityCommand.self, PhaseCommand.self, ImpactCommand.self, MitigateCommand.self,
          ResolveCommand.self, ReopenCommand.self, CloseCommand.self, WhenCommand.self,
        ]),
      CommandGroup(
        name: "Write the timeline:",
        subcommands: [
          NoteCommand.self, FindingCommand.self, HypothesisCommand.self, DecideCommand.self,
          DecisionsCommand.self, CorrectCommand.self, UndoCommand.self, RetractCommand.self,
        ]),
      CommandGroup(
        name: "Work the checklist:",
        subcommands: [
          CheckCommand.self, UncheckCommand.self, SkipCommand.self, FillCommand.self,
          ItemCommand.self, ChecklistCommand.self,
        ]),
      CommandGroup(
        name: "Run the response:",
        subcommands: [
          AssignCommand.self, HandoverCommand.self, TaskCommand.self, TimerCommand.self,
          EscalateCommand.self, ReachedCommand.self, SnoozeCommand.self, UpdateCommand.self,
          DeliverCommand.self,
        ]),
      CommandGroup(
        name: "Read:",
        subcommands: [
          ListCommand.self, ShowCommand.self, LogCommand.self, BriefCommand.self,
          RunbookCommand.self,
          OncallCommand.self, StatusLineCommand.self, VerifyCommand.self, AlertsCommand.self,
        ]),
      CommandGroup(
        name: "Afterwards:",
        subcommands: [
          ReportCommand.self, PostmortemCommand.self, ActionsCommand.self, StatsCommand.self,
          ReplayCommand.self, DrillCommand.self, ImportCommand.self,
        ]),
      CommandGroup(name: "Without a screen:", subcommands: [IngestCommand.self]),
      CommandGroup(name: "Screens:", subcommands: [ConsoleCommand.self, WallCommand.self]),
      CommandGroup(
        name: "Set up:",
        subcommands: [
          DemoCommand.self, AgentCommand.self, ChannelCommand.self, ProcedureCommand.self,
          StoreCommand.self,
          ThemeCommand.self,
        ]),
    ])

  static let version = "0.1.0"

  /// What runs when nothing is said.
  static let startVerb = "console"

  /// The names of all verbs.
  static var verbNames: [String] { verbs.compactMap { $0.configuration.commandName } }

  static var verbs: [any ParsableCommand.Type] {
    configuration.ungroupedSubcommands + configuration.groupedSubcommands.flatMap(\.subcommands)
  }

  /// The verb that was typed, with the one below it that was typed or is meant: `drill start`; nil for none.
  static func verb(in arguments: [String]) -> String? {
    guard let place = arguments.firstIndex(where: { verbNames.contains($0) }),
      let verb = verbs.first(where: { $0.configuration.commandName == arguments[place] })
    else { return nil }
    let below = verb.configuration.subcommands.first { command in
      arguments[(place + 1)...].first == command.configuration.commandName
    }
    let name = (below ?? verb.configuration.defaultSubcommand)?.configuration.commandName
    return ([arguments[place]] + [name].compactMap(\.self)).joined(separator: " ")
  }
}
