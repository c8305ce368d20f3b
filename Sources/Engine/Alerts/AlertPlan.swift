/// What is to be done about alerts, decided from the store's log, the open incidents, the rules and now.
package struct AlertPlan: Sendable {
  package var steps: [Step] = []
  /// When something changes by itself, should nothing come before; nil: nothing does.
  package var changes: Timestamp?

  package enum Step: Sendable {
    /// An alert that was noticed here is to be recorded in the store's log.
    case record(Alert)
    /// A rule begins to expect its alert.
    case expect(rule: String)
    case assign(Assignment)
    case reopen(incident: String, because: String, name: String)
    case resolve(incident: String, name: String)
    /// All alerts of an incident are over, which is for a person to judge.
    case propose(incident: String, text: String, name: String)
  }

  /// Alerts that an incident takes, one that is open or one that is to be opened.
  package struct Assignment: Sendable {
    package var place: Place
    package var events: [RecordedEvent]
    package var keys: [String]
    package var rule: String?
    package var group: [String]?
    /// Counts as one of the openings that make a storm.
    package var isOpening = false
    package var isStorm = false

    package enum Place: Sendable {
      case incident(String)
      case new(Opening)
    }
  }

  /// The incident that is to be opened.
  package struct Opening: Hashable, Sendable {
    /// What every process that finds it due derives its identity from.
    package var name: String
    package var title: String
    /// A word that the procedure may know.
    package var severity: String?
    package var procedure: String?
    package var detected: Timestamp
    /// When it came to be due, from which the incident has its day.
    package var began: Timestamp
  }
}

/// What the rules need to know of an open incident.
package struct AlertTarget: Hashable, Sendable {
  package var isResolved: Bool

  package init(isResolved: Bool) { self.isResolved = isResolved }

  package init(_ incident: Incident) { isResolved = incident.isResolved }
}

extension AlertBook {
  /// So many openings in so long a time are a storm.
  package static let stormCount = 5
  package static let stormSpan = Duration.minutes(10)
  /// What no rule has taken for so long opens nothing any more, as after the rules were changed.
  static let horizon = Duration.days(1)

  /// Decides what is to be done now. `incidents` are those that are open.
  package func plan(
    _ rules: [AlertRule], incidents: [String: AlertTarget], at now: Timestamp
  ) -> AlertPlan {
    var planner = AlertPlanner(book: self, rules: rules, incidents: incidents, now: now)
    planner.expectations()
    planner.assign()
    planner.end()
    return planner.plan
  }

  /// The steps of a plan that is being made.
  fileprivate struct AlertPlanner {
    let book: AlertBook
    let rules: [AlertRule]
    let incidents: [String: AlertTarget]
    let now: Timestamp
    var expected: [AlertPlan.Step] = []
    var assignments: [AlertPlan.Assignment] = []
    var reopenings: [String: AlertPlan.Step] = [:]
    var endings: [AlertPlan.Step] = []
    var changes: Timestamp?
    /// Which assignment takes what is for an incident or a group.
    private var places: [Place: Int] = [:]
    private var openings = 0

    enum Place: Hashable {
      case incident(String)
      case group(Group)
      case storm
    }

    init(
      book: AlertBook, rules: [AlertRule], incidents: [String: AlertTarget], now: Timestamp
    ) {
      (self.book, self.rules, self.incidents, self.now) = (book, rules, incidents, now)
      openings = book.openings.count { now - $0 < AlertBook.stormSpan && $0 <= now }
    }

    var plan: AlertPlan {
      AlertPlan(
        steps: expected + assignments.map(AlertPlan.Step.assign)
          + reopenings.sorted { $0.key < $1.key }.map(\.value) + endings,
        changes: changes)
    }

    private mutating func wake(at instant: Timestamp) {
      changes = min(changes ?? .distantFuture, instant)
    }
  }
}

// MARK: - What is expected and does not come

extension AlertBook.AlertPlanner {
  mutating func expectations() {
    for rule in rules {
      guard let span = rule.expected else { continue }
      guard let seen = book.seen[rule.name] else {
        expected.append(.expect(rule: rule.name))
        continue
      }
      let due = seen + AlertRule.patience(span)
      let entry = book.entries[Alert.absence(of: rule, since: seen).key]
      if now < due {
        wake(at: due)
        guard let entry, entry.isFiring else { continue }
        var over = entry.alert
        (over.status, over.end) = (.resolved, seen)
        expected.append(.record(over))
      } else if entry?.isFiring != true {
        expected.append(.record(.absence(of: rule, since: due)))
      }
    }
  }
}

extension AlertRule {
  /// An arrival is noted again when a quarter of the span has passed since the last note, so that a lively sender does not
  /// fill the log.
  package static func noteInterval(_ span: Duration) -> Duration { span / 4 }

  /// How long after the last note its absence is certain.
  static func patience(_ span: Duration) -> Duration { span + noteInterval(span) }
}

extension AlertBook {
  /// The rules that expect an alert which has come, and whose last arrival was noted so long ago that this one is to be.
  package func arrivalsToNote(
    of alerts: [Alert], _ rules: [AlertRule], at now: Timestamp
  ) -> [AlertRule] {
    rules.filter { rule in
      guard let span = rule.expected, alerts.contains(where: rule.matches) else { return false }
      return seen[rule.name].map { now - $0 >= AlertRule.noteInterval(span) || $0 > now } ?? true
    }
  }
}

extension Alert {
  fileprivate static func absence(of rule: AlertRule, since instant: Timestamp) -> Alert {
    let span = SpanText.text(Int(rule.expected?.wholeSeconds ?? 0))
    var alert = Alert(
      sender: ownSender, fingerprint: "absent/\(rule.name)", status: .firing, start: instant,
      title: "\(rule.name): nothing has come for \(span)",
      labels: ["alertname": "absent", "rule": rule.name])
    alert.rule = rule.name
    return alert
  }
}

// MARK: - What no incident has taken

extension AlertBook.AlertPlanner {
  mutating func assign() {
    let waiting = book.entries.filter { !$0.value.pending.isEmpty }
    let order = waiting.sorted { one, other in
      one.value.pending[0].sequence < other.value.pending[0].sequence
    }
    for (key, entry) in order { assign(key, entry) }
  }

  private mutating func assign(_ key: String, _ entry: AlertBook.Entry) {
    if let incident = entry.incident, let target = incidents[incident] {
      attach(key, entry, to: incident, target)
      return
    }
    guard entry.isFiring, let rule = rule(for: entry.alert) else { return }
    switch rule.declare {
    case .never: return
    case .always:
      guard now - entry.arrived <= AlertBook.horizon else { return }
    case .after(let span):
      guard now - entry.arrived <= AlertBook.horizon + span else { return }
      let due = min(entry.alert.start ?? entry.arrived, entry.arrived) + span
      guard due <= now else { return wake(at: due) }
    }
    let group = AlertBook.Group(rule: rule.name, values: rule.group(of: entry.alert))
    if let incident = book.groups[group], let target = incidents[incident] {
      attach(key, entry, to: incident, target, group)
    } else {
      open(key, entry, rule, group)
    }
  }

  /// The first rule that matches. A rule that expects alerts wants them to come: only their absence opens anything.
  private func rule(for alert: Alert) -> AlertRule? {
    if let name = alert.rule { return rules.first { $0.name == name } }
    guard let rule = rules.first(where: { $0.matches(alert) }), rule.expected == nil else {
      return nil
    }
    return rule
  }

  private mutating func attach(
    _ key: String, _ entry: AlertBook.Entry, to incident: String, _ target: AlertTarget,
    _ group: AlertBook.Group? = nil
  ) {
    take(
      key, entry, as: .incident(incident),
      AlertPlan.Assignment(
        place: .incident(incident), events: [], keys: [], rule: group?.rule, group: group?.values))
    guard target.isResolved, entry.isFiring, let event = entry.pending.last else { return }
    // What was taken for over fires again: its clocks run anew, so that somebody is told.
    reopenings[incident] =
      reopenings[incident]
      ?? .reopen(
        incident: incident, because: "alert fires: \(entry.alert.title)",
        name: "alerts/reopen/\(incident)/\(event.id.description)")
  }

  private mutating func open(
    _ key: String, _ entry: AlertBook.Entry, _ rule: AlertRule, _ group: AlertBook.Group
  ) {
    if places[.group(group)] != nil {
      take(key, entry, as: .group(group), nil)
      return
    }
    openings += 1
    guard openings <= AlertBook.stormCount else { return joinStorm(key, entry, group) }
    let arrived = min(entry.arrived, now)
    let opening = AlertPlan.Opening(
      name: name("declare", entry), title: rule.title(for: entry.alert),
      severity: rule.severity(for: entry.alert), procedure: rule.procedure,
      detected: Self.detected(entry.alert, arrived), began: arrived)
    take(
      key, entry, as: .group(group),
      AlertPlan.Assignment(
        place: .new(opening), events: [], keys: [], rule: group.rule, group: group.values,
        isOpening: true))
  }

  private mutating func joinStorm(
    _ key: String, _ entry: AlertBook.Entry, _ group: AlertBook.Group
  ) {
    var place = AlertPlan.Assignment.Place.new(
      AlertPlan.Opening(
        name: name("storm", entry), title: "Alert storm", severity: nil, procedure: nil,
        detected: min(entry.arrived, now), began: min(entry.arrived, now)))
    if let storm = book.storm, let target = incidents[storm], !target.isResolved {
      place = .incident(storm)
    }
    take(
      key, entry, as: .storm,
      AlertPlan.Assignment(place: place, events: [], keys: [], isOpening: true, isStorm: true))
  }

  private func name(_ what: String, _ entry: AlertBook.Entry) -> String {
    "alerts/\(what)/\(entry.pending.first?.id.description ?? "")"
  }

  /// When an alert became known: when it began, where that is not long before it came.
  private static func detected(_ alert: Alert, _ arrived: Timestamp) -> Timestamp {
    guard let start = alert.start, start <= arrived, arrived - start <= .hours(1) else {
      return arrived
    }
    return start
  }

  /// Adds what an alert has waiting to the step of a place, which is begun where there is none.
  private mutating func take(
    _ key: String, _ entry: AlertBook.Entry, as place: Place, _ new: AlertPlan.Assignment?
  ) {
    if places[place] == nil, let new {
      places[place] = assignments.count
      assignments.append(new)
    }
    guard let index = places[place] else { return }
    assignments[index].events += entry.pending
    assignments[index].keys.append(key)
  }
}

// MARK: - What is over

extension AlertBook.AlertPlanner {
  /// Incidents that rules opened and whose alerts are all over: resolved where the rule says so, else put to a person.
  mutating func end() {
    var alerts: [String: [AlertBook.Entry]] = [:]
    for entry in book.entries.values {
      guard let incident = entry.incident, book.openedBy[incident] != nil else { continue }
      alerts[incident, default: []].append(entry)
    }
    for (incident, rule) in book.openedBy.sorted(by: { $0.key < $1.key }) {
      guard let target = incidents[incident], !target.isResolved,
        places[.incident(incident)] == nil, let own = alerts[incident], !own.isEmpty,
        own.allSatisfy({ !$0.isFiring && $0.pending.isEmpty })
      else { continue }
      let last = own.map(\.touched).max() ?? now
      let name = "\(incident)/\(last.milliseconds)"
      if rules.first(where: { $0.name == rule })?.resolves == true {
        endings.append(.resolve(incident: incident, name: "alerts/resolve/\(name)"))
      } else {
        let what = own.count == 1 ? "The alert is over" : "All \(own.count) alerts are over"
        endings.append(
          .propose(
            incident: incident, text: "\(what); resolve the incident if it is",
            name: "alerts/over/\(name)"))
      }
    }
  }
}
