import Engine
import Glibc
import TestSupport
import Testing

/// What all machines of a team go by, as a person sets it there.
@Suite(.serialized, .enabled(if: EtcdCluster.isInstalled, Comment(rawValue: EtcdCluster.isMissing)))
struct `Settings that a team shares` {
  private let program: Program
  private let cluster: EtcdCluster

  init() throws {
    (program, cluster) = (try Program(), try EtcdCluster())
    for machine in ["a", "b"] {
      mkdir(home(machine), 0o750)
      try write(machine, "")
      #expect(try run(machine, "store", "join").status == 0)
    }
  }

  private func home(_ machine: String) -> String { program.folder + "/" + machine }

  private func write(_ machine: String, _ settings: String, user: String = "") throws {
    let team = "team:\n  endpoints: [\(cluster.endpoints.joined(separator: ", "))]\n" + user
    try program.write(Array((settings + team).utf8), to: home(machine) + "/store.yaml")
  }

  private func text(_ machine: String) -> String { program.text(home(machine) + "/store.yaml") }

  private func run(_ machine: String, _ words: String...) throws -> Program.Result {
    try program.run(words + ["--home", home(machine)])
  }

  private func contacts(_ machine: String) throws -> [String] {
    let json = try run(machine, "oncall", "--json").json
    return (json?["contacts"]?.array ?? []).compactMap { $0["name"]?.string }
  }

  private static let people = "people:\n- {name: Ada, number: '1'}\n"

  @Test func `the settings of one machine count on all, with the document that they name`() throws {
    try program.write(
      Array("# Outages\n\nSEV-1: everything is down. Acknowledge within 7 minutes.\n".utf8),
      to: program.folder + "/OUTAGE.md")
    try write("b", "people:\n- {name: Bo, number: '2'}\n")
    try write("a", "procedure: \(program.folder)/OUTAGE.md\n" + Self.people)
    let pushed = try run("a", "store", "push")
    #expect(pushed.status == 0, "\(pushed.errors)")
    #expect(try contacts("b") == ["Ada"])
    let procedure = try run("b", "procedure", "show", "--json").json
    #expect(procedure?["source"]?["path"]?.string?.hasSuffix("procedures/OUTAGE.md") == true)
    #expect(try run("b", "declare", "checkout", "fails").status == 0)
    #expect(try run("b", "procedure", "text").output.contains("within 7 minutes"))
    let settings = try run("b", "store", "--json").json?["team"]?["settings"]
    #expect(settings?["number"]?.integer == 1)
    #expect(settings?["own_differ"] == .bool(true))
    #expect(try run("b", "store").output.contains("WHICH SAYS SOMETHING ELSE"))
    cluster.stopAll()
    #expect(try contacts("b") == ["Ada"])
    cluster.goOnAll()
    program.remove()
  }

  @Test func `settings are replaced only where they were seen`() throws {
    try write("a", Self.people)
    #expect(try run("a", "store", "push").output.contains("number 1"))
    #expect(try run("a", "store", "push").output.contains("nothing to push"))
    try write("b", "people:\n- {name: Bo, number: '2'}\n")
    let refused = try run("b", "store", "push", "--yes")
    #expect(refused.status == 3)
    #expect(refused.errors.contains("--over 1"))
    #expect(refused.errors.contains("+ - {name: Bo, number: '2'}"))
    #expect(try run("b", "store", "push", "--over", "1").output.contains("number 2"))
    try write("a", Self.people + "zone: Asia/Tokyo\n")
    #expect(try run("a", "store", "push").status == 3)
    #expect(try run("a", "store", "pull").status == 0)
    #expect(text("a").contains("name: Bo"))
    #expect(text("a").contains("endpoints:"))
    #expect(program.text(home("a") + "/store.yaml.before").contains("Asia/Tokyo"))
    try write("a", "people:\n- {name: Cy, number: '3'}\n")
    #expect(try run("a", "store", "push").output.contains("number 3"))
    #expect(try contacts("b") == ["Cy"])
    program.remove()
  }

  @Test func `settings that cannot be used are not shared`() throws {
    try write("a", "people: 5\n")
    let refused = try run("a", "store", "push")
    #expect(refused.status == 3)
    #expect(refused.errors.contains("nothing was shared"))
    try write("a", "procedure: /nowhere/OUTAGE.md\n")
    #expect(try run("a", "store", "push").status == 1)
    #expect(try run("a", "store", "--json").json?["team"]?["settings"] == .null)
    program.remove()
  }

  @Test func `a procedure is used by all machines after a yes`() throws {
    try write("a", Self.people)
    #expect(try run("a", "store", "push").status == 0)
    let refused = try run("b", "procedure", "use", "small-team")
    #expect(refused.status == 3)
    #expect(refused.errors.contains("--yes"))
    let used = try run("b", "procedure", "use", "small-team", "--yes")
    #expect(used.status == 0, "\(used.errors)")
    #expect(try run("a", "procedure", "list", "--json").json?["used"]?.string == "small-team")
    #expect(try contacts("a").contains("Ada"))
    program.remove()
  }

  @Test func `who may only read follows, and keeps what it records with the reason`() throws {
    #expect(try run("a", "declare", "checkout", "fails").status == 0)
    #expect(try run("b", "list").status == 0)
    for words in [
      ["user", "add", "root:r"], ["user", "grant-role", "root", "root"],
      ["role", "add", "all"],
      ["role", "grant-permission", "all", "--prefix=true", "readwrite", "/"],
      ["role", "add", "wall"], ["role", "grant-permission", "wall", "--prefix=true", "read", "/"],
      ["user", "add", "muster:m"], ["user", "grant-role", "muster", "all"],
      ["user", "add", "wall:w"], ["user", "grant-role", "wall", "wall"], ["auth", "enable"],
    ] { #expect(cluster.control(words).status == 0) }
    for (machine, name) in [("a", "muster"), ("b", "wall")] {
      let file = program.folder + "/" + name
      try program.write([UInt8(ascii: name == "wall" ? "w" : "m")], to: file)
      chmod(file, 0o600)
      try write(machine, "", user: "  user: \(name)\n  password_file: \(file)\n")
    }
    #expect(try run("a", "note", "from a").status == 0)
    // A machine under load may get its first token too late for a glance.
    let follows = try program.waitUntil {
      let read = try run("b", "log")
      return read.output.contains("from a") && read.errors == ""
    }
    #expect(follows)
    let kept = try run("b", "note", "from b")
    #expect(kept.status == 5)
    #expect(kept.errors.contains("user 'wall' may not write there"))
    let refused = try run("b", "store", "push", "--over", "0")
    #expect(refused.status != 0)
    program.remove()
  }
}
