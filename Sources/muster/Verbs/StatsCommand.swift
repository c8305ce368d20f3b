import ArgumentParser
import Documents
import Engine

struct StatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats", abstract: "Print metrics over all incidents, with their formulas.",
    discussion: """
      A time that is not recorded is excluded and reported, never taken as 0. False alarms are excluded, \
      and drills unless --drills is given.

      Example: muster stats --since 2026-01-01
      Example: muster stats --json | jq '.groups[0].metrics[] | {id, n, median_seconds}'
      """)

  @OptionGroup var store: StoreOptions
  @Option(help: ArgumentHelp("Only incidents since this time.", valueName: "time"))
  var since: Typed?
  @Option(help: ArgumentHelp("Only incidents up to this time.", valueName: "time"))
  var until: Typed?
  @Flag(help: "Include the store's drills, with the times of their own clocks.") var drills = false
  @Flag(help: "Print Markdown.") var markdown = false
  @Flag(help: "Print CSV: one row per metric and group.") var csv = false
  @Flag(help: "Print JSON.") var json = false

  func run() throws {
    let survey = try StoreSurvey(store)
    let (now, zone) = (survey.clock.now, survey.clock.zone)
    let from = try since.map { try Self.instant($0.text, survey.clock) } ?? .distantPast
    let to = try until.map { try Self.instant($0.text, survey.clock) } ?? .distantFuture
    var (summaries, unread) = try survey.summaries(from: from, to: to)
    if drills {
      let more = try StoreSurvey(survey.store.drills).summaries(from: from, to: to)
      summaries += more.counted
      unread += more.unread
    }
    let statistics = Statistics(of: summaries, includingDrills: drills, zone: zone)
    if json { return try Output.json(statistics.json) }
    if csv { return try Output.table(statistics.csv) }
    if markdown { return try Output.text(statistics.document(at: now, in: zone).markdown) }
    try Output.lines(statistics.lines(at: now, in: zone, width: Output.width))
    if unread > 0 { Output.remark("\(unread) logs could not be read and are not counted") }
  }

  /// A day alone begins at its midnight.
  private static func instant(_ text: String, _ clock: LocalClock) throws(Failure) -> Timestamp {
    if let day = CivilDate(text) { return clock.zone.instant(of: day, secondsOfDay: 0) }
    return try clock.instant(text)
  }
}
