import Dashboard
import Engine
import EventLog

/// The open incidents of a store as a screen lists them.
struct OpenIncidents {
  private let store: any Store
  /// What was listed the last time, so that one that cannot be read now is listed as it was.
  private var known: [String: OpenIncident] = [:]
  /// Why the store could not be looked at the last time.
  private(set) var failure: String?
  /// Whether there were logs: a store that had some and has none is not an empty one.
  private var hasSeenLogs = false

  init(store: any Store) {
    self.store = store
  }

  /// The open incidents, most urgent first. `shown` is folded elsewhere and only listed; `each` is called for
  /// every other one.
  mutating func look(
    besides shown: Incident?, at now: Timestamp, in context: TimeContext,
    _ each: (Incident) -> Void
  ) -> [OpenIncident] {
    failure = nil
    var summaries: [OpenIncident] = []
    if let shown, shown.isOpen { summaries.append(OpenIncident(shown, at: now, in: context)) }
    do throws(LogError) {
      try store.survey(.open, at: now) { found in
        guard found.id != shown?.id else { return }
        if let incident = found.incident {
          guard incident.declaration != nil else { return }
          summaries.append(OpenIncident(incident, at: now, in: context))
          each(incident)
        } else if let earlier = known[found.id] {
          summaries.append(earlier)
        }
      }
      if summaries.isEmpty { try lookWhetherGone() }
      hasSeenLogs = hasSeenLogs || !summaries.isEmpty
    } catch {
      failure = error.description
    }
    known = Dictionary(
      summaries.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    return summaries.sorted { $0.urgency < $1.urgency }
  }

  private mutating func lookWhetherGone() throws(LogError) {
    let isEmpty = try store.ids().isEmpty
    if isEmpty, hasSeenLogs { failure = "\(store.name): logs that were seen before are missing" }
    if !isEmpty { hasSeenLogs = true }
  }
}
