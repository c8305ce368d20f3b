package import Engine
package import EventLog

/// Keeps alerts in the store's log, and applies the team's rules to what lies there. Not for several threads at once.
///
/// What is done is found in the logs, so that it may be stopped at any instant and done again by another.
package final class AlertDesk {
  let ground: any AlertGround
  let log: StoreLog
  let time: any Timekeeper
  /// Who does what rules say.
  let author: Author
  package private(set) var book = AlertBook()
  /// When rules have to be applied again, should nothing come before; nil: nothing is known to be due.
  package private(set) var next: Timestamp?
  /// What went wrong the last time that rules were applied.
  package private(set) var failure: Told?
  private let store: FileStore
  /// Steps without a trace in the store's log that were taken already.
  private var taken: Set<String> = []
  var logs: [String: FoldedLog] = [:]

  /// `source` is by what way what rules do is recorded.
  package init(
    _ store: FileStore, ground: any AlertGround, source: String, time: any Timekeeper
  ) {
    (self.store, self.ground, self.time) = (store, ground, time)
    author = Author(actor: "muster", source: source)
    log = StoreLog(of: store)
  }

  /// Entries that are written while others wait for the lock of a log.
  static let batch = 256
  private static let mostTries = 100

  /// Takes in what others have written to the store's log.
  package func readOn() throws(LogError) {
    for _ in 0..<3 {
      var book = self.book
      self.book = AlertBook()
      defer { self.book = book }
      let progress = try log.readOn(at: time.now) { book.apply($0) }
      guard progress == .replaced else { return }
      book = AlertBook()
    }
    throw .keepsChanging(path: log.path)
  }

  // MARK: - What comes in

  /// Puts what was delivered on the disk: nothing may be answered before.
  package func take(_ arrivals: [AlertArrival]) throws(LogError) -> [AlertReceipt] {
    var receipts = [AlertReceipt](repeating: AlertReceipt(), count: arrivals.count)
    for (index, arrival) in arrivals.enumerated() {
      receipts[index].unread = arrival.unread.count
    }
    for _ in 0..<Self.mostTries {
      try readOn()
      let drafts = drafts(of: arrivals, &receipts)
      guard try append(drafts) else { continue }
      return receipts
    }
    throw .keepsChanging(path: log.path)
  }

  /// What of it is not in the log yet.
  private func drafts(
    of arrivals: [AlertArrival], _ receipts: inout [AlertReceipt]
  ) -> [EventDraft] {
    let now = time.now
    var drafts: [EventDraft] = []
    var ids: Set<EventID> = []
    for (index, arrival) in arrivals.enumerated() {
      (receipts[index].recorded, receipts[index].repeated) = (0, 0)
      let alerts = arrival.alerts.map { book.completed($0, at: now).draft(at: now) }
      for var draft in alerts + arrival.unread.map(\.draft) {
        guard case .named(let name) = draft.identity else { continue }
        let id = EventID(named: name)
        guard !book.knows(id), ids.insert(id).inserted else {
          receipts[index].repeated += 1
          continue
        }
        (draft.identity, draft.author) = (.known(id), arrival.author)
        drafts.append(draft)
        receipts[index].recorded += 1
      }
    }
    let alerts = arrivals.flatMap(\.alerts)
    for rule in book.arrivalsToNote(of: alerts, ground.rules(), at: now) {
      drafts.append(EventDraft(.alertSeen, EventData(["rule": .text(rule.name)])))
    }
    return drafts
  }

  /// Appends to the store's log in batches; false where others were faster.
  private func append(_ drafts: [EventDraft]) throws(LogError) -> Bool {
    var rest = drafts[...]
    repeat {
      guard try appendTogether(Array(rest.prefix(Self.batch))) else { return false }
      rest = rest.dropFirst(Self.batch)
      if !rest.isEmpty { try readOn() }
    } while !rest.isEmpty
    return true
  }

  /// Appends facts to the store's log as it was last read; false where it has grown since.
  func appendTogether(_ drafts: [EventDraft]) throws(LogError) -> Bool {
    switch log.append(drafts, author: author, now: { time.now }) {
    case .recorded: return log.unsyncedSince == nil ? true : try unsynced()
    case .conflict: return false
    case .unconfirmed(_, let error):
      throw .cannotWrite(path: log.path, offset: 0, error: error)
    case .kept: throw .keepsChanging(path: log.path)
    case .notRecorded(let error): throw error
    }
  }

  /// After a failed sync a good one proves nothing about the file.
  private func unsynced() throws(LogError) -> Bool {
    throw .cannotSync(path: log.path)
  }

  // MARK: - What rules do

  /// So often rules are applied in a row; what is left is done the next time.
  private static let mostRounds = 50
  /// How long what failed is left alone.
  private static let pause = Duration.seconds(5)

  /// Applies the rules to what lies in the store's log.
  package func work() {
    (failure, next) = (nil, nil)
    do throws(Told) {
      let lock = try rulesLock()
      defer { withExtendedLifetime(lock) {} }
      for _ in 0..<Self.mostRounds {
        let plan = try plan()
        let steps = plan.steps.filter { step in step.name.map { !taken.contains($0) } ?? true }
        next = plan.changes
        if steps.isEmpty { return }
        for step in steps {
          try take(step)
          if let name = step.name { taken.insert(name) }
        }
      }
      next = time.now
    } catch {
      failure = error
      next = time.now + Self.pause
    }
  }

  private func rulesLock() throws(Told) -> RulesLock {
    do throws(LogError) { return try RulesLock(of: store) } catch { throw Told(error.description) }
  }

  /// What the rules want done now.
  package func plan() throws(Told) -> AlertPlan {
    do throws(LogError) {
      try readOn()
      var incidents: [String: AlertTarget] = [:]
      try store.survey(.open, at: time.now) { found in
        if let incident = found.incident, incident.declaration != nil, !incident.isDrill {
          incidents[found.id] = AlertTarget(incident)
        }
      }
      logs = logs.filter { incidents[$0.key] != nil }
      return book.plan(ground.rules(), incidents: incidents, at: time.now)
    } catch {
      throw Told(error.description)
    }
  }
}

extension AlertPlan.Step {
  /// By what a step is known that leaves no trace in the store's log.
  fileprivate var name: String? {
    switch self {
    case .reopen(_, _, let name), .resolve(_, let name), .propose(_, _, let name): name
    case .record, .expect, .assign: nil
    }
  }
}

extension AlertArrival.Unread {
  /// The same message is kept once.
  fileprivate var draft: EventDraft {
    EventDraft(
      .alertUnread,
      identity: .named("unread" + JSON.array([.string(sender), .string(content)]).text),
      EventData([
        "sender": .text(sender), "reason": .text(reason), "content": .text(content),
      ]))
  }
}
