import ArgumentParser
import Dashboard
import Display
import Engine

struct ConsoleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "console", abstract: "Open the incident commander's live console.",
    discussion: """
      The keys are on the screen; ? shows all of them. Leaving with q does not end the incident.

      Example: muster console
      Example: muster console --dump 120x30 > bug-report.txt
      """)

  @OptionGroup var options: ScreenOptions
  @Option(name: .customLong("as"), help: ArgumentHelp("Who you are.", valueName: "name"))
  var actor: Typed?
  @Flag(name: .long, help: "Use the mouse: clicks and the wheel.") var mouse = false

  func run() throws {
    var session = try ScreenSession(.console, options, actor: actor?.text)
    if let size = options.dump?.size { return try session.dump(size) }
    try session.run(mouse: mouse)
  }
}

struct WallCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wall", abstract: "Open the read-only wall display for a large screen.",
    discussion: """
      It records nothing. The only key is q, which asks before it leaves.

      Example: muster wall
      Example: muster wall --dump 80x24
      """)

  @OptionGroup var options: ScreenOptions
  @Flag(name: .long, help: "Do not blink.") var noBlink = false
  @Option(
    help: ArgumentHelp(
      "Show each open incident for this long, the most urgent in between.", valueName: "span"))
  var rotate: String?
  @Option(
    help: ArgumentHelp("Dim the screen between these hours: 22:00-06:00.", valueName: "hours"))
  var dim: TypedHours?
  @Flag(
    name: .long,
    help: "Keep the incidents of the team's store in memory, and nothing of them on the disk.")
  var noReplica = false

  func run() throws {
    guard noReplica else { return try show(options) }
    let memory = try MemoryHome(of: StoreAccess.local(home: options.target.store.home).home)
    defer { memory.remove() }
    var options = options
    options.target.store.home = memory.path
    try show(options)
  }

  private func show(_ options: ScreenOptions) throws {
    var session = try ScreenSession(.wall, options, actor: nil)
    session.model.blinks = !noBlink
    session.dim = dim
    if let rotate {
      guard let seconds = SpanText.seconds(rotate), seconds >= 5 else {
        throw Failure(.usage, "--rotate \(rotate): write a span of at least 5s, as in 20s or 1m")
      }
      session.model.rotation = Rotation(every: seconds)
    }
    if let size = options.dump?.size { return try session.dump(size) }
    try session.run(mouse: false)
  }
}
