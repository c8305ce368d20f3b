import Documents
import Engine
import EventLog

/// Every incident of a store, one after the other, so that no more than one is held.
struct StoreSurvey {
  let store: StoreAccess
  let clock: LocalClock

  init(_ options: StoreOptions) throws(Failure) {
    store = try StoreAccess(home: options.home)
    clock = store.clock
  }

  /// Folds each incident and hands it on; one that cannot be read is told on standard error and counted.
  ///
  /// - Returns: how many could not be read.
  func forEach(_ body: (Incident, [RecordedEvent]) -> Void) throws(Failure) -> Int {
    var unread = 0
    for id in try store.ids() {
      var log = FoldedLog(path: try store.path(of: id), keeping: true)
      do throws(Failure) {
        try log.refresh(at: clock.now)
        guard log.incident.declaration != nil else {
          throw Failure(.notNow, "\(log.path) holds no declaration; it is left out")
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
