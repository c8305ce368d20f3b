import ArgumentParser
import Documents
import Engine
import EventLog
import Glibc
import Procedures
import Wording

struct DrillCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "drill", abstract: "Train on a past incident or a scenario, against the clock.",
    discussion: """
      A drill is a separate incident in the drill store. What came from outside in the original arrives by \
      itself at its time: alerts, impact, findings, notes of others. You do what the commander does. \
      It is marked DRILL everywhere, is left out of the statistics and notifies nobody. Every verb needs \
      -i ID to reach it. Its clock runs --speed times as fast; all its times are by that clock.
      No process has to keep running: leave it and come back; nothing is lost or repeated.

      Without a source, list the scenarios and the store's drills; 'muster help drill start' \
      shows the options of a drill.

      Example: muster drill bad-deployment
      Example: muster drill 2026-11-21-checkout-502 --speed 10 --only alerts
      Example: muster drill scenario 2026-11-21-checkout-502 > game-day.yaml; muster drill game-day.yaml
      Example: muster drill inject -i 2026-11-28-drill-checkout-502 note the CEO is on the phone --by ada
      Example: muster drill debrief -i 2026-11-28-drill-checkout-502
      """,
    subcommands: [
      DrillStartCommand.self, DrillListCommand.self, DrillScenarioCommand.self,
      DrillInjectCommand.self, DrillDebriefCommand.self,
    ],
    defaultSubcommand: DrillStartCommand.self)
}

struct DrillStartCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "start", abstract: "Start a drill, and open its console when at a terminal.",
    discussion: """
      The source is a past incident's id or the path of its log, a scenario file (.yaml), or the name of \
      a built-in scenario.

      Example: muster drill bad-deployment --speed 4
      """)

  @OptionGroup var store: StoreOptions
  @Argument(
    help: ArgumentHelp("An incident id, a log, or a scenario file or name.", valueName: "source"),
    completion: ShellCompletions.drillSources)
  var source: String?
  @Option(help: ArgumentHelp("Speed of its clock as a factor: 0.1 to 1000.", valueName: "factor"))
  var speed = 1.0
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Use this procedure: a file or a built-in name.", valueName: "procedure"),
    completion: .file())
  var procedure: String?
  @Option(
    name: .shortAndLong, help: "Severity to declare; default: that of the source.",
    completion: ShellCompletions.severities)
  var severity: Typed?
  @Option(
    help: ArgumentHelp("A scenario file whose events are added.", valueName: "file"),
    completion: .file())
  var inject: [String] = []
  @Option(
    help: ArgumentHelp(
      "Inject only these: \(Injection.Sort.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "sorts"))
  var only: String?
  @Option(name: .customLong("as"), help: ArgumentHelp("Who is trained.", valueName: "name"))
  var actor: Typed?
  @Flag(name: .long, help: "Print the receipt as JSON, and open no console.") var json = false

  func run() throws {
    let own = try StoreAccess(home: store.home)
    guard let source else { return try DrillListCommand.print(of: own, asJSON: json) }
    let author = try own.author(actor: actor?.text)
    var declaration = try declaration(from: try DrillSource.find(source, in: own), own)
    declaration.speedPercent = try percent()
    if declaration.drill?.script.isEmpty == true {
      Output.complain("this drill injects no events; only its countdowns run")
    }
    if let cut = declaration.fitDrill() { Output.complain(cut.words) }
    do throws(LogError) { try own.store.prepareDrills() } catch { throw Failure(error) }
    let drills = own.drills
    drills.offerSpool()
    let receipt = try drills.declare(declaration, author: author)
    if json { return try receipt.print(asJSON: true) }
    let id = receipt.incident.id
    guard isatty(STDOUT_FILENO) == 1, isatty(STDIN_FILENO) == 1 else { return try Output.line(id) }
    var words = ["console", "--home", own.place.home, "-i", id]
    if let actor { words += ["--as", actor.text] }
    var console = try Muster.parseAsRoot(words)
    try console.run()
    try leave(id, of: own)
  }

  private func percent() throws(Failure) -> Int {
    guard speed.isFinite, (0.1...1000).contains(speed) else {
      throw Failure(.usage, "--speed takes a number from 0.1 to 1000")
    }
    return Int((speed * 100).rounded())
  }

  // MARK: - What is declared

  private func declaration(
    from source: DrillSource, _ store: StoreAccess
  ) throws(Failure) -> Declaration {
    var scenario = source.scenario
    if let only { scenario.keep(try Self.sorts(only)) }
    for path in inject { scenario.script += try DrillSource.load(path, needsTitle: false).script }
    let now = WallClock.now
    let chosen = try chooseProcedure(source, store)
    if let notRead = chosen.notRead { Output.complain("PROCEDURE NOT READ: \(notRead)") }
    var declaration = Declaration(
      id: "", title: scenario.title,
      severity: try chooseSeverity(scenario.severity, in: chosen.procedure),
      detected: scenario.detected > 0 ? now - .seconds(Int64(scenario.detected)) : nil,
      started: scenario.started.map { now - .seconds(Int64($0)) }, procedure: chosen.procedure,
      procedureNotRead: chosen.notRead, isDrill: true)
    declaration.document = chosen.document
    var drill = Drill(source: source.name, head: source.head, script: scenario.script)
    drill.original = scenario.original
    declaration.drill = drill
    return declaration
  }

  private func chooseProcedure(
    _ source: DrillSource, _ store: StoreAccess
  ) throws(Failure) -> ProcedureChoice.Chosen {
    let choice = ProcedureChoice(store: store)
    // What was typed and cannot be read is a slip, not an emergency.
    if let procedure { return .init(try choice.loadedForReading(procedure)) }
    if let snapshot = source.procedure {
      return .init(.init(procedure: snapshot, document: source.document))
    }
    if let named = source.scenario.procedure {
      return .init(try choice.loadedForReading(source.path(beside: named)))
    }
    return try choice.forDeclaring(nil)
  }

  private func chooseSeverity(
    _ own: String?, in procedure: Procedure
  ) throws(Failure) -> String? {
    if let severity { return try StoreAccess.severity(severity.text, in: procedure) }
    guard let own else { return nil }
    do throws(Failure) { return try StoreAccess.severity(own, in: procedure) } catch {
      Output.complain("\(own) is not a severity of \(procedure.name); setting it is left to you")
      return nil
    }
  }

  private static func sorts(_ text: String) throws(Failure) -> Set<Injection.Sort> {
    var sorts: Set<Injection.Sort> = []
    for part in text.split(whereSeparator: { $0 == "," || $0 == " " }) {
      let word = part.lowercased()
      let match = Injection.Sort.allCases.first {
        $0.rawValue == word || $0.rawValue == word + "s"
          || (word == "hypothesis" && $0 == .hypotheses)
      }
      guard let match else {
        throw Failure.unknown(
          "kind of event", word, known: Injection.Sort.allCases.map(\.rawValue))
      }
      sorts.insert(match)
    }
    guard !sorts.isEmpty else { throw Failure(.usage, "--only needs at least one kind of event") }
    return sorts
  }

  // MARK: - Afterwards

  private func leave(_ id: String, of store: StoreAccess) throws(Failure) {
    let session = try ReadingSession(store.drills, id)
    let home = self.store.home.map { " --home \($0)" } ?? ""
    if session.incident.isOpen {
      try Output.line("the drill continues: muster\(home) console -i \(id)")
    }
    guard !session.incident.isOpen || session.incident.isResolved else { return }
    try Output.lines(session.debriefDocument().lines())
    try Output.line("to see it again: muster\(home) drill debrief -i \(id)")
  }
}
