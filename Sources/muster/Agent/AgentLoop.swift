import CLinux
import Engine
import EventLog
import Glibc
import Procedures
import Runtime
import Synchronization
import Wording

/// What an agent does beside its clocks: signals, changed settings, signs of life.
struct AgentLoop: AttendantCompanion {
  private let home: String
  private let claim: AgentClaim
  private let manager: ServiceManager
  private let journal: AgentJournal
  private let sender: AgentSender
  private let deliveries: AgentDeliveries
  private let services: [any AgentService]
  private let signals: Int32
  /// The lead among the agents of several machines; nil where there is one machine.
  private let leadership: AgentLeadership?
  /// Watch the files of settings, where a change takes effect at once.
  private let followers: [LogFollower]
  private(set) var settings: AgentSettings
  private(set) var state: AgentState
  private var nextPulse = Timestamp.distantPast
  private var nextPing = Timestamp.distantPast
  private let pinger = Pinger()
  private var briefs: BriefRenewal
  /// The channels in which incidents have one to themselves.
  private var rooms: Set<String>
  /// When each log was first seen, as it is kept in the store.
  private var firstSeen: [String: Timestamp]
  /// What nobody can be told, as far as the journal has it.
  private var lost: Set<String> = []
  /// A file of settings that has changed, and when it is read.
  private var changed: (path: String, due: Timestamp)?
  private var isReady = false
  private var status = ""

  init(
    home: String, claim: AgentClaim, settings: AgentSettings, sender: AgentSender,
    deliveries: AgentDeliveries, services: [any AgentService], journal: AgentJournal,
    manager: ServiceManager, leadership: AgentLeadership? = nil
  ) throws(Failure) {
    self.leadership = leadership
    (self.sender, self.deliveries) = (sender, deliveries)
    (self.home, self.claim, self.settings) = (home, claim, settings)
    (self.services, self.journal, self.manager) = (services, journal, manager)
    firstSeen = AgentMemory.firstSeen(in: FileStore(home: home))
    rooms = settings.roster.rooms
    do throws(SystemTrouble) { briefs = try BriefRenewal(sender, journal) } catch {
      throw Failure(.worldFailed, error.description)
    }
    signals = muster_signals()
    guard signals >= 0 else {
      throw Failure(.worldFailed, "cannot receive signals: \(Output.systemMessage(-signals))")
    }
    let paths = [Settings.userPath].compactMap { $0 } + Settings.storeFiles(in: home)
    followers = paths.map { LogFollower(path: $0) }
    state = AgentState(
      process: getpid(), login: ProgramDeliveries.login, since: WallClock.now,
      version: Muster.version)
    state.channels = settings.agent.channels.map(\.name)
    state.audiences = settings.audiences
  }

  var descriptors: [Int32] {
    [signals, briefs.descriptor] + [leadership?.descriptor].compactMap(\.self)
      + followers.compactMap(\.descriptor)
  }

  var next: Timestamp? {
    let pulse = settings.agent.ping == nil ? nextPulse : min(nextPulse, nextPing)
    return min(pulse, changed?.due ?? pulse, briefs.next ?? pulse)
  }

  /// How long a file is left alone that is being written: half of one may say something else.
  private static let quiet = Duration.milliseconds(200)

  /// Interval of the heartbeat: ours, or half of the watchdog's if that is shorter.
  private var pulse: Duration {
    min(AgentPresence.pulse, manager.watchdog.map { $0 / 2 } ?? AgentPresence.pulse)
  }

  mutating func turn(_ attendant: inout Attendant) -> Bool {
    if let leadership, !leadership.holds { return false }
    while case let signal = muster_take_signal(signals), signal != 0 {
      guard signal == SIGHUP else {
        end(signal)
        return false
      }
      reload(&attendant, why: "SIGHUP")
    }
    // Ask all followers, so that none reports the same change again.
    let paths = followers.filter { $0.changed() }.map(\.path)
    let now = WallClock.now
    if let path = paths.first, isReady { changed = (path, now + Self.quiet) }
    if let changed, now >= changed.due || changed.due - now > Self.quiet {
      self.changed = nil
      reload(&attendant, why: "\(changed.path) has changed")
    }
    if now >= nextPulse || nextPulse - now > pulse {
      claim.beat()
      if manager.watchdog != nil { manager.tell("WATCHDOG=1") }
      nextPulse = now + pulse
    }
    remember(attendant)
    tellLost(attendant)
    briefs.look(at: attendant.incidents, channels: rooms, now)
    ping(now)
    tellStatus(attendant)
    return true
  }

  /// Says once that it is ready, and then what has changed.
  private mutating func tellStatus(_ attendant: Attendant) {
    let count = attendant.incidents.count
    var words = count == 1 ? "1 open incident" : "\(count) open incidents"
    if let trouble = state.trouble { words += "; PREVIOUS SETTINGS IN FORCE: \(trouble)" }
    if let failure = attendant.failure { words += "; CANNOT WORK: \(failure.description)" }
    if !isReady {
      isReady = true
      tell()
      manager.tell("READY=1", manager.status(words))
      let channels =
        state.channels.isEmpty
        ? "no channels: nobody is notified" : "channels: \(state.channels.joined(separator: ", "))"
      journal.line("running for \(home): \(words); \(channels)")
    } else if words != status {
      manager.tell(manager.status(words))
    }
    status = words
  }

  /// Publishes the agent's state in the store, for all screens.
  private func tell() {
    do throws(LogError) { try claim.tell(state) } catch {
      journal.line("cannot write the agent's state: \(error.description)")
    }
  }

  // MARK: - Beside the clocks

  private mutating func remember(_ attendant: Attendant) {
    guard attendant.firstSeen != firstSeen else { return }
    firstSeen = attendant.firstSeen
    do throws(LogError) { try AgentMemory.keep(firstSeen: firstSeen, by: claim) } catch {
      journal.line("what was seen is not kept: \(error.description)")
    }
  }

  /// Tells once what nobody can be told.
  private mutating func tellLost(_ attendant: Attendant) {
    var now: Set<String> = []
    for incident in attendant.incidents {
      for track in attendant.tracks(of: incident.id) {
        guard let obstacle = track.obstacle else { continue }
        now.insert("\(incident.id): \(track.duty.subject.words(in: incident)): \(obstacle.words)")
      }
    }
    for line in now.subtracting(lost).sorted() { journal.line(line) }
    lost = now
  }

  private mutating func ping(_ now: Timestamp) {
    guard let url = settings.agent.ping, now >= nextPing else { return }
    nextPing = now + .minutes(1)
    pinger.ping(url, journal)
  }

  // MARK: - Settings

  private mutating func reload(_ attendant: inout Attendant, why: String) {
    manager.reloading()
    defer { manager.tell("READY=1") }
    let read = AgentSettings.read(home: home)
    guard read.problems.isEmpty else {
      state.trouble = read.problems[0]
      for problem in read.problems { journal.line("settings not reloaded: \(problem)") }
      return tell()
    }
    settings = read
    rooms = read.roster.rooms
    attendant.use(read.context, read.roster)
    let channels = read.channels
    sender.use(channels, zone: read.zone)
    deliveries.use(channels)
    let problems = channels.problems + read.lostWays + services.flatMap { $0.use(read) }
    for problem in problems { journal.line(problem) }
    state.trouble = problems.first
    state.channels = read.agent.channels.map(\.name)
    state.audiences = read.audiences
    journal.line("settings reloaded: \(why)")
    tell()
  }

  // MARK: - The end

  /// Milliseconds that running commands get to finish after a signal.
  private static let grace: Int32 = 20_000

  private func end(_ signal: Int32) {
    manager.tell("STOPPING=1")
    journal.line("stopping on \(signal == SIGTERM ? "SIGTERM" : "SIGINT")")
    let signals = signals
    do throws(SystemTrouble) {
      let worker = try Worker {
        var entry = pollfd(fd: signals, events: Int16(POLLIN), revents: 0)
        _ = poll(&entry, 1, Self.grace)
        ProgramDeliveries.isEnding.store(true, ordering: .relaxed)
      }
      worker.detach()
    } catch {
      ProgramDeliveries.isEnding.store(true, ordering: .relaxed)
    }
  }

  /// Records in the store that the agent ended normally.
  mutating func close() {
    state.ended = WallClock.now
    tell()
    journal.line("stopped")
  }
}
