import Engine
import Procedures
import Synchronization
import TeamStore

/// The two files of settings: a person's own, and the store's.
enum Settings {
  private static let limit = 128 * 1024

  static var userPath: String? {
    if let folder = environment("XDG_CONFIG_HOME"), folder.hasPrefix("/") {
      return folder + "/muster/config.yaml"
    }
    return environment("HOME").map { $0 + "/.config/muster/config.yaml" }
  }

  /// What the person has set; without a file nothing. What cannot be used is told once on standard error.
  static func user() -> UserConfiguration {
    guard let path = userPath, let bytes = bytes(path) else { return UserConfiguration() }
    let configuration = UserConfiguration.read(bytes, path: path)
    complain(configuration.problems)
    return configuration
  }

  static func storePath(in home: String) -> String { home + "/store.yaml" }

  static func store(in home: String) -> StoreConfiguration {
    let reading = readStore(in: home)
    if let failure = reading.failure, told.withLock({ $0.insert(failure).inserted }) {
      Output.complain(failure)
    }
    if reading.failure == nil { complain(reading.configuration.problems) }
    return reading.configuration
  }

  /// What could not be read is told once, however often it is wanted.
  private static let told = Mutex<Set<String>>([])

  /// The store's settings, and why nothing of the file could be used, where it is there and nothing could. Those that a
  /// team shares win over those of this machine.
  static func readStore(
    in home: String
  ) -> (configuration: StoreConfiguration, failure: String?) {
    let own = read(storePath(in: home))
    guard TeamFolder.hasSettings(home) else { return own }
    let shared = read(TeamFolder.settingsPath(home))
    return (
      shared.configuration.with(documentsIn: TeamFolder.settingsFolder(home))
        .overruling(own.configuration), own.failure ?? shared.failure
    )
  }

  /// The files that a store's settings come from, there or not.
  static func storeFiles(in home: String) -> [String] {
    [storePath(in: home)] + (TeamFolder.hasJoined(home) ? [TeamFolder.settingsFolder(home)] : [])
  }

  /// The settings of one machine, whatever its team has set.
  static func read(_ path: String) -> (configuration: StoreConfiguration, failure: String?) {
    do throws(FileProblem) {
      let bytes = try BoundedFile.read(path, limit: limit)
      let configuration = StoreConfiguration.read(bytes, path: path)
      return (configuration, configuration.failure?.description)
    } catch .notThere {
      return (StoreConfiguration(), nil)
    } catch {
      return (StoreConfiguration(), "\(path): \(error.what); \(error.remedy)")
    }
  }

  /// The bytes of a file that need not be there.
  static func bytes(_ path: String, limit: Int = Self.limit) -> [UInt8]? {
    do throws(FileProblem) {
      return try BoundedFile.read(path, limit: limit)
    } catch .notThere {
      return nil
    } catch {
      Output.complain("\(path): \(error.what); \(error.remedy)")
      return nil
    }
  }

  private static func complain(_ problems: [ProcedureError]) {
    guard let first = problems.first else { return }
    let more = problems.count > 1 ? " (and \(problems.count - 1) more)" : ""
    Output.complain(first.description + more)
  }
}
