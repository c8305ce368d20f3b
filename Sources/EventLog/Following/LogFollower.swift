internal import Glibc

/// Follows the log in a file, by the system's notices where there are some, and by looking in any case.
///
/// A notice is only a hint: `changed()` looks at the file itself, so that one call a second finds what no notice told.
package final class LogFollower: LogFollowing {
  package let path: String
  package var descriptor: Int32? { notices >= 0 ? notices : nil }

  private let directory: String
  /// Whether every file of the directory is followed, as the path ends in a slash.
  private var followsAll: Bool { path.hasSuffix("/") }
  private var notices: Int32
  /// The watch on the directory, which tells of a file put in the place of another.
  private var watch: Int32 = -1
  /// The watch on the file, and which file it is: what is written to others beside it wakes nobody.
  private var fileWatch: (number: Int32, identity: FileIdentity)?
  private var seen: Look?

  private struct Look: Hashable {
    var identity: FileIdentity
    var count: Int
    var seconds: Int
    var nanoseconds: Int
  }

  /// - Parameters:
  ///   - path: The log; it need not be there yet.
  ///   - usesNotices: Whether to ask the system for notices.
  package init(path: String, usesNotices: Bool = true) {
    self.path = path
    directory = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    notices = usesNotices ? inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK)) : -1
    beginWatching()
    seen = look()
  }

  deinit { if notices >= 0 { close(notices) } }

  /// Whether the log is another, longer or otherwise not what it was at the last call.
  package func changed() -> Bool {
    takeNotices()
    beginWatching()
    let now = look()
    defer { seen = now }
    return now != seen
  }

  private func look() -> Look? {
    FileStatus(path: path).map { status in
      Look(
        identity: status.identity, count: status.count, seconds: status.modified.seconds,
        nanoseconds: status.modified.nanoseconds)
    }
  }

  /// Watches the directory for files that come and go, and the file for what is written to it.
  private func beginWatching() {
    guard notices >= 0 else { return }
    if watch < 0 {
      var wanted = IN_CREATE | IN_DELETE | IN_MOVED_TO | IN_MOVED_FROM | IN_MOVE_SELF
      if followsAll { wanted |= IN_MODIFY }
      watch = inotify_add_watch(notices, directory, UInt32(wanted) | UInt32(IN_ONLYDIR))
    }
    if followsAll { return }
    let identity = FileStatus(path: path)?.identity
    guard identity != fileWatch?.identity else { return }
    if let fileWatch { inotify_rm_watch(notices, fileWatch.number) }
    fileWatch = nil
    let number = inotify_add_watch(notices, path, UInt32(IN_MODIFY | IN_DONT_FOLLOW))
    if number >= 0, let identity { fileWatch = (number, identity) }
  }

  private func takeNotices() {
    guard notices >= 0 else { return }
    let header = MemoryLayout<inotify_event>.size
    withUnsafeTemporaryAllocation(byteCount: 8192, alignment: 8) { room in
      while case let count = read(notices, room.baseAddress, room.count), count > 0 {
        var offset = 0
        while offset + header <= count {
          let event = room.loadUnaligned(fromByteOffset: offset, as: inotify_event.self)
          let isGone =
            event.mask & UInt32(IN_IGNORED) != 0 || event.mask & UInt32(IN_MOVE_SELF) != 0
          if isGone, event.wd == watch {
            if event.mask & UInt32(IN_MOVE_SELF) != 0 { inotify_rm_watch(notices, watch) }
            watch = -1
          } else if isGone, event.wd == fileWatch?.number {
            fileWatch = nil
          }
          offset += header + Int(event.len)
        }
      }
    }
  }
}
