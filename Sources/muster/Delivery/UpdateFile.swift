import Engine
import Glibc

/// A file that an update is written to: a new one, or the end of one.
struct UpdateFile: ~Copyable {
  let path: String
  private let file: Int32
  private let isNew: Bool

  /// Opens it before anything is recorded: what cannot be opened is refused first.
  init(_ path: String, appending: Bool) throws(Failure) {
    self.path = ProcedureChoice.absolute(path)
    let mode = appending ? O_APPEND : O_EXCL
    isNew = !appending
    file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | mode, 0o640)
    guard file < 0 else { return }
    if errno == EEXIST {
      throw Failure(
        .notNow,
        "\(path) exists and is not overwritten; use --append "
          + "or another file; nothing was recorded")
    }
    throw Failure(
      .worldFailed, "cannot write \(path): \(Output.systemMessage(errno)); nothing was recorded")
  }

  deinit { close(file) }

  /// Takes back a file that nothing was written to.
  func withdraw() { if isNew { unlink(path) } }

  /// Writes the text to the disk, and answers why it is not there; nil where it is.
  func write(_ order: DeliveryOrder) -> String? {
    let words = order.harmlessText
    let text = words.hasSuffix("\n") ? words : words + "\n"
    let error = Output.writeAll(Array(text.utf8), to: file)
    guard error == 0 else { return Output.systemMessage(error) }
    // Devices and pipes have nothing to sync.
    if fsync(file) != 0, errno != EINVAL, errno != EROFS { return Output.systemMessage(errno) }
    return nil
  }
}
