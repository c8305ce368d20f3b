import ArgumentParser
import Engine

/// Where the incidents lie.
struct StoreOptions: ParsableArguments {
  @Option(
    name: .long, help: ArgumentHelp("Folder of the store.", valueName: "dir"),
    completion: .directory)
  var home: String?
}

/// Which incident is meant.
struct IncidentOptions: ParsableArguments {
  @OptionGroup var store: StoreOptions

  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "Incident id, or words of it. Default: $MUSTER_INCIDENT, else the only open one.",
      valueName: "id"),
    completion: ShellCompletions.incidents)
  var incident: String?
}

/// What every verb that records takes.
struct RecordingOptions: ParsableArguments {
  @OptionGroup var target: IncidentOptions

  @Option(name: .customLong("as"), help: ArgumentHelp("Who did it.", valueName: "name"))
  var actor: Typed?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "When it happened, if not now: 14:05, -12m, 'yesterday 23:50', 2026-11-21T01:35Z.",
      valueName: "time"))
  var at: Typed?

  @Flag(name: .long, help: "Print the receipt as JSON.")
  var json = false

  @Flag(name: .long, help: "Answer yes to every question.")
  var yes = false
}

/// What every verb that reads one incident takes.
struct ReadingOptions: ParsableArguments {
  @OptionGroup var target: IncidentOptions

  @Option(
    name: .long,
    help: ArgumentHelp("Show the state then: what had happened by that time.", valueName: "time"))
  var at: Typed?

  @Flag(name: .long, help: "With --at: leave out what was recorded later.")
  var known = false

  @Flag(name: .long, help: "Print JSON: times RFC 3339 in UTC, spans in whole seconds.")
  var json = false
}
