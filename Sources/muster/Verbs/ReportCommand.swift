import ArgumentParser
import Documents
import Engine
import EventLog

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Print the post-mortem, as far as the log can fill it in.",
    discussion: """
      Uses the procedure's template if it has one. What only people can write stays in \
      [brackets] and is listed on standard error. The HTML is one file that loads nothing.

      Example: muster report > post-mortem.md
      Example: muster report --format html --author Mira > post-mortem.html
      """)

  @OptionGroup var reading: ReadingOptions
  @Option(name: .shortAndLong, help: "markdown, html or json.") var format = Format.markdown
  @Option(help: ArgumentHelp("Author of the report.", valueName: "name")) var author: Typed?

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case markdown, html, json
  }

  func run() throws {
    let session = try ReadingSession(reading, keeping: .all)
    session.complainOfDamage()
    let format: Format = reading.json ? .json : format
    var source = session.source
    // Programs read one zone everywhere.
    if format == .json { source.zone = .utc }
    let report = PostmortemReport(of: source, author: author?.text)
    switch format {
    case .markdown: try Output.text(report.markdown)
    case .html: try Output.text(report.html)
    case .json: return try Output.json(report.json)
    }
    let open = report.openPlaces
    guard !open.isEmpty else { return }
    let places = open.count == 1 ? "1 place" : "\(open.count) places"
    Output.remark("\(places) left to fill in by hand: \(open.joined(separator: "; "))")
  }
}
