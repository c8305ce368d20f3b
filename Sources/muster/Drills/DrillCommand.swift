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
      A drill is an incident of its own in the drill store. What the world told in the original comes by \
      itself, at its time: alerts, impact, findings, notes of others. Yours is what the commander does. \
      It is marked DRILL everywhere, leaves no statistics and reaches nobody outside. No verb touches \
      it without -i; its clock runs --speed times as fast, and its log keeps that clock's time.
      It needs no process of its own: leave it and come back, nothing is lost and nothing comes twice.

      Without a source the scenarios and the drills of the store are listed; 'muster help drill start' \
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
    commandName: "start", abstract: "Begin a drill, and open the console on it in a terminal.",
    discussion: """
      The source is a past incident's id or the path of its log, a scenario file (.yaml), or the name of \
      a built-in scenario.

      Example: muster drill bad-deployment --speed 4
      """)

  @OptionGroup var store: StoreOptions
  @Argument(
    help: ArgumentHelp("An incident's id, a log, a scenario file or name.", valueName: "source"),
    completion: .custom { _, _, _ in ShellCompletions.drillSources() })
  var source: String?
  @Option(help: ArgumentHelp("How much faster its clock runs: 0.1 to 1000.", valueName: "factor"))
  var speed = 1.0
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("A file or a built-in name, instead of its own.", valueName: "procedure"),
    completion: .file())
  var procedure: String?
  @Option(name: .shortAndLong, help: "How bad it is said to be; else what the source says.")
  var severity: Typed?
  @Option(
    help: ArgumentHelp("A file of events to be told beside the others.", valueName: "file"),
    completion: .file())
  var inject: [String] = []
  @Option(
    help: ArgumentHelp(
      "Tell only these: \(Injection.Sort.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "sorts"))
  var only: String?
  @Option(name: .customLong("as"), help: ArgumentHelp("Who trains.", valueName: "name"))
  var actor: Typed?
  @Flag(name: .long, help: "Print the receipt as JSON, and open no console.") var json = false

  func run() throws {
    let own = try StoreAccess(home: store.home)
    guard let source else { return try DrillListCommand.print(of: own, asJSON: json) }
    let author = try own.author(actor: actor?.text)
    var declaration = try declaration(from: try DrillSource.find(source, in: own), own)
    declaration.speedPercent = try percent()
    if declaration.drill?.script.isEmpty == true {
      Output.complain("nothing is told in this drill; it has only its clocks")
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
      Output.complain("\(own) is no severity of \(procedure.name); it is left for you to judge")
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
          "sort of event", word, known: Injection.Sort.allCases.map(\.rawValue))
      }
      sorts.insert(match)
    }
    guard !sorts.isEmpty else { throw Failure(.usage, "--only names no sort of event") }
    return sorts
  }

  // MARK: - Afterwards

  private func leave(_ id: String, of store: StoreAccess) throws(Failure) {
    let session = try ReadingSession(store.drills, id)
    let home = self.store.home.map { " --home \($0)" } ?? ""
    if session.incident.isOpen {
      try Output.line("the drill goes on: muster\(home) console -i \(id)")
    }
    guard !session.incident.isOpen || session.incident.isResolved else { return }
    try Output.lines(session.debriefDocument().lines())
    try Output.line("again: muster\(home) drill debrief -i \(id)")
  }
}
