import ArgumentParser
import Dashboard
import Documents
import Engine
import EventLog
import Wording

struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Replay a past incident in the console: play, step, or jump to a time.",
    discussion: """
      Space plays and pauses, left and right step through entries, [ and ] change the speed, t jumps to a time, \
      K leaves out what was written later ("as known then"), ? shows all keys. Nothing can be recorded. \
      Times are those of the incident: 14:05, T+42m after its clock start, #17 for an entry, start, \
      end. -12m counts back from now; typed in the console, from the time shown.

      With --procedure, it compares instead: what would have been due when under another procedure. The same \
      facts are used, with severities matched by rank and phases by title; what people would have done \
      differently is not guessed.

      Example: muster replay 2026-11-21-checkout-502 --speed 60
      Example: muster replay 2026-11-21-checkout-502 --dump 120x30 --at 02:17 --known
      Example: muster replay 2026-11-21-checkout-502 --procedure standard
      """)

  @OptionGroup var options: ScreenOptions
  @Argument(
    help: ArgumentHelp("The incident; default: the open or the latest one.", valueName: "id"),
    completion: ShellCompletions.pastIncidents)
  var id: String?
  @Option(help: ArgumentHelp("Start at this time.", valueName: "time")) var at: Typed?
  @Option(
    help: ArgumentHelp("Play at once; 60 plays 60 times as fast.", valueName: "factor"))
  var speed: Int?
  @Flag(help: "Show what was known then: leave out what was written later.") var known = false
  @Flag(name: .long, help: "Use the mouse: clicks and the wheel.") var mouse = false
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
        "--markdown and --json need --procedure; for the state at a time: "
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
      throw Failure(.usage, "--procedure cannot be combined with options of the screen")
    }
    let other = try ProcedureChoice(store: store).forReading(procedure)
    let log = try found.unread(.whole)
    try log.refresh(at: WallClock.now)
    guard let start = log.incident.clockStart else {
      throw Failure(.notNow, "\(log.place) has no declaration")
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
