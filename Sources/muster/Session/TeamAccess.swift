import Engine
import EventLog
import Integrations
import Procedures
import Runtime
import TeamStore

/// The part of a store that several machines share, as the settings describe it.
enum TeamAccess {
  /// What keeps a store with those of other machines; nil where its home has joined none.
  static func team(of files: FileStore) -> Team? {
    guard TeamFolder.hasJoined(files.home) else { return nil }
    // Without settings nothing can be reached, and words wait until they can be read again.
    let settings = settings(in: files.home) ?? TeamSettings(endpoints: [])
    return Team(settings, of: files)
  }

  static func settings(in home: String) -> TeamSettings? {
    Settings.readStore(in: home).configuration.team.map(TeamSettings.init)
  }

  /// Begins to follow the others, for as long as the process runs; it `offers` what waits to be shared where nothing else
  /// of the process does.
  static func follow(_ place: StorePlace, offers: Bool = false) throws(SystemTrouble) {
    for looks in [true, false] {
      guard let team = StoreAccess(place).team else { return }
      let worker = try Worker {
        if looks {
          team.compare(offers: offers, now: { WallClock.now })
        } else {
          team.watch(now: { WallClock.now })
        }
      }
      worker.detach()
    }
  }

  /// How long a verb that reads waits for what the others have recorded.
  static let glance = Duration.milliseconds(300)

  /// Takes over what the others have recorded, and tells on standard error where that cannot be had now.
  static func freshen(_ team: Team, in zone: TimeZoneRules) {
    if team.isFollowed { return }
    if team.restingSince() == nil, team.freshen(within: glance, now: { WallClock.now }) { return }
    let now = WallClock.now
    let asOf = team.condition.asOf.map { InstantText.second($0, in: zone, near: now) }
    Output.complain("as of \(asOf ?? "an unknown time"), not following the team's store")
  }
}

extension TeamSettings {
  init(_ configuration: TeamConfiguration) {
    self.init(endpoints: configuration.endpoints)
    prefix = configuration.prefix
    (ca, certificate, key) = (configuration.ca, configuration.certificate, configuration.key)
    user = configuration.user
    guard let path = configuration.passwordFile else { return }
    password = { () throws(TeamTrouble) in
      do throws(SecretFile.Problem) { return try SecretFile.read(path) } catch {
        throw .outOfReach(error.description)
      }
    }
  }
}

extension SharingCondition {
  /// In a few words each, for one line.
  func marks(_ time: (Timestamp) -> String) -> [String] {
    var marks: [String] = []
    if unsharedCount > 0 {
      let since = unsharedSince ?? outOfReachSince
      let words = since.map { "NOT SHARED SINCE \(time($0))" } ?? "NOT SHARED"
      marks.append("\(words): \(unsharedCount)")
    } else if let outOfReachSince {
      marks.append("TEAM'S STORE OUT OF REACH SINCE \(time(outOfReachSince))")
    }
    if isStale {
      marks.append("AS OF \(asOf.map(time) ?? "?"), NOT FOLLOWING")
    }
    if let skew, abs(skew) >= Team.tolerance {
      marks.append("CLOCK \(abs(skew)) s \(skew > 0 ? "AHEAD" : "BEHIND")")
    }
    if alarms.contains(where: { $0.hasPrefix("FORK") }) { marks.append("FORK") }
    if alarms.contains(where: { !$0.hasPrefix("FORK") }) { marks.append("TEAM'S STORE DAMAGED") }
    return marks
  }

  func sentences(_ time: (Timestamp) -> String) -> [String] {
    var lines: [String] = []
    if let outOfReachSince {
      lines.append(
        "the team's store is out of reach since \(time(outOfReachSince)): "
          + (reason ?? "the reason is unknown"))
    }
    for (id, count) in unshared.sorted(by: { $0.key < $1.key }) {
      let entries = count == 1 ? "entry" : "entries"
      lines.append(
        "\(count) \(entries) NOT SHARED in \(id); offered again by the next command or console")
    }
    if let skew, abs(skew) >= Team.tolerance {
      lines.append(
        "the clock of this machine is \(abs(skew)) s \(skew > 0 ? "ahead of" : "behind") those of the "
          + "team's store; see to NTP")
    }
    return lines + alarms
  }
}
