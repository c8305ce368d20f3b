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
  /// By what way what falls due is noted to have been recorded.
  private let source: String
  private let deliveries: DeliveryWorkers?
  private let ended: Mailbox<Delivering>
  private var rounds: DutyRounds
  /// Why the store or a log of it could not be looked at or written to the last time.
  package private(set) var failure: LogError?

  /// Delivers by `deliverer`, where there is one.
  package init(
    _ store: any Store, recorder: Recorder, source: String, deliverer: Deliverer?,
    in context: TimeContext, time: any Timekeeper
  ) throws(SystemTrouble) {
    (self.store, self.recorder) = (store, recorder)
    (self.source, self.time) = (source, time)
    rounds = DutyRounds(login: deliverer?.login, in: context)
    let ended = try Mailbox<Delivering>()
    self.ended = ended
    deliveries =
      if let deliverer {
        try DeliveryWorkers(deliverer) { delivering, _ in ended.post(delivering) }
      } else { nil }
  }

  /// When the next duty falls due; nil: none is known to.
  package var next: Timestamp? { rounds.next }

  /// How long a store that could not be looked at is left alone.
  private static let pause = Duration.seconds(5)

  /// Attends until something lies in `stop`; deliveries under way come to their end.
  package mutating func run(until stop: Mailbox<Void>) throws(LogError) {
    // Before the first look, so that nothing comes between the two.
    let follower = try store.follower()
    while stop.take().isEmpty {
      _ = follower.changed()
      attend()
      let descriptors = [stop.descriptor, ended.descriptor, follower.descriptor].compactMap { $0 }
      let patience = failure != nil || follower.descriptor == nil ? time.now + Self.pause : nil
      _ = time.wait(for: descriptors, until: [next, patience].compactMap { $0 }.min())
    }
    deliveries?.wait()
  }

  /// Looks at every open incident once, and does what is to be done now.
  package mutating func attend() {
    for delivering in ended.take() { rounds.end(delivering, at: time.now) }
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
  }

  private mutating func attend(to incident: Incident) {
    let (recorder, source, time, deliveries) = (recorder, source, time, deliveries)
    var failed: LogError?
    rounds.look(
      at: incident, time.now,
      record: { drafts in
        do throws(LogError) {
          try recorder.record(
            drafts, in: incident.id, by: source, incident.pace, time: time)
        } catch { failed = error }
      },
      deliver: { deliveries?.start($0) })
    failure = failure ?? failed
  }
}
