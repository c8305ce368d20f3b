import Documents
import Engine
import EventLog
import Procedures
import TeamStore
import Wording

/// How it stands with the store that several machines share, as an operator asks for it.
struct TeamReport {
  let status: ClusterStatus
  let condition: SharingCondition
  /// Whether this home has joined.
  let hasJoined: Bool
  private let settings: TeamSettings
  private let clock: LocalClock
  private let isFollowed: Bool
  private let localIDs: [String]
  private let shared: TeamFolder.KeptSettings?
  /// Whether this machine's own settings say something else than those of the team.
  private let settingsDiffer: Bool

  /// Asks the cluster; nil where none is set.
  init?(_ access: StoreAccess) {
    let files = FileStore(home: access.place.home)
    hasJoined = TeamFolder.hasJoined(files.home)
    guard
      let settings = TeamAccess.settings(in: files.home) ?? (hasJoined ? .init(endpoints: []) : nil)
    else { return nil }
    let team = access.team ?? Team(settings, of: files)
    self.settings = settings
    clock = access.clock
    condition = team.condition
    isFollowed = team.isFollowed
    localIDs = team.folder.localIDs()
    shared = TeamFolder.hasSettings(files.home) ? team.folder.settings : nil
    settingsDiffer = shared != nil && Self.differ(files.home)
    status = team.status(within: .seconds(2), now: { WallClock.now })
  }

  private static func differ(_ home: String) -> Bool {
    var own = Settings.read(Settings.storePath(in: home)).configuration
    own.team = nil
    // Says nothing but where the team's store is.
    if own == StoreConfiguration() { return false }
    do throws(Failure) {
      let own = try SettingsToShare(of: home)
      return own.files.contains { name, bytes in
        Settings.bytes("\(TeamFolder.settingsFolder(home))/\(name)") != bytes
      }
    } catch { return true }
  }

  private var settingsLine: String {
    guard let shared else {
      return "none: each machine goes by its own store.yaml; 'muster store push' shares it"
    }
    let words = "number \(shared.number), \(SettingsPush.words(shared.author, shared.at, clock))"
    return words + "; they win over store.yaml here"
      + (settingsDiffer ? ", WHICH SAYS SOMETHING ELSE" : "")
  }

  private func time(_ instant: Timestamp) -> String {
    InstantText.second(instant, in: clock.zone, near: clock.now)
  }

  var lines: [String] {
    var lines = [
      "team's store    \(settings.endpoints.joined(separator: " ")) under \(settings.prefix)"
    ]
    if !hasJoined {
      lines.append(
        "! This home has not joined it, and keeps its incidents to itself: 'muster store join'.")
    }
    for member in status.members { lines.append("  member        \(words(of: member))") }
    if let reason = status.trouble {
      lines.append("! It cannot be reached: \(reason).")
    } else if let revision = status.revision {
      lines.append("  revision      \(revision), \(status.incidents) incidents")
    }
    if hasJoined {
      let asOf = condition.asOf.map(time) ?? "never"
      lines.append("  this machine  has all as of \(asOf)\(isFollowed ? ", and follows" : "")")
      let count = condition.unsharedCount
      lines.append("  not shared    \(count == 0 ? "nothing" : "\(count) entries")")
      lines.append("  settings      \(settingsLine)")
    }
    for id in localIDs { lines.append("  only here     \(id)") }
    lines += status.remarks.map { "! \($0)" }
    return lines + condition.sentences(time).map { "! \($0)" }
  }

  private func words(of member: ClusterStatus.Member) -> String {
    guard let size = member.size else { return "\(member.endpoint): \(member.trouble ?? "silent")" }
    let quota = member.quota.map { " of \(Self.bytes($0))" } ?? ""
    var words = "\(member.endpoint): etcd \(member.version), \(Self.bytes(size))\(quota)"
    if member.isLeader { words += ", leads" }
    if !member.hasLeader { words += ", KNOWS NO LEADER" }
    return words
  }

  private static func bytes(_ count: Int64) -> String {
    count >= 10 << 20 ? "\(count >> 20) MiB" : "\(count >> 10) KiB"
  }

  private static func json(_ member: ClusterStatus.Member) -> JSON {
    .object([
      "endpoint": .string(member.endpoint), "version": .string(member.version),
      "leader": .bool(member.isLeader), "size": member.size.map { .integer($0) } ?? .null,
      "quota": member.quota.map { .integer($0) } ?? .null,
      "skew_seconds": member.skew.map { .whole($0) } ?? .null,
      "trouble": .orNull(member.trouble),
    ])
  }

  private var settingsJSON: JSON {
    guard let shared else { return .null }
    return .object([
      "number": .whole(shared.number), "by": .string(shared.author.actor),
      "source": .string(shared.author.source), "at": .string(shared.at.rfc3339),
      "own_differ": .bool(settingsDiffer),
    ])
  }

  var json: JSON {
    .object([
      "endpoints": .array(settings.endpoints.map { .string($0) }),
      "prefix": .string(settings.prefix), "joined": .bool(hasJoined),
      "reachable": .bool(status.trouble == nil), "reason": .orNull(status.trouble),
      "members": .array(status.members.map(Self.json)),
      "revision": status.revision.map { .integer($0) } ?? .null,
      "as_of": condition.asOf.map { .string($0.rfc3339) } ?? .null,
      "following": .bool(isFollowed),
      "not_shared": .whole(condition.unsharedCount),
      "not_shared_since": condition.unsharedSince.map { .string($0.rfc3339) } ?? .null,
      "out_of_reach_since": condition.outOfReachSince.map { .string($0.rfc3339) } ?? .null,
      "settings": settingsJSON,
      "only_here": .array(localIDs.map { .string($0) }),
      "alarms": .array(condition.alarms.map { .string($0) }),
    ])
  }
}
