import Engine
import EventLog
import Glibc
import Runtime

/// Keeps two processes of one login from trying the same delivery at the same time.
///
/// One lock for each incident and target, so that a newer update cannot overtake an older one on its way. It ends with the
/// process that holds it.
final class DeliveryLock: DeliveryClaim {
  private let path: String
  private let file: Int32

  enum Refusal: Error {
    /// Somebody else has it.
    case busy
    /// There is no place for lock files.
    case impossible(String)
  }

  /// Takes the lock, waiting for it as long as `patience` says.
  init(
    _ target: String, of incident: String, in home: String, patience: Duration
  ) throws(Refusal) {
    let name = String(
      decoding: Digest.hex("\(home)\n\(incident)\n\(target)".utf8).prefix(24), as: UTF8.self)
    path = "\(Self.folder)/muster-\(geteuid())-\(name).lock"
    let limit = ContinuousClock.now + patience
    while true {
      let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
      guard file >= 0 else { throw .impossible("\(path): \(Output.systemMessage(errno))") }
      if flock(file, LOCK_EX | LOCK_NB) == 0 {
        if Self.leads(path, to: file) {
          self.file = file
          return
        }
      } else if errno != EWOULDBLOCK, errno != EINTR {
        let message = Output.systemMessage(errno)
        close(file)
        throw .impossible("\(path): \(message)")
      }
      close(file)
      guard ContinuousClock.now < limit else { throw .busy }
      _ = poll(nil, 0, 50)
    }
  }

  deinit {
    // Whoever opened it meanwhile sees that the path leads elsewhere, and tries again.
    unlink(path)
    close(file)
  }

  /// Whether the file is still the one at its path; the previous holder may have removed it.
  private static func leads(_ path: String, to file: Int32) -> Bool {
    var there = stat()
    var here = stat()
    return stat(path, &there) == 0 && fstat(file, &here) == 0
      && (there.st_dev, there.st_ino) == (here.st_dev, here.st_ino)
  }

  /// The same for every process of a login, whatever its environment says.
  private static var folder: String {
    let own = "/run/user/\(geteuid())"
    return access(own, W_OK | X_OK) == 0 ? own : "/tmp"
  }
}
