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
    let path = Settings.storePath(in: home)
    if let bytes = settings.bytes(path) {
      settings.store = StoreConfiguration.read(bytes, path: path)
    }
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

  /// The zone that the journal and messages without another tell times in.
  var zone: TimeZoneRules { context.zone }
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
