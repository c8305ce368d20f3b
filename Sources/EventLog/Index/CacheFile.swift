internal import Glibc

/// Files that may be lost at any time, and that nobody must wait for or complain of.
enum CacheFile {
  /// Writes aside and moves, so that nobody reads half of it; false where that is not possible here.
  static func replace(
    _ path: String, with bytes: [UInt8], modes: (directory: mode_t, file: mode_t)
  ) -> Bool {
    let aside = "\(path).\(getpid())"
    guard let file = create(aside, modes) else { return false }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { all in
        Glibc.write(file, all.baseAddress.map { $0 + written }, all.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      written += count
    }
    close(file)
    if written == bytes.count, rename(aside, path) == 0 { return true }
    unlink(aside)
    return false
  }

  private static func create(
    _ path: String, _ modes: (directory: mode_t, file: mode_t)
  ) -> Int32? {
    let flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW
    var file = open(path, flags, modes.file)
    if file < 0, errno == ENOENT, let slash = path.lastIndex(of: "/") {
      let directory = String(path[..<slash])
      guard mkdir(directory, 0o700) == 0 || errno == EEXIST else { return nil }
      chmod(directory, modes.directory)
      file = open(path, flags, modes.file)
    }
    guard file >= 0 else { return nil }
    // The mask of the process has no say in who shares a store.
    fchmod(file, modes.file)
    return file
  }
}
