import Engine
import EventLog
import Runtime

/// Applies the team's rules to what lies in the store's log, on a thread of its own: whoever delivers waits for the disk
/// alone.
struct AlertRuling {
  enum Job: Sendable {
    /// Something was put into the log.
    case news
    case stop
  }

  private let ground: StoreAlerts
  private let desk: AlertDesk
  private let counters: InterfaceCounters
  private let journal: AgentJournal
  private let time = SystemTime()
  /// Tells what other processes put into the log.
  private let follower: LogFollower
  private var trouble: String?

  /// So long what is new is gathered: in a storm each sync serves many alerts, and whoever delivers shares the disk with
  /// few of them.
  private static let pause = Duration.milliseconds(100)

  init(home: String, counters: InterfaceCounters, journal: AgentJournal) {
    let store = StoreAccess(StorePlace(home: home))
    ground = StoreAlerts(store)
    desk = AlertDesk(store.store, ground: ground, source: "agent", time: SystemTime())
    follower = LogFollower(path: store.store.logPath)
    (self.counters, self.journal) = (counters, journal)
  }

  mutating func run(_ jobs: Mailbox<Job>) {
    apply()
    /// When what is new is looked at; nil: nothing is.
    var due: Timestamp?
    while true {
      let descriptors = [jobs.descriptor] + [follower.descriptor].compactMap { $0 }
      _ = time.wait(for: descriptors, until: [desk.next, due].compactMap(\.self).min())
      let asked = jobs.take()
      if asked.contains(where: { if case .stop = $0 { true } else { false } }) { return }
      let now = time.now
      if follower.changed() || !asked.isEmpty { due = due ?? now + Self.pause }
      // A clock that was set back puts nothing off.
      if let set = due, set - now > Self.pause { due = now }
      if [desk.next, due].contains(where: { $0.map { now >= $0 } ?? false }) {
        due = nil
        apply()
      }
    }
  }

  private mutating func apply() {
    desk.work()
    let failure = desk.failure?.text
    let trouble = failure ?? ground.problem
    if let trouble, trouble != self.trouble {
      journal.line(
        failure == nil
          ? "the alert rules of before go on: \(trouble)" : "RULES NOT APPLIED: \(trouble)")
    }
    self.trouble = trouble
    let firing = desk.book.entries.values.filter(\.isFiring)
    let lying = firing.count { $0.incident == nil }
    counters.update {
      ($0.trouble, $0.firing, $0.lying) = (trouble, firing.count, lying)
    }
  }
}
