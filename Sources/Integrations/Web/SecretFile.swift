internal import Glibc

/// A secret that lies in a file of its own, which nobody else may read.
package enum SecretFile {
  /// Why a secret cannot be used, in a sentence without the secret.
  package struct Problem: Error, Hashable, Sendable {
    package var description: String

    package init(description: String) { self.description = description }
  }

  private static let limit = 16 * 1024
  private static let credentials = "$CREDENTIALS_DIRECTORY"

  /// The text of a file without its last line feed. `$CREDENTIALS_DIRECTORY` at the beginning of the path stands for what
  /// the service manager hands over.
  package static func read(_ path: String) throws(Problem) -> String {
    // What the service manager hands over lies in a folder that nobody else can enter, and the bit of the group stands for
    // the one user whom it lets read.
    let others: mode_t = path.hasPrefix(credentials) ? 0o037 : 0o077
    let path = try expanded(path)
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard file >= 0 else { throw problem(path, "cannot be opened: \(words(errno))") }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw problem(path, "is no plain file")
    }
    guard status.st_mode & others == 0 else {
      throw problem(path, "can be read by others; chmod 600 it, and consider the secret known")
    }
    var bytes = [UInt8](repeating: 0, count: limit)
    let count = Glibc.read(file, &bytes, bytes.count)
    guard count >= 0 else { throw problem(path, "cannot be read: \(words(errno))") }
    guard count < limit else { throw problem(path, "is too long for a secret") }
    var text = String(decoding: bytes.prefix(count), as: UTF8.self)
    while text.last?.isNewline == true { text.removeLast() }
    guard !text.isEmpty, !text.unicodeScalars.contains(where: { $0.value < 32 }) else {
      throw problem(path, "holds no secret of one line")
    }
    return text
  }

  private static func expanded(_ path: String) throws(Problem) -> String {
    let variable = credentials
    if path.hasPrefix("/") { return path }
    guard path.hasPrefix(variable + "/") else {
      throw problem(path, "is no absolute path, nor one that begins with \(variable)/")
    }
    guard let folder = getenv("CREDENTIALS_DIRECTORY") else {
      throw problem(path, "names credentials, and the service manager handed none over")
    }
    return String(cString: folder) + path.dropFirst(variable.count)
  }

  private static func problem(_ path: String, _ what: String) -> Problem {
    Problem(description: "\(path) \(what)")
  }

  private static func words(_ error: Int32) -> String {
    strerror(error).map { String(cString: $0) } ?? "error \(error)"
  }
}
