import ArgumentParser
import Dashboard
import Display
import Engine

struct ConsoleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "console", abstract: "Open the commander's screen.",
    discussion: """
      The screen shows its keys, ? lists all of them, q quits; the incident stays open.

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
    commandName: "wall",
    abstract: "Open the read-only screen for a room; it says when its data is stale.",
    discussion: """
      It records nothing; the only key is q, which asks before it quits.

      Example: muster wall
      Example: muster wall --dump 80x24
      """)

  @OptionGroup var options: ScreenOptions
  @Flag(name: .long, help: "Disable blinking.") var noBlink = false
  @Option(
    help: ArgumentHelp(
      "Rotate through open incidents at this interval, returning to the worst.", valueName: "span"))
  var rotate: String?
  @Option(
    help: ArgumentHelp("Dim the screen between these hours: 22:00-06:00.", valueName: "hours"))
  var dim: TypedHours?

  func run() throws {
    var session = try ScreenSession(.wall, options, actor: nil)
    session.model.blinks = !noBlink
    session.dim = dim
    if let rotate {
      guard let seconds = SpanText.seconds(rotate), seconds >= 5 else {
        throw Failure(.usage, "--rotate takes 5s or more, such as 20s or 1m")
      }
      session.model.rotation = Rotation(every: seconds)
    }
    if let size = options.dump?.size { return try session.dump(size) }
    try session.run(mouse: false)
  }
}
