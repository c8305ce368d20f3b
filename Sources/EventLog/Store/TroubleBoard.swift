internal import Engine
internal import Glibc

/// Where the processes that work on a store of files tell each other what is wrong: `trouble/`, with one empty file for
/// each sign.
package struct TroubleBoard {
  let store: FileStore

  private var folder: String { store.home + "/trouble" }

  func marks() -> [TroubleMark] {
    Folder.names(folder).compactMap { TroubleMark(name: $0) }
  }

  /// Makes a sign; where the store takes none, those who share the spool still know.
  func mark(_ mark: TroubleMark) {
    guard !store.isReadOnly else { return }
    if FileStatus(path: folder) == nil {
      do throws(LogError) { try store.makeDirectory(inStore: "trouble") } catch { return }
    }
    let file = open(
      folder + "/" + mark.name, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, store.fileMode)
    guard file >= 0 else { return }
    fchmod(file, store.fileMode)
    close(file)
  }

  func clear(_ mark: TroubleMark) { unlink(folder + "/" + mark.name) }

  /// Tells everybody whether a process of this user could read the settings.
  package func noteSettings(areRead: Bool) {
    let mark = TroubleMark.withoutSettings(user: geteuid())
    if areRead { clear(mark) } else { self.mark(mark) }
  }

  /// Whether a sign is still true.
  func holds(_ mark: TroubleMark) -> Bool {
    switch mark {
    case .unsynced(let incident, _, let boot, let file):
      // After a restart, or in a fresh copy, the log shows what the disk has.
      boot == TroubleMark.boot && store.fileIdentity(of: incident) == file
    case .kept, .withoutSettings: true
    }
  }
}
