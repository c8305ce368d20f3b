import Engine
import EventLog
import Glibc
import Runtime
import Synchronization
import TeamStore

/// The lead among the agents of several machines, as long as this one has it.
final class AgentLeadership: Sendable {
  /// Since when this agent is cut off from the others and leads for itself; nil where it leads them all.
  let cutOffSince: Timestamp?
  private let isLost = Atomic(false)
  private let lost: Mailbox<Void>

  /// Readable when the lead is lost.
  var descriptor: Int32 { lost.descriptor }

  var holds: Bool { !isLost.load(ordering: .acquiring) }

  private init(cutOffSince: Timestamp?) throws(SystemTrouble) {
    self.cutOffSince = cutOffSince
    lost = try Mailbox()
  }

  /// Lets another lead, as this one ends.
  func end() { given.withLock { $0?() } }

  private let given = Mutex<(@Sendable () -> Void)?>(nil)

  private func lose() {
    isLost.store(true, ordering: .releasing)
    lost.post(())
  }

  /// How long an agent that reaches nobody leaves it to the others.
  private static let patience = Duration.seconds(60)
  private static let pause: UInt32 = 3_000_000
  /// How long after its last sign the lead counts as lost: before the lease ends for the others.
  private static let validity = Duration.seconds(11)

  /// Waits until this agent has the lead, or has been cut off for long enough to go on alone. `standBy` is done once where
  /// that is not at once.
  static func wait(
    for place: StorePlace, _ journal: AgentJournal, _ manager: ServiceManager,
    standBy: () -> Void
  ) throws(SystemTrouble) -> AgentLeadership? {
    guard let team = StoreAccess(place).team else { return nil }
    let name = "\(Login.source) process \(getpid())"
    var silence: (begin: ContinuousClock.Instant, at: Timestamp)?
    var holder: String?
    var standsBy = false
    while true {
      var lead: Team.Lead?
      do throws(TeamTrouble) {
        lead = try team.takeLead(as: name, until: .now + .seconds(2))
        silence = nil
      } catch {
        if silence == nil {
          journal.line("the team's store is out of reach: \(error.reason)")
          silence = (.now, WallClock.now)
        }
      }
      if case .held(let lease) = lead {
        journal.line("leads the agents of the team's store")
        let leadership = try AgentLeadership(cutOffSince: nil)
        try leadership.keep(lease, team)
        return leadership
      }
      if case .other(let other) = lead, other != holder {
        journal.line("stands by: the agent of \(other) leads")
        holder = other
      }
      if let silence, ContinuousClock.now - silence.begin >= patience {
        journal.line("cut off for a minute: goes on alone, and says so in what it sends")
        let leadership = try AgentLeadership(cutOffSince: silence.at)
        try leadership.watch(team)
        return leadership
      }
      if !standsBy { standBy() }
      standsBy = true
      rest(manager)
    }
  }

  /// Has signals wait for whoever takes them; before any thread begins.
  static func holdSignals() {
    var all = signals([SIGTERM, SIGINT, SIGHUP])
    pthread_sigmask(SIG_BLOCK, &all, nil)
  }

  private static func signals(_ numbers: [Int32]) -> sigset_t {
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in numbers { sigaddset(&signals, number) }
    return signals
  }

  /// Rests between two tries, with signs of life; a signal to stop ends the program.
  private static func rest(_ manager: ServiceManager) {
    manager.tell("READY=1", manager.status("stands by: another agent of the team leads"))
    if manager.watchdog != nil { manager.tell("WATCHDOG=1") }
    var signals = signals([SIGTERM, SIGINT])
    var limit = timespec(tv_sec: 3, tv_nsec: 0)
    if sigtimedwait(&signals, nil, &limit) > 0 { exit(0) }
  }

  /// Keeps the lease on a thread of its own, until it is lost.
  private func keep(_ lease: String, _ team: Team) throws(SystemTrouble) {
    given.withLock { $0 = { team.giveUpLead(lease) } }
    try Worker { [self] in
      var last = ContinuousClock.now
      while ContinuousClock.now - last < Self.validity {
        do throws(TeamTrouble) {
          let begin = ContinuousClock.now
          guard try team.keepLead(lease, until: .now + .seconds(2)) else { break }
          last = begin
        } catch {
          // Another try before the lease ends.
          usleep(500_000)
        }
        usleep(Self.pause)
      }
      lose()
    }.detach()
  }

  /// Looks whether the others can be reached again, which ends the lead of one that was cut off.
  private func watch(_ team: Team) throws(SystemTrouble) {
    try Worker { [self] in
      while true {
        usleep(Self.pause)
        do throws(TeamTrouble) {
          try team.probe(within: .seconds(2))
          break
        } catch { continue }
      }
      lose()
    }.detach()
  }
}
