import ArgumentParser
import Engine
import EventLog
import Runtime

struct AgentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "agent", abstract: "Attend to the store with nobody looking.",
    discussion: """
      Records what falls due and tells people by the channels of the config.yaml of whoever runs it, until \
      it is told to end. One a store. It goes on by changed files and on SIGHUP; a broken file leaves it \
      with the settings of before.

      Example: muster agent --check
      Example: muster agent
      """,
    subcommands: [AgentRunCommand.self, TokenCommand.self],
    defaultSubcommand: AgentRunCommand.self)
}

struct AgentRunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Attend to the store (what 'muster agent' does by itself).",
    discussion: "Example: muster agent --check")

  @OptionGroup var options: StoreOptions
  @Flag(name: .long, help: "Look whether everything it works by can be used, and start nothing.")
  var check = false
  @Flag(name: .long, help: "Say whom it would tell now and next, and tell nobody.")
  var dryRun = false
  @Flag(name: .long, help: "Print the unit by which systemd runs it.") var unit = false

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
    try attend(store, settings)
  }

  private func attend(_ store: StoreAccess, _ settings: AgentSettings) throws {
    let claim = try Self.claim(store.store)
    let journal = AgentJournal()
    let services: [any AgentService] = [InterfaceService(home: store.home, journal: journal)]
    // Before any thread: each of them holds the signals back.
    var loop = try AgentLoop(
      home: store.home, claim: claim, settings: settings, services: services, journal: journal,
      manager: .fromEnvironment())
    store.offerSpool()
    for service in services { try service.begin(settings) }
    defer { for service in services { service.end() } }
    do throws(SystemTrouble) {
      var attendant = try Attendant(
        store.store, recorder: store.recorder, source: "agent",
        deliverer: .own(in: store.home, source: "agent"), in: settings.context,
        time: SystemTime(), tell: journal.tell)
      try Self.run(&attendant, &loop)
    } catch { throw Failure(.worldFailed, error.description) }
    loop.close()
  }

  private static func run(
    _ attendant: inout Attendant, _ loop: inout AgentLoop
  ) throws(SystemTrouble) {
    do throws(LogError) { try attendant.run(beside: &loop) } catch {
      Output.complain(error.description)
    }
  }

  /// The lock of the one agent; who has it where that is not us.
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
          "another agent attends to \(store.home)\(name.isEmpty ? "" : ": \(name)"); one is enough")
      }
    }
  }
}
