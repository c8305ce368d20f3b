import Engine
import Glibc
import TestSupport
import Testing

/// Several machines, each a home of its own, and the verbs that a person types there.
@Suite(.serialized, .enabled(if: EtcdCluster.isInstalled, Comment(rawValue: EtcdCluster.isMissing)))
struct `A team's store by its verbs` {
  private let program: Program
  private let cluster: EtcdCluster

  init() throws {
    (program, cluster) = (try Program(), try EtcdCluster())
    for machine in ["a", "b"] {
      mkdir(home(machine), 0o750)
      try write(machine, "team:\n  endpoints: [\(cluster.endpoints.joined(separator: ", "))]\n")
    }
  }

  private func home(_ machine: String) -> String { program.folder + "/" + machine }

  private func write(_ machine: String, _ settings: String) throws {
    try program.write(Array(settings.utf8), to: home(machine) + "/store.yaml")
  }

  private func run(_ machine: String, _ words: String...) throws -> Program.Result {
    try program.run(words + ["--home", home(machine)])
  }

  private func joinAll() throws {
    for machine in ["a", "b"] { #expect(try run(machine, "store", "join").status == 0) }
  }

  private func log(_ machine: String) throws -> [[JSON?]] {
    try run(machine, "log", "--json").lines.map { line in
      let json = try JSON(parsing: line)
      return [json["seq"], json["text"]]
    }
  }

  @Test func `what is recorded on one machine is read on the other`() throws {
    try joinAll()
    #expect(try run("a", "declare", "checkout", "fails").status == 0)
    #expect(try run("b", "note", "from b").status == 0)
    #expect(try run("a", "ack").status == 0)
    #expect(try log("a").map { $0[0]?.integer } == [1, 2, 3])
    #expect(try log("a") == log("b"))
    #expect(try run("b", "store", "--json").json?["team"]?["not_shared"]?.integer == 0)
    #expect(try run("a", "store", "doctor").status == 0)
    #expect(try run("a", "verify").status == 0)
    program.remove()
  }

  @Test func `words of a machine that is cut off are kept, shown as not shared, and shared`() throws
  {
    try joinAll()
    #expect(try run("a", "declare", "checkout", "fails").status == 0)
    cluster.stopAll()
    let kept = try run("a", "note", "cut off", "--json")
    #expect(kept.status == 5)
    #expect(kept.json?["seq"] == .null)
    #expect(kept.json?["shared"] == .bool(false))
    #expect(kept.errors.contains("kept here; the team's store is out of reach since "))
    let severity = try run("a", "severity", "SEV-2")
    #expect(severity.status == 5)
    #expect(severity.output.hasPrefix("\u{2013} "))
    #expect(try log("a").map { $0[0] } == [.integer(1), .null, .null])
    #expect(try run("a", "show", "--json").json?["severity"]?.string == "SEV-2")
    #expect(try run("a", "status-line").output.contains("NOT SHARED SINCE"))
    #expect(try run("a", "note", "later").errors.contains("as of "))
    let report = try run("a", "store", "--json").json?["team"]
    #expect(report?["not_shared"]?.integer == 3)
    #expect(report?["reachable"] == .bool(false))
    #expect(try run("a", "store", "leave").status == 3)
    cluster.goOnAll()
    try cluster.waitUntilWell()
    // Verbs leave a cluster that is out of reach alone for ten seconds.
    #expect(program.waitUntil { unlink(home("a") + "/team/unreachable") == 0 })
    #expect(try run("a", "note", "back").status == 0)
    #expect(try log("a").map { $0[0]?.integer } == [1, 2, 3, 4, 5])
    #expect(try log("a") == log("b"))
    program.remove()
  }

  @Test func `settings that cannot be used keep words and say so`() throws {
    try joinAll()
    #expect(try run("a", "declare", "checkout", "fails").status == 0)
    for settings in ["team:\n  endpoints: [http://127.0.0.1:1]\n", "team: [\n", ""] {
      try write("a", settings)
      unlink(home("a") + "/team/unreachable")
      let kept = try run("a", "note", "with unusable settings")
      #expect(kept.status == 5, "\(settings): \(kept.errors)")
    }
    try write("a", "team:\n  endpoints: [\(cluster.endpoints.joined(separator: ", "))]\n")
    unlink(home("a") + "/team/unreachable")
    #expect(try run("a", "note", "with usable ones").status == 0)
    #expect(try log("a").map { $0[0]?.integer } == [1, 2, 3, 4, 5])
    program.remove()
  }

  @Test func `one of two agents leads, and the other takes over when it is gone`() throws {
    try joinAll()
    let first = try program.start(["agent", "--home", home("a")])
    #expect(program.waitUntil { program.text(first.errors).contains("leads the agents") })
    let second = try program.start(["agent", "--home", home("b")])
    #expect(program.waitUntil { program.text(second.errors).contains("stands by") })
    kill(first.process, SIGKILL)
    _ = try program.finish(first)
    var leads = false
    for _ in 0..<3 where !leads {
      leads = program.waitUntil { program.text(second.errors).contains("leads the agents") }
    }
    #expect(leads)
    kill(second.process, SIGTERM)
    #expect(try program.finish(second).status == 0)
    program.remove()
  }

  @Test func `an agent that stands by takes no alerts and says so`() throws {
    try joinAll()
    let first = try program.start(["agent", "--home", home("a")])
    #expect(program.waitUntil { program.text(first.errors).contains("leads the agents") })
    var other = program
    other.environment["XDG_CONFIG_HOME"] = program.folder + "/other"
    for path in ["/other", "/other/muster"] { mkdir(program.folder + path, 0o700) }
    let port = try #require(FreePort.find())
    try program.write(
      Array("agent:\n  listen: 127.0.0.1:\(port)\n".utf8),
      to: program.folder + "/other/muster/config.yaml")
    let token = try other.run("agent", "token", "am", "--scope", "alert").lines.first ?? ""
    let second = try other.start(["agent", "--home", home("b")])
    #expect(program.waitUntil { program.text(second.errors).contains("listening on") })
    let client = try RawClient(port: port)
    client.send(
      [
        "POST /v1/alerts/generic/x HTTP/1.1", "Host: 127.0.0.1", "Authorization: Bearer \(token)",
        "Content-Type: application/json", "Content-Length: 2", "", "{}",
      ].joined(separator: "\r\n"))
    let answer = client.answer()
    #expect(answer.status == 503)
    #expect(answer.head.contains("Retry-After: 15"))
    #expect(answer.body.contains("stands by"))
    for agent in [second, first] {
      kill(agent.process, SIGTERM)
      #expect(try program.finish(agent).status == 0)
    }
    program.remove()
  }
}
