/// What the store's own log tells of alerts: the fold of its events.
///
/// Every alert lies there first. `alert.assigned` says which incident took it; what no such event names has no incident.
/// So which alerts rules were applied to is a matter of the log alone.
package struct AlertBook: Sendable {
  /// By what alerts are told apart.
  package private(set) var entries: [String: Entry] = [:]
  /// The incident that took the alerts of a rule and group last.
  package private(set) var groups: [Group: String] = [:]
  /// Incidents that rules opened, by the rule.
  package private(set) var openedBy: [String: String] = [:]
  /// The incident of the last storm.
  package private(set) var storm: String?
  /// When rules opened an incident, or would have if there had not been so many.
  private(set) var openings: [Timestamp] = []
  /// When an alert came that a rule expects, by the name of the rule.
  private(set) var seen: [String: Timestamp] = [:]
  /// Messages that could not be read.
  package private(set) var unreadCount = 0
  /// Number of the newest event that was folded.
  package private(set) var sequence = 0
  private var known = EventIDIndex()

  package init() {}

  package init(replaying events: some Sequence<RecordedEvent>) {
    for event in events { apply(event) }
  }

  /// One alert, as it stands.
  package struct Entry: Sendable {
    /// As it was told last.
    package var alert: Alert
    /// When it was first told of the present start.
    package var arrived: Timestamp
    /// How often it began to fire.
    package var starts = 0
    /// The incident that took it last.
    package var incident: String?
    /// What no incident has taken, oldest first.
    package var pending: [RecordedEvent] = []
    /// When something of it was recorded last.
    var touched: Timestamp

    package var isFiring: Bool { alert.status == .firing }
  }

  package struct Group: Hashable, Sendable {
    package var rule: String
    package var values: [String]

    package init(rule: String, values: [String]) {
      (self.rule, self.values) = (rule, values)
    }
  }

  /// Whether an event of that identity has been folded.
  package func knows(_ id: EventID) -> Bool { known.sequence(of: id) != nil }

  /// The start that a message means which states none: that of the alert as it fires, or fired last.
  package func completed(_ alert: Alert, at now: Timestamp) -> Alert {
    guard alert.start == nil else { return alert }
    var alert = alert
    let entry = entries[alert.key]
    let isSame = entry.map { $0.isFiring || alert.status == .resolved } ?? false
    alert.start = (isSame ? entry?.alert.start : nil) ?? now
    if isSame, entry?.isFiring == false { alert.end = alert.end ?? entry?.alert.end }
    return alert
  }

  // MARK: - Folding

  /// Most messages of one alert that wait for an incident; older ones stay in the log.
  private static let mostPending = 64
  /// How long an alert that is over and has no incident is remembered.
  private static let memory = Duration.days(7)

  package mutating func apply(_ event: RecordedEvent) {
    sequence = max(sequence, event.sequence)
    guard known.insert(event.id, at: event.sequence) else { return }
    switch event.kind {
    case .alertFired, .alertResolved: applyAlert(event)
    case .alertAssigned: applyAssignment(event)
    case .alertSeen:
      if let rule = event.data.string("rule") { seen[rule] = event.recorded }
    case .alertUnread: unreadCount += 1
    default: break
    }
    if event.sequence % 4096 == 0 { forget(before: event.recorded - Self.memory) }
  }

  private mutating func applyAlert(_ event: RecordedEvent) {
    guard let alert = Alert(event) else { return }
    var entry =
      entries[alert.key]
      ?? Entry(alert: alert, arrived: event.recorded, touched: event.recorded)
    entry.touched = event.recorded
    if alert.status == .firing { entry.starts += 1 }
    if alert.isLater(than: entry.alert) {
      if alert.start != entry.alert.start || alert.status == .firing {
        entry.arrived = event.recorded
      }
      entry.alert = alert
    }
    entry.pending.append(event.compacted())
    if entry.pending.count > Self.mostPending { entry.pending.removeFirst() }
    // What was over before any incident took it is history.
    if !entry.isFiring, entry.incident == nil { entry.pending = [] }
    entries[alert.key] = entry
  }

  private mutating func applyAssignment(_ event: RecordedEvent) {
    let data = event.data
    let taken = Set(data.value("alerts")?.array?.compactMap(\.string) ?? [])
    let incident = data.string("incident")
    let rule = data.string("rule")
    for key in data.value("keys")?.array?.compactMap(\.string) ?? [] {
      guard var entry = entries[key] else { continue }
      entry.pending.removeAll { taken.contains($0.id.description) }
      entry.incident = incident ?? entry.incident
      if !entry.isFiring { entry.strip() }
      entries[key] = entry
    }
    guard let incident else { return }
    let isStorm = data.bool("storm") == true
    if isStorm {
      storm = incident
    } else if let rule, let values = data.value("group")?.array?.compactMap(\.string) {
      groups[Group(rule: rule, values: values)] = incident
    }
    if data.bool("opened") == true {
      openings.append(event.recorded)
      openings.removeAll { event.recorded - $0 > .hours(1) }
      if let rule, !isStorm { openedBy[incident] = rule }
    }
  }

  private mutating func forget(before instant: Timestamp) {
    entries = entries.filter { $0.value.isFiring || $0.value.touched >= instant }
    let incidents = Set(entries.values.compactMap(\.incident))
    groups = groups.filter { incidents.contains($0.value) }
    openedBy = openedBy.filter { incidents.contains($0.key) }
  }
}

extension AlertBook.Entry {
  /// Lets go of what is of use only while it fires.
  fileprivate mutating func strip() {
    alert.labels = [:]
    alert.text = nil
  }
}

extension Alert {
  /// Whether it tells a later state than another: a later start, or the end of the same one.
  fileprivate func isLater(than other: Alert) -> Bool {
    let (own, others) = (start ?? .distantPast, other.start ?? .distantPast)
    return own > others || own == others && status == .resolved
  }
}
