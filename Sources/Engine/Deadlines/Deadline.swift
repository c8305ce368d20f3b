/// Something that is due: a target, a step, a promise, a window, a timer. A function of the log, the procedure and now.
package struct Deadline: Hashable, Sendable {
  /// Stable within an incident: `respond`, `escalation:engineering-lead`, `update:customers`, `timer:17`.
  package var id: String
  package var kind: Kind
  /// Whom or what it is about, in the procedure's words.
  package var label: String
  /// Nil: owed, but its clock has not begun.
  package var due: Timestamp?
  /// When its time began to run; nil where it has no window.
  package var began: Timestamp?
  /// The later end of a range; `due` is the earlier one.
  package var latest: Timestamp?
  package var state: State
  /// The sentence that it comes from.
  package var rule: Rule?
  /// When it was met, reached, stopped.
  package var settled: Timestamp?
  /// Who met it or was reached.
  package var by: String?
  /// A snooze in words: by whom until when and why.
  package var reason: String?
  package var step: Step?
  /// Who is to be told, where telling is what is owed; nil also for the team.
  package var audience: String?
  /// Which duty of the post-mortem it is.
  package var duty: PostmortemDuty.What?

  package init(
    id: String, kind: Kind, label: String, due: Timestamp?, state: State, rule: Rule? = nil
  ) {
    self.id = id
    self.kind = kind
    self.label = label
    self.due = due
    self.state = state
    self.rule = rule
  }

  package enum Kind: String, CaseIterable, Sendable {
    case acknowledge, respond, triage, mitigate, resolve, communicate, update, escalation, phase,
      watch, timer, task, postmortem, action
  }

  package enum State: String, CaseIterable, Sendable {
    case pending, soon, breached, fired, met
    case metLate = "met_late"
    case snoozed, cancelled, exhausted

    /// Whether it still asks for something.
    package var isRunning: Bool {
      switch self {
      case .pending, .soon, .breached, .fired, .snoozed, .exhausted: true
      case .met, .metLate, .cancelled: false
      }
    }
  }

  /// The procedure's own words and where they stand; line 0: assumed.
  package struct Rule: Hashable, Sendable {
    package var text: String
    package var line: Int

    /// The text of a rule that no document states: an update promised it.
    package static let promised = "promised"

    package init(text: String, line: Int) {
      self.text = text
      self.line = line
    }
  }

  /// What only a step of the escalation path has.
  package struct Step: Hashable, Sendable {
    package var to: String
    package var level: Int
    package var unless: EscalationStep.StopCondition
    /// What a person must judge; such a step has no clock and is offered by hand.
    package var condition: String?
    package var episode: Int
    /// One more for every snooze that brought the step back.
    package var round: Int
    /// When the fall-due was written down; nil where no process was there yet to write it.
    package var firedRecorded: Timestamp?
    /// Met by an acknowledgement of the incident alone: nobody is recorded as reached.
    package var isAnswered = false
  }

  /// Whether it goes on as it is when the incident is reopened.
  var outlastsEpisode: Bool {
    switch kind {
    case .task, .action: true
    case .timer: id != "silence"
    case .acknowledge, .respond, .triage, .mitigate, .resolve, .communicate, .update, .escalation,
      .phase, .watch, .postmortem:
      false
    }
  }

  /// Time left, negative once it is over.
  package func remaining(at now: Timestamp) -> Duration? {
    due.map { $0 - now }
  }

  /// From when on it counts as soon; nil where it has no window.
  package var soon: Timestamp? {
    guard let began, let due else { return nil }
    return due - Self.soonStretch(of: due - began)
  }

  /// Share of its window that is used, 1 or more from the due time on; nil without a window.
  package func shareUsed(at now: Timestamp) -> Double? {
    guard let began, let due, due > began else { return nil }
    return max(0, Double((now - began).wholeSeconds) / Double(max(1, (due - began).wholeSeconds)))
  }

  /// The stretch before a deadline in which it counts as soon: the last fifth of its span, 1 to 15 minutes.
  package static func soonStretch(of span: Duration) -> Duration {
    min(max(span / 5, .minutes(1)), .minutes(15))
  }

  /// Takes the state of something that must happen before `due`, counted from `start`; nothing where it has no clock.
  mutating func run(from start: Timestamp, met: Timestamp?, at now: Timestamp) {
    guard let due else { return }
    began = start
    state = Self.state(from: start, due: due, met: met, at: now)
  }

  /// Cancels a deadline whose subject ended at `instant`, if it still runs or would
  /// have been due later and was met only after that.
  mutating func end(at instant: Timestamp?, now: Timestamp) {
    guard let instant, instant <= now else { return }
    let isMetAfterwards = settled.map { $0 > instant } ?? false
    let isDueAfterwards = due.map { $0 > instant } ?? true
    guard state.isRunning || (isMetAfterwards && isDueAfterwards) else { return }
    (state, settled, by) = (.cancelled, instant, nil)
  }

  /// The state of something that must happen before `due`.
  static func state(
    from start: Timestamp, due: Timestamp, met: Timestamp?, at now: Timestamp
  ) -> State {
    if let met, met <= now { return met < due ? .met : .metLate }
    if now >= due { return .breached }
    return now >= due - soonStretch(of: due - start) ? .soon : .pending
  }
}

/// What deadlines need beyond the log: the zone and the calendar that business time is counted in.
package struct TimeContext: Sendable {
  package var zone: TimeZoneRules
  /// The store's hours, for procedures that state none.
  package var calendar: BusinessCalendar

  /// The rules of the zone that a procedure's hours name; nil where they cannot be had.
  package var zoneNamed: @Sendable (String) -> TimeZoneRules?

  package init(
    zone: TimeZoneRules = .utc, calendar: BusinessCalendar = .assumed,
    zoneNamed: @escaping @Sendable (String) -> TimeZoneRules? = { $0 == "UTC" ? .utc : nil }
  ) {
    self.zone = zone
    self.calendar = calendar
    self.zoneNamed = zoneNamed
  }
}
