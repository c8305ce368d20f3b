import Engine
import EventLog
import Glibc
import Procedures
import TeamStore

/// A home in memory, for a wall that keeps nothing of its team's incidents on the disk. It goes with the process.
struct MemoryHome {
  let path: String

  private static let name = "muster-wall-"

  /// Begins one that goes by the settings of another and shares its team's store.
  init(of home: String) throws(Failure) {
    guard let settings = TeamAccess.settings(in: home) else {
      throw Failure(
        .usage,
        "--no-replica shows a team's store, and \(Settings.storePath(in: home)) has no usable 'team:'"
      )
    }
    let folder = Self.folder
    Self.removeLeft(in: folder)
    path = "\(folder)/\(Self.name)\(getpid())"
    guard mkdir(path, 0o700) == 0 else {
      throw Failure(
        .worldFailed, "cannot make \(path): \(Output.systemMessage(errno))")
    }
    let files = FileStore(home: path)
    do throws(LogError) {
      try files.replace("store.yaml", with: Settings.bytes(Settings.storePath(in: home)) ?? [])
      let joined: TeamFolder.Joined
      if let own = TeamFolder(of: FileStore(home: home)).joined {
        joined = own
      } else {
        joined = try Self.look(at: settings, files)
      }
      try TeamFolder(of: files).join(joined)
    } catch {
      remove()
      throw Failure(error)
    }
  }

  /// The store that is there, for a home that has joined none itself.
  private static func look(
    at settings: TeamSettings, _ files: FileStore
  ) throws(LogError) -> TeamFolder.Joined {
    var reason = "there is no store there yet"
    do throws(TeamTrouble) {
      if case .other(let value) = try Team(settings, of: files).lookAtStore() {
        try Team.requireFormat(value)
        return TeamFolder.Joined(value: value, since: WallClock.now)
      }
    } catch { reason = error.reason }
    throw .notShared(path: settings.prefix, reason: reason)
  }

  /// Where files are kept in memory.
  private static var folder: String {
    guard let own = environment("XDG_RUNTIME_DIR"), own.hasPrefix("/"), access(own, W_OK) == 0
    else { return "/dev/shm" }
    return own
  }

  func remove() { Self.remove(path) }

  /// Removes what walls have left that were killed.
  private static func removeLeft(in folder: String) {
    for entry in Folder.names(folder) where entry.hasPrefix(name) {
      guard let process = pid_t(entry.dropFirst(name.count)), kill(process, 0) != 0,
        errno == ESRCH
      else { continue }
      remove("\(folder)/\(entry)")
    }
  }

  private static func remove(_ path: String) {
    for name in Folder.names(path) where unlink("\(path)/\(name)") != 0 {
      remove("\(path)/\(name)")
    }
    rmdir(path)
  }
}
