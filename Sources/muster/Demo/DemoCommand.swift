import ArgumentParser
import Documents
import Engine
import EventLog
import Glibc
import Wording

struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "Play an incident in a throw-away store, on the live console.",
    discussion: """
      A separate process records the incident through the same log and engine as in real use: \
      every verb works on its store while it runs. Without a terminal the log is printed as it grows.

      Example: muster demo
      Example: muster demo --speed 40 | cat
      """)

  @Option(help: ArgumentHelp("Play this many times as fast.", valueName: "factor"))
  var speed = 8.0
  @Option(help: .hidden) var feed: String?
  @Option(
    help: ArgumentHelp("Folder for the store; default: a new one under $TMPDIR.", valueName: "dir"))
  var home: String?

  func run() throws {
    guard speed.isFinite, (0.1...10_000).contains(speed) else {
      throw Failure(.usage, "--speed takes a number from 0.1 to 10000")
    }
    if let feed {
      return try DemoFeed(store: try StoreAccess(home: feed), speed: speed).run()
    }
    unsetenv("MUSTER_INCIDENT")
    let folder = try home ?? Self.newFolder()
    let store = try StoreAccess(home: folder)
    guard try store.ids().isEmpty else {
      throw Failure(.notNow, "\(folder) already holds incidents; the demo needs an empty store")
    }
    do throws(LogError) {
      try store.store.replace("store.yaml", with: Array(DemoScript.settings.utf8))
    } catch {
      throw Failure(error)
    }
    try Output.lines(["demo store: \(folder)", "from another shell: muster --home \(folder) show"])
    let process = try startFeed(folder)
    defer { end(process) }
    let id = try waitForIncident(in: store, process)
    if isatty(STDOUT_FILENO) == 1, isatty(STDIN_FILENO) == 1 {
      var console = try Muster.parseAsRoot(["console", "--home", folder, "-i", id])
      try console.run()
    } else {
      try play(id, of: store, process)
    }
    try Output.lines([
      "the demo's store is kept: 'muster log --home \(folder)' prints its log, 'rm -r \(folder)' removes it",
      "next: \(Shell.verb("drill bad-deployment")) to train on an incident yourself,",
      "  \(Shell.verb("procedure check FILE.md")) to see what Muster understands of your own document,",
      "  \(Shell.verb("declare TITLE")) to open an incident for real",
    ])
  }

  private static func newFolder() throws(Failure) -> String {
    var template = Array("\(environment("TMPDIR") ?? "/tmp")/muster-demo-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw Failure(
        .worldFailed, "cannot create the demo's store: \(Output.systemMessage(errno)); set $TMPDIR")
    }
    return String(
      decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  // MARK: - The other process

  private func startFeed(_ folder: String) throws(Failure) -> pid_t {
    let words = ["muster", "demo", "--feed", folder, "--speed", "\(speed)"]
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(
      &actions, 2, folder + "/demo.errors", O_WRONLY | O_CREAT | O_APPEND, 0o640)
    var process: pid_t = 0
    let error = posix_spawn(&process, "/proc/self/exe", &actions, nil, &arguments, environ)
    guard error == 0 else {
      throw Failure(
        .worldFailed, "the demo cannot start its writer: \(Output.systemMessage(error))")
    }
    return process
  }

  private func end(_ process: pid_t) {
    kill(process, SIGTERM)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
  }

  private func hasEnded(_ process: pid_t) -> Bool {
    var status = siginfo_t()
    // Only looked at, so that its number stays ours until it is ended for good.
    let options = WEXITED | WNOHANG | WNOWAIT
    return waitid(P_PID, id_t(process), &status, options) == 0 && status.si_signo != 0
  }

  /// Waits until the incident is there with what came before its declaration.
  private func waitForIncident(
    in store: StoreAccess, _ process: pid_t
  ) throws(Failure) -> String {
    let limit = WallClock.now + .seconds(10)
    while true {
      if let id = try store.ids().first {
        let log = try store.log(of: id)
        try log.refresh(at: WallClock.now)
        if log.sequence >= 4 { return id }
      }
      guard WallClock.now < limit, !hasEnded(process) else {
        throw Failure(
          .worldFailed, "the demo's writer did not start; see \(store.home)/demo.errors")
      }
      _ = poll(nil, 0, 20)
    }
  }

  // MARK: - Without a terminal

  /// Prints the log as it grows, until the script is over.
  private func play(_ id: String, of store: StoreAccess, _ process: pid_t) throws(Failure) {
    let log = try store.log(of: id, keeping: .all)
    let zone = store.clock.zone
    let follower = try store.follower(of: id)
    var printed = 0
    while true {
      let isOver = hasEnded(process)
      try log.refresh(at: WallClock.now)
      let incident = log.incident
      try Output.lines(
        log.events.dropFirst(printed).map {
          Entry($0, in: incident, zone: zone).line(in: zone, at: WallClock.now)
        })
      printed = log.events.count
      if isOver { return }
      var wait = pollfd(fd: follower.descriptor ?? -1, events: Int16(POLLIN), revents: 0)
      _ = poll(&wait, 1, 250)
      _ = follower.changed()
    }
  }
}
