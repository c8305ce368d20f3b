import Engine
import EventLog

/// Keeps an eye on closed incidents of which something is still to be told: duties after the incident, and what channels
/// have to hear.
struct AftermathWatch {
  private var logs: [String: FoldedLog] = [:]
  private var open: Set<String> = []
  /// When all that are closed are gone through again; nil: at once.
  private(set) var next: Timestamp?

  /// Where nobody closes one, they are gone through so seldom.
  private static let pause = Duration.hours(1)

  /// Goes through all of them the next time.
  mutating func lookAgain() { next = nil }

  /// The closed incidents that `owes` something holds of.
  mutating func look(
    in store: any Store, open: Set<String>, _ now: Timestamp, _ failure: inout LogError?,
    owes: (Incident) -> Bool
  ) -> [Incident] {
    let isNewsOf = !self.open.isSubset(of: open)
    self.open = open
    do throws(LogError) {
      if isNewsOf || next.map({ now >= $0 || $0 - now > Self.pause }) ?? true {
        try scan(store, now, owes)
      }
      var incidents: [Incident] = []
      for (id, log) in logs.sorted(by: { $0.key < $1.key }) {
        try log.readOn(at: now)
        if log.incident.isOpen || !owes(log.incident) {
          logs[id] = nil
        } else {
          incidents.append(log.incident)
        }
      }
      return incidents
    } catch {
      failure = error
      return []
    }
  }

  private mutating func scan(
    _ store: any Store, _ now: Timestamp, _ owes: (Incident) -> Bool
  ) throws(LogError) {
    next = now + Self.pause
    var ids: [String] = []
    try store.survey(.closed(newest: Attendant.mostClosed), at: now) { found in
      if let incident = found.incident, incident.declaration != nil, owes(incident) {
        ids.append(found.id)
      }
    }
    for id in ids where logs[id] == nil { logs[id] = try FoldedLog(of: id, in: store) }
  }
}
