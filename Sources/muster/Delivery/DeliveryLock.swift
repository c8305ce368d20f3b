import Engine
import EventLog
import Glibc

/// Keeps two processes of one login from trying the same delivery at the same time.
///
/// One lock for each incident and target, so that a newer update cannot overtake an older one on its way. It ends with the
/// process that holds it.
struct DeliveryLock: ~Copyable {
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
    let path = "\(Self.folder)/muster-\(geteuid())-\(name).lock"
    file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw .impossible("\(path): \(Output.systemMessage(errno))") }
    let limit = ContinuousClock.now + patience
    while flock(file, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR, ContinuousClock.now < limit else {
        let isBusy = errno == EWOULDBLOCK
        let message = Output.systemMessage(errno)
        close(file)
        throw isBusy ? .busy : .impossible("\(path): \(message)")
      }
      _ = poll(nil, 0, 50)
    }
  }

  deinit { close(file) }

  /// The same for every process of a login, whatever its environment says.
  private static var folder: String {
    let own = "/run/user/\(geteuid())"
    return access(own, W_OK | X_OK) == 0 ? own : "/tmp"
  }
}
