internal import Glibc

/// Follows the log in a file, by the system's notices where there are some, and by looking in any case.
///
/// A notice is only a hint: `changed()` looks at the file itself, so that one call a second finds what no notice told.
package final class LogFollower: LogFollowing {
  package let path: String
  package var descriptor: Int32? { notices >= 0 ? notices : nil }

  private let directory: String
  private var notices: Int32
  private var watch: Int32 = -1
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
    seen = look()
    beginWatching()
  }

  deinit { if notices >= 0 { close(notices) } }

  /// Whether the log is another, longer or otherwise not what it was at the last call.
  package func changed() -> Bool {
    takeNotices()
    if watch < 0 { beginWatching() }
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

  /// Watches the directory rather than the file, so that a file put in its place is noticed too.
  private func beginWatching() {
    guard notices >= 0 else { return }
    let wanted = IN_MODIFY | IN_CREATE | IN_DELETE | IN_MOVED_TO | IN_MOVED_FROM | IN_MOVE_SELF
    watch = inotify_add_watch(notices, directory, UInt32(wanted) | UInt32(IN_ONLYDIR))
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
          }
          offset += header + Int(event.len)
        }
      }
    }
  }
}
