import ArgumentParser
import Dashboard
import Documents
import Engine
import EventLog
import Wording

struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "The console over a past incident: play it, step through it, jump to a time.",
    discussion: """
      Space plays and pauses, left and right step by entry, [ and ] change the speed, t jumps to a time, \
      K leaves out what was written later ("as known then"), ? shows all keys. Nothing can be recorded. \
      Times are the incident's: 14:05 on its days, T+42m from the clock start, #17 for an entry, start, \
      end; -12m is twelve minutes ago, and in the console twelve minutes back.

      With --procedure it compares instead: what would have been due when under other rules. The same \
      facts are taken, severities by rank, phases by title; what people would have done differently is \
      not guessed.

      Example: muster replay 2026-11-21-checkout-502 --speed 60
      Example: muster replay 2026-11-21-checkout-502 --dump 120x30 --at 02:17 --known
      Example: muster replay 2026-11-21-checkout-502 --procedure standard
      """)

  @OptionGroup var options: ScreenOptions
  @Argument(
    help: ArgumentHelp("The incident; else the open or the latest one.", valueName: "id"),
    completion: .custom { _, _, _ in ShellCompletions.incidents() })
  var id: String?
  @Option(help: ArgumentHelp("Stand at this moment of it.", valueName: "time")) var at: Typed?
  @Option(
    help: ArgumentHelp("Play at once, so many times as fast as it happened.", valueName: "factor"))
  var speed: Int?
  @Flag(help: "As known then: without what was written later.") var known = false
  @Flag(name: .long, help: "Take clicks and the wheel.") var mouse = false
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Compare with another procedure: a file or a built-in name.", valueName: "procedure"),
    completion: .file())
  var procedure: String?
  @Flag(help: "With --procedure: print Markdown.") var markdown = false
  @Flag(help: "With --procedure: print JSON.") var json = false

  func run() throws {
    let store = try StoreAccess(home: options.target.store.home)
    let found = try IncidentChoice(store: store, typed: id ?? options.target.incident).forReading()
    if let procedure { return try compare(found, with: procedure, store) }
    guard !markdown, !json else {
      throw Failure(
        .usage,
        "--markdown and --json go with --procedure; for the state at a time: "
          + "muster show -i \(found.id) --at TIME --json")
    }
    if let speed, !(1...Playback.fastest).contains(speed) {
      throw Failure(.usage, "--speed takes a factor from 1 to \(Playback.fastest), as in 60")
    }
    var session = try ScreenSession(.console, options, actor: nil, named: found)
    session.replay = Replay(
      incident: found.id, knowledge: known ? .then : .now, speed: speed ?? 10, at: at?.text,
      plays: speed != nil && options.dump == nil)
    if let size = options.dump?.size { return try session.dump(size) }
    try session.run(mouse: mouse)
  }

  private func compare(
    _ found: IncidentChoice.Choice, with procedure: String, _ store: StoreAccess
  ) throws(Failure) {
    guard at == nil, speed == nil, !known, options.dump == nil else {
      throw Failure(.usage, "--procedure compares the whole incident; it takes no screen's options")
    }
    let other = try ProcedureChoice(store: store).forReading(procedure)
    let log = try found.unread(.whole)
    try log.refresh(at: WallClock.now)
    guard let start = log.incident.clockStart else {
      throw Failure(.notNow, "\(log.place) holds no declaration")
    }
    let clock = store.clock.of(log.incident)
    let comparison = Comparison(
      of: log.incident, under: other, at: clock.now, in: store.context(clock))
    if json { return try Output.json(comparison.json) }
    let document = comparison.document(of: log.incident.markedTitle, in: clock.zone, near: start)
    if markdown { return try Output.text(document.markdown) }
    try Output.lines(document.lines())
  }
}
