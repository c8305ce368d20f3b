import Documents
import Engine
import EventLog
import Glibc
import Runtime

/// One verb's dealings with one incident: folds its log, decides, appends, and says what became of it.
struct RecordingSession {
  let store: StoreAccess
  let id: String
  let author: Author
  /// As the incident counts time.
  let clock: LocalClock
  /// When it happened, as `--at` says.
  let occurred: Timestamp?
  /// False when recording past events, for which nobody is to be called now.
  var recordsFirings: Bool {
    get { commands.recordsFirings }
    set { commands.recordsFirings = newValue }
  }
  private let commands: CommandRecorder
  private let input = StandardInput()

  init(_ options: RecordingOptions) throws(Failure) {
    let store = try StoreAccess(home: options.target.store.home)
    // Before choosing an incident, as the spool may hold its declaration.
    store.offerSpool()
    let (choice, log) = try IncidentChoice(store: store, typed: options.target.incident)
      .forRecording()
    if choice.store.place != store.place { choice.store.offerSpool() }
    try self.init(
      store: choice.store, log: log, actor: options.actor?.text, at: options.at?.text)
  }

  init(
    store: StoreAccess, log: FoldedLog, actor: String?, at: String?,
    source: String? = nil
  ) throws(Failure) {
    self.store = store
    id = log.id
    var author = try store.author(actor: actor)
    if let source { author.source = source }
    self.author = author
    // What the clock reads stands in the log; a real incident's reads true time.
    if log.sequence == 0 {
      // A log that cannot be read now takes no entries; they go to the spool.
      do throws(LogError) { try log.readOn(at: WallClock.now) } catch {
        if !error.isOfReading { throw Failure(error) }
      }
    }
    commands = CommandRecorder(
      log, by: author, recorder: store.recorder, time: SystemTime(),
      didRecord: { store.hint($0, after: $1.kind) })
    clock = store.clock.of(log.incident)
    occurred = if let at { try clock.instant(at) } else { nil }
  }

  var log: FoldedLog { commands.log }

  /// The newest line of the log as last read, as `sequence:hash`.
  var head: String? { log.head }

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
    let session = self
    let outcome = try commands.record(occurred: occurred) { incident throws(Failure) in
      try make(incident, session)
    }
    if case .unreadable(let error) = outcome, error.isOfReading {
      throw try keepUnread(error, occurred: occurred, make)
    }
    return try receipt(for: outcome)
  }

  /// Records a fact that is already decided.
  mutating func record(_ draft: EventDraft) throws(Failure) -> Receipt {
    try receipt(for: commands.record(draft))
  }

  private func receipt(for outcome: CommandRecorder.Outcome) throws(Failure) -> Receipt {
    switch outcome {
    case .recorded(let event, let mended):
      return Receipt(
        event: event, incident: log.incident, clock: clock,
        keptSince: store.keptSince(event, in: id), mended: mended)
    case .lost(let recorded):
      guard case .kept(let draft, let at, let since) = recorded.appended,
        let event = draft.unshared(at: at, by: author)
      else { throw outcome.failure(clock, at: log.place) ?? Failure(recorded) }
      return Receipt(
        event: event, incident: log.incident, clock: clock, keptSince: since,
        keptBecause: store.reasonOutOfReach)
    case .present(let event):
      return Receipt(event: event, incident: log.incident, clock: clock, wasPresent: true)
    case .rejected, .unreadable, .contended:
      throw outcome.failure(clock, at: log.place) ?? Failure(.worldFailed, "NOT RECORDED")
    }
  }

  /// An update composed from a template, else from the one that fits.
  func draft(
    to audience: String?, template: Template?, next: Timestamp?, given: [String: String]
  ) throws(Failure) -> UpdateDraft {
    let full = try store.log(of: id, keeping: .all)
    try full.refresh(at: WallClock.now)
    return UpdateDraft(
      to: audience, of: full.incident, events: full.events, at: occurred ?? clock.now,
      in: store.context(clock), template: template, next: next, author: author.actor,
      head: full.head, given: given)
  }

  /// What a command would do now; nil where it is not possible, which is told when it is recorded.
  func consequences(
    of command: Command, _ occurred: Timestamp?
  ) throws(Failure) -> Consequences? {
    if command.needsTimeline, !log.hasTimeline {
      do throws(LogError) { try log.readTimeline(at: WallClock.now) } catch {
        throw Failure(error)
      }
    }
    do throws(Rejection) {
      return try incident.consequences(
        of: command, occurred: occurred, at: clock.now, in: store.context(clock))
    } catch { return nil }
  }

  // MARK: - What was typed

  /// What the words of a verb are understood in.
  var context: VerbContext {
    let (store, procedure) = (store, incident.procedure)
    return VerbContext(
      clock: clock, actor: author.actor, occurred: occurred,
      directory: store.directory(procedure), input: input)
  }
}
