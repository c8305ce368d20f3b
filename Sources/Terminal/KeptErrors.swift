import CNcurses
import Display
import Glibc

/// Standard error while the screen is in use: kept in memory, shown afterwards.
///
/// Only where it is a terminal too; redirected, it stays where the user sent it.
struct KeptErrors {
  /// More than this of it is not shown.
  static let limit = 64 << 10

  private(set) var real: Int32 = -1
  private(set) var kept: Int32 = -1

  mutating func prepare() {
    guard real < 0, isatty(STDERR_FILENO) == 1 else { return }
    kept = cn_memory_file("errors")
    guard kept >= 0 else { return }
    real = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
    if real < 0 { close() }
  }

  func divert() {
    guard real >= 0 else { return }
    dup2(kept, STDERR_FILENO)
  }

  /// Makes standard error what it was and shows what was written to it meanwhile.
  mutating func restore() {
    guard real >= 0 else { return }
    dup2(real, STDERR_FILENO)
    var bytes = [UInt8](repeating: 0, count: Self.limit)
    let count = pread(kept, &bytes, bytes.count, 0)
    if count > 0 {
      var text = Sanitizer.clean(String(decoding: bytes[..<count], as: UTF8.self), .multiLine)
      // A terminal that is gone cannot show it, and there is nobody else to tell.
      _ = text.withUTF8 { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
    close()
  }

  mutating func close() {
    for descriptor in [real, kept] where descriptor >= 0 { Glibc.close(descriptor) }
    real = -1
    kept = -1
  }
}
