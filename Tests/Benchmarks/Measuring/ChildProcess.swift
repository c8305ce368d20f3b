import Glibc

/// A program that was started: its identity, and how it ended.
struct ChildProcess {
  let pid: pid_t

  /// What the standard streams of a new process lead to.
  enum Streams {
    case none
    case output(Int32)
    /// A terminal that becomes the controlling one of a session of its own.
    case terminal(String)
  }

  /// POSIX_SPAWN_SETSID, which the GNU library shows only to those who ask for its extensions.
  private static let newSession: Int16 = 0x80

  init(
    _ arguments: [String], environment: [String: String] = [:], streams: Streams = .none
  ) throws(BenchmarkError) {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    switch streams {
    case .none, .output:
      posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
      posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
      if case .output(let descriptor) = streams {
        posix_spawn_file_actions_adddup2(&actions, descriptor, 1)
      } else {
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
      }
    case .terminal(let path):
      posix_spawnattr_setflags(&attributes, Self.newSession)
      posix_spawn_file_actions_addopen(&actions, 0, path, O_RDWR, 0)
      posix_spawn_file_actions_adddup2(&actions, 0, 1)
      posix_spawn_file_actions_adddup2(&actions, 0, 2)
    }
    var strings: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
    strings.append(nil)
    var variables = Self.variables(environment)
    defer { for string in strings + variables { free(string) } }
    var pid: pid_t = 0
    let status = posix_spawnp(&pid, arguments[0], &actions, &attributes, &strings, &variables)
    if status != 0 { throw .system("start \(arguments[0])", status) }
    self.pid = pid
  }

  /// The environment of this process with some variables set; as C strings that the caller frees.
  private static func variables(
    _ changes: [String: String]
  ) -> [UnsafeMutablePointer<CChar>?] {
    var variables: [UnsafeMutablePointer<CChar>?] = []
    var next = environ
    while let entry = next.pointee {
      let text = String(cString: entry)
      let name = text.prefix { $0 != "=" }
      if changes[String(name)] == nil { variables.append(strdup(text)) }
      next += 1
    }
    for (name, value) in changes { variables.append(strdup("\(name)=\(value)")) }
    return variables + [nil]
  }

  /// Waits for its end; answers the exit status, or 128 and the signal.
  @discardableResult
  func wait() -> Int32 {
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0 && errno == EINTR {}
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
  }

  func stop() {
    kill(pid, SIGKILL)
    wait()
  }

  /// Runs a program to its end; answers what it printed, and throws where it failed.
  static func output(
    _ arguments: [String], environment: [String: String] = [:]
  ) throws(BenchmarkError) -> String {
    var ends: [Int32] = [0, 0]
    if pipe(&ends) != 0 { throw .system("pipe", errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let child = try ChildProcess(
      arguments, environment: environment, streams: .output(ends[1]))
    close(ends[1])
    defer { close(ends[0]) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while case let count = read(ends[0], &chunk, chunk.count), count > 0 {
      bytes.append(contentsOf: chunk[..<count])
    }
    let status = child.wait()
    if status != 0 {
      throw .failed("\(arguments.joined(separator: " ")): exit status \(status)")
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Runs a program to its end and answers how long that took, in seconds, and the most memory it had, in MiB.
  static func use(
    _ arguments: [String], environment: [String: String] = [:]
  ) throws(BenchmarkError) -> (seconds: Double, peak: Double) {
    let start = Stopwatch.now
    let child = try ChildProcess(arguments, environment: environment)
    var status: Int32 = 0
    var usage = rusage()
    while wait4(child.pid, &status, 0, &usage) < 0 && errno == EINTR {}
    let end = Stopwatch.now
    if status != 0 {
      throw .failed("\(arguments.joined(separator: " ")): status \(status)")
    }
    return (Stopwatch.seconds(from: start, to: end), Double(usage.ru_maxrss) / 1024)
  }

  /// Runs a program to its end and answers how long that took, in seconds.
  static func time(
    _ arguments: [String], environment: [String: String] = [:]
  ) throws(BenchmarkError) -> Double {
    let start = Stopwatch.now
    let child = try ChildProcess(arguments, environment: environment)
    let status = child.wait()
    let end = Stopwatch.now
    if status != 0 {
      throw .failed("\(arguments.joined(separator: " ")): exit status \(status)")
    }
    return Stopwatch.seconds(from: start, to: end)
  }
}
