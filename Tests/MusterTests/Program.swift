import Engine
import Glibc
import Testing

/// The built program, run as a process of its own in a world of its own.
struct Program {
  let folder: String
  /// On another file system where there is one: there is kept what the store does not take.
  let home: String
  var environment: [String: String]

  var store: String { folder + "/store" }

  struct Result {
    var status: Int32
    var output: String
    var errors: String

    var lines: [String] { output.split(separator: "\n").map(String.init) }
    var json: JSON? {
      do { return try JSON(parsing: output) } catch { return nil }
    }
  }

  init() throws {
    var template = Array("/tmp/muster-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw SystemError(code: errno) }
    folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    home =
      access("/dev/shm", W_OK) == 0
      ? folder.replacing("/tmp/", with: "/dev/shm/", maxReplacements: 1) : folder + "/home"
    guard mkdir(home, 0o700) == 0 else { throw SystemError(code: errno) }
    environment = [
      "PATH": "/usr/bin:/bin", "HOME": home, "USER": "mira", "TZ": "UTC",
      "MUSTER_HOME": folder + "/store", "TMPDIR": folder,
    ]
  }

  struct SystemError: Error { var code: Int32 }

  /// The executable, which is built beside the tests.
  static let path: String = {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    let exe = String(
      decoding: buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return exe.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/muster"
  }()

  /// Removes everything that the program left.
  func remove() {
    do {
      _ = try finish(try start(["-rf", "--", home, folder], executable: "/bin/rm"))
    } catch {
      Issue.record("\(folder) was not removed: \(error)")
    }
  }

  func run(_ arguments: String..., input: [UInt8] = []) throws -> Result {
    try run(arguments, input: input)
  }

  func run(_ arguments: [String], input: [UInt8] = []) throws -> Result {
    try finish(try start(arguments, input: input))
  }

  /// At a terminal, where `answer` is typed in advance.
  func runAtTerminal(_ arguments: [String], answering answer: String) throws -> Result {
    let master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard master >= 0 else { throw SystemError(code: errno) }
    defer { close(master) }
    // TIOCSPTLCK and TIOCGPTN, which are macros over shifts: unlock, and ask for the number.
    var (lock, number): (Int32, Int32) = (0, 0)
    guard ioctl(master, 0x4004_5431, &lock) == 0, ioctl(master, 0x8004_5430, &number) == 0 else {
      throw SystemError(code: errno)
    }
    // An end of input behind the answer, should more be asked for.
    let typed = Array(answer.utf8) + [4]
    _ = Glibc.write(master, typed, typed.count)
    return try finish(try start(arguments, terminal: "/dev/pts/\(number)"))
  }

  /// As a line for a shell, in which `$MUSTER` is the program.
  func shell(_ line: String) throws -> Result {
    try finish(try start(["-c", line], executable: "/bin/sh"))
  }

  /// Whether something comes to be within ten seconds.
  func waitUntil(_ isSo: () throws -> Bool) rethrows -> Bool {
    for _ in 0..<500 {
      if try isSo() { return true }
      usleep(20_000)
    }
    return false
  }

  struct Running {
    var process: pid_t
    var output: String
    var errors: String
  }

  func start(
    _ arguments: [String], input: [UInt8] = [], executable: String = Self.path,
    terminal: String? = nil
  ) throws -> Running {
    let number = UInt64.random(in: 0..<UInt64.max)
    let base = "\(folder)/\(number)"
    try write(input, to: base + ".in")
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    let create = O_WRONLY | O_CREAT | O_TRUNC
    posix_spawn_file_actions_addopen(
      &actions, 0, terminal ?? base + ".in", O_RDONLY | O_NOCTTY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, base + ".out", create, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, base + ".err", create, 0o600)
    var words: [UnsafeMutablePointer<CChar>?] = ([executable] + arguments).map { strdup($0) }
    words.append(nil)
    var values = environment
    values["MUSTER"] = Self.path
    var variables: [UnsafeMutablePointer<CChar>?] = values.map { strdup("\($0.key)=\($0.value)") }
    variables.append(nil)
    defer { for word in words + variables { free(word) } }
    // Threads of a test hold signals back; a shell's child does not.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    var process: pid_t = 0
    let error = posix_spawn(&process, executable, &actions, &attributes, words, variables)
    guard error == 0 else { throw SystemError(code: error) }
    return Running(process: process, output: base + ".out", errors: base + ".err")
  }

  func finish(_ running: Running) throws -> Result {
    var status: Int32 = 0
    while waitpid(running.process, &status, 0) < 0 {
      guard errno == EINTR else { throw SystemError(code: errno) }
    }
    let signal = status & 0x7F
    return Result(
      status: signal == 0 ? status >> 8 & 0xFF : -signal, output: text(running.output),
      errors: text(running.errors))
  }

  // MARK: - Files

  /// Writes the person's own settings.
  func configure(_ text: String) throws {
    mkdir(home + "/.config", 0o700)
    mkdir(home + "/.config/muster", 0o700)
    try write(Array(text.utf8), to: home + "/.config/muster/config.yaml")
  }

  var quickProcedurePath: String { folder + "/quick.yaml" }

  /// Writes a procedure of one severity with these steps of its path; answers where it lies.
  @discardableResult
  func quickProcedure(_ steps: String..., further: String = "") throws -> String {
    let lines =
      ["name: Quick", "severities: [{id: SEV-1, name: Worst, rank: 1}]", "escalation:"]
      + steps.map { "  - {\($0)}" } + [further]
    try write(Array(lines.joined(separator: "\n").utf8), to: quickProcedurePath)
    return quickProcedurePath
  }

  func bytes(_ path: String) -> [UInt8] {
    let file = open(path, O_RDONLY)
    guard file >= 0 else { return [] }
    defer { close(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = read(file, &buffer, buffer.count), count > 0 {
      bytes += buffer.prefix(count)
    }
    return bytes
  }

  func text(_ path: String) -> String { String(decoding: bytes(path), as: UTF8.self) }

  func write(_ bytes: [UInt8], to path: String) throws {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o640)
    guard file >= 0 else { throw SystemError(code: errno) }
    defer { close(file) }
    guard Glibc.write(file, bytes, bytes.count) == bytes.count else {
      throw SystemError(code: errno)
    }
  }

  // MARK: - An incident

  /// Declares an incident and answers its id.
  func declare(_ arguments: String...) throws -> String {
    let words = arguments.isEmpty ? ["checkout", "fails", "--severity", "SEV-1"] : arguments
    let result = try run(["declare"] + words + ["--json"])
    return result.json?["id"]?.string ?? "not declared: \(result.errors)"
  }

  func log(of id: String) -> String { "\(store)/incidents/\(id).jsonl" }
}
