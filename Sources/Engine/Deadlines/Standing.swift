/// What tells two states of one fold apart in which different things may be due.
package struct DutyMark: Hashable, Sendable {
  /// Events so far that concern duties.
  var count = 0
  /// The greatest sequence among them.
  var sequence = 0

  mutating func note(_ sequence: Int) {
    count += 1
    self.sequence = max(self.sequence, sequence)
  }
}

extension EventKind {
  /// Whether an event of this kind has a say in what is due, but for when somebody wrote last.
  var concernsDuties: Bool {
    switch self {
    case .noteAdded, .findingAdded, .hypothesisAdded, .alertFired, .alertResolved, .alertAssigned,
      .alertSeen, .alertUnread, .decisionMade:
      false
    default: true
    }
  }
}

/// What is due in an incident and what has come of its updates, kept until an entry or the time may have changed it.
package struct Standing: Sendable {
  /// In order of urgency; of finished tasks the newest alone.
  package private(set) var deadlines: [Deadline] = []
  /// How many finished tasks are not among them.
  package private(set) var unlisted = 0
  /// Every update that was sent by a way, with what has come of it.
  package private(set) var dispatches: [Dispatch] = []
  package private(set) var promises = PromiseCount()
  /// The tasks that nobody has finished, in order.
  package private(set) var openTasks: [Incident.Task] = []

  private var mark: DutyMark?
  private var incident = ""
  private var lastEntry: Timestamp?
  private var from = Timestamp.distantFuture
  private var until = Timestamp.distantPast

  /// So many finished tasks are listed at least.
  static let mostFinished = 500
  /// However quiet it seems, everything is computed anew after so long.
  private static let longest = Duration.seconds(60)

  package init() {}

  package init(of incident: Incident, at now: Timestamp, in context: TimeContext) {
    let since = incident.listedSince(Self.mostFinished)
    deadlines = incident.deadlines(at: now, in: context, finishedSince: since).inOrderOfUrgency()
    let open = incident.tasks.entries.filter {
      incident.finishedTasks[$0.stamp.sequence] == nil
    }
    openTasks = open.map(\.value)
    if since > .distantPast {
      unlisted = incident.tasks.entries.count - deadlines.count { $0.kind == .task }
    }
    dispatches = incident.dispatches(at: now)
    let promised = incident.promiseCountAndChange(at: now)
    promises = promised.count
    (self.incident, mark, lastEntry) = (incident.id, incident.dutyMark, incident.lastEntry)
    from = now
    until =
      incident.mayChangeByItself(after: now)
      ? now : nextChange(after: now, promised: promised.change)
  }

  /// Whether it is as it was computed, at an instant.
  package func holds(for incident: Incident, at now: Timestamp) -> Bool {
    incident.dutyMark == mark && incident.lastEntry == lastEntry && incident.id == self.incident
      && now >= from && now < until
  }

  /// Takes in what came and the time that has passed.
  package mutating func keepUp(
    with incident: Incident, at now: Timestamp, in context: TimeContext
  ) {
    if holds(for: incident, at: now) { return }
    var known = self
    known.lastEntry = incident.lastEntry
    if known.holds(for: incident, at: now) {
      known.renewSilence(of: incident, at: now)
      self = known
    } else {
      self = Self(of: incident, at: now, in: context)
    }
  }

  /// Counts anew since when nothing was written.
  private mutating func renewSilence(of incident: Incident, at now: Timestamp) {
    guard let place = deadlines.firstIndex(where: { $0.id == "silence" }),
      let renewed = incident.silenceDeadlines(at: now).first
    else { return }
    deadlines[place] = incident.snoozed(renewed, at: now)
    deadlines = deadlines.inOrderOfUrgency()
    until = min(until, nextChange(after: now, promised: nil))
  }

  /// When something of it changes, should nothing be written; never later than a while.
  private func nextChange(after now: Timestamp, promised: Timestamp?) -> Timestamp {
    // These move by rules of their own.
    let isMoving = deadlines.contains { $0.state == .snoozed }
    guard !isMoving, !dispatches.contains(where: { $0.due != nil }) else { return now }
    var next = min(now + Self.longest, promised ?? .distantFuture)
    for deadline in deadlines where deadline.state.isRunning {
      for instant in [deadline.due, deadline.soon] {
        if let instant, instant > now { next = min(next, instant) }
      }
    }
    return next
  }
}

extension Incident {
  /// Since when tasks were finished of which there are about so many; the distant past where there are fewer.
  fileprivate func listedSince(_ most: Int) -> Timestamp {
    guard finishedTasks.count > most else { return .distantPast }
    return finishedTasks.values.map(\.effective).sorted(by: >)[most - 1]
  }

  /// Whether something was recorded that takes effect later: by a clock that is ahead, or as a time to come.
  fileprivate func mayChangeByItself(after now: Timestamp) -> Bool {
    let last = timeline.rows.last?.effective ?? (timeline.count > 0 ? .distantFuture : .distantPast)
    return last > now || milestones.entries.contains { $0.value.at > now }
  }
}
