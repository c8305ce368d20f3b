import CLinux
import Display
import Engine
import Glibc

/// A command of somebody's configuration that takes an update on its standard input. No shell is ever between.
///
/// It runs in a session of its own, without the terminal, with the text in a file that has no name: one that does not read
/// it cannot hold anybody up.
struct DeliveryProgram {
  /// The program and its arguments.
  let command: [String]
  let timeout: Duration
  /// Whether somebody wants an end of everything.
  let isInterrupted: () -> Bool

  /// How long a program may take to end once it is asked to.
  private static let grace: Duration = .seconds(2)

  /// How much of what it says on standard error is kept: the end, in bytes.
  private static let mostWords = 240

  /// Runs the program to its end; returns why the update was not delivered, nil on success.
  func run(_ order: DeliveryOrder) -> String? {
    run(
      order.harmlessText,
      [
        ("MUSTER_INCIDENT", order.incident), ("MUSTER_AUDIENCE", order.audience ?? ""),
        ("MUSTER_CHANNEL", order.channel ?? ""), ("MUSTER_STATUS", order.status ?? ""),
        ("MUSTER_SEVERITY", order.severity ?? ""),
      ])
  }

  /// The same with any text, and what it is about in variables of the environment.
  func run(_ text: String, _ variables: [(String, String)]) -> String? {
    do throws(Failure) {
      let input = try Self.file(holding: text)
      defer { close(input) }
      var ends: [Int32] = [-1, -1]
      guard pipe(&ends) == 0 else {
        throw Failure(.worldFailed, "cannot create a pipe: \(Output.systemMessage(errno))")
      }
      defer { close(ends[0]) }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
      return watch(try start(variables, input: input, errors: ends[1]), errors: ends[0])
    } catch {
      return error.message
    }
  }

  /// A descriptor from which a text can be read, from its beginning.
  private static func file(holding text: String) throws(Failure) -> Int32 {
    let file = muster_memory_file()
    guard file >= 0 else {
      throw Failure(.worldFailed, "no memory for the text: \(Output.systemMessage(-file))")
    }
    let error = Output.writeAll(Array(text.utf8), to: file)
    guard error == 0 else {
      close(file)
      throw Failure(.worldFailed, "no memory for the text: \(Output.systemMessage(error))")
    }
    lseek(file, 0, SEEK_SET)
    return file
  }

  /// Starts it; our end of the pipe that takes its errors is closed, whatever comes of it.
  private func start(
    _ variables: [(String, String)], input: Int32, errors: Int32
  ) throws(Failure) -> pid_t {
    defer { close(errors) }
    guard let program = command.first else { throw Failure(.worldFailed, "no program is given") }
    var words: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
    var environment: [UnsafeMutablePointer<CChar>?] =
      Self.environment(with: variables).map { strdup($0) } + [nil]
    defer { for word in words + environment { free(word) } }
    var process: pid_t = 0
    let error = muster_start(&process, &words, &environment, input, errors)
    guard error == 0 else {
      throw Failure(.worldFailed, "\(program): \(Output.systemMessage(error))")
    }
    return process
  }

  /// Our own environment and what the text is about.
  private static func environment(with own: [(String, String)]) -> [String] {
    var all: [String] = []
    var next = environ
    while let variable = next.pointee {
      let text = String(cString: variable)
      if !own.contains(where: { text.hasPrefix($0.0 + "=") }) { all.append(text) }
      next += 1
    }
    return all + own.map { "\($0.0)=\($0.1.filter { $0 != "\0" })" }
  }

  // MARK: - Watching

  /// Waits for the end, or makes one, and keeps the last words.
  private func watch(_ process: pid_t, errors: Int32) -> String? {
    var said = LastWords(descriptor: errors, limit: Self.mostWords)
    let isLate = !wait(for: process, until: .now + timeout, &said, heeds: true)
    if isLate {
      kill(-process, SIGTERM)
      _ = wait(for: process, until: .now + Self.grace, &said, heeds: false)
      // Not reaped yet, so the group still is its own.
      kill(-process, SIGKILL)
    }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    said.read()
    guard isLate || status != 0 else { return nil }
    let end = words(of: status, isLate)
    return said.text.isEmpty ? end : "\(end): \(said.text)"
  }

  /// How it ended.
  private func words(of status: Int32, _ isLate: Bool) -> String {
    if isLate {
      return isInterrupted()
        ? "stopped by a signal to Muster"
        : "stopped after \(timeout.components.seconds) s"
    }
    let signal = status & 0x7F
    return signal != 0 ? "ended by signal \(signal)" : "exit \(status >> 8 & 0xFF)"
  }

  /// Whether a process has ended by then; its number stays taken.
  private func wait(
    for process: pid_t, until limit: ContinuousClock.Instant, _ words: inout LastWords, heeds: Bool
  ) -> Bool {
    var pause: Int32 = 5
    while true {
      var status = siginfo_t()
      let options = WEXITED | WNOHANG | WNOWAIT
      let answer = waitid(P_PID, id_t(process), &status, options)
      if answer == 0, status.si_signo != 0 { return true }
      if answer != 0, errno != EINTR { return true }
      guard ContinuousClock.now < limit, !(heeds && isInterrupted()) else { return false }
      words.wait(milliseconds: pause)
      pause = min(100, pause * 2)
    }
  }
}

/// The end of what a program says.
private struct LastWords {
  private var descriptor: Int32
  private let limit: Int
  private var bytes: [UInt8] = []

  init(descriptor: Int32, limit: Int) {
    self.descriptor = descriptor
    self.limit = limit
  }

  /// Takes in what comes within a time.
  mutating func wait(milliseconds: Int32) {
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    if poll(&entry, 1, milliseconds) > 0 { read() }
  }

  /// Takes in what is there; the rest of a flood is for the next time.
  mutating func read() {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    for _ in 0..<64 where descriptor >= 0 {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count > 0 {
        bytes = Array((bytes + buffer.prefix(count)).suffix(limit))
      } else if count == 0 {
        // Nobody writes any more: nothing to wait for here.
        descriptor = -1
      } else if errno != EINTR {
        return
      }
    }
  }

  /// One harmless line; what was cut in the middle of a character begins with the next.
  var text: String {
    let whole = bytes.count < limit ? bytes[...] : bytes.drop { $0 & 0xC0 == 0x80 }
    let words = String(decoding: whole, as: UTF8.self).split { $0.isWhitespace || $0 == "\0" }
    return Sanitizer.clean(words.joined(separator: " "))
  }
}
