import Documents
import Engine
import EventLog
import Testing

/// The rich incident under the procedures of five teams, each kept as the log that its declaration wrote: a log is read
/// without the document that it was run by.
@Suite struct SystemsTests {
  static let names = [
    "amani", "clicky-foundation", "edustream", "masal-fabrikasi", "workingtracker",
  ]

  /// The events of a kept log.
  private static func events(_ name: String) throws -> [RecordedEvent] {
    let folder = "\(#filePath)".split(separator: "/").dropLast().joined(separator: "/")
    let reader = LogReader(path: "/\(folder)/Golden/Systems/\(name).jsonl")
    var events: [RecordedEvent] = []
    _ = try reader.read(at: RichIncident.now) { events.append($0.compacted()) }
    #expect(reader.damage.isEmpty)
    return events
  }

  /// The procedure of a team, as its log holds it, or a built-in one.
  static func procedure(_ name: String) throws -> Procedure {
    guard names.contains(name) else { return try BuiltIns.read(name) }
    return Incident(replaying: try events(name)).procedure
  }

  @Test(arguments: names)
  func `a rich incident under a team's own document`(name: String) throws {
    let events = try Self.events(name)
    let now = RichIncident.time("01:50")
    let report = PostmortemReport(
      of: ReportSource(
        of: Incident(replaying: events), events: events, at: RichIncident.now), author: "Mira")
    GoldenFile.expect(report.markdown, "Systems/\(name).postmortem.md")
    GoldenFile.expect(report.html, "Systems/\(name).postmortem.html")
    let then = events.filter { Vantage(at: now).sees($0) }
    let brief = BriefReport(
      of: ReportSource(of: Incident(replaying: then), events: then, at: now))
    GoldenFile.expect(brief.markdown, "Systems/\(name).brief.md")
  }
}
