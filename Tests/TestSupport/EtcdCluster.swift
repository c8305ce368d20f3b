internal import Glibc

/// Three members of an etcd cluster on loopback, started for one test and stopped with it.
package final class EtcdCluster {
  /// Where Debian's package puts the server.
  private static let server = "/usr/bin/etcd"
  private static let control = "/usr/bin/etcdctl"

  /// Whether the server is on this machine.
  package static var isInstalled: Bool {
    access(server, X_OK) == 0 && access(control, X_OK) == 0
  }

  package static let isMissing =
    "etcd is not on this machine; apt-get install etcd-server etcd-client"

  package let folder: String
  private let ports: [Int]
  private var processes: [pid_t?]
  private let count: Int

  package struct Trouble: Error {
    package var what: String
  }

  /// Starts the members and waits until they answer.
  package init(members: Int = 3) throws(Trouble) {
    mkdir("/tmp/muster-etcd", 0o700)
    var template = Array("/tmp/muster-etcd/XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Trouble(what: "no folder: \(errno)") }
    folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    count = members
    processes = Array(repeating: nil, count: members)
    var ports: [Int] = []
    for _ in 0..<members * 2 {
      guard let port = FreePort.find() else { throw Trouble(what: "no free port: \(errno)") }
      ports.append(port)
    }
    self.ports = ports
    for member in 0..<members { try start(member) }
    try waitUntilWell()
  }

  deinit {
    for member in 0..<count { kill(member) }
    _ = Self.run("/bin/rm", ["-rf", "--", folder], output: "/dev/null")
  }

  package var endpoints: [String] { (0..<count).map(endpoint) }

  package func endpoint(_ member: Int) -> String { "http://127.0.0.1:\(ports[member * 2])" }

  private func peer(_ member: Int) -> String { "http://127.0.0.1:\(ports[member * 2 + 1])" }

  // MARK: - Members

  package func start(_ member: Int, isNew: Bool = true) throws(Trouble) {
    let all = (0..<count).map { "n\($0)=\(peer($0))" }.joined(separator: ",")
    let words = [
      "--name", "n\(member)", "--data-dir", "\(folder)/n\(member)", "--listen-client-urls",
      endpoint(member), "--advertise-client-urls", endpoint(member), "--listen-peer-urls",
      peer(member), "--initial-advertise-peer-urls", peer(member), "--initial-cluster", all,
      "--initial-cluster-token", folder, "--initial-cluster-state", "new", "--log-level", "error",
      "--logger", "zap", "--snapshot-count", "5000",
    ]
    guard let process = Self.spawn(Self.server, words, output: "\(folder)/n\(member).log") else {
      throw Trouble(what: "etcd does not start")
    }
    processes[member] = process
  }

  /// Ends a member at once, as by a power cut.
  package func kill(_ member: Int) {
    guard let process = processes[member] else { return }
    Glibc.kill(process, SIGCONT)
    Glibc.kill(process, SIGKILL)
    waitpid(process, nil, 0)
    processes[member] = nil
  }

  /// Stops a member, and answers when it stands still.
  package func stop(_ member: Int) {
    guard let process = processes[member] else { return }
    signal(member, SIGSTOP)
    var status: Int32 = 0
    waitpid(process, &status, WUNTRACED)
  }

  package func goOn(_ member: Int) { signal(member, SIGCONT) }

  private func signal(_ member: Int, _ number: Int32) {
    guard let process = processes[member] else { return }
    Glibc.kill(process, number)
  }

  package func stopAll() { for member in 0..<count { stop(member) } }
  package func goOnAll() { for member in 0..<count { goOn(member) } }

  /// Waits until a majority answers.
  package func waitUntilWell() throws(Trouble) {
    for _ in 0..<200 {
      if control(["endpoint", "health"]).status == 0 { return }
      usleep(50_000)
    }
    throw Trouble(what: "the cluster does not come up")
  }

  /// Runs etcdctl against all members.
  @discardableResult
  package func control(_ words: [String]) -> (status: Int32, output: String) {
    let output = "\(folder)/control.out"
    let status = Self.run(
      Self.control, ["--endpoints", endpoints.joined(separator: ",")] + words, output: output)
    return (status, Self.text(output))
  }

  /// The member that leads.
  package var leader: Int? {
    (0..<count).first { member in
      let words = ["--endpoints", endpoint(member), "endpoint", "status", "-w", "fields"]
      let output = "\(folder)/leader.out"
      guard processes[member] != nil, Self.run(Self.control, words, output: output) == 0 else {
        return false
      }
      let lines = Self.text(output).split(separator: "\n")
      func value(_ name: String) -> Substring? {
        lines.first { $0.hasPrefix("\"\(name)\"") }?.split(separator: ":").last
      }
      return value("MemberID") != nil && value("MemberID") == value("Leader")
    }
  }

  /// Saves what the cluster has, as for a backup.
  package func save(to path: String) {
    _ = Self.run(
      Self.control, ["--endpoints", endpoint(0), "snapshot", "save", path],
      output: "\(folder)/save.out")
  }

  /// Puts the cluster back to a snapshot, as from a backup.
  package func restore(_ snapshot: String) throws(Trouble) {
    for member in 0..<count { kill(member) }
    let all = (0..<count).map { "n\($0)=\(peer($0))" }.joined(separator: ",")
    for member in 0..<count {
      let data = "\(folder)/n\(member)"
      _ = Self.run("/bin/rm", ["-rf", "--", data], output: "/dev/null")
      let status = Self.run(
        Self.control,
        [
          "snapshot", "restore", snapshot, "--name", "n\(member)", "--data-dir", data,
          "--initial-cluster", all, "--initial-cluster-token", folder + "r",
          "--initial-advertise-peer-urls", peer(member),
        ], output: "\(folder)/restore.out")
      guard status == 0 else { throw Trouble(what: Self.text("\(folder)/restore.out")) }
    }
    for member in 0..<count { try start(member) }
    try waitUntilWell()
  }

  // MARK: - Processes

  private static func spawn(_ path: String, _ words: [String], output: String) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(
      &actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    var arguments: [UnsafeMutablePointer<CChar>?] = ([path] + words).map { strdup($0) }
    arguments.append(nil)
    var variables: [UnsafeMutablePointer<CChar>?] = [
      strdup("PATH=/usr/bin:/bin"), strdup("ETCDCTL_API=3"),
      strdup("ETCD_UNSUPPORTED_ARCH=arm64"), nil,
    ]
    defer { for word in arguments + variables { free(word) } }
    var process: pid_t = 0
    let error = posix_spawn(&process, path, &actions, nil, arguments, &variables)
    return error == 0 ? process : nil
  }

  private static func run(_ path: String, _ words: [String], output: String) -> Int32 {
    guard let process = spawn(path, words, output: output) else { return -1 }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 { guard errno == EINTR else { return -1 } }
    return status & 0x7F == 0 ? status >> 8 & 0xFF : -1
  }

  private static func text(_ path: String) -> String {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return "" }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = read(file, &bytes, bytes.count)
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }
}
