import Documents
import Engine
import EventLog

/// Every incident of a store, one after the other, so that no more than one is held.
struct StoreSurvey {
  let store: StoreAccess
  let clock: LocalClock

  init(_ options: StoreOptions) throws(Failure) { try self.init(home: options.home) }

  init(home: String?) throws(Failure) { self.init(try StoreAccess(home: home)) }

  init(_ store: StoreAccess) {
    self.store = store
    clock = store.clock
  }

  /// What statistics count, of every incident that began between two instants, and how many logs
  /// could not be read.
  func summaries(
    from: Timestamp = .distantPast, to: Timestamp = .distantFuture
  ) throws(Failure) -> (counted: [IncidentSummary], unread: Int) {
    let context = store.context(clock)
    var summaries: [IncidentSummary] = []
    let unread = try forEach { incident, events in
      let summary = IncidentSummary(
        of: incident, events: events, at: clock.of(incident).now, in: context)
      if let summary, summary.began >= from, summary.began <= to { summaries.append(summary) }
    }
    return (summaries, unread)
  }

  /// Collects something from every readable incident, as of now.
  func rows<Row>(
    _ all: (Incident, Timestamp, TimeContext) -> [Row]
  ) throws(Failure) -> [Row] {
    let context = store.context(clock)
    var rows: [Row] = []
    _ = try forEach { incident, _ in rows += all(incident, clock.now, context) }
    return rows
  }

  /// Folds each incident and hands it on; one that cannot be read is told on standard error and counted.
  ///
  /// - Returns: how many could not be read.
  func forEach(_ body: (Incident, [RecordedEvent]) -> Void) throws(Failure) -> Int {
    var unread = 0
    for id in try store.ids() {
      let log = try store.log(of: id, keeping: .all)
      do throws(Failure) {
        try log.refresh(at: clock.now)
        guard log.incident.declaration != nil else {
          throw Failure(.notNow, "\(log.place) has no declaration; left out")
        }
        body(log.incident, log.events)
      } catch {
        Output.complain(error.message)
        unread += 1
      }
    }
    return unread
  }
}
