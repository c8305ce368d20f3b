import ArgumentParser
import Documents
import Engine
import EventLog
import Glibc
import Runtime
import Wording

struct LogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log", abstract: "Print the timeline, in the order in which things happened.",
    discussion: """
      Late, corrected and retracted entries are marked. --follow also prints new entries, \
      in the order in which they are recorded.

      Example: muster log
      Example: muster log --follow
      Example: muster log --json | jq 'select(.kind=="note.added").text'
      """)

  @OptionGroup var reading: ReadingOptions
  @Flag(name: .shortAndLong, help: "Follow new entries until interrupted.")
  var follow = false
  @Option(name: .long, help: "Print the whole timeline as markdown, csv, json or cloudevents.")
  var format: Format?
  @Option(name: .shortAndLong, help: ArgumentHelp("Only the newest entries.", valueName: "count"))
  var last: Int?

  func run() throws {
    if follow, reading.at != nil {
      throw Failure(.usage, "--follow and --at contradict each other; use one of them")
    }
    if format != nil, follow || last != nil || reading.json {
      throw Failure(
        .usage, "--format cannot be combined with --follow, --last or --json")
    }
    if let last, last < 1 { throw Failure(.usage, "--last takes a number of 1 or more") }
    let session = try ReadingSession(reading, keeping: .all)
    session.complainOfDamage()
    if let format { return try print(TimelineExport(of: session.source), as: format) }
    let zone = session.clock.zone
    // Programs read one zone everywhere.
    let sentenceZone = reading.json ? .utc : zone
    if session.incident.isDrill, !reading.json {
      try Output.line("DRILL \(session.incident.shownTitle) · \(session.id)")
    }
    var events: [Int: RecordedEvent] = [:]
    for event in session.log.events where events[event.sequence] == nil {
      events[event.sequence] = event
    }
    var rows = session.incident.timeline.rows[...]
    if let last { rows = rows.suffix(last) }
    var entries: [Entry] = []
    for row in rows {
      if let event = events[row.sequence] {
        entries.append(Entry(event, in: session.incident, zone: sentenceZone))
      }
      if entries.count == 512 {
        try print(entries, zone, session.clock.now)
        entries = []
      }
    }
    try print(entries, zone, session.clock.now)
    if follow { try goOn(session, zone) }
  }

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case markdown, csv, json, cloudevents
  }

  private func print(_ export: TimelineExport, as format: Format) throws(Failure) {
    switch format {
    case .markdown: try Output.text(export.markdown)
    case .csv: try Output.table(export.csv)
    case .json: try Output.json(export.json)
    case .cloudevents: try Output.json(export.cloudEvents)
    }
  }

  private func print(
    _ entries: [Entry], _ zone: TimeZoneRules, _ now: Timestamp
  ) throws(Failure) {
    if reading.json {
      for entry in entries { try Output.jsonLine(entry.json) }
    } else {
      try Output.lines(entries.map { $0.line(in: zone, at: now, marksZone: true) })
    }
  }

  /// Prints what is appended from now on, until a signal ends the program.
  private func goOn(_ session: ReadingSession, _ zone: TimeZoneRules) throws(Failure) {
    do throws(SystemTrouble) { try TeamAccess.follow(session.store.place) } catch {
      throw Failure(error)
    }
    var seen = session.log.events.count
    let follower = try session.store.follower(of: session.id)
    var alarm = session.log.reader.alarm
    while true {
      // A notice wakes us at once; a look a second finds what none was given for.
      var wait = pollfd(fd: follower.descriptor ?? -1, events: Int16(POLLIN), revents: 0)
      _ = poll(&wait, 1, 1000)
      guard follower.changed() || session.incident.isDrill else { continue }
      try session.refresh()
      if session.log.reader.alarm != alarm { session.complainOfAlarm() }
      alarm = session.log.reader.alarm
      let events = session.log.events
      if events.count < seen { seen = 0 }
      let incident = session.incident
      try print(
        events.dropFirst(seen).map { Entry($0, in: incident, zone: reading.json ? .utc : zone) },
        zone,
        incident.pace.time(at: WallClock.now))
      seen = events.count
    }
  }
}
