import Display
import Engine
import Glibc
import Synchronization

/// Standard output and standard error. Every line for people passes through the sanitizer exactly once, here.
enum Output {
  /// The columns of the terminal that is written to, else `$COLUMNS`, else 100; never too few to be read.
  static var width: Int {
    var size = winsize()
    if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
      return min(max(Int(size.ws_col), 40), 200)
    }
    return min(max(environment("COLUMNS").flatMap { Int($0) } ?? 100, 40), 200)
  }

  static func line(_ text: String) throws(Failure) { try lines([text]) }

  static func lines(_ lines: [String]) throws(Failure) {
    var text = ""
    for line in lines {
      text += Sanitizer.clean(line)
      text += "\n"
    }
    try write(Array(text.utf8), to: STDOUT_FILENO)
  }

  /// Text of several lines, as an update that goes out: line feeds stay.
  static func text(_ text: String) throws(Failure) {
    let clean = Sanitizer.clean(text, .multiLine)
    try write(Array((clean.hasSuffix("\n") ? clean : clean + "\n").utf8), to: STDOUT_FILENO)
  }

  /// One value over several lines, for programs; characters that could deceive a terminal stand as escapes.
  static func json(_ value: JSON) throws(Failure) {
    try write(Array((harmless(value.indentedText) + "\n").utf8), to: STDOUT_FILENO)
  }

  /// One value a line, for programs.
  static func jsonLine(_ value: JSON) throws(Failure) {
    try write(Array((harmless(value.text) + "\n").utf8), to: STDOUT_FILENO)
  }

  /// Receives complaints while a screen has the terminal; nil: they go to standard error.
  static let listener = Mutex<(@Sendable (String) -> Void)?>(nil)

  /// A line for people that cannot deceive a terminal.
  static func harmlessLine(_ text: String) -> String { Sanitizer.clean(text) }

  /// One line on standard error; what cannot be told there cannot be told at all.
  static func complain(_ text: String) {
    let listener = listener.withLock { $0 }
    if let listener { return listener(text) }
    do { try write(Array("muster: \(Sanitizer.clean(text))\n".utf8), to: STDERR_FILENO) } catch {
      return
    }
  }

  /// A line on standard error that is no complaint.
  static func remark(_ text: String) {
    do { try write(Array((Sanitizer.clean(text) + "\n").utf8), to: STDERR_FILENO) } catch { return }
  }

  /// JSON text whose invisible characters are written as escapes: the same value, harmless to look at.
  static func harmless(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x7F }) { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control where scalar != "\n", .format, .lineSeparator, .paragraphSeparator, .privateUse:
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  static func write(_ bytes: [UInt8], to descriptor: Int32) throws(Failure) {
    let error = writeAll(bytes, to: descriptor)
    guard error == 0 else {
      throw Failure(
        .worldFailed, "standard output: \(systemMessage(error)); the output is incomplete"
      )
    }
  }

  /// Writes everything, however often that takes; 0, or the number of the error.
  static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        Glibc.write(descriptor, buffer.baseAddress?.advanced(by: written), bytes.count - written)
      }
      if count > 0 {
        written += count
      } else if errno == EAGAIN {
        var poll = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = Glibc.poll(&poll, 1, -1)
      } else if errno != EINTR {
        return errno
      }
    }
    return 0
  }

  /// What the system says about an error number.
  static func systemMessage(_ code: Int32) -> String {
    strerror(code).map { String(cString: $0) } ?? "error \(code)"
  }
}
