/// Who is told what of an incident, by what, and when: what is due now, how far each is, and when that changes.
package struct NotificationPlan: Sendable {
  /// Attempts that are to be made now, the most urgent first.
  package var due: [Notification] = []
  package var tracks: [NotificationTrack] = []
  /// Calls of a next step, because nobody can be told of one that fell due.
  package var recordings: [EventDraft] = []
  /// When this changes next by itself; nil where it does not.
  package var changes: Timestamp?
}

/// What a plan depends on beside the log.
package struct NotificationSituation: Sendable {
  package var roster: Roster
  package var context: TimeContext
  /// When an agent first saw each log; what fell due long before that is not sent.
  package var firstSeen: [String: Timestamp]
  /// Attempts that are being made at this moment.
  package var underWay: Set<Notification.Key>
  /// What is wrong with logs, by incident.
  package var conditions: [String: LogCondition] = [:]

  package init(
    roster: Roster, context: TimeContext, firstSeen: [String: Timestamp] = [:],
    underWay: Set<Notification.Key> = []
  ) {
    (self.roster, self.context) = (roster, context)
    (self.firstSeen, self.underWay) = (firstSeen, underWay)
  }

  /// What fell due earlier than this before a log was first seen is old: an import, a copy.
  package static let longestPast: Duration = .hours(1)
}

extension Incident {
  /// How it stands with telling people, as anybody can see it who is not the one who tells them.
  package func tracks(
    at now: Timestamp, among deadlines: [Deadline], in situation: NotificationSituation
  ) -> [NotificationTrack] {
    var situation = situation
    // What was begun and has no end yet is somebody's who is at it.
    situation.underWay = Set(
      deliveryStarts.entries.compactMap { entry in
        DeliverySubject(entry.value.subject).map {
          Notification.Key(
            incident: id, subject: $0, target: entry.value.target, attempt: entry.value.attempt)
        }
      })
    return notices(at: now, among: deadlines, in: situation).tracks
  }

  /// Whom to tell, when and by what: a function of the log, the settings and the instant.
  ///
  /// Of a drill, and from a store that delivers nothing, nobody is told.
  package func notices(
    at now: Timestamp, among deadlines: [Deadline], in situation: NotificationSituation
  ) -> NotificationPlan {
    var plan = NotificationPlan()
    guard !isDrill, situation.roster.tells else { return plan }
    let planner = NotificationPlanner(self, at: now, situation, deadlines)
    let condition = situation.conditions[id].map { duties(of: $0) } ?? []
    for duty in condition + subjectsToTell(at: now, among: deadlines) {
      plan.add(planner.track(duty), at: now)
    }
    plan.recordings = planner.callsOfNext(plan.tracks)
    for one in planner.settlements + planner.rooms { plan.add(one, at: now) }
    return plan
  }

  /// Whether something is to be told of an incident that is closed.
  package func isOwedAfterwards(
    at now: Timestamp, among deadlines: [Deadline], in situation: NotificationSituation
  ) -> Bool {
    guard !isDrill, situation.roster.tells else { return false }
    let owes = deadlines.contains { $0.isAftermath && $0.due != nil && $0.state.isRunning }
    let planner = NotificationPlanner(self, at: now, situation, deadlines)
    return owes || planner.settlements.contains { $0.0.next != nil }
  }
}

extension NotificationPlan {
  fileprivate mutating func add(_ one: (NotificationTrack, Notification?), at now: Timestamp) {
    let (track, notice) = one
    tracks.append(track)
    guard let next = track.next else { return }
    if next.at > now { changes = min(changes ?? next.at, next.at) }
    if let notice, next.at <= now { due.append(notice) }
  }
}

/// Plays the rules for one incident at one instant.
struct NotificationPlanner {
  let incident: Incident
  let now: Timestamp
  let situation: NotificationSituation
  let deadlines: [Deadline]
  /// Whether its severity has steps that call somebody: then nothing of it waits for anybody's hours.
  private let hasPath: Bool
  let tries: [String: [String: Tries]]

  /// What the log says of telling one thing by one way.
  struct Tries {
    var attempt = 0
    var startedAt: Timestamp?
    var delivered: Timestamp?
    /// Of the last failure.
    var failed: (at: Timestamp, error: String?)?
    var failures = 0
    var isFinal = false
    var notBefore: Timestamp?

    /// Whether nobody counts on it any more.
    var isGivenUp: Bool { isFinal || failures >= Dispatch.mostAttempts }
  }

  init(
    _ incident: Incident, at now: Timestamp, _ situation: NotificationSituation,
    _ deadlines: [Deadline]
  ) {
    (self.incident, self.now) = (incident, now)
    (self.situation, self.deadlines) = (situation, deadlines)
    hasPath = deadlines.contains { $0.step != nil }
    tries = incident.noticeTries
  }

  // MARK: - One thing for one person

  func track(_ duty: NotificationDuty) -> (NotificationTrack, Notification?) {
    var duty = duty
    duty.since = since(duty)
    var track = NotificationTrack(duty: duty)
    let person: Person
    switch incident.receiver(duty.receiver, in: situation.roster, at: now) {
    case .person(let found): person = found
    case .stranger(let name):
      track.obstacle = .notAmongPeople(name)
      return (track, nil)
    case .nobody:
      track.obstacle = .nobodyKnown
      return (track, nil)
    }
    track.person = person.name
    let ways = situation.roster.ways(of: person)
    guard !ways.isEmpty else {
      track.obstacle = .noChannel(person.name)
      return (track, nil)
    }
    let notice = walk(ways, of: person, &track)
    return (track, notice)
  }

  /// Goes along somebody's ways to the one that is next, unless it is too late for all of them.
  func walk(
    _ ways: [Person.Reach], of person: Person, _ track: inout NotificationTrack
  ) -> Notification? {
    if let seen = situation.firstSeen[incident.id],
      seen - track.duty.since > NotificationSituation.longestPast
    {
      track.obstacle = .old
      return nil
    }
    return walkOn(ways, of: person, &track)
  }

  private func walkOn(
    _ ways: [Person.Reach], of person: Person, _ track: inout NotificationTrack
  ) -> Notification? {
    let all = tries[track.duty.subject.text] ?? [:]
    var at = opening(for: person, track.duty)
    var again: [(way: Person.Reach, at: Timestamp, attempt: Int)] = []
    var isHopeful = false
    for way in ways {
      let target = Notification.target(way.channel, person.name)
      guard let tries = all[target] else {
        return next(way, at, 1, person, &track)
      }
      if let delivered = tries.delivered {
        track.tried.append(attempt(way, tries, delivered, .delivered))
        if !track.duty.subject.asksForAnswer { return nil }
        at = delivered + way.wait
        // It makes up for what failed before it.
        again = []
      } else if let started = tries.startedAt {
        let key = Notification.Key(
          incident: incident.id, subject: track.duty.subject, target: target,
          attempt: tries.attempt)
        // Whoever began it was stopped: it is made again, at once.
        guard situation.underWay.contains(key) else {
          return next(way, started, tries.attempt + 1, person, &track)
        }
        track.tried.append(attempt(way, tries, started, .underWay))
        at = started + way.wait
        isHopeful = true
      } else if let failed = tries.failed {
        track.tried.append(attempt(way, tries, failed.at, .failed(failed.error)))
        at = max(at, failed.at)
        if let wait = pause(after: tries, of: track.duty) {
          let due = failed.at + wait
          again.append((way, max(due, tries.notBefore ?? due), tries.attempt + 1))
        }
        isHopeful = isHopeful || !tries.isGivenUp
      }
    }
    // Every way was tried; what failed is tried again unless something after it got there.
    if track.lastDelivered == nil, !isHopeful { track.obstacle = .allFailed(person.name) }
    guard let first = again.min(by: { $0.at < $1.at }) else { return nil }
    return next(first.way, first.at, first.attempt, person, &track)
  }

  /// How often a way is tried that has failed so often that nobody counts on it, and for how long: a channel may be down
  /// for a day, and what was to be told by it still holds.
  private static let (rest, longestEffort) = (Duration.minutes(30), Duration.hours(48))

  /// How long after its last failure a way is tried again; nil where it is not.
  private func pause(after tries: Tries, of duty: NotificationDuty) -> Duration? {
    if tries.isFinal { return nil }
    if !tries.isGivenUp { return Dispatch.wait(afterFailure: tries.failures) }
    return now - duty.since < Self.longestEffort ? Self.rest : nil
  }

  private func next(
    _ way: Person.Reach, _ at: Timestamp, _ number: Int, _ person: Person,
    _ track: inout NotificationTrack
  ) -> Notification {
    track.next = NotificationTrack.Next(channel: way.channel, at: at, attempt: number)
    return Notification(track.duty, of: incident, to: person, by: way, attempt: number)
  }

  private func attempt(
    _ way: Person.Reach, _ tries: Tries, _ at: Timestamp, _ state: NotificationTrack.Attempt.State
  ) -> NotificationTrack.Attempt {
    NotificationTrack.Attempt(channel: way.channel, number: tries.attempt, at: at, state: state)
  }

  // MARK: - When

  /// Since when somebody is to be told: what is about to end since it was soon to.
  private func since(_ duty: NotificationDuty) -> Timestamp {
    guard case .countdown = duty.subject, let deadline = duty.deadline else { return duty.since }
    return min(deadline.soon ?? deadline.due ?? now, deadline.due ?? now)
  }

  /// From when on a person is told: steps and what has a path at once, all else in their hours.
  private func opening(for person: Person, _ duty: NotificationDuty) -> Timestamp {
    guard let hours = person.hours, waitsForHours(duty) else { return duty.since }
    let zone =
      (person.zone ?? hours.zone).flatMap(situation.context.zoneNamed) ?? situation.context.zone
    return hours.opening(from: duty.since, zone: zone)
  }

  private func waitsForHours(_ duty: NotificationDuty) -> Bool {
    switch duty.subject {
    case .step, .exhausted, .damage, .unshared, .settled, .room, .guest: return false
    case .update, .handover, .task: return !hasPath
    case .countdown: return duty.deadline?.isAftermath == true || !hasPath
    }
  }

  // MARK: - The next step

  /// Where nobody can be told of a step that fell due, the next one is called at once, as long as somebody can be told of
  /// one of those that are left.
  func callsOfNext(_ tracks: [NotificationTrack]) -> [EventDraft] {
    let calls = tracks.filter { if case .step = $0.duty.subject { true } else { false } }
    guard let lost = calls.first(where: \.isLost), calls.allSatisfy(\.isLost) else { return [] }
    let left = deadlines.filter {
      $0.step != nil && $0.step?.condition == nil
        && ($0.state == .pending || $0.state == .soon || $0.state == .snoozed)
    }
    let canBeTold = left.contains { deadline in
      let receiver = incident.receiver(deadline.step?.to, in: situation.roster, at: now)
      guard case .person(let person) = receiver else { return false }
      return !situation.roster.ways(of: person).isEmpty
    }
    guard canBeTold, let next = left.first, let step = next.step else { return [] }
    return [
      EventDraft(
        .escalationFired,
        identity: .named(
          "\(incident.id)/\(step.episode)/\(next.stepKey)/\(step.round)/instead"),
        EventData([
          "step": .text(next.stepKey), "to": .text(step.to), "level": .whole(step.level),
          "episode": .whole(step.episode), "round": .whole(step.round), "manual": .bool(true),
          "instead_of": .text(lost.duty.receiver ?? lost.duty.deadline?.label),
        ]))
    ]
  }
}

extension DeliverySubject {
  /// Whether somebody who was told is to answer, so that the next way is tried where they do not.
  package var asksForAnswer: Bool {
    switch self {
    case .step, .exhausted, .handover: true
    case .update, .task, .countdown, .damage, .unshared, .settled, .room, .guest: false
    }
  }
}

extension Incident {
  /// What the log says of telling people things, by subject and target.
  fileprivate var noticeTries: [String: [String: NotificationPlanner.Tries]] {
    var all: [String: [String: NotificationPlanner.Tries]] = [:]
    for entry in deliveryStarts.entries {
      let start = entry.value
      var tries = all[start.subject]?[start.target] ?? .init()
      if start.attempt > tries.attempt {
        (tries.attempt, tries.startedAt) = (start.attempt, entry.stamp.effective)
      }
      all[start.subject, default: [:]][start.target] = tries
    }
    for entry in deliveries.entries where !entry.value.subject.hasPrefix("update:") {
      let delivery = entry.value
      var tries = all[delivery.subject]?[delivery.target] ?? .init()
      if delivery.isSuccess { tries.delivered = tries.delivered ?? entry.stamp.effective }
      if delivery.attempt >= tries.attempt {
        (tries.attempt, tries.startedAt) = (delivery.attempt, nil)
        if !delivery.isSuccess {
          tries.failed = (entry.stamp.effective, delivery.error)
          tries.notBefore = delivery.notBefore
        }
      }
      if !delivery.isSuccess {
        tries.failures += 1
        tries.isFinal = tries.isFinal || delivery.isFinal
      }
      all[delivery.subject, default: [:]][delivery.target] = tries
    }
    return all
  }
}
