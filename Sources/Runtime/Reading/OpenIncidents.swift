import Dashboard
import Engine
import EventLog

/// The open incidents of a store as a screen lists them.
struct OpenIncidents {
  private let store: any Store
  /// What was listed the last time, so that one that cannot be read now is listed as it was.
  private var known: [String: OpenIncident] = [:]
  /// Incidents whose logs cannot be read, as they were known last; nil where nothing of them is known.
  private(set) var unread: [String: Incident?] = [:]
  /// Why the store could not be looked at the last time.
  private(set) var failure: String?
  /// Whether there were logs: a store that had some and has none is not an empty one.
  private var hasSeenLogs = false
  /// What is due in the incident that is folded elsewhere.
  private var standing = Standing()
  /// When all of them were looked at last, and how far the one folded elsewhere had come.
  private var lookedAtAll: (at: Timestamp, sequence: Int)?

  /// So seldom the incident that is folded elsewhere is looked at too, for what the store remembers of it.
  private static let pause = Duration.seconds(60)

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
    unread = [:]
    var summaries: [OpenIncident] = []
    if let shown, shown.isOpen {
      standing.keepUp(with: shown, at: shown.pace.time(at: now), in: context)
      summaries.append(OpenIncident(shown, standing, at: now))
    }
    do throws(LogError) {
      try store.survey(scope(besides: shown, at: now), at: now) { found in
        if let log = found.unread {
          unread[found.id] = .some(found.lastKnown)
          guard found.id != shown?.id else { return }
          summaries.append(summary(of: found, log, at: now, in: context))
        } else if let incident = found.incident, found.id != shown?.id {
          summaries.append(OpenIncident(incident, at: now, in: context))
          each(incident)
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

  /// An incident whose log cannot be read, as it was known last.
  private func summary(
    of found: SurveyedIncident, _ log: UnreadLog, at now: Timestamp, in context: TimeContext
  ) -> OpenIncident {
    let unread = OpenIncident(
      unread: log, found.id, lastKnown: found.lastKnown, at: now, in: context)
    guard found.lastKnown == nil, var earlier = known[found.id] else { return unread }
    (earlier.unread, earlier.urgency) = (log, unread.urgency)
    return earlier
  }

  /// Another incident is folded elsewhere from now on, or that one anew.
  mutating func forgetShown() { (standing, lookedAtAll) = (Standing(), nil) }

  private mutating func scope(besides shown: Incident?, at now: Timestamp) -> SurveyScope {
    guard let shown, shown.isOpen else { return .open }
    let last = lookedAtAll ?? (now, shown.sequence)
    lookedAtAll = last
    let isLongAgo = now - last.at >= Self.pause || now < last.at
    guard isLongAgo, shown.sequence != last.sequence else { return .openExcept(shown.id) }
    lookedAtAll = (now, shown.sequence)
    return .open
  }

  private mutating func lookWhetherGone() throws(LogError) {
    let isEmpty = try store.ids().isEmpty
    if isEmpty, hasSeenLogs { failure = "\(store.name): logs that were seen before are missing" }
    if !isEmpty { hasSeenLogs = true }
  }
}
