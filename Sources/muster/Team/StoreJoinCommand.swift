import ArgumentParser
import Engine
import EventLog
import Glibc
import TeamStore

struct StoreJoinCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "join", abstract: "Share this store with other machines by an etcd cluster.",
    discussion: """
      The cluster stands in store.yaml: 'team:' with 'endpoints', and 'prefix', 'ca', 'cert', 'key', 'user' and \
      'password_file' where they are needed. The first machine makes the team's store. Incidents of this machine are \
      brought in; a damaged log, and one whose id another incident has, stays on this machine alone. It says what it \
      will do before it does it.

      Example: muster store join
      """)

  @OptionGroup var options: StoreOptions
  @Flag(name: .long, help: "Answer yes.") var yes = false

  func run() throws {
    let access = try StoreAccess.local(home: options.home)
    let files = FileStore(home: access.place.home)
    guard let settings = TeamAccess.settings(in: files.home) else {
      throw Failure(
        .usage,
        "\(Settings.storePath(in: files.home)) has no usable 'team:'; add 'team:' with 'endpoints:'"
      )
    }
    let team = Team(settings, of: files)
    do throws(TeamTrouble) {
      let joining = try team.lookAtJoining()
      if let identity = joining.identity { try Team.requireFormat(identity) }
      if let joined = team.folder.joined {
        guard joining.identity == joined.value else {
          throw .otherStore(
            "this home has joined another store than the one under \(settings.prefix); 'muster store leave' comes first"
          )
        }
      }
      try tell(joining, settings)
      try join(joining, settings, files)
    } catch {
      throw Failure(team: error)
    }
  }

  private func tell(_ joining: Team.Joining, _ settings: TeamSettings) throws(TeamTrouble) {
    if joining.identity == nil {
      Output.remark(
        "there is no store under \(settings.prefix) in that cluster yet: it is made")
    } else {
      Output.remark("the team's store under \(settings.prefix) has \(joining.incidents) incidents")
    }
    Output.remark("\(joining.brought.count) incidents of this machine will be shared")
    for (id, reason) in joining.refused {
      Output.remark("\(id) stays on this machine alone: \(reason)")
    }
  }

  private func join(
    _ joining: Team.Joining, _ settings: TeamSettings, _ files: FileStore
  ) throws(TeamTrouble) {
    if !yes, isatty(STDIN_FILENO) == 1, !TerminalQuestion.ask("Join?") {
      throw .outOfReach("nothing was joined")
    }
    let now = WallClock.now
    var random = SystemRandomNumberGenerator()
    let id = EventID(version7At: now, random: (random.next(), random.next()))
    try Team(settings, of: files).join(joining, new: id, at: now)
    // With what was just joined.
    let team = Team(settings, of: files)
    var shared = 0
    try team.bring(joining.brought) { id, trouble in
      if let trouble {
        Output.complain("\(id) is not shared: \(trouble.reason)")
      } else {
        shared += 1
      }
    }
    try team.freshen(until: .now + .seconds(10), now: { WallClock.now })
    Output.remark("joined; \(shared) incidents were brought in")
  }
}

struct StoreLeaveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "leave", abstract: "Stop sharing this store; what it has stays here.",
    discussion: "Example: muster store leave")

  @OptionGroup var options: StoreOptions
  @Flag(name: .long, help: "Answer yes.") var yes = false

  func run() throws {
    let access = try StoreAccess.local(home: options.home)
    guard let team = TeamAccess.team(of: FileStore(home: access.place.home)) else {
      throw Failure(.notNow, "\(access.home) has joined no team's store")
    }
    let waiting = team.condition.unsharedCount
    guard waiting == 0 else {
      throw Failure(
        .notNow,
        "\(waiting) entries are not shared yet and would be lost to the others; leave when they are"
      )
    }
    Output.remark(
      "the incidents stay here as they are, and what is recorded from now on is of this machine alone"
    )
    if !yes, isatty(STDIN_FILENO) == 1, !TerminalQuestion.ask("Leave?") {
      throw Failure(.notNow, "nothing was changed")
    }
    do throws(LogError) { try team.folder.leave() } catch { throw Failure(error) }
    Output.remark("left; take 'team:' out of \(Settings.storePath(in: access.home)) as well")
  }
}

extension StoreAccess {
  /// The store without a look at what other machines have.
  static func local(home flag: String?) throws(Failure) -> StoreAccess {
    guard let home = FileStore.home(flag: flag, environment: environment) else {
      throw Failure(.usage, "no folder for the store: set $HOME or $MUSTER_HOME, or use --home DIR")
    }
    return StoreAccess(StorePlace(home: FileStore(home: home).home))
  }
}

extension Failure {
  init(team trouble: TeamTrouble) {
    switch trouble {
    case .local(let error): self.init(error)
    case .otherStore(let reason), .damaged(let reason): self.init(.notNow, reason)
    case .outOfReach(let reason), .unknown(let reason): self.init(.worldFailed, reason)
    }
  }
}
