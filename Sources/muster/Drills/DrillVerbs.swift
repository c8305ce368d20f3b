import ArgumentParser
import Display
import Documents
import Engine
import EventLog
import Procedures
import Wording

struct DrillListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the scenarios and the store's drills.",
    discussion: "Example: muster drill list")

  @OptionGroup var store: StoreOptions
  @Flag(name: .long, help: "Print JSON.") var json = false

  func run() throws { try Self.print(of: try StoreAccess(home: store.home), asJSON: json) }

  static func print(of store: StoreAccess, asJSON: Bool) throws(Failure) {
    let scenarios = BuiltInScenarios.all.map { ($0.name, Self.about($0)) }
    let drills = store.drills
    var rows: [(id: String, state: String, json: JSON)] = []
    try drills.survey(.all) { found in
      guard let incident = found.incident else {
        return Output.complain(found.failure?.description ?? "\(found.id) cannot be read")
      }
      let id = found.id
      let state = incident.isOpen ? incident.statusName : "closed"
      rows.append(
        (
          id, state,
          .object([
            "id": .string(id), "title": .string(incident.shownTitle),
            "open": .bool(incident.isOpen), "source": .orNull(incident.drill?.source),
            "speed_percent": .whole(incident.pace.percent),
          ])
        ))
    }
    if asJSON {
      return try Output.json(
        .object([
          "scenarios": .array(
            scenarios.map { .object(["name": .string($0.0), "about": .string($0.1)]) }),
          "drills": .array(rows.map(\.json)),
        ]))
    }
    var lines = ["Scenarios: muster drill NAME"]
    let width = scenarios.map { $0.0.count }.max() ?? 0
    lines += scenarios.map { "  \(TextWidth.fit($0.0, to: width))  \($0.1)" }
    lines.append("Past incidents: muster drill ID (\(Shell.verb("list --all")) shows them)")
    if !rows.isEmpty { lines.append("Drills of this store: muster console -i ID") }
    lines += rows.map { "  \(TextWidth.fit($0.state, to: 14)) \($0.id)" }
    try Output.lines(lines)
  }

  private static func about(_ entry: BuiltInScenarios.Entry) -> String {
    do throws(ProcedureError) { return try entry.read().about ?? "" } catch {
      return error.description
    }
  }
}

struct DrillScenarioCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scenario", abstract: "Print a past incident as a scenario file for editing.",
    discussion: """
      Also prints a built-in scenario as a starting point. The procedure is not part of it: the \
      drill uses the store's, unless the file or --procedure names one.

      Example: muster drill scenario 2026-11-21-checkout-502 > game-day.yaml
      """)

  @OptionGroup var store: StoreOptions
  @Argument(
    help: ArgumentHelp("An incident id, a log file or a built-in scenario.", valueName: "source"),
    completion: ShellCompletions.drillSources)
  var source: String

  func run() throws {
    // A built-in one is handed out as it is written, with its comments.
    if let entry = BuiltInScenarios.named(source) { return try Output.text(entry.text) }
    var scenario = try DrillSource.find(source, in: try StoreAccess(home: store.home)).scenario
    var drill = Drill(source: "", script: Array(scenario.script.prefix(ScenarioSchema.mostEvents)))
    if scenario.script.count > ScenarioSchema.mostEvents {
      Output.complain(
        "only the first \(ScenarioSchema.mostEvents) of \(scenario.script.count) events are printed"
      )
    }
    if let cut = drill.fit() { Output.complain(cut.words) }
    scenario.script = drill.script
    try Output.text(ScenarioSchema.write(scenario))
  }
}

struct DrillInjectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inject", abstract: "Inject an event into a running drill, as its trainer.",
    discussion: """
      Example: muster drill inject -i drill-checkout alert 'HighErrorRate 40 %'
      Example: muster drill inject -i drill-checkout note the CEO is on the phone --by ada
      """)

  enum Sort: String, CaseIterable, ExpressibleByArgument {
    case alert, resolved, note, finding, hypothesis, impact
  }

  @OptionGroup var target: IncidentOptions
  @Argument(help: "alert, resolved, note, finding, hypothesis or impact.") var sort: Sort
  @Argument(help: ArgumentHelp("The text of the event.", valueName: "text")) var words: [Typed]
  @Option(help: ArgumentHelp("Who reports it, within the drill.", valueName: "name"))
  var by: Typed?
  @Flag(name: .long, help: "Print the receipt as JSON.") var json = false

  func run() throws {
    let own = try StoreAccess(home: target.store.home)
    let (choice, log) = try IncidentChoice(store: own, typed: target.incident).forRecording()
    var session = try RecordingSession(
      store: choice.store, log: log, actor: by?.text ?? Drill.actor, at: nil,
      source: "\(Drill.way)/\(Login.source)")
    let text = try session.context.text(words)
    let receipt = try session.record(occurred: nil) { incident, _ throws(Failure) in
      guard incident.isDrill else {
        throw Failure(
          .notNow, "\(incident.id) is not a drill; events can only be injected into drills")
      }
      guard incident.isOpen else {
        throw Failure(.notNow, "the drill is closed; nothing can be injected any more")
      }
      return event(text).command
    }
    try receipt.print(asJSON: json)
  }

  private func event(_ text: String) -> Injection.Event {
    switch sort {
    case .alert: .alert(title: text)
    case .resolved: .alertOver(title: text)
    case .note: .note(text)
    case .finding: .finding(text)
    case .hypothesis: .hypothesis(text)
    case .impact: .impact(.init(summary: text))
    }
  }
}

struct DrillDebriefCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "debrief", abstract: "Compare the drill with its targets and with the original.",
    discussion: "Example: muster drill debrief -i 2026-11-28-drill-checkout-502 --format markdown")

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, markdown, json
  }

  @OptionGroup var target: IncidentOptions
  @Option(name: .shortAndLong, help: "text, markdown or json.") var format = Format.text
  @Flag(name: .long, help: "The same as --format json.") var json = false

  func run() throws {
    let own = try StoreAccess(home: target.store.home)
    let choice = try IncidentChoice(store: own, typed: target.incident).forReading()
    let session = try ReadingSession(choice.store, choice.id)
    guard session.incident.isDrill else {
      throw Failure(
        .notNow,
        "\(session.id) is not a drill; choose one with -i, \(Shell.verb("drill list")) lists them")
    }
    session.complainOfDamage()
    if json || format == .json {
      return try Output.json(
        session.debrief().json(of: session.incident.shownTitle, id: session.id))
    }
    let document = session.debriefDocument()
    if format == .markdown { return try Output.text(document.markdown) }
    try Output.lines(document.lines())
  }
}

extension ReadingSession {
  func debrief() -> Debrief {
    Debrief(of: incident, events: source.events, at: clock.now, in: store.context(clock))
  }

  func debriefDocument() -> ReportDocument {
    debrief().document(
      of: incident.shownTitle, id: id, in: clock.zone, head: source.headText)
  }
}
