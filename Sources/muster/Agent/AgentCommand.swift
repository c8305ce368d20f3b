import ArgumentParser
import Engine
import EventLog
import Runtime

struct AgentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "agent", abstract: "Run unattended as a service.",
    discussion: """
      Records due escalation steps and delivers updates with the config.yaml of the user that runs it, \
      until it is stopped. One agent per store. It reloads changed settings files, and on SIGHUP; if one \
      has an error, the previous settings stay in force.

      Example: muster agent --check
      Example: muster agent
      """,
    subcommands: [AgentRunCommand.self, TokenCommand.self],
    defaultSubcommand: AgentRunCommand.self)
}

struct AgentRunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run the agent (the default of 'muster agent').",
    discussion: "Example: muster agent --check")

  @OptionGroup var options: StoreOptions
  @Flag(name: .long, help: "Check settings, channels and time zones, and start nothing.")
  var check = false
  @Flag(
    name: .long, help: "Print who would be notified now and what alerts would do; notify nobody.")
  var dryRun = false
  @Flag(name: .long, help: "Print a systemd unit file for it.") var unit = false

  func run() throws {
    if unit { return try Output.text(AgentUnit.text) }
    let store = try StoreAccess(home: options.home)
    let settings = AgentSettings.read(home: store.home)
    if check { return try AgentCheck(store: store, settings: settings).run() }
    if let problem = settings.problems.first {
      for other in settings.problems.dropFirst() { Output.complain(other) }
      throw Failure(.usage, problem)
    }
    if dryRun { return try AgentPreview(store: store, settings: settings).print() }
    guard store.team != nil else { return try attend(store, settings) }
    try attendInTurn(store, settings)
  }

  /// Among agents of several machines one leads; the others stand by until it is gone.
  private func attendInTurn(_ store: StoreAccess, _ settings: AgentSettings) throws {
    let journal = AgentJournal()
    let claim = try Self.claim(store.store)
    // Before any thread: each of them holds the signals back.
    AgentLeadership.holdSignals()
    do throws(SystemTrouble) {
      try TeamAccess.follow(store.place, offers: true)
    } catch { throw Failure(error) }
    let manager = ServiceManager.fromEnvironment()
    var settings = settings
    while true {
      let leadership: AgentLeadership?
      let interface = InterfaceService(home: store.home, journal: journal, standsBy: true)
      do throws(SystemTrouble) {
        leadership = try AgentLeadership.wait(for: store.place, journal, manager) {
          do throws(Failure) { try interface.begin(settings) } catch {
            journal.line("answers nobody while it stands by: \(error.message)")
          }
        }
      } catch { throw Failure(error) }
      interface.end()
      try attend(store, settings, claim, leadership, manager)
      guard leadership?.holds == false else { return }
      journal.line("has lost the lead, and stands by")
      settings = AgentSettings.read(home: store.home)
    }
  }

  private func attend(
    _ store: StoreAccess, _ settings: AgentSettings, _ given: AgentClaim? = nil,
    _ leadership: AgentLeadership? = nil, _ manager: ServiceManager = .fromEnvironment()
  ) throws {
    let claim = try given ?? Self.claim(store.store)
    let journal = AgentJournal()
    // Before any thread: each of them holds the signals back.
    let channels = settings.channels
    for problem in channels.problems + settings.lostWays { journal.line(problem) }
    let book = AnswerBook(claim, in: store.store)
    let sender = AgentSender(
      home: store.home, channels, book, zone: settings.zone, journal, leadership)
    let deliveries = AgentDeliveries(home: store.home, channels)
    let services = try Self.services(store, book, journal)
    var loop = try AgentLoop(
      home: store.home, claim: claim, settings: settings, sender: sender,
      deliveries: deliveries, services: services,
      journal: journal, manager: manager, leadership: leadership)
    store.offerSpool()
    for service in services { try service.begin(settings) }
    defer { for service in services { service.end() } }
    do throws(SystemTrouble) {
      var situation = NotificationSituation(roster: settings.roster, context: settings.context)
      situation.firstSeen = AgentMemory.firstSeen(in: store.store)
      let time = SystemTime()
      var attendant = try Attendant(
        store.store, recorder: store.recorder, source: "agent",
        deliverer: Deliverer(deliveries, login: DeliveryWay.agent, time: time),
        in: settings.context, time: time,
        notifier: Notifier(sender, time: time), notices: NotificationRounds(situation),
        tell: journal.tell)
      try Self.run(&attendant, &loop)
    } catch { throw Failure(.worldFailed, error.description) }
    loop.close()
    leadership?.end()
  }

  private static func services(
    _ store: StoreAccess, _ book: AnswerBook, _ journal: AgentJournal
  ) throws(Failure) -> [any AgentService] {
    do throws(SystemTrouble) {
      return [
        InterfaceService(home: store.home, journal: journal),
        TelegramAnswers(book, home: store.home, journal),
        try DigestService(home: store.home, journal),
      ]
    } catch { throw Failure(.worldFailed, error.description) }
  }

  private static func run(
    _ attendant: inout Attendant, _ loop: inout AgentLoop
  ) throws(SystemTrouble) {
    do throws(LogError) { try attendant.run(beside: &loop) } catch {
      Output.complain(error.description)
    }
  }

  /// Takes the agent's lock; throws with its holder if another process has it.
  static func claim(_ store: FileStore) throws(Failure) -> AgentClaim {
    do throws(AgentClaim.Refusal) { return try AgentClaim(store) } catch {
      switch error {
      case .impossible(let error): throw Failure(error)
      case .held(let state, let holder):
        let process = (holder?.process ?? state?.process).map { "process \($0)" }
        let name = [process, state.map { "of \($0.login) since \($0.since.rfc3339)" }]
          .compactMap(\.self).joined(separator: " ")
        throw Failure(
          .notNow,
          "an agent already serves \(store.home)\(name.isEmpty ? "" : ": \(name)"); stop it first")
      }
    }
  }
}
