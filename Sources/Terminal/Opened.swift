import CNcurses
import Glibc

/// A terminal that has just been opened for ncurses, with signals routed and errors kept.
struct Opened {
  let usesUTF8: Bool
  let isXtermLike: Bool
  let signals: Int32
  let errors: KeptErrors

  init(_ options: TerminalOptions) throws(TerminalError) {
    guard isatty(options.input) == 1, isatty(options.output) == 1 else { throw .notATerminal }
    guard let type = options.type ?? environment("TERM"), !type.isEmpty else {
      throw .noTerminalType
    }
    // Before the library opens the terminal, or it would install handlers of its own.
    guard cn_install_signals() >= 0 else { throw .unusable("cannot create a pipe for signals") }
    usesUTF8 = cn_set_locale() != 0
    isXtermLike = TerminalHandle.isXtermLike(type)
    var errors = KeptErrors()
    errors.prepare()
    self.errors = errors
    cn_guard_terminal(options.input, options.output, errors.real, errors.kept)
    let status = Self.open(type, options)
    guard status == CN_OK else {
      cn_guard_terminal(-1, -1, -1, -1)
      cn_remove_signals()
      errors.close()
      throw Self.error(status, type)
    }
    // The library has taken the signal of a changed size for itself meanwhile.
    signals = cn_install_signals()
  }

  private static func open(_ type: String, _ options: TerminalOptions) -> cn_status {
    let status = cn_open(type, options.input, options.output)
    // Names of newer terminals are often unknown on the machine at the other end of ssh.
    guard status == CN_UNKNOWN_TERMINAL, type.hasPrefix("xterm") else { return status }
    return cn_open("xterm-256color", options.input, options.output)
  }

  private static func error(_ status: cn_status, _ type: String) -> TerminalError {
    switch status {
    case CN_UNKNOWN_TERMINAL: .unknownType(type)
    case CN_CANNOT_MOVE: .tooSimple(type)
    default: .unusable("it could not be opened")
    }
  }
}
