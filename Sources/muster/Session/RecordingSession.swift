import Documents
import Engine
import EventLog
import Glibc

/// One verb's dealings with one incident: folds its log, decides, appends, and says what became of it.
struct RecordingSession {
  let store: StoreAccess
  let id: String
  let author: Author
  /// As the incident counts time.
  let clock: LocalClock
  /// When it happened, as `--at` says.
  let occurred: Timestamp?
  /// False where the past is written down: nobody is to be called for it now.
  var recordsFirings = true
  private var log: FoldedLog
  private let input = StandardInput()

  init(_ options: RecordingOptions) throws(Failure) {
    let store = try StoreAccess(home: options.target.store.home)
    let (choice, log) = try IncidentChoice(store: store, typed: options.target.incident)
      .forRecording()
    try self.init(
      store: choice.store, log: (choice.id, log), actor: options.actor?.text, at: options.at?.text)
  }

  init(
    store: StoreAccess, log: (id: String, log: FoldedLog), actor: String?, at: String?,
    source: String? = nil
  ) throws(Failure) {
    self.store = store
    id = log.id
    self.log = log.log
    var author = try store.author(actor: actor)
    if let source { author.source = source }
    self.author = author
    // What the clock reads stands in the log; a real incident's reads true time.
    if self.log.sequence == 0 { try self.log.refresh(at: WallClock.now) }
    clock = store.clock.of(self.log.incident)
    occurred = if let at { try clock.instant(at) } else { nil }
  }

  /// The newest line of the log as last read, as `sequence:hash`.
  var head: String? { log.head }

  /// What the clock of the incident reads now.
  private var now: Timestamp { log.incident.pace.time(at: WallClock.now) }

  /// The incident as it was last read.
  var incident: Incident { log.incident }

  /// The incident as its log tells it now.
  mutating func refresh() throws(Failure) -> Incident {
    try log.refresh(at: WallClock.now)
    return log.incident
  }

  /// Decides on the newest state and appends; decides again where somebody else was faster.
  mutating func record(
    occurred: Timestamp?,
    _ make: (Incident, RecordingSession) throws(Failure) -> Command
  ) throws(Failure) -> Receipt {
    try store.offerSpool()
    for _ in 0..<100 {
      try log.refresh(at: WallClock.now)
      if try recordClockStep() { continue }
      let command = try make(log.incident, self)
      let now = now
      let draft: EventDraft
      do throws(Rejection) {
        draft = try log.incident.decide(command, occurred: occurred, at: now)
      } catch {
        throw Failure(error.isUsage ? .usage : .notNow, error.message(in: clock.zone, at: now))
      }
      let recorded = try append(draft, expecting: log.sequence)
      if case .conflict = recorded.appended { continue }
      return try receipt(for: recorded)
    }
    throw Failure(.worldFailed, "NOT RECORDED: \(log.path) changes faster than it can be read")
  }

  /// Records a fact that is already decided.
  mutating func record(_ draft: EventDraft) throws(Failure) -> Receipt {
    try receipt(for: try append(draft, expecting: nil))
  }

  /// Marks that the clock stands a second or more before that of the newest line, once; true where it did.
  private func recordClockStep() throws(Failure) -> Bool {
    guard log.incident.declaration != nil, let last = log.lastRecorded else { return false }
    let now = now
    let step = now - last
    guard step <= .seconds(-1) else { return false }
    let draft: EventDraft
    do throws(Rejection) {
      draft = try log.incident.decide(.stepClock(step), at: now)
    } catch { return false }
    return try append(draft, expecting: log.sequence).appended.event != nil
  }

  /// Writes down the steps that fell due while nobody was looking. What was just recorded comes first: told late, it may
  /// have stopped them. What cannot be written now is found again by whoever comes next.
  private func recordFirings() {
    guard recordsFirings else { return }
    let drafts = log.incident.unrecordedFirings(at: now)
    guard !drafts.isEmpty else { return }
    do throws(LogError) {
      try store.record(drafts, in: id, by: author.source, log.incident.pace)
    } catch { return }
  }

  private func append(
    _ draft: EventDraft, expecting sequence: Int?
  ) throws(Failure) -> LogRecorder.Recorded {
    let pace = log.incident.pace
    do throws(LogError) {
      return try store.recorder.record(
        draft, in: id, author: author, expecting: sequence,
        now: { pace.time(at: WallClock.now) })
    } catch {
      throw Failure(error)
    }
  }

  private mutating func receipt(for recorded: LogRecorder.Recorded) throws(Failure) -> Receipt {
    switch recorded.appended {
    case .recorded(let event):
      log.apply(event)
      store.hint(log.incident, after: event.kind)
      recordFirings()
      return Receipt(event: event, incident: log.incident)
    case .present(let event):
      return Receipt(event: event, incident: log.incident, wasPresent: true)
    case .unconfirmed, .notRecorded, .conflict: throw Failure(recorded)
    }
  }

  /// An update composed from a template, else from the one that fits.
  func draft(
    to audience: String?, template: Template?, next: Timestamp?, given: [String: String]
  ) throws(Failure) -> UpdateDraft {
    var full = FoldedLog(path: log.path, keeping: true)
    try full.refresh(at: WallClock.now)
    return UpdateDraft(
      to: audience, of: full.incident, events: full.events, at: occurred ?? clock.now,
      in: store.context(clock), template: template, next: next, author: author.actor,
      head: full.head, given: given)
  }

  // MARK: - What was typed

  /// The words as one text; a single `-` stands for standard input.
  func text(_ words: [Typed]) throws(Failure) -> String {
    guard words.count == 1, words[0].text == "-" else { return words.joined }
    return try input.text(limit: Incident.textLimit)
  }

  /// The words, and the time that stands in front of them unless `--at` says another.
  func timed(_ words: [Typed]) throws(Failure) -> (text: String, occurred: Timestamp?) {
    let text = try text(words)
    if occurred == nil, let split = clock.leadingTime(of: text) { return (split.rest, split.time) }
    return (text, occurred)
  }
}
