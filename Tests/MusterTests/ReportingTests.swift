import Engine
import Glibc
import Testing

@Suite struct ReportingTests {
  /// A store with one incident that is over, with a finding, a hostile note and a follow-up.
  private static func program() throws -> Program {
    let program = try Program()
    func run(_ arguments: String...) throws {
      let result = try program.run(arguments)
      #expect(result.status == 0, "\(arguments): \(result.errors)")
    }
    try run(
      "declare", "Checkout", "502", "--severity", "SEV-1", "--started=-40m", "--detected=-35m")
    try run("ack", "--at=-30m")
    try run("finding", "Pool exhausted")
    try run("note", "<img src=x> =1+1")
    try run("update", "We look", "--audience", "customers", "--next", "20m")
    try run("actions", "add", "Alert on pool", "--owner", "Ana", "--due", "2020-01-31")
    try run("mitigate")
    try run("resolve")
    try run("close")
    return program
  }

  @Test func `a post-mortem comes in three forms`() throws {
    let program = try Self.program()
    defer { program.remove() }
    let markdown = try program.run("report", "--author", "Mira")
    #expect(markdown.status == 0)
    #expect(markdown.output.hasPrefix("# Post-mortem: Checkout 502\n"))
    #expect(markdown.output.containsText("Pool exhausted"))
    #expect(markdown.errors.containsText("left to fill in by hand"))
    let html = try program.run("report", "--format", "html")
    #expect(html.output.hasPrefix("<!doctype html>"))
    #expect(!html.output.containsText("<img"))
    let json = try #require(try program.run("report", "--format", "json").json)
    #expect(json["findings"]?.array?.first?["text"]?.string == "Pool exhausted")
    let metric = json["metrics"]?.array?.first { $0["id"]?.string == "time_to_detect" }
    #expect(metric?["seconds"]?.integer == 300)
  }

  @Test func `action items are tracked until done`() throws {
    let program = try Self.program()
    defer { program.remove() }
    let open = try #require(try program.run("actions", "--json").json?.array)
    #expect(open.map { $0["owner"]?.string } == ["Ana"])
    #expect(open.first?["state"]?.string == "breached")
    let id = try #require(open.first?["incident"]?.string)
    #expect(try program.run("actions", "done", "Alert", "-i", id).status == 0)
    #expect(try program.run("actions", "--json").json?.array?.isEmpty == true)
    let counted = try program.run("actions", "--markdown").output
    #expect(counted.containsText("**Open:** 0") && counted.containsText("**Done:** 1"))
    #expect(!counted.containsText("Alert on pool"))
    #expect(try program.run("actions", "--all", "--json").json?.array?.count == 1)
  }

  @Test func `post-mortem duties are owed until done, and after the incident is closed`() throws {
    let program = try Self.program()
    defer { program.remove() }
    let owed = try #require(try program.run("postmortem", "--json").json?.array)
    #expect(owed.map { $0["what"]?.string } == ["draft", "meeting"])
    let id = try #require(owed.first?["incident"]?.string)
    // Nothing is open any more: which incident is meant has to be said, and is suggested.
    let refused = try program.run("postmortem", "done", "draft")
    #expect(refused.status == 3)
    #expect(refused.errors.containsText("say -i \(id)"))
    #expect(
      try program.run("postmortem", "done", "draft", "--where", "wiki/1", "-i", id).status == 0)
    #expect(try program.run("postmortem", "waive", "meeting", "-i", id).status == 2)
    let waived = try program.run("postmortem", "waive", "meeting", "-i", id, "--reason", "none")
    #expect(waived.status == 0)
    #expect(try program.run("postmortem", "--json").json?.array?.isEmpty == true)
    let all = try #require(try program.run("postmortem", "--all", "--json").json?.array)
    #expect(all.map { $0["state"]?.string } == ["met", "cancelled"])
    #expect(all.first?["where"]?.string == "wiki/1")
    let report = try program.run("report", "-i", id).output
    #expect(report.containsText("| Post-mortem meeting | waived: none"))
  }

  @Test func `statistics show their formulas`() throws {
    let program = try Self.program()
    defer { program.remove() }
    let json = try #require(try program.run("stats", "--json").json)
    let all = try #require(json["groups"]?.array?.first)
    let metric = all["metrics"]?.array?.first { $0["id"]?.string == "time_to_acknowledge" }
    #expect(metric?["n"]?.integer == 1)
    #expect(metric?["median_seconds"]?.integer == 300)
    #expect(metric?["formula"]?.string == "acknowledged − detected")
    #expect(try program.run("stats").output.containsText("acknowledged −"))
    let csv = try program.run("stats", "--csv")
    #expect(csv.output.hasPrefix("group,name,metric,formula,"))
  }

  @Test(arguments: [
    ("markdown", "| 1 |"), ("csv", "seq,effective,recorded"), ("json", "\"entries\""),
    ("cloudevents", "\"specversion\": \"1.0\""),
  ])
  func `the timeline leaves in every form`(format: String, words: String) throws {
    let program = try Self.program()
    defer { program.remove() }
    let result = try program.run("log", "--format", format)
    #expect(result.status == 0)
    #expect(result.output.containsText(words))
  }

  @Test func `a timeline that comes back to where it left from changes nothing`() throws {
    let program = try Self.program()
    defer { program.remove() }
    let path = program.folder + "/timeline.csv"
    let id = try #require(
      try program.run("list", "--all", "--json").json?.array?.first?["id"]?.string)
    #expect(try program.shell("$MUSTER log -i \(id) --format csv > \(path)").status == 0)
    let before = try program.run("log", "-i", id, "--json").lines
    for _ in 0..<2 {
      let again = try program.run("import", path, "-i", id)
      #expect(again.errors.containsText(": 0 entries imported, \(before.count) already there"))
      #expect(try program.run("log", "-i", id, "--json").lines == before)
    }
    // Elsewhere they are new, once.
    #expect(try program.run("declare", "Other").status == 0)
    let other = try #require(
      try program.run("list", "--json").json?.array?.first { $0["title"]?.string == "Other" })
    let there = try #require(other["id"]?.string)
    let first = try program.run("import", path, "-i", there)
    #expect(first.errors.containsText(": \(before.count) entries imported"))
    let second = try program.run("import", path, "-i", there)
    #expect(second.errors.containsText(": 0 entries imported, \(before.count) already there"))
  }

  @Test
  func `an import into a log without a declaration, or of texts that are too long, is refused`()
    throws
  {
    let program = try Program()
    defer { program.remove() }
    let path = program.folder + "/chat.csv"
    let long = String(repeating: "x", count: 70_000)
    try program.write(
      Array("time,text\n2026-03-02T14:05Z,x\n2026-03-02T14:06Z,\(long)\n".utf8), to: path)
    let full = try program.run("import", path, "--title", "Long", "--resolved", "2026-03-02T15:00Z")
    #expect(full.status == 2)
    #expect(full.errors.containsText("chat.csv:3: the text has 70000 bytes"))
    #expect(try program.run("list", "--all").output.isEmpty)

    _ = try program.declare()
    try program.write([], to: program.log(of: "2026-11-21-empty"))
    try program.write(Array("time,text\n2026-03-02T14:05Z,x\n".utf8), to: path)
    let empty = try program.run("import", path, "-i", "2026-11-21-empty")
    #expect(empty.status == 3)
    #expect(empty.errors.containsText("the log does not begin with a declaration"))
    #expect(program.bytes(program.log(of: "2026-11-21-empty")).isEmpty)
  }

  @Test func `another procedure is laid over the same facts`() throws {
    let program = try Self.program()
    defer { program.remove() }
    let id = try #require(
      try program.run("list", "--all", "--json").json?.array?.first?["id"]?.string)
    let json = try #require(
      try program.run("replay", id, "--procedure", "marketplace", "--json").json)
    #expect(json["other"]?.string == "Marketplace")
    #expect(json["severities"]?.array?.compactMap(\.string) == ["SEV-1 → P1"])
    let lead = json["rows"]?.array?.first { $0["label"]?.string == "Engineering Lead" }
    #expect(lead?["earlier_seconds"]?.integer == 0)
  }

  @Test func `words of a closed incident are enough to read it, and not to write to it`() throws {
    let program = try Self.program()
    defer { program.remove() }
    #expect(try program.run("report", "-i", "checkout").output.hasPrefix("# Post-mortem: Checkout"))
    let note = try program.run("note", "-i", "checkout", "late words")
    #expect(note.status == 3)
    #expect(note.errors.containsText("no open incident 'checkout'; closed: "))
  }

  @Test func `what a file names nobody for is not put into the importer's mouth`() throws {
    let program = try Program()
    defer { program.remove() }
    let path = program.folder + "/chat.csv"
    try program.write(
      Array("time,actor,text\n2026-03-02T14:05Z,mira,grows\n2026-03-02T14:09Z,,stuck\n".utf8),
      to: path)
    let result = try program.run(
      "import", path, "--title", "Queue", "--acknowledged", "2026-03-02T14:06Z", "--resolved",
      "2026-03-02T15:00Z")
    #expect(result.status == 0, "\(result.errors)")
    let id = try #require(result.lines.last)
    let log = String(decoding: program.bytes(program.log(of: id)), as: UTF8.self)
    for (kind, who) in [
      ("note.added", "unknown"), ("incident.acknowledged", "unknown"),
      ("status.changed", "unknown"),
    ] {
      let lines = log.split(separator: "\n").filter { $0.contains("\"kind\":\"\(kind)\"") }
      #expect(lines.last?.contains("\"actor\":\"\(who)\"") == true, "\(lines)")
    }
  }

  @Test func `a chat log comes in with its zone, once, and counts`() throws {
    let program = try Program()
    defer { program.remove() }
    let path = program.folder + "/chat.txt"
    let text = "[2026-03-02 14:05] mira: queue grows\n[2026-03-02 14:09] ana: stuck worker\n"
    let written = try program.shell("printf '%s' '\(text)' > \(path)")
    #expect(written.status == 0)
    let refused = try program.run("import", path, "--title", "Queue")
    #expect(refused.status == 2)
    #expect(refused.errors.containsText(":1: the time has no zone"))
    let result = try program.run(
      "import", path, "--zone", "UTC", "--title", "Queue", "--severity", "SEV-2",
      "--started", "2026-03-02 14:00", "--detected", "2026-03-02 14:04",
      "--resolved", "2026-03-02 15:00")
    #expect(result.status == 0, "\(result.errors)")
    let id = try #require(result.lines.last)
    #expect(id == "2026-03-02-queue")
    let entries = try program.run("log", "-i", id, "--json").lines
    #expect(entries.count { $0.containsText("\"late\":true") } == entries.count)
    #expect(entries.count { $0.containsText("escalation") } == 0)
    let again = try program.run("import", path, "--zone", "UTC", "-i", id)
    #expect(again.errors.containsText("2 already there"))
    let nobody = program.folder + "/nobody.txt"
    try program.write(Array("[2026-03-02 14:20] it was the deploy\n".utf8), to: nobody)
    let more = try program.run("import", nobody, "--zone", "UTC", "-i", id)
    #expect(more.errors.containsText("1 without an author, recorded as by unknown"))
    let last = try program.run("log", "-i", id, "--json").lines.first {
      $0.containsText("it was the deploy")
    }
    #expect(last?.containsText("\"actor\":\"unknown\"") == true, "\(last ?? "")")
    let stats = try #require(try program.run("stats", "--json").json?["groups"]?.array?.first)
    let resolve = stats["metrics"]?.array?.first { $0["id"]?.string == "time_to_resolve" }
    #expect(resolve?["median_seconds"]?.integer == 3600)
    let months = try #require(try program.run("stats", "--json").json?["groups"]?.array).compactMap
    {
      $0["kind"]?.string == "month" ? $0["name"]?.string : nil
    }
    #expect(months == ["2026-03"])
  }

  @Test func `an exported timeline makes the same incident in another store`() throws {
    let program = try Self.program()
    let other = try Program()
    defer {
      program.remove()
      other.remove()
    }
    let path = other.folder + "/timeline.csv"
    let csv = try program.run("log", "--format", "csv").output
    #expect(try other.shell("cat > \(path) <<'END'\n\(csv)END\n").status == 0)
    let arguments = [
      "import", path, "--title", "Checkout 502", "--severity", "SEV-1", "--acknowledged=-30m",
    ]
    let result = try other.run(arguments)
    #expect(result.status == 0, "\(result.errors)")
    let id = try #require(result.lines.last)
    func texts(_ program: Program, _ id: [String]) throws -> [String] {
      try program.run(["log", "--json"] + id).lines.compactMap {
        let entry = try JSON(parsing: $0)
        guard entry["actor"]?.string != "muster", entry["kind"]?.string != "incident.declared",
          let at = entry["effective"]?.string, let text = entry["text"]?.string,
          !text.hasPrefix("Declared: "), !text.hasPrefix("Closed as ")
        else { return nil }
        return "\(at) \(text)"
      }
    }
    let expected = try texts(program, [])
    let found = try texts(other, ["-i", id]).filter { !$0.containsText("Escalation") }
    #expect(found == expected.filter { !$0.containsText("Escalation") })
    let before = try other.run("verify", "-i", id, "--json").json?["head"]
    let again = try other.run("import", path, "-i", id)
    #expect(again.status == 0, "\(again.errors)")
    #expect(again.errors.containsText(": 0 entries imported"), "\(again.errors)")
    #expect(try other.run("verify", "-i", id, "--json").json?["head"] == before)
    let metric = try #require(try other.run("report", "--format", "json", "-i", id).json)[
      "metrics"]?
      .array?.first { $0["id"]?.string == "time_to_resolve" }
    #expect(metric?["state"]?.string == "not_recorded")
  }
}
