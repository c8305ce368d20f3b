package import Engine
package import EventLog

/// Attends to every open incident of a store without a screen: what falls due is recorded, what one login is to deliver
/// is tried.
///
/// It wakes when a log of the store changes and at the instant at which the next duty falls due, and looks at nothing in
/// between. Any number may attend to one store: the log decides what was done.
package struct Attendant {
  private let store: any Store
  private let recorder: Recorder
  private let time: any Timekeeper
  /// The source recorded for entries that fall due.
  private let source: String
  private let deliveries: DeliveryWorkers?
  private let ended: Mailbox<(Delivering, DeliveryWorkers.Outcome)>
  private let login: String?
  private var rounds: DutyRounds
  private let notifier: Notifier?
  private var notices: NotificationRounds?
  private var conditions: ConditionWatch
  private var aftermath = AftermathWatch()
  /// Whether everything is to be looked at again, whatever has changed.
  private var isStale = false
  private let tell: (Attended) -> Void
  /// Why the store or one of its logs could not be read or written the last time.
  package private(set) var failure: LogError?
  /// The open incidents, as they were found the last time.
  package private(set) var incidents: [Incident] = []

  /// Delivers by `deliverer` and tells people by `notifier`, where there is one; `tell` is told of what comes about.
  package init(
    _ store: any Store, recorder: Recorder, source: String, deliverer: Deliverer?,
    in context: TimeContext, time: any Timekeeper, notifier: Notifier? = nil,
    notices: NotificationRounds? = nil, tell: @escaping (Attended) -> Void = { _ in }
  ) throws(SystemTrouble) {
    (self.notifier, self.notices) = (notifier, notices)
    conditions = ConditionWatch(store)
    (self.store, self.recorder) = (store, recorder)
    (self.source, self.time, self.tell) = (source, time, tell)
    login = deliverer?.login
    rounds = DutyRounds(login: login, in: context)
    let ended = try Mailbox<(Delivering, DeliveryWorkers.Outcome)>()
    self.ended = ended
    deliveries =
      if let deliverer {
        try DeliveryWorkers(deliverer) { delivering, outcome in ended.post((delivering, outcome)) }
      } else { nil }
  }

  /// Goes on by other hours, zones, people and channels.
  package mutating func use(_ context: TimeContext, _ roster: Roster) {
    rounds.use(context)
    notices?.use(roster, context)
    aftermath.lookAgain()
    isStale = true
  }

  /// What is told of an incident, as it was found the last time.
  package func tracks(of incident: String) -> [NotificationTrack] {
    notices?.tracks(of: incident) ?? []
  }

  /// When each open log was first seen.
  package var firstSeen: [String: Timestamp] { notices?.firstSeen ?? [:] }

  /// When the next duty falls due; nil: none is known to.
  package var next: Timestamp? {
    [rounds.next, notices?.next, conditions.next, aftermath.next].compactMap(\.self).min()
  }

  /// Most closed incidents that are gone through for what is still to be told, the newest first.
  package static let mostClosed = 200

  /// How long a store that could not be looked at is left alone.
  private static let pause = Duration.seconds(5)

  /// Runs until something is posted to `stop`; running deliveries are finished first.
  package mutating func run(until stop: Mailbox<Void>) throws(LogError) {
    var companion = StopBox(box: stop)
    try run(beside: &companion)
  }

  /// Runs until the companion ends it; running deliveries are finished first.
  package mutating func run(beside companion: inout some AttendantCompanion) throws(LogError) {
    // Before the first look, so that nothing comes between the two.
    let follower = try store.follower()
    while true {
      _ = follower.changed()
      attend()
      guard companion.turn(&self) else { break }
      let own = [ended.descriptor, notifier?.descriptor, follower.descriptor].compactMap { $0 }
      let patience = failure != nil || follower.descriptor == nil ? time.now + Self.pause : nil
      // After new settings nothing is known to be due before everything was looked at again.
      let due = isStale ? time.now : [next, companion.next, patience].compactMap { $0 }.min()
      _ = time.wait(for: own + companion.descriptors, until: due)
    }
    deliveries?.wait()
    notifier?.wait()
    takeEnded()
  }

  /// Takes in what has come to its end on other threads.
  private mutating func takeEnded() {
    for (delivering, outcome) in ended.take() {
      rounds.end(delivering, at: time.now)
      tell(.delivered(delivering, outcome))
    }
    for end in notifier?.takeEnded() ?? [] {
      notices?.end(end)
      tell(.told(end))
    }
  }

  /// Looks at every open incident once, and does what is to be done now.
  package mutating func attend() {
    isStale = false
    takeEnded()
    let before = failure
    failure = nil
    var found: [Incident] = []
    do throws(LogError) {
      try store.survey(.open, at: time.now) { surveyed in
        if let incident = surveyed.incident, incident.declaration != nil { found.append(incident) }
        failure = failure ?? surveyed.failure
      }
      rounds.keep(Set(found.map(\.id)))
    } catch { failure = error }
    for incident in found { attend(to: incident) }
    notify(found)
    incidents = found
    if let failure, failure != before { tell(.failed(failure)) }
    if before != nil, failure == nil { tell(.recovered) }
  }

  private mutating func notify(_ open: [Incident]) {
    guard let notices, notices.tells else { return }
    let (recorder, source, time, tell) = (recorder, source, time, tell)
    let now = time.now
    var failed: LogError?
    let closed = aftermath.look(in: store, open: Set(open.map(\.id)), now, &failed) {
      notices.isOwedAfterwards(of: $0, now)
    }
    let wrong = conditions.look(at: open.map(\.id), now)
    let orders = self.notices?.look(at: open + closed, wrong, now) { incident, drafts in
      do throws(LogError) {
        try recorder.record(drafts, in: incident.id, by: source, incident.pace, time: time)
        tell(.recorded(drafts, incident: incident.id))
      } catch { failed = error }
    }
    failure = failure ?? failed
    for order in orders ?? [] { notifier?.start(order) }
  }

  private mutating func attend(to incident: Incident) {
    let (recorder, source, time, deliveries) = (recorder, source, time, deliveries)
    let tell = tell
    var failed: LogError?
    rounds.look(
      at: incident, time.now,
      record: { drafts in
        do throws(LogError) {
          try recorder.record(
            drafts, in: incident.id, by: source, incident.pace, time: time)
          tell(.recorded(drafts, incident: incident.id))
        } catch { failed = error }
      },
      deliver: { deliveries?.start($0) })
    failure = failure ?? failed
  }
}
