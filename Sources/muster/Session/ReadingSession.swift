import Documents
import Engine
import EventLog
import Glibc
import Procedures
import Runtime
import Wording

/// One verb's look at one incident, now or as it was.
struct ReadingSession {
  let store: StoreAccess
  let id: String
  let clock: LocalClock
  let log: FoldedLog
  /// False where it is looked at from another moment: nothing falls due there.
  private var isPresent = true

  /// Folds the log; `keeping` also keeps the events themselves. `since` is a head known from elsewhere.
  init(_ options: ReadingOptions, keeping: FoldedLog.Keeping = .nothing, since: Head? = nil)
    throws(Failure)
  {
    let choice = try IncidentChoice(
      store: try StoreAccess(home: options.target.store.home), typed: options.target.incident
    ).forReading()
    (store, id) = (choice.store, choice.id)
    if options.known, options.at == nil {
      throw Failure(.usage, "--known needs --at TIME")
    }
    guard let at = options.at else {
      log =
        since == nil
        ? try store.log(of: id, keeping: keeping)
        : try store.wholeLog(of: id, keeping: keeping, since: since)
      clock = try Self.readNow(log, id, store)
      try requireDeclared()
      return
    }
    let now = LocalClock(now: store.now(in: id), zoneName: store.user.zone)
    let vantage = Vantage(
      at: try now.instant(at.text), knowledge: options.known ? .then : .now)
    clock = LocalClock(now: vantage.at, zoneName: store.user.zone)
    isPresent = false
    log = try store.wholeLog(of: id, keeping: keeping, since: since) { vantage.sees($0) }
    try refresh()
    try requireDeclared(by: vantage.at)
  }

  /// Folds the log of an incident with its events, as it is now or as it is seen from elsewhere.
  init(_ store: StoreAccess, _ id: String, from vantage: Vantage? = nil) throws(Failure) {
    (self.store, self.id) = (store, id)
    guard let vantage else {
      log = try store.log(of: id, keeping: .all)
      clock = try Self.readNow(log, id, store)
      try requireDeclared()
      return
    }
    clock = LocalClock(now: vantage.at, zoneName: store.user.zone)
    isPresent = false
    log = try store.wholeLog(of: id, keeping: .all) { vantage.sees($0) }
    try refresh()
    try requireDeclared(by: vantage.at)
  }

  /// Reads the log as it is, and answers what its clock reads.
  ///
  /// Reading a drill also records its due events, as no other process may be running to do it.
  private static func readNow(
    _ log: FoldedLog, _ id: String, _ store: StoreAccess
  ) throws(Failure) -> LocalClock {
    try log.refresh(at: WallClock.now)
    store.store.remember(log, at: WallClock.now)
    let clock = store.clock.of(log.incident)
    guard log.incident.isDrill, store.store.isWritable(id) else { return clock }
    for _ in 0..<mostBatches {
      let due = log.incident.unrecordedFirings(at: clock.now)
      if due.isEmpty { break }
      do throws(LogError) {
        try store.recorder.record(
          due, in: id, by: Login.source, log.incident.pace, time: SystemTime())
      } catch {
        Output.complain("due events of the drill are NOT RECORDED: \(error.description)")
        break
      }
      try log.refresh(at: WallClock.now)
    }
    return clock
  }

  /// Upper bound of batches; enough for the longest possible script.
  private static let mostBatches = 100

  var incident: Incident { log.incident }

  func refresh() throws(Failure) {
    if isPresent {
      _ = try Self.readNow(log, id, store)
    } else {
      try log.refresh(at: WallClock.now)
    }
  }

  private func requireDeclared(by then: Timestamp) throws(Failure) {
    guard log.incident.declaration == nil else { return }
    throw Failure(
      .notNow, "\(id) had not been declared by \(InstantText.exact(then, in: clock.zone))")
  }

  private func requireDeclared() throws(Failure) {
    guard log.incident.declaration == nil else { return }
    throw Failure(
      .notNow,
      "\(log.place) has no declaration; \(Shell.verb("verify", of: id)) shows what is wrong"
    )
  }

  /// What is wrong with the log, for reports and for one line on standard error.
  func damage() -> [SituationReport.Damage] {
    let reader = log.reader
    let open = reader.settledDamage(at: WallClock.now).map {
      SituationReport.Damage($0, path: log.place, isAccepted: false)
    }
    return open
      + reader.acceptedDamage.map {
        SituationReport.Damage($0, path: log.place, isAccepted: true)
      }
  }

  /// Tells damage on standard error: reading goes on.
  func complainOfDamage() {
    let open = damage().filter { !$0.isAccepted }
    if let first = open.first {
      let more = open.count > 1 ? " and \(open.count - 1) more" : ""
      Output.complain(
        "DAMAGED LOG: \(first.words)\(more); \(Shell.verb("verify", of: id)) lists it")
    }
    complainOfAlarm()
    store.complainOfSharing()
  }

  /// Warns on standard error if the log has fewer lines than were seen before.
  func complainOfAlarm() {
    switch log.reader.alarm {
    case .rolledBack(let highest, let now):
      Output.complain(
        "ALARM: \(log.place) ends at entry \(now.sequence), but \(highest.sequence) was seen before: "
          + "lines are missing or were replaced")
    case .missing: Output.complain("ALARM: \(log.place) is missing")
    case nil: break
    }
  }

  /// The newest entries in the order in which they happened, in words.
  func newestEntries(_ count: Int) throws(Failure) -> [Entry] {
    let zone = clock.zone
    let overtaken = log.incident.overtakenAttempts
    let rows = log.incident.timeline.rows.lazy.filter { !overtaken.contains($0.sequence) }
      .suffix(count)
    let found = try store.events(Set(rows.map(\.sequence)), of: id)
    return rows.compactMap { row in
      found[row.sequence].map { Entry($0, in: log.incident, zone: zone) }
    }
  }

  /// Where the incident stands.
  func report() throws(Failure) -> SituationReport {
    let head = log.reader.head
    var report = SituationReport(
      of: incident, at: clock.now, in: store.context(clock),
      directory: store.directory(incident.procedure),
      head: head.sequence > 0 ? .init(sequence: head.sequence, hash: head.hash) : nil,
      damage: damage())
    let trouble = store.trouble
    report.unsyncedSince = trouble.store.unsynced[id]
    report.keptElsewhere = trouble.store.keptCount(of: id)
    report.settingsUnread = trouble.settingsUnread
    if isPresent { tellOfAgent(trouble.agent, in: &report) }
    return report
  }
}

extension ReadingSession {
  /// Whether an agent is there, and what it does to tell people.
  private func tellOfAgent(_ agent: AgentWatch, in report: inout SituationReport) {
    report.agent = agent
    guard !agent.channels.isEmpty else { return }
    let (settings, context) = (store.settings, store.context(clock))
    let roster = Roster(
      people: settings.people, contacts: settings.contacts, rota: store.rota(clock),
      channels: Set(agent.channels), delivers: settings.delivers)
    report.tracks = incident.tracks(
      at: clock.now, among: report.deadlines,
      in: NotificationSituation(roster: roster, context: context))
  }
}

extension SituationReport.Damage {
  init(_ damage: Damage, path: String, isAccepted: Bool) {
    let text = damage.description(path: "")
    let what = text.split(separator: ": ", maxSplits: 1).last.map(String.init) ?? text
    self.init(
      file: path, line: damage.line, offset: damage.offset, what: what, isAccepted: isAccepted)
  }
}
