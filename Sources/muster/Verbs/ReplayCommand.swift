import ArgumentParser
import Documents
import Engine

struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay", abstract: "What would have been due when under another procedure.",
    discussion: """
      The same facts are taken under other rules: severities by rank, phases by title. What people would \
      have done differently is not guessed.

      Example: muster replay 2026-11-21-checkout-502 --procedure standard
      """)

  @OptionGroup var store: StoreOptions
  @Argument(help: ArgumentHelp("The incident.", valueName: "id")) var id: String
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The other procedure: a file or a built-in name.", valueName: "procedure"),
    completion: .file())
  var procedure: String
  @Flag(help: "Print Markdown.") var markdown = false
  @Flag(help: "Print JSON.") var json = false

  func run() throws {
    let store = try StoreAccess(home: store.home)
    let choice = IncidentChoice(store: store, typed: id)
    let found = try choice.forReading()
    let other = try ProcedureChoice(store: store).forReading(procedure)
    var log = FoldedLog(path: try store.path(of: found))
    try log.refresh(at: WallClock.now)
    guard let start = log.incident.clockStart else {
      throw Failure(.notNow, "\(log.path) holds no declaration")
    }
    let clock = store.clock
    let comparison = Comparison(
      of: log.incident, under: other, at: clock.now, in: store.context(clock))
    if json { return try Output.json(comparison.json) }
    let document = comparison.document(of: log.incident.shownTitle, in: clock.zone, near: start)
    if markdown { return try Output.text(document.markdown) }
    try Output.lines(document.lines())
  }
}
