package import Engine

/// Finds whom to tell of all open incidents, hands each message out once, and knows when to look again.
package struct NotificationRounds {
  private var situation: NotificationSituation
  private var book = NotificationBook()
  private var recordings = DutyBook()
  private var looks: [String: Look] = [:]
  /// When there is a message that only waits for its time.
  private var held: Timestamp?

  /// What was found out about one incident.
  private struct Look {
    var sequence: Int
    var at: Timestamp
    var condition: LogCondition?
    var plan: NotificationPlan
  }

  package init(_ situation: NotificationSituation) { self.situation = situation }

  /// When to look again, should no log change before.
  package var next: Timestamp? {
    (looks.values.compactMap(\.plan.changes) + [held].compactMap(\.self)).min()
  }

  /// When each log was first seen.
  package var firstSeen: [String: Timestamp] { situation.firstSeen }

  /// What is told of an incident, as far as it was looked at.
  package func tracks(of incident: String) -> [NotificationTrack] {
    looks[incident]?.plan.tracks ?? []
  }

  /// Looks again at everything, by other people and channels.
  package mutating func use(_ roster: Roster, _ context: TimeContext) {
    (situation.roster, situation.context) = (roster, context)
    looks = [:]
  }

  /// Whether anybody can be told of anything.
  package var tells: Bool { situation.roster.tells }

  /// Whether something is to be told of an incident that is closed.
  package func isOwedAfterwards(of incident: Incident, _ now: Timestamp) -> Bool {
    incident.isOwedAfterwards(
      at: now, among: incident.deadlines(at: now, in: situation.context), in: situation)
  }

  /// The messages to send now, and calls of next steps to record, of incidents with what is wrong with their
  /// logs.
  package mutating func look(
    at incidents: [Incident], _ conditions: [String: LogCondition] = [:], _ now: Timestamp,
    record: (Incident, [EventDraft]) -> Void
  ) -> [NotificationOrder] {
    let ids = Set(incidents.map(\.id))
    looks = looks.filter { ids.contains($0.key) }
    situation.firstSeen = situation.firstSeen.filter { ids.contains($0.key) }
    for incident in incidents where situation.firstSeen[incident.id] == nil {
      situation.firstSeen[incident.id] = now
    }
    (situation.underWay, situation.conditions) = (book.underWay, conditions)
    var due: [Notification] = []
    for incident in incidents {
      let plan = plan(of: incident, now)
      let drafts = recordings.take(plan.recordings, at: now)
      if !drafts.isEmpty { record(incident, drafts) }
      due += plan.due
    }
    let (orders, next) = book.take(due, at: now)
    held = next
    return orders
  }

  private mutating func plan(of incident: Incident, _ now: Timestamp) -> NotificationPlan {
    if let last = looks[incident.id], last.sequence == incident.sequence, last.at <= now,
      last.condition == situation.conditions[incident.id],
      last.plan.changes.map({ now < $0 }) ?? true
    {
      return last.plan
    }
    let deadlines = incident.deadlines(at: now, in: situation.context)
    var plan = incident.notices(at: now, among: deadlines, in: situation)
    // A duty that is not there yet comes with the next change of a deadline.
    if situation.roster.tells {
      let duties = incident.duties(at: now, in: situation.context)
      plan.changes = [plan.changes, duties.changes].compactMap(\.self).min()
    }
    looks[incident.id] = Look(
      sequence: incident.sequence, at: now, condition: situation.conditions[incident.id],
      plan: plan)
    return plan
  }

  /// A message has come to its end.
  package mutating func end(_ end: Notifier.Ended) {
    book.end(end.order, unrecorded: end.unrecorded)
    for notice in end.order.notices { looks[notice.incident] = nil }
  }
}
