internal import Glibc

/// Lists and small files; what cannot be read is empty, for callers to whom it makes no difference.
package enum Folder {
  /// The names in a directory, sorted unless their order is no matter, without `.` and `..`; nil with the reason in `errno`.
  static func list(_ path: String, isSorted: Bool = true) -> [String]? {
    guard let directory = opendir(path) else { return nil }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return isSorted ? names.sorted() : names
  }

  package static func names(_ path: String) -> [String] { list(path) ?? [] }

  /// The first 64 KiB of a file; nothing where it cannot be read.
  package static func smallFile(_ path: String) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
    guard file >= 0 else { return [] }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 65_536)
    var filled = 0
    while filled < bytes.count {
      let count = bytes.withUnsafeMutableBytes { room in
        read(file, room.baseAddress.map { $0 + filled }, room.count - filled)
      }
      if count <= 0 { break }
      filled += count
    }
    return Array(bytes.prefix(filled))
  }

  /// Syncs a directory, so that a new name in it is durable; 0 or an error number.
  static func synchronize(_ path: String) -> Int32 {
    let directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard directory >= 0 else { return errno }
    defer { close(directory) }
    // Some file systems cannot sync a directory, and need not.
    return fsync(directory) == 0 || errno == EINVAL ? 0 : errno
  }
}
