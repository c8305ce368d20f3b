import ArgumentParser
import Documents
import Engine
import EventLog
import Procedures
import Wording

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Import a past timeline: a table or a chat log.",
    discussion: """
      A table, in CSV or Markdown, needs the columns time and text; date, who and kind are optional (note, \
      finding, hypothesis, decision, alert, update, acknowledged, mitigated, resolved, status). A chat log \
      has lines that begin with a time ('[14:05] <mira> text', '14:05 mira: text', \
      '02.03.26, 14:05 - Mira: text'), or names and times above the text. JSON of Slack, Teams, Telegram, \
      Discord and PagerDuty is read too, and everything that 'muster log' writes; entries that Muster \
      exported are recognised by their id. Whatever is left out is listed with a count.

      Times without a zone need --zone, times without a date need --date. 02.03.26 is day, month, year. \
      If a date such as 02/03/26 has two meanings, nothing is read until --date-order says which. \
      Entries keep both times, then and now. Importing the same file again changes \
      nothing, also with --title.

      With --title, the file becomes a new incident, dated by the day on which it began and closed at \
      its end; otherwise, the entries go into the only open incident, or into -i ID.

      Example: muster import chat.txt --zone Europe/Berlin --date 2026-03-02 --title 'Mail queue stuck' \
      --severity SEV-2 --resolved '2026-03-02 16:40'
      """)

  @OptionGroup var target: IncidentOptions
  @Argument(
    help: ArgumentHelp("The file; - reads standard input.", valueName: "file"), completion: .file())
  var file: String
  @Option(help: ArgumentHelp("Zone of times without one: Europe/Berlin.", valueName: "zone"))
  var zone: String?
  @Option(help: ArgumentHelp("Date of the first time without one: 2026-03-02.", valueName: "day"))
  var date: String?
  @Option(
    help: ArgumentHelp("Order of dates such as 02/03/26: dmy, mdy or ymd.", valueName: "order"))
  var dateOrder: DateOrder?
  @Option(help: ArgumentHelp("Create a new incident.", valueName: "title")) var title: Typed?
  @Option(
    name: .shortAndLong, help: "With --title: the severity.",
    completion: ShellCompletions.severities)
  var severity: Typed?
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("With --title: a file or a built-in name.", valueName: "procedure"))
  var procedure: String?
  @Option(help: ArgumentHelp("With --title: when the impact began.", valueName: "time"))
  var started: String?
  @Option(help: ArgumentHelp("With --title: when the problem was detected.", valueName: "time"))
  var detected: String?
  @Option(
    help: ArgumentHelp("With --title: when acknowledged, if no row says so.", valueName: "time"))
  var acknowledged: String?
  @Option(
    help: ArgumentHelp("With --title: when mitigated, if no row says so.", valueName: "time")
  )
  var mitigated: String?
  @Option(
    help: ArgumentHelp("With --title: when resolved, if no row says so.", valueName: "time"))
  var resolved: String?
  @Option(
    help: ArgumentHelp(
      "With --title: how it ended: resolved, false_alarm, merged or cancelled.",
      valueName: "outcome"))
  var outcome = Incident.Outcome.resolved
  @Flag(help: "Show what would be recorded, and record nothing.") var preview = false

  private static let limit = 4 << 20

  func run() throws {
    let read = try read()
    let rows = read.rows
    for line in read.remarks + read.omissionLines { Output.remark("\(file): \(line)") }
    let nameless = read.rows.filter { $0.actor == nil }.count
    if nameless > 0 {
      Output.remark("\(file): \(nameless) without an author, recorded as by \(Self.unknown)")
    }
    if preview { return try Output.lines(rows.map(Self.line)) }
    let store = try StoreAccess(home: target.store.home)
    if title != nil { return try declare(rows, store) }
    let choice = try IncidentChoice(store: store, typed: target.incident).forRecording().choice
    let known = try record(rows, in: choice.id, choice.store)
    Output.remark(
      "\(choice.id): \(rows.count - known) entries imported"
        + (known > 0 ? ", \(known) already there" : ""))
  }

  private static func line(_ row: TimelineImport.Row) -> String {
    "\(row.occurred.rfc3339)  \(row.kind.rawValue)  \(row.actor ?? "-")  \(row.text)"
  }

  // MARK: - Reading

  private var zoneRules: TimeZoneRules? {
    get throws(Failure) {
      guard let zone else { return nil }
      guard let rules = ZoneFiles.known(zone) else {
        throw Failure(.usage, "unknown zone '\(zone)'; write one such as Europe/Berlin")
      }
      return rules
    }
  }

  private func text() throws(Failure) -> String {
    let bytes: [UInt8]
    if file == "-" {
      bytes = try StandardInput.bytes(limit: Self.limit)
    } else {
      do throws(FileProblem) {
        bytes = try BoundedFile.read(file, limit: Self.limit)
      } catch {
        throw Failure(.usage, "\(file): \(error.what); \(error.remedy)")
      }
    }
    do throws(TextEncoding.Unreadable) {
      let decoded = try TextEncoding.decode(bytes)
      if let line = decoded.firstForeignLine {
        Output.remark(
          "\(file):\(line): not UTF-8 throughout: invalid bytes were read as Windows-1252")
      }
      return decoded.text
    } catch {
      throw Failure(.usage, "\(file):\(error.line): \(error.what); \(error.remedy)")
    }
  }

  private func read() throws(Failure) -> TimelineImport {
    let text = try text()
    var day: CivilDate?
    if let date {
      guard let read = CivilDate(date) else {
        throw Failure(.usage, "'\(date)' is not a date; write 2026-03-02")
      }
      day = read
    }
    let zone = try zoneRules
    let read: TimelineImport
    do throws(TimelineImport.Problem) {
      read = try TimelineImport(text, zone: zone, day: day, order: dateOrder)
    } catch {
      let place = error.line > 0 ? "\(file):\(error.line)" : file
      throw Failure(.usage, "\(place): \(error.what); \(error.remedy)")
    }
    if let late = read.rows.first(where: { $0.occurred > WallClock.now }) {
      throw Failure(.usage, "\(file):\(late.line): \(late.occurred.rfc3339) is in the future")
    }
    // Checked first: failing later would leave half a timeline, or an incident that nobody closes.
    if let long = read.rows.first(where: { $0.text.utf8.count > Incident.textLimit }) {
      let problem = Rejection.tooLong(
        .text, bytes: long.text.utf8.count, limit: Incident.textLimit)
      let words = problem.message(on: Shell.surface, in: .utc, at: WallClock.now)
      throw Failure(.usage, "\(file):\(long.line): \(words)")
    }
    return read
  }

  /// A time of an option: as the file's times, or as every other verb takes it.
  private func instant(_ text: String?, _ clock: LocalClock) throws(Failure) -> Timestamp? {
    guard let text else { return nil }
    let day = date.flatMap { CivilDate($0) }
    let zone = try zoneRules
    do throws(TimelineImport.Problem) {
      return try TimelineImport("\(text) x", zone: zone, day: day, order: dateOrder).rows.first?
        .occurred
    } catch {
      return try clock.instant(text)
    }
  }

  // MARK: - Recording

  /// Who wrote what the file names nobody for: never the one who imports it.
  private static let unknown = "unknown"

  /// Appends the rows by their authors; those that are there already, or were exported from this log, change nothing.
  ///
  /// - Returns: how many were there already.
  private func record(
    _ rows: [TimelineImport.Row], in id: String, _ store: StoreAccess
  ) throws(Failure) -> Int {
    let choice = IncidentChoice.Choice(store: store, id: id)
    var sessions: [String: RecordingSession] = [:]
    var known = 0
    let own = try Self.events(of: choice)
    for row in rows {
      if row.event.map(own.contains) == true || row.origin?.incident == id {
        known += 1
        continue
      }
      // Nobody's words become those of whoever imports them.
      let actor = row.actor.flatMap { $0.isEmpty ? nil : $0 } ?? Self.unknown
      var session: RecordingSession
      if let open = sessions[actor] {
        session = open
      } else {
        let source = "import/\(file.split(separator: "/").last.map(String.init) ?? "")"
        session = try RecordingSession(
          store: store, log: try choice.unread(), actor: actor, at: nil, source: source)
        session.recordsFirings = false
      }
      let incident = try session.refresh()
      // What a log already says (acknowledged, resolved) is no error in a retelling: it stays a note.
      var draft: EventDraft
      do throws(Rejection) {
        draft = try incident.decide(row.command(), occurred: row.occurred, at: WallClock.now)
      } catch {
        switch error {
        case .notDeclared, .newerFormat:
          throw Failure(error, in: session.clock.zone, at: WallClock.now)
        default: break
        }
        draft = EventDraft(
          .noteAdded, occurred: row.occurred, EventData(["text": .string(row.text)]))
      }
      draft.identity = .named("\(id)/\(row.identity)")
      if try session.record(draft).wasPresent { known += 1 }
      sessions[actor] = session
    }
    return known
  }

  /// What stands in a log already.
  private static func events(of choice: IncidentChoice.Choice) throws(Failure) -> Set<EventID> {
    let log = try choice.store.log(of: choice.id, keeping: .all)
    try log.refresh(at: WallClock.now)
    return Set(log.events.map(\.id))
  }

  private func declare(_ rows: [TimelineImport.Row], _ store: StoreAccess) throws(Failure) {
    let clock = store.clock
    guard let title, let first = rows.first, let last = rows.last else { return }
    if let id = try earlierImport(of: rows, store) {
      let known = try record(rows, in: id, store)
      Output.remark("\(id): \(rows.count - known) entries imported, \(known) already there")
      return try Output.line(id)
    }
    let over = try instant(resolved, clock)
    let saysOver = rows.contains { $0.kind == .resolved || $0.kind == .status }
    guard over != nil || saysOver || outcome != .resolved else {
      throw Failure(
        .usage,
        "no row says when it was resolved, and an open incident would escalate; "
          + "use --resolved TIME, or a row of the kind resolved")
    }
    let chosen = try ProcedureChoice(store: store).forDeclaring(procedure)
    let severity = try severity.map { typed throws(Failure) in
      try StoreAccess.severity(typed.text, in: chosen.procedure)
    }
    let (started, detected) = (try instant(started, clock), try instant(detected, clock))
    var declaration = Declaration(
      id: "", title: title.text, severity: severity, detected: detected, started: started,
      procedure: chosen.procedure, procedureNotRead: chosen.notRead)
    declaration.document = chosen.document
    var author = try store.author(actor: nil)
    author.source = "import"
    let begin = [first.occurred, detected, started].compactMap { $0 }.min()
    let receipt = try store.declare(
      declaration, occurred: detected ?? begin, began: begin, author: author)
    let id = receipt.incident.id
    _ = try record(rows, in: id, store)
    let told: [Told] = [
      (.acknowledged, .acknowledge, try instant(acknowledged, clock)),
      (.mitigated, .mitigate, try instant(mitigated, clock)), (.resolved, .resolve, over),
    ]
    try close(id, telling: told, after: last.occurred, store)
    Output.remark("\(id): \(rows.count) entries imported")
    try Output.line(id)
  }

  /// The incident that an earlier import made of these rows.
  private func earlierImport(
    of rows: [TimelineImport.Row], _ store: StoreAccess
  ) throws(Failure) -> String? {
    let clock = store.clock
    var begins = rows.map(\.occurred)
    for text in [started, detected] {
      if let instant = try instant(text, clock) { begins.append(instant) }
    }
    let days = Set(begins.map { String($0.rfc3339.prefix(10)) })
    for id in try store.ids() where days.contains(String(id.prefix(10))) {
      let known = try Self.events(of: IncidentChoice.Choice(store: store, id: id))
      if rows.contains(where: { known.contains(EventID(named: "\(id)/\($0.identity)")) }) {
        return id
      }
    }
    return nil
  }

  /// A milestone that an option may tell, and how it is recorded.
  private typealias Told = (milestone: Incident.Milestone, command: Command, at: Timestamp?)

  /// Records what options told and no row did, then closes the incident at its end.
  private func close(
    _ id: String, telling told: [Told], after last: Timestamp,
    _ store: StoreAccess
  ) throws(Failure) {
    let choice = IncidentChoice.Choice(store: store, id: id)
    // Who reached a milestone no option says; who imports closes what was imported.
    var session = try RecordingSession(
      store: store, log: try choice.unread(), actor: Self.unknown, at: nil, source: "import")
    session.recordsFirings = false
    var end = last
    for case (let milestone, let command, let instant?) in told {
      end = max(end, instant)
      let isKnown = try session.refresh().time(of: milestone) != nil
      if !isKnown { try append(command, at: instant, to: &session) }
    }
    var own = try RecordingSession(
      store: store, log: try choice.unread(), actor: nil, at: nil, source: "import")
    own.recordsFirings = false
    try append(.close(outcome, reason: "imported from \(file)"), at: end, to: &own)
  }

  private func append(
    _ command: Command, at instant: Timestamp, to session: inout RecordingSession
  ) throws(Failure) {
    let incident = try session.refresh()
    let draft: EventDraft
    do throws(Rejection) {
      draft = try incident.decide(command, occurred: instant, at: WallClock.now)
    } catch {
      throw Failure(error, in: session.clock.zone, at: WallClock.now)
    }
    _ = try session.record(draft)
  }
}

extension DateOrder: ExpressibleByArgument {}

extension Incident.Outcome: ExpressibleByArgument {}
