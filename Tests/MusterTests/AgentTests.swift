import Engine
import EventLog
import Glibc
import Procedures
import Testing

/// An agent as a process: how it begins, goes on by other settings, and ends.
struct AgentTests {
  private let program: Program

  init() throws { program = try Program() }

  /// Hears what a process tells its service manager.
  private final class Manager {
    let file = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
    let address: String

    init(_ address: String) throws {
      self.address = address
      var place = sockaddr_un()
      place.sun_family = sa_family_t(AF_UNIX)
      var bytes = Array(address.utf8)
      let isAbstract = bytes.first == 64
      if isAbstract { bytes[0] = 0 }
      withUnsafeMutableBytes(of: &place.sun_path) { room in room.copyBytes(from: bytes) }
      let size = 2 + bytes.count + (isAbstract ? 0 : 1)
      let result = withUnsafePointer(to: &place) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          bind(file, $0, socklen_t(size))
        }
      }
      guard result == 0 else { throw Program.SystemError(code: errno) }
    }

    deinit { close(file) }

    /// The next lines, within ten seconds; empty where none come.
    func next() -> [String] {
      var entry = pollfd(fd: file, events: Int16(POLLIN), revents: 0)
      guard poll(&entry, 1, 10_000) == 1 else { return [] }
      var room = [UInt8](repeating: 0, count: 4096)
      let count = recv(file, &room, room.count, 0)
      return String(decoding: room.prefix(max(0, count)), as: UTF8.self).split(separator: "\n")
        .map(String.init)
    }

    /// Waits for a line, and answers whether it came.
    func hears(_ line: String) -> Bool {
      while true {
        let lines = next()
        if lines.isEmpty { return false }
        if lines.contains(where: { $0.hasPrefix(line) }) { return true }
      }
    }
  }

  private func start(_ manager: Manager) throws -> Program.Running {
    var program = program
    program.environment["NOTIFY_SOCKET"] = manager.address
    let running = try program.start(["agent"])
    try #require(manager.hears("READY=1"))
    return running
  }

  private func stop(_ running: Program.Running, by signal: Int32 = SIGTERM) throws -> Program.Result
  {
    kill(running.process, signal)
    return try program.finish(running)
  }

  private var presence: AgentPresence { FileStore(home: program.store).agentPresence }

  @Test(arguments: [false, true])
  func `is ready once it attends, and ends at a signal with nothing left running`(
    isAbstract: Bool
  ) throws {
    defer { program.remove() }
    let manager = try Manager(
      isAbstract
        ? "@muster-\(getpid())-\(UInt32.random(in: 0...9_999_999))"
        : program.folder + "/notify")
    let running = try start(manager)
    #expect(presence.isRunning && presence.state?.process == running.process)
    let result = try stop(running, by: isAbstract ? SIGINT : SIGTERM)
    #expect(result.status == 0)
    #expect(manager.hears("STOPPING=1"))
    #expect(result.errors.contains("running for \(program.store): 0 open incidents"))
    #expect(!presence.isRunning && presence.state?.ended != nil)
  }

  @Test func `only one agent runs per store; a second one names the first`() throws {
    defer { program.remove() }
    let running = try start(try Manager(program.folder + "/notify"))
    let second = try program.run("agent")
    #expect(second.status == 3)
    #expect(second.errors.contains("an agent already serves \(program.store)"))
    #expect(second.errors.contains("process \(running.process) of "))
    // One that was killed leaves nothing that would be in the way.
    #expect(try stop(running, by: SIGKILL).status == -9)
    #expect(!presence.isRunning)
    let third = try start(try Manager(program.folder + "/notify2"))
    #expect(try stop(third).status == 0)
  }

  @Test func `records what falls due with nobody looking`() throws {
    defer { program.remove() }
    let procedure = try program.quickProcedure(
      "level: 1, to: Engineering Lead, after: 2s, unless: acknowledged")
    let running = try start(try Manager(program.folder + "/notify"))
    let id = try program.declare("db fails", "--procedure", procedure, "--severity", "SEV-1")
    let isThere = program.waitUntil {
      program.text(program.log(of: id)).contains("escalation.fired")
    }
    let result = try stop(running)
    #expect(isThere)
    let log = program.text(program.log(of: id))
    #expect(log.contains(#""source":"agent","kind":"escalation.fired""#))
    #expect(log.contains(#""late_seconds":0"#))
    #expect(result.errors.contains("\(id): recorded: escalation due: call Engineering Lead"))
  }

  @Test func `reloads changed settings, and keeps the previous ones when a file is broken`() throws
  {
    defer { program.remove() }
    let manager = try Manager(program.folder + "/notify")
    let running = try start(manager)
    let settings = program.store + "/store.yaml"
    try program.write(Array("zone: Asia/Jakarta\n".utf8), to: settings)
    #expect(manager.hears("RELOADING=1"))
    #expect(manager.hears("READY=1"))
    #expect(program.waitUntil { program.text(running.errors).contains("settings reloaded") })
    try program.write(Array("zone: [\n".utf8), to: settings)
    #expect(
      manager.hears(
        "STATUS=0 open incidents; PREVIOUS SETTINGS IN FORCE: \(settings):2:1: not valid"))
    #expect(presence.state?.trouble?.hasPrefix("\(settings):2:1") == true)
    try program.write(Array("zone: UTC\n".utf8), to: settings)
    kill(running.process, SIGHUP)
    #expect(program.waitUntil { presence.state?.trouble == nil })
    #expect(try stop(running).status == 0)
  }

  @Test func `gives signs of life as often as the watchdog asks for them`() throws {
    defer { program.remove() }
    let manager = try Manager(program.folder + "/notify")
    var program = program
    program.environment["WATCHDOG_USEC"] = "400000"
    program.environment["NOTIFY_SOCKET"] = manager.address
    let running = try program.start(["agent"])
    for _ in 0..<3 { #expect(manager.hears("WATCHDOG=1")) }
    #expect(try stop(running).status == 0)
  }

  @Test func `looks at everything without starting`() throws {
    defer { program.remove() }
    try program.configure("channels:\n  ops:\n    kind: telegrm\n")
    let wrong = try program.run("agent", "--check")
    #expect(wrong.status == 1)
    #expect(wrong.errors.contains("config.yaml:3:11: unknown kind 'telegrm' of channel"))
    #expect(try program.run("agent").status == 2)
    try program.configure("channels:\n  ops: {kind: command, command: [notify]}\n")
    let right = try program.run("agent", "--check")
    #expect(right.status == 0 && right.output.contains("channels   ops (command)"))
    #expect(!presence.isRunning && presence.state == nil)
  }
}
