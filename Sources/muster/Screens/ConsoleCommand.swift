import ArgumentParser
import Dashboard
import Display
import Engine

struct ConsoleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "console", abstract: "The commander's screen: everything at hand, live.",
    discussion: """
      Keys are on the screen, ? shows all of them, q leaves; the incident goes on.

      Example: muster console
      Example: muster console --dump 120x30 > bug-report.txt
      """)

  @OptionGroup var options: ScreenOptions
  @Option(name: .customLong("as"), help: ArgumentHelp("Who you are.", valueName: "name"))
  var actor: Typed?
  @Flag(name: .long, help: "Take clicks and the wheel.") var mouse = false

  func run() throws {
    var session = try ScreenSession(.console, options, actor: actor?.text)
    if let size = options.dump?.size { return try session.dump(size) }
    try session.run(mouse: mouse)
  }
}

struct WallCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wall", abstract: "The room's screen: read-only, large, never stale unsaid.",
    discussion: """
      It writes nothing and takes no key but q, which asks.

      Example: muster wall
      Example: muster wall --dump 80x24
      """)

  @OptionGroup var options: ScreenOptions
  @Flag(name: .long, help: "Let nothing change its look by itself.") var noBlink = false
  @Option(
    help: ArgumentHelp(
      "Show every open incident for so long, the worst one in between.", valueName: "span"))
  var rotate: String?
  @Option(
    help: ArgumentHelp("Darker between these hours, as in 22:00-06:00.", valueName: "hours"))
  var dim: TypedHours?

  func run() throws {
    var session = try ScreenSession(.wall, options, actor: nil)
    session.model.blinks = !noBlink
    session.dim = dim
    if let rotate {
      guard let seconds = SpanText.seconds(rotate), seconds >= 5 else {
        throw Failure(.usage, "--rotate \(rotate): at least 5s, as in 20s or 1m")
      }
      session.model.rotation = Rotation(every: seconds)
    }
    if let size = options.dump?.size { return try session.dump(size) }
    try session.run(mouse: false)
  }
}
