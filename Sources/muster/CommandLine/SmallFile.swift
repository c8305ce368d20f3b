import Glibc

/// A person's own files that are replaced as a whole.
enum SmallFile {
  /// Writes aside and moves, so that nobody ever reads half of it; makes the folder where it is missing.
  static func replace(_ path: String, with bytes: [UInt8], mode: mode_t) throws(Failure) {
    if let slash = path.lastIndex(of: "/") { makeFolders(String(path[..<slash])) }
    let aside = "\(path).\(getpid())"
    let file = open(aside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode)
    guard file >= 0 else { throw failure(path) }
    do {
      defer { close(file) }
      try Output.write(bytes, to: file)
      guard fsync(file) == 0 else { throw failure(path) }
    } catch {
      unlink(aside)
      throw failure(path)
    }
    guard rename(aside, path) == 0 else {
      let failure = failure(path)
      unlink(aside)
      throw failure
    }
  }

  private static func makeFolders(_ path: String) {
    guard !path.isEmpty, access(path, F_OK) != 0 else { return }
    if let slash = path.lastIndex(of: "/") { makeFolders(String(path[..<slash])) }
    mkdir(path, 0o750)
  }

  private static func failure(_ path: String) -> Failure {
    Failure(.worldFailed, "cannot write \(path): \(Output.systemMessage(errno))")
  }
}
