import ArgumentParser
import Documents
import Engine
import EventLog

struct BriefCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "brief", abstract: "Print the hand-over brief: the situation on one page.",
    discussion: "Example: muster brief\nExample: muster brief --at 02:17 --markdown > brief.md")

  @OptionGroup var reading: ReadingOptions
  @Flag(name: .long, help: "Print Markdown.") var markdown = false

  func run() throws {
    let session = try ReadingSession(reading, keeping: .all)
    session.complainOfDamage()
    var source = session.source
    // Programs read one zone everywhere.
    if reading.json { source.zone = .utc }
    let brief = BriefReport(of: source, situation: try session.report())
    if reading.json { return try Output.json(brief.json) }
    if markdown { return try Output.text(brief.markdown) }
    try Output.lines(brief.lines(width: min(Output.width, 120)))
  }
}
