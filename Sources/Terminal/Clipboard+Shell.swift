import Glibc

extension CopyResult {
  /// Copies from a program that has no screen: into a tmux buffer inside of tmux, else by OSC 52 to the terminal that the
  /// process belongs to.
  package static func copyingFromShell(_ text: String) -> CopyResult {
    let limit = TerminalHandle.copyLimit
    guard text.utf8.count <= limit else { return .tooLong(limit: limit) }
    if environment("TMUX")?.isEmpty == false, TerminalHandle.loadTmuxBuffer(text) {
      return .inTmux
    }
    guard let type = environment("TERM"), !type.isEmpty, type != "dumb",
      TerminalHandle.isXtermLike(type)
    else { return .impossible }
    let terminal = open("/dev/tty", O_WRONLY | O_NOCTTY | O_CLOEXEC)
    guard terminal >= 0 else { return .impossible }
    defer { close(terminal) }
    let bytes = Array("\u{1B}]52;c;\(base64(Array(text.utf8)))\u{07}".utf8)
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        write(terminal, buffer.baseAddress?.advanced(by: written), bytes.count - written)
      }
      if count > 0 { written += count } else if errno != EINTR { return .impossible }
    }
    return .sent
  }
}
