import Engine
import EventLog
import Procedures

/// Everything that an agent works by, read at one time.
struct AgentSettings {
  var agent = AgentConfiguration()
  var user = UserConfiguration()
  var store = StoreConfiguration()
  /// What could not be used, each with its file and line.
  var problems: [String] = []

  private static let limit = 128 * 1024

  /// Reads both files; a missing one says nothing.
  static func read(home: String) -> Self {
    var settings = Self()
    if let path = Settings.userPath, let bytes = settings.bytes(path) {
      settings.agent = AgentConfiguration.read(bytes, path: path)
      settings.user = UserConfiguration.read(bytes, path: path)
    }
    let store = Settings.readStore(in: home)
    settings.store = store.configuration
    if let failure = store.failure { settings.problems.append(failure) }
    // A file that is no YAML at all is told once.
    var told: Set<String> = []
    let all = settings.agent.problems + settings.user.problems + settings.store.problems
    settings.problems += all.map(\.description).filter { told.insert($0).inserted }
    return settings
  }

  private mutating func bytes(_ path: String) -> [UInt8]? {
    do throws(FileProblem) { return try BoundedFile.read(path, limit: Self.limit) } catch .notThere
    {
      return nil
    } catch {
      problems.append("\(path): \(error.what); \(error.remedy)")
      return nil
    }
  }

  /// What deadlines are computed with.
  var context: TimeContext { store.context(LocalClock(zoneName: user.zone)) }

  /// The channels with their secrets, and why some cannot be used.
  var channels: AgentChannels { AgentChannels(agent.channels) }

  /// Whom it can tell, by which channels.
  var roster: Roster {
    var roster = Roster(
      people: store.people, contacts: store.contacts,
      rota: Rota(turns: store.rota, handover: store.handover, zone: zone),
      channels: Set(agent.channels.map(\.name)), delivers: store.delivers)
    roster.rooms = names { $0.kind == .slack && $0.flags.contains("open_channels") }
    roster.keepsOpen = names { $0.kind == .pagerduty }
    return roster
  }

  private func names(where holds: (ChannelConfiguration) -> Bool) -> Set<String> {
    Set(agent.channels.filter(holds).map(\.name))
  }

  /// The audiences whose updates go by a channel, by channel.
  var audiences: [String: [String]] {
    var all: [String: [String]] = [:]
    for route in agent.audiences {
      for channel in route.channels { all[channel, default: []].append(route.audience) }
    }
    return all
  }

  /// Ways of people that lead nowhere, each with its line.
  var lostWays: [String] {
    let names = agent.channels.map(\.name)
    guard !names.isEmpty else { return [] }
    return store.people.flatMap { person in
      person.reach.filter { !names.contains($0.channel) }.map { way in
        "store.yaml:\(person.line): \(person.name) is to be reached by '\(way.channel)', and there is "
          + "no such channel; \(NearestMatch.remedy(way.channel, among: names))"
      }
    }
  }

  /// The zone that the journal and messages without another tell times in.
  var zone: TimeZoneRules { context.zone }
}

extension AgentConfiguration {
  /// The channels that carry updates to an audience.
  func channels(for audience: String) -> [String] {
    audiences.filter { DeliveryWay(name: "", audiences: [$0.audience]).serves(audience) }
      .flatMap(\.channels)
  }
}

extension StoreConfiguration {
  /// What deadlines are computed with: the team's zone and hours.
  func context(_ clock: LocalClock) -> TimeContext {
    TimeContext(
      zone: zone.map { ZoneFiles.zone(named: $0, from: "store.yaml") } ?? clock.zone,
      calendar: calendar ?? .assumed,
      zoneNamed: { ZoneFiles.rules(named: $0, from: "the procedure's hours") })
  }
}
