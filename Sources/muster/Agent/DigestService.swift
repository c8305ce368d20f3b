import Display
import Documents
import Engine
import EventLog
import Integrations
import Procedures
import Runtime
import Synchronization

/// Composes digests when they are due and sends them, on a thread of its own; what was sent stands in the store's log.
final class DigestService: AgentService {
  private let sender: DigestSender
  private var isRunning = false

  init(home: String, _ journal: AgentJournal) throws(SystemTrouble) {
    sender = try DigestSender(home: home, journal)
  }

  func begin(_ settings: AgentSettings) throws(Failure) {
    if let problem = use(settings).first { throw Failure(.worldFailed, problem) }
  }

  func use(_ settings: AgentSettings) -> [String] {
    sender.use(settings)
    guard !isRunning, !settings.store.digests.isEmpty else { return [] }
    do throws(SystemTrouble) {
      try sender.begin()
      isRunning = true
      return []
    } catch { return ["digests are not sent: \(error.description)"] }
  }

  func end() {
    if isRunning { sender.end() }
  }
}

/// What a digest service does on its thread.
private final class DigestSender: Sendable {
  private let home: String
  private let journal: AgentJournal
  private let jobs: Mailbox<Job>
  private let ended: Mailbox<Void>
  private let settings = Mutex(Ground())

  private enum Job: Sendable {
    case changed
    case stop
  }

  private struct Ground: Sendable {
    var agent = AgentConfiguration()
    var digests: [DigestSchedule] = []
    var channels = AgentChannels([])
    var context = TimeContext()
    var delivers = true
  }

  init(home: String, _ journal: AgentJournal) throws(SystemTrouble) {
    (self.home, self.journal) = (home, journal)
    (jobs, ended) = (try Mailbox(), try Mailbox())
  }

  func use(_ read: AgentSettings) {
    let ground = Ground(
      agent: read.agent, digests: read.store.digests, channels: read.channels,
      context: read.context, delivers: read.store.delivers)
    settings.withLock { $0 = ground }
    jobs.post(.changed)
  }

  func begin() throws(SystemTrouble) {
    try Worker { [self] in
      work()
      ended.post(())
    }.detach()
  }

  func end() {
    jobs.post(.stop)
    ended.wait(atMost: 10)
  }

  private func work() {
    let store = StoreAccess(StorePlace(home: home))
    let log = StoreLog(of: store.store)
    let time = SystemTime()
    var book = DigestBook()
    while true {
      let settings = settings.withLock { $0 }
      var next: Timestamp?
      do throws(LogError) {
        try Self.read(log, &book, at: time.now)
        let plan = book.plan(settings.digests, at: time.now, in: settings.context.zone) {
          settings.agent.channels(for: $0)
        }
        next = plan.changes
        for order in settings.delivers ? plan.due : [] {
          try send(order, settings, store, log, &book)
          next = time.now
        }
      } catch {
        journal.line("digests: \(error.description); tried again in a minute")
        next = time.now + .minutes(1)
      }
      _ = time.wait(for: [jobs.descriptor], until: next)
      if jobs.take().contains(where: { if case .stop = $0 { true } else { false } }) { return }
    }
  }

  private static func read(
    _ log: StoreLog, _ book: inout DigestBook, at now: Timestamp
  ) throws(LogError) {
    for _ in 0..<3 {
      var fresh = book
      if try log.readOn(at: now, { fresh.apply($0) }) != .replaced {
        book = fresh
        return
      }
      book = DigestBook()
    }
    throw .keepsChanging(path: log.path)
  }

  private func send(
    _ order: DigestOrder, _ settings: Ground, _ store: StoreAccess, _ log: StoreLog,
    _ book: inout DigestBook
  ) throws(LogError) {
    try record(order, .deliveryStarted, log, &book)
    var report = DigestReport(from: order.from, to: order.due)
    try store.store.survey(.all, at: WallClock.now) { found in
      if let incident = found.incident { report.add(incident, in: settings.context) }
    }
    let zone = settings.context.zone
    let title = Sanitizer.clean(report.title(in: zone))
    var message = ChannelMessage(
      id: "msg_digest_\(order.due.milliseconds)_\(order.digest.name)", time: WallClock.now,
      title: title, text: Sanitizer.clean(report.text(in: zone), .multiLine),
      incident: "digest", kind: "digest")
    message.isUrgent = false
    let configuration = settings.channels.settings[order.channel]
    if configuration?.kind == .telegram { message.address = configuration?.lists["chats"]?.first }
    let words = "digest '\(order.digest.name)' by \(order.channel)"
    switch settings.channels.channels[order.channel]?.send(message, note: { _ in }) {
    case .delivered?:
      journal.line("\(words): sent")
      try record(order, .deliverySucceeded, log, &book)
    case .failed(let failure)?:
      journal.line("\(words): NOT SENT: \(failure.text)")
      try record(order, .deliveryFailed, log, &book, failure)
    case nil:
      let failure = ChannelFailure("the agent has no such channel", isFinal: true)
      journal.line("\(words): NOT SENT: \(failure.text)")
      try record(order, .deliveryFailed, log, &book, failure)
    }
  }

  private func record(
    _ order: DigestOrder, _ kind: EventKind, _ log: StoreLog, _ book: inout DigestBook,
    _ failure: ChannelFailure? = nil
  ) throws(LogError) {
    let draft = EventDraft(
      kind,
      EventData([
        "subject": .text(order.subject), "target": .text(order.target),
        "attempt": .whole(order.attempt), "error": .text(failure?.text),
        "final": failure?.isFinal == true ? .bool(true) : nil,
        "not_before": .time(failure?.retryAfter.map { WallClock.now + $0 }),
      ]))
    let author = Author(actor: "muster", source: "agent")
    for _ in 0..<100 {
      switch log.append([draft], author: author, now: { WallClock.now }) {
      case .recorded: return
      case .conflict: try Self.read(log, &book, at: WallClock.now)
      case .unconfirmed(_, let error):
        throw .cannotWrite(path: log.path, offset: 0, error: error)
      case .kept: throw .keepsChanging(path: log.path)
      case .notRecorded(let error): throw error
      }
    }
    throw .keepsChanging(path: log.path)
  }
}
