import Glibc

/// A process of the torture program.
struct Child {
  let process: pid_t
  private let output: String

  init(_ scratch: Scratch, _ arguments: String...) {
    self.init(scratch, program: Self.torture, arguments)
  }

  init(_ scratch: Scratch, program: String, _ arguments: [String]) {
    output = scratch.write([], to: "output-\(Self.count())")
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_APPEND, 0)
    posix_spawn_file_actions_addopen(&actions, 2, output, O_WRONLY | O_APPEND, 0)
    var words = ([program] + arguments).map { strdup($0) }
    words.append(nil)
    // Not our own environment: other tests may be changing it at this moment.
    let settings: [String] = ["PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8"]
    var variables = settings.map { strdup($0) }
    variables.append(nil)
    var process: pid_t = 0
    let error = posix_spawn(&process, program, &actions, nil, words, variables)
    precondition(error == 0, "cannot start \(program): \(error)")
    for word in words + variables { free(word) }
    posix_spawn_file_actions_destroy(&actions)
    self.process = process
  }

  private static func count() -> UInt64 { UInt64.random(in: 0...UInt64.max) }

  static var torture: String {
    let own = CommandLine.arguments[0]
    return String(own[..<(own.lastIndex(of: "/") ?? own.startIndex)]) + "/log-torture"
  }

  /// The exit status, or minus the signal that ended it.
  @discardableResult
  func wait() -> Int32 {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    return status & 0x7F == 0 ? status >> 8 & 0xFF : -(status & 0x7F)
  }

  func kill() {
    Glibc.kill(process, SIGKILL)
    wait()
  }

  var text: String { String(decoding: fileBytes(output), as: UTF8.self) }
}
