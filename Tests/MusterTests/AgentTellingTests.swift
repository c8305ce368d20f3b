import Engine
import EventLog
import Glibc
import Testing

/// An agent that tells people, as a process: by a program that notes what it is told.
struct AgentTellingTests {
  private let program: Program

  init() throws { program = try Program() }

  private var notes: String { program.folder + "/notes" }

  /// A path whose first step falls due at once, and people that a program tells.
  private func prepare(
    _ script: String? = nil, people: String? = nil, deliver: Bool = true
  ) throws {
    let shell = script ?? "cat >>\(notes); echo \"to $MUSTER_TO\" >>\(notes)"
    try program.write(Array("#!/bin/sh\n\(shell)\n".utf8), to: program.folder + "/tell")
    chmod(program.folder + "/tell", 0o755)
    try program.configure(
      "channels:\n  pager: {kind: command, command: [\(program.folder)/tell], timeout: 5s}\n")
    mkdir(program.store, 0o755)
    let who = people ?? "  - {name: kai, role: Engineering Lead, reach: [pager 10s]}"
    try program.write(
      Array("people:\n\(who)\n\(deliver ? "" : "deliver: false\n")".utf8),
      to: program.store + "/store.yaml")
    try program.quickProcedure(
      "level: 1, to: Engineering Lead, after: 1s, unless: resolved",
      "level: 2, to: CEO, after: 1h, unless: resolved")
  }

  private func declare(_ title: String = "db fails") throws -> String {
    try program.declare(
      title, "--procedure", program.quickProcedurePath, "--severity", "SEV-1")
  }

  private func kinds(_ id: String) -> [String] {
    program.text(program.log(of: id)).split(separator: "\n").compactMap { line in
      do { return try JSON(parsing: String(line))["kind"]?.string } catch { return nil }
    }
  }

  private func count(_ kind: String, in id: String) -> Int { kinds(id).count { $0 == kind } }

  private func stop(_ running: Program.Running, by signal: Int32 = SIGTERM) throws -> Program.Result
  {
    kill(running.process, signal)
    return try program.finish(running)
  }

  @Test func `whom a step calls is told, with the attempt in the log before it is made`() throws {
    defer { program.remove() }
    try prepare()
    let running = try program.start(["agent"])
    let id = try declare()
    #expect(program.waitUntil { count("delivery.succeeded", in: id) == 1 })
    let result = try stop(running)
    let told = program.text(notes)
    #expect(told.contains("You are called as Engineering Lead: db fails (SEV-1)"))
    #expect(told.contains("to kai") && told.contains("muster ack -i \(id)"))
    let order = kinds(id).filter { $0 != "incident.declared" }
    #expect(order == ["escalation.fired", "delivery.started", "delivery.succeeded"])
    #expect(result.errors.contains("\(id): kai by pager: told: You are called"))
    let log = try program.run("log", "-i", id)
    #expect(log.output.contains("Call of Engineering Lead delivered to kai by pager"))
  }

  @Test func `an attempt that was stopped is made again, once`() throws {
    defer { program.remove() }
    try prepare("cat >>\(notes); test -e \(notes).go || { touch \(notes).begun; sleep 5; }")
    let running = try program.start(["agent"])
    let id = try declare()
    #expect(program.waitUntil { access(notes + ".begun", F_OK) == 0 })
    #expect(try stop(running, by: SIGKILL).status == -9)
    #expect(count("delivery.started", in: id) == 1 && count("delivery.succeeded", in: id) == 0)
    try program.write([], to: notes + ".go")
    let again = try program.start(["agent"])
    #expect(program.waitUntil { count("delivery.succeeded", in: id) == 1 })
    _ = try stop(again)
    #expect(count("delivery.started", in: id) == 2)
    // One that came to its end is not made again by the next agent.
    let third = try program.start(["agent"])
    #expect(program.waitUntil { program.text(third.errors).contains("running for") })
    _ = try stop(third)
    #expect(count("delivery.started", in: id) == 2)
  }

  @Test func `nobody to tell is said, and the next step is called at once`() throws {
    defer { program.remove() }
    try prepare(people: "  - {name: ines, role: CEO, reach: [pager]}")
    let running = try program.start(["agent"])
    let id = try declare()
    #expect(program.waitUntil { count("delivery.succeeded", in: id) == 1 })
    let result = try stop(running)
    #expect(program.text(notes).contains("You are called as CEO"))
    #expect(result.errors.contains("NOBODY TO TELL: nobody stands for it"))
    let log = try program.run("log", "-i", id).output
    #expect(log.contains("call CEO, as nobody can be told of the call of Engineering Lead"))
  }

  @Test func `a store that delivers nothing, and a drill, tell nobody`() throws {
    defer { program.remove() }
    try prepare(deliver: false)
    let running = try program.start(["agent"])
    let id = try declare()
    #expect(program.waitUntil { count("escalation.fired", in: id) == 1 })
    _ = try stop(running)
    #expect(count("delivery.started", in: id) == 0 && access(notes, F_OK) != 0)
  }

  @Test func `the commander is told that a log is damaged`() throws {
    defer { program.remove() }
    try prepare()
    let id = try declare()
    #expect(try program.run("assign", "-i", id, "ic", "kai").status == 0)
    #expect(try program.run("note", "-i", id, "all is well").status == 0)
    let path = program.log(of: id)
    let text = program.text(path).replacing("all is well", with: "all is hell")
    try program.write(Array(text.utf8), to: path)
    let running = try program.start(["agent"])
    #expect(program.waitUntil { program.text(notes).contains("DAMAGED LOG") })
    _ = try stop(running)
    #expect(program.text(notes).contains("muster verify -i \(id)"))
    #expect(
      program.text(path).split(separator: "\n").count {
        $0.contains("delivery.succeeded") && $0.contains("damage:")
      } == 1)
  }

  @Test func `what is owed after a closed incident is told`() throws {
    defer { program.remove() }
    // Two persons, as messages to one of them are not to follow each other too fast.
    try prepare(
      people: "  - {name: kai, role: Engineering Lead, reach: [pager 10s]}\n"
        + "  - {name: ines, reach: [pager]}")
    let running = try program.start(["agent"])
    let id = try declare()
    #expect(program.waitUntil { count("delivery.succeeded", in: id) == 1 })
    #expect(try program.run("ack", "-i", id, "--as", "kai").status == 0)
    #expect(
      try program.run("actions", "add", "-i", id, "Alert on use", "--owner", "ines", "--due", "1m")
        .status == 0)
    #expect(try program.run("resolve", "-i", id).status == 0)
    #expect(try program.run("close", "-i", id).status == 0)
    #expect(program.waitUntil { program.text(notes).contains("Alert on use") })
    _ = try stop(running)
  }

  @Test func `a digest is sent when it is due, and once`() throws {
    defer { program.remove() }
    try prepare()
    let config = program.text(program.home + "/.config/muster/config.yaml")
    try program.configure(config + "audiences:\n  team: [pager]\n")
    _ = try declare()
    var now = time(nil)
    var parts = tm()
    gmtime_r(&now, &parts)
    let hour = "\(100 + parts.tm_hour)".dropFirst()
    let minute = "\(100 + parts.tm_min)".dropFirst()
    let settings = program.text(program.store + "/store.yaml")
    try program.write(
      Array(
        (settings + "zone: UTC\ndigests:\n"
          + "  - {name: daily, every: day, at: \"\(hour):\(minute)\", audience: team}\n").utf8),
      to: program.store + "/store.yaml")
    let check = try program.run("agent", "--check").output
    #expect(check.contains("digest     daily to team by pager"))
    for _ in 0..<2 {
      let running = try program.start(["agent"])
      #expect(program.waitUntil { program.text(notes).contains("Incidents up to") })
      #expect(
        program.waitUntil {
          program.text(program.store + "/store.jsonl").contains("delivery.succeeded")
        })
      _ = try stop(running)
    }
    let told = program.text(notes)
    #expect(told.contains("Open: 1\n- SEV-1 db fails"))
    #expect(told.split(separator: "\n").count { $0.hasPrefix("Incidents up to") } == 1)
    #expect(try program.run("verify", "--store-log").status == 0)
  }

  @Test func `show tells programs what the agent does`() throws {
    defer { program.remove() }
    try prepare()
    let running = try program.start(["agent"])
    let id = try declare()
    #expect(program.waitUntil { count("delivery.succeeded", in: id) == 1 })
    let shown = try program.run("show", "-i", id, "--json").json
    _ = try stop(running)
    #expect(shown?["agent"]?["state"] == "watching")
    let attempt = shown?["attempts"]?.array?.first
    #expect(attempt?["person"] == "kai")
    #expect(attempt?["tried"]?.array?.first?["state"] == "delivered")
    let later = try program.run("show", "-i", id, "--json").json
    #expect(later?["agent"]?["state"] == "missing")
  }

  @Test func `a dry run says whom it would tell`() throws {
    defer { program.remove() }
    try prepare()
    let id = try declare()
    #expect(
      program.waitUntil {
        (try? program.run("agent", "--dry-run"))?.output.contains("next: kai by pager now") == true
      })
    #expect(count("delivery.started", in: id) == 0 && access(notes, F_OK) != 0)
    let check = try program.run("agent", "--check")
    #expect(check.status == 0 && check.output.contains("person     kai: pager, 10 s later"))
  }

  @Test func `a dry run says what alerts would do, and what is owed after closed incidents`() throws
  {
    defer { program.remove() }
    try prepare(
      people: "  - {name: kai, role: Engineering Lead, reach: [pager 10s]}\n"
        + "  - {name: ines, reach: [pager]}\n"
          + """
          alerts:
            - {name: pages, match: {severity: page}, severity: SEV-1, procedure: \(program.quickProcedurePath)}
            - {name: slow, match: {severity: warn}, declare: after 5m}
            - {name: rest, declare: never}
          """)
    let id = try declare()
    #expect(try program.run("ack", "-i", id, "--as", "kai").status == 0)
    #expect(
      try program.run("actions", "add", "-i", id, "Alert on use", "--owner", "ines", "--due", "1h")
        .status == 0)
    #expect(try program.run("resolve", "-i", id).status == 0)
    #expect(try program.run("close", "-i", id).status == 0)
    let body =
      #"{"alerts":[{"status":"firing","labels":{"alertname":"Slow","severity":"warn"},"#
      + #""fingerprint":"f"}]}"#
    #expect(try program.run("ingest", "alertmanager", input: Array(body.utf8)).status == 0)
    let log = program.bytes(program.store + "/store.jsonl")
    let result = try program.run("agent", "--dry-run")
    let said = result.output
    #expect(result.status == 0, "\(result.errors)")
    #expect(said.contains("\(id) (closed): db fails") && said.contains("Alert on use"), "\(said)")
    #expect(
      said.contains("alerts of the rule 'pages'")
        && said.contains("open an incident at once as SEV-1"))
    #expect(said.contains("call of Engineering Lead, 1 s later: kai by pager"))
    #expect(said.contains("when they have fired for 5 min"))
    #expect(said.contains("alerts of the rule 'rest' (store.yaml:"))
    #expect(program.bytes(program.store + "/store.jsonl") == log && access(notes, F_OK) != 0)
    #expect(try program.run("list", "--json").json?.array == [])
  }

  @Test func `a gap in the rota is said, and the next step is called at once`() throws {
    defer { program.remove() }
    var now = time(nil)
    var parts = tm()
    gmtime_r(&now, &parts)
    let days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
    let other = days[(Int(parts.tm_wday) + 3) % 7]
    try prepare(
      people: "  - {name: kai, reach: [pager 10s]}\n"
        + "  - {name: ines, role: CEO, reach: [pager]}\n"
        + "rota:\n  - {days: [\(other)], primary: kai}")
    try program.quickProcedure(
      "level: 1, to: On-call, after: 1s, unless: resolved",
      "level: 2, to: CEO, after: 1h, unless: resolved")
    let running = try program.start(["agent"])
    let id = try declare()
    #expect(program.waitUntil { count("delivery.succeeded", in: id) == 1 })
    let shown = try program.run("show", "-i", id).output
    let result = try stop(running)
    #expect(program.text(notes).contains("You are called as CEO"))
    #expect(result.errors.contains("NOBODY TO TELL"), "\(result.errors)")
    #expect(shown.contains("NOBODY TO TELL"), "\(shown)")
    #expect(count("delivery.started", in: id) == 1)
  }

  @Test func `a call goes by the settings of before while store.yaml is broken, and once`() throws {
    defer { program.remove() }
    try prepare()
    try program.quickProcedure("level: 1, to: Engineering Lead, after: 3s, unless: resolved")
    let running = try program.start(["agent"])
    #expect(program.waitUntil { program.text(running.errors).contains("running for") })
    let id = try declare()
    let right = program.text(program.store + "/store.yaml")
    try program.write(Array("people: [{name: kai\n  : :".utf8), to: program.store + "/store.yaml")
    #expect(program.waitUntil { program.text(running.errors).contains("settings not reloaded") })
    #expect(program.waitUntil { count("delivery.succeeded", in: id) == 1 })
    #expect(try program.run("show", "-i", id).output.contains("store.yaml"))
    try program.write(Array(right.utf8), to: program.store + "/store.yaml")
    #expect(program.waitUntil { program.text(running.errors).contains("settings reloaded") })
    #expect(try program.run("note", "-i", id, "x").status == 0)
    _ = try stop(running)
    #expect(count("delivery.started", in: id) == 1)
    #expect(program.text(notes).contains("to kai"))
  }

  @Test func `screens say that nobody watches, and what is done for a call`() throws {
    defer { program.remove() }
    try prepare()
    let running = try program.start(["agent"])
    let id = try declare()
    #expect(program.waitUntil { count("delivery.succeeded", in: id) == 1 })
    #expect(try !program.run("status-line").output.contains("NOBODY WATCHES"))
    let screen = try program.run("console", "-i", id, "--dump", "140x40")
    #expect(screen.output.contains("told kai by pager"))
    #expect(try program.run("show", "-i", id).output.contains("told kai by pager"))
    _ = try stop(running)
    #expect(try program.run("status-line").output.contains("NOBODY WATCHES: no agent since"))
    #expect(try program.run("list").errors.contains("NOBODY WATCHES"))
    #expect(
      try program.run("wall", "-i", id, "--dump", "140x40").output.contains("NOBODY WATCHES"))
  }

  @Test func `updates to an audience go by the agent, and the verb tells what came of it`() throws {
    defer { program.remove() }
    try prepare()
    let config = program.text(program.home + "/.config/muster/config.yaml")
    try program.configure(config + "audiences:\n  customers: [pager]\n")
    let running = try program.start(["agent"])
    let id = try declare()
    #expect(program.waitUntil { count("delivery.succeeded", in: id) == 1 })
    let sent = try program.run("update", "-i", id, "We are on it", "--audience", "customers")
    #expect(sent.errors.contains("delivered to agent:pager"))
    #expect(program.text(notes).contains("We are on it"))
    #expect(
      try program.run("store").output.contains("agent           watches; tells people by pager"))
    _ = try stop(running)
    // Without an agent nothing is promised that nobody would do.
    let later = try program.run("update", "-i", id, "Done", "--audience", "customers")
    #expect(!later.errors.contains("agent:pager"))
  }

  @Test func `a channel is tested step by step`() throws {
    defer { program.remove() }
    try prepare()
    let right = try program.run("channel", "test", "pager", "--to", "me")
    #expect(right.status == 0 && right.output == "delivered\n")
    #expect(right.errors.contains("· its secrets can be read\n· runs \(program.folder)/tell"))
    #expect(program.text(notes).contains("Test of the channel pager"))
    try prepare("echo no >&2; exit 3")
    let wrong = try program.run("channel", "test", "pager")
    #expect(wrong.status == 4 && wrong.errors.contains("not delivered: exit 3: no"))
    #expect(try program.run("channel", "test", "pagr").status == 2)
  }
}
