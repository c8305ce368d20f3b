import ArgumentParser
import Documents
import Engine

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show the situation and what to do next, on one page.",
    discussion: "Example: muster show\nExample: muster show --at 02:17 --known --json")

  @OptionGroup var reading: ReadingOptions

  func run() throws {
    let session = try ReadingSession(reading)
    let report = try session.report()
    session.complainOfDamage()
    if reading.json { return try Output.json(report.json) }
    try Output.lines(
      report.lines(
        in: session.clock.zone, entries: try session.newestEntries(8), on: Shell.surface))
  }
}
