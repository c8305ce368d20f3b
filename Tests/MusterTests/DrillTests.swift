import Engine
import EventLog
import Glibc
import Testing

@Suite struct DrillTests {
  private let program: Program

  init() throws { program = try Program() }

  private var drills: String { program.store + "/drills/incidents" }

  private func start(_ arguments: String...) throws -> String {
    let result = try program.run(["drill"] + arguments)
    #expect(result.status == 0, "\(result.errors)")
    return result.lines.last ?? ""
  }

  private func log(of id: String) -> [String] {
    program.text("\(drills)/\(id).jsonl").split(separator: "\n").map(String.init)
  }

  /// A past incident with a world around its commander, closed.
  private func past() throws -> String {
    let id = try program.declare(
      "checkout", "fails", "--severity", "SEV-2", "--detected", "-20m", "--at", "-19m")
    for words in [
      ["assign", "ic", "mira", "--at", "-18m"], ["ack", "--at", "-17m"],
      ["note", "I lead", "--at", "-16m"], ["note", "the pods are up", "--as", "kai"],
      ["finding", "it is the cache", "--as", "kai"],
      ["impact", "nobody pays", "--users", "500", "--as", "dev"], ["resolve"], ["close"],
    ] { #expect(try program.run(words).status == 0, "\(words)") }
    return id
  }

  // MARK: - Making one

  @Test func `a drill replays outside events of a past incident and leaves out the commander's`()
    throws
  {
    let past = try past()
    let id = try start(past, "--speed", "1000")
    #expect(id.hasSuffix("-drill-checkout-fails"))
    // Everything was written twenty minutes after the clock started: 1.2 seconds at this speed.
    var text = ""
    let isTold = try program.waitUntil {
      text = try program.run("log", "-i", id).output
      return text.contains("nobody pays")
    }
    #expect(isTold)
    for words in ["the pods are up", "it is the cache", "nobody pays"] {
      #expect(text.contains(words))
    }
    for words in ["I lead", "Acknowledged", "Incident Commander: mira"] {
      #expect(!text.contains(words))
    }
    let injected = log(of: id).filter { $0.contains(#""source":"drill""#) }
    #expect(injected.count == 3)
    #expect(injected.contains { $0.contains(#""actor":"dev""#) })
    #expect(try program.run("verify", "-i", id).status == 0)
    program.remove()
  }

  @Test func `sorts, more events, severity, procedure and who trains can be chosen`() throws {
    let past = try past()
    let more = program.folder + "/more.yaml"
    try program.write(Array("events: [{at: 0s, by: ada, note: I am watching}]".utf8), to: more)
    let id = try start(
      past, "--only", "finding", "--inject", more, "--severity", "sev-1", "--procedure",
      "standard", "--as", "bo")
    let line = try #require(log(of: id).first)
    let declared = try JSON(parsing: line)
    #expect(declared["actor"]?.string == "bo")
    #expect(declared["data"]?["severity"]?.string == "SEV-1")
    let script = declared["data"]?["exercise"]?["script"]?.array ?? []
    #expect(script.compactMap { $0["kind"]?.string } == ["note.added", "finding.added"])
    #expect(declared["data"]?["exercise"]?["source"]?.string == past)
    #expect(declared["data"]?["exercise"]?["original"]?["acknowledged"]?.integer == 180)
    program.remove()
  }

  @Test func `a past incident becomes a scenario that can be edited and trained on`() throws {
    let past = try past()
    let yaml = try program.run("drill", "scenario", past)
    #expect(yaml.output.contains("finding: it is the cache"))
    let file = program.folder + "/game-day.yaml"
    try program.write(Array(yaml.output.utf8), to: file)
    #expect(try program.run("drill", "scenario", file).output == yaml.output)
    let (one, other) = (try start(past), try start(file))
    func exercise(_ id: String) throws -> JSON? {
      let line = try #require(log(of: id).first)
      return try JSON(parsing: line)["data"]?["exercise"]
    }
    #expect(try exercise(one)?["script"] == exercise(other)?["script"])
    #expect(try exercise(one)?["original"] == exercise(other)?["original"])
    #expect(other == one + "-2")
    program.remove()
  }

  @Test(
    arguments: [
      (["bad-deploymnt"], 3, "did you mean 'bad-deployment'?"),
      (["bad-deployment", "--speed", "0"], 2, "--speed takes a number from 0.1 to 1000"),
      (["bad-deployment", "--only", "jokes"], 2, "no kind of event 'jokes'"),
      (["bad-deployment", "--severity", "P9"], 2, "no severity 'P9'"),
      (["bad-deployment", "--procedure", "nosuch.md"], 1, "nosuch.md: there is no such file"),
      (["/nosuch.yaml"], 1, "/nosuch.yaml: there is no such file"),
      (["/nosuch.jsonl"], 3, "/nosuch.jsonl"),
      (["../../etc/passwd"], 3, "../../etc/passwd"),
      (["inject", "note", "x"], 3, "no incident is open"),
      (["debrief"], 3, "there is no incident"),
    ] as [([String], Int32, String)])
  func `what is wrong with a drill is told in one line`(
    words: [String], status: Int32, message: String
  ) throws {
    let result = try program.run(["drill"] + words)
    #expect(result.status == status, "\(result.errors)")
    #expect(result.errors.contains(message), "\(result.errors)")
    #expect(result.errors.split(separator: "\n").count == 1)
    #expect(access(drills, F_OK) != 0, "nothing was declared")
    program.remove()
  }

  // MARK: - Apart from everything real

  @Test func `no verb reaches a drill that does not name it`() throws {
    let id = try start("bad-deployment")
    #expect(try program.run("note", "x").status == 3)
    #expect(try program.run("show").status == 3)
    #expect(try program.run("list", "--all").output.isEmpty)
    #expect(try program.run("status-line").output.isEmpty)
    #expect(try program.run("wall", "--dump", "40x10").output.contains("N O   O P E N"))
    #expect(try program.run("console", "--dump", "80x24").output.contains("Customers") == false)
    let real = try program.declare()
    #expect(try program.run("note", "x").output.contains(real))
    #expect(try program.run("note", "x", "-i", "customers-cannot").output.contains("DRILL"))
    #expect(try program.run("list", "--drills").output.contains(id))
    #expect(try program.run("stats", "--json").json?["groups"]?.array?.first?["incidents"] == 1)
    let both = try program.run("stats", "--drills", "--json").json
    #expect(both?["groups"]?.array?.first?["incidents"] == 2)
    #expect(both?["drills"] == true)
    #expect(
      try program.run("drill", "inject", "-i", real, "note", "x").errors.contains("is not a drill"))
    #expect(!program.text(program.log(of: real)).contains("drill"))
    program.remove()
  }

  @Test func `a variable of the environment names a drill too`() throws {
    var program = program
    program.environment["MUSTER_INCIDENT"] = try start("bad-deployment")
    #expect(try program.run("note", "x").output.contains("DRILL"))
    #expect(try program.run("status-line").output.hasPrefix("DRILL"))
    #expect(try program.run("show").output.hasPrefix("DRILL"))
    program.remove()
  }

  @Test func `a drill that is over is told nothing more`() throws {
    let started = try program.run("drill", "bad-deployment", "--json")
    let id = try #require(started.json?["id"]?.string)
    #expect(try program.run("drill", "inject", "-i", id, "note", "early").status == 0)
    #expect(try program.run("close", "-i", id, "--outcome", "cancelled").status == 0)
    let late = try program.run("drill", "inject", "-i", id, "note", "late")
    #expect(late.status == 3)
    #expect(late.errors.containsText("the drill is closed"))
    program.remove()
  }

  @Test func `every surface says DRILL`() throws {
    let id = try start("bad-deployment")
    let surfaces: [[String]] = [
      ["ack"], ["ack", "--json", "--at", "-1s"], ["note", "x"], ["show"], ["show", "--json"],
      ["brief"], ["brief", "--markdown"], ["brief", "--json"], ["log"], ["log", "--json"],
      ["log", "--last", "1"], ["log", "--format", "markdown"], ["log", "--format", "csv"],
      ["log", "--format", "json"], ["log", "--format", "cloudevents"], ["report"],
      ["report", "--format", "html"], ["report", "--format", "json"], ["status-line"],
      ["drill", "debrief"], ["drill", "debrief", "--format", "markdown"],
      ["drill", "debrief", "--format", "json"], ["drill", "inject", "note", "y"],
      ["console", "--dump", "80x24"], ["console", "--dump", "24x4"],
      ["console", "--dump", "40x10"],
      ["wall", "--dump", "120x30"], ["wall", "--dump", "20x3"],
      ["replay", "--dump", "80x24"], ["replay", "--procedure", "saas"],
    ]
    for words in surfaces {
      let result = try program.run(words + ["-i", id])
      let isMarked =
        result.output.contains("DRILL") || result.output.contains(#""drill": true"#)
        || result.output.contains(#""drill":true"#) || result.output.contains("drill\r\n")
      let isRefused = words.contains("-1s")
      #expect(result.status == 0 || isRefused, "\(words): \(result.errors)")
      #expect(isMarked || isRefused, "\(words): \(result.output)")
    }
    let list = try program.run("list", "--drills")
    #expect(list.output.contains("DRILL Customers cannot pay"))
    #expect(try program.run("verify", "-i", id).output.contains("-drill-"))
    program.remove()
  }

  @Test func `what is still to come is shown nowhere`() throws {
    let id = try start("bad-deployment")
    for words in [
      ["show"], ["show", "--json"], ["brief"], ["log"], ["log", "--format", "cloudevents"],
      ["log", "--format", "json"], ["report"], ["report", "--format", "json"],
      ["list", "--drills", "--json"], ["drill", "debrief", "--json"], ["wall", "--dump", "160x60"],
      ["replay", "--dump", "160x60"], ["drill", "list", "--json"],
    ] {
      let hasTarget = !["list"].contains(words[0]) && words != ["drill", "list", "--json"]
      let result = try program.run(words + (hasTarget ? ["-i", id] : []))
      #expect(result.status == 0, "\(words) \(result.errors)")
      #expect(!result.output.contains("rate limiter"), "\(words)")
    }
    program.remove()
  }

  @Test func `drills of a shared store are shared`() throws {
    let group = try #require(getgrgid(getgid())?.pointee.gr_name)
    #expect(try program.run("store", "--group", String(cString: group)).status == 0)
    let id = try start("bad-deployment")
    for (path, mode) in [
      (program.store + "/drills", 0o2770), (drills, 0o2770), ("\(drills)/\(id).jsonl", 0o660),
    ] as [(String, UInt32)] {
      var status = stat()
      #expect(stat(path, &status) == 0)
      #expect(status.st_mode & 0o7777 == mode, "\(path)")
    }
    program.remove()
  }

  @Test func `a store that begins with a drill is as private as any`() throws {
    _ = try start("bad-deployment")
    var status = stat()
    #expect(stat(program.store, &status) == 0)
    #expect(status.st_mode & 0o7777 == 0o750)
    program.remove()
  }

  // MARK: - Its clock

  /// Waits until so much time has truly passed since a drill was declared.
  private func waitUntilPassed(_ span: Duration, in id: String) throws {
    let declared = try JSON(parsing: try #require(log(of: id).first))["recorded"]
    let origin = try #require(declared?.string.flatMap { Timestamp(rfc3339: $0) })
    let hasPassed = program.waitUntil {
      var now = timespec()
      clock_gettime(CLOCK_REALTIME, &now)
      let milliseconds = Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
      return Timestamp(milliseconds: milliseconds) - origin >= span
    }
    try #require(hasPassed)
  }

  @Test func `the log of a fast drill keeps the time of its clock`() throws {
    let id = try start("bad-deployment", "--speed", "1000")
    // Once five minutes of its clock have passed, a time that is in the past only there.
    try waitUntilPassed(.milliseconds(300), in: id)
    let note = try program.run("note", "-i", id, "--at", "-4m", "looked at the graphs", "--json")
    #expect(note.status == 0, "\(note.errors)")
    let json = try #require(note.json)
    func time(_ key: String) throws -> Timestamp {
      try #require(json[key]?.string.flatMap { Timestamp(rfc3339: $0) })
    }
    #expect(try time("recorded") - time("effective") > .minutes(4) - .seconds(1))
    let line = try #require(log(of: id).first)
    let declared = try JSON(parsing: line)["recorded"]
    let origin = try #require(declared?.string.flatMap { Timestamp(rfc3339: $0) })
    #expect(try time("recorded") - origin >= .seconds(300))
    #expect(try program.run("note", "-i", id, "--at", "-2h", "before all").status == 0)
    let show = try program.run("show", "-i", id, "--json").json
    let now = try #require(show?["now"]?.string.flatMap { Timestamp(rfc3339: $0) })
    #expect(now >= (try time("recorded")))
    #expect(!log(of: id).contains { $0.contains("clock.stepped") })
    program.remove()
  }

  @Test func `several that look at once tell everything once`() throws {
    let past = try past()
    let id = try start(past, "--speed", "1000")
    // Everything is due by then, and nobody has looked.
    try waitUntilPassed(.milliseconds(1300), in: id)
    var running: [Program.Running] = []
    for number in 0..<6 {
      let words = number % 2 == 0 ? ["show", "-i", id] : ["note", "-i", id, "note \(number)"]
      running.append(try program.start(words))
    }
    for process in running { #expect(try program.finish(process).status == 0) }
    let injected = log(of: id).filter { $0.contains(#""source":"drill""#) }
    #expect(injected.count == 3)
    #expect(try program.run("verify", "-i", id).status == 0)
    program.remove()
  }

  @Test func `words of a drill that found no room find back to it`() throws {
    let id = try start("bad-deployment", "--speed", "100")
    let note = try program.shell(
      "ulimit -f 16; exec $MUSTER note -i \(id) no room for this 2>&1")
    #expect(note.status == 4, "\(note.output)")
    #expect(!log(of: id).contains { $0.contains("no room") })
    let real = try program.declare()
    #expect(try program.run("note", "-i", id, "room again").status == 0)
    let lines = log(of: id)
    #expect(lines.contains { $0.contains("no room for this") })
    #expect(!lines.contains { $0.contains("clock.stepped") })
    #expect(!program.text(program.log(of: real)).contains("no room"))
    program.remove()
  }

  // MARK: - Looking back

  @Test func `the debrief compares with targets and original`() throws {
    let id = try start("bad-deployment", "--speed", "1000")
    for words in [["ack"], ["resolve"], ["close"]] {
      #expect(try program.run(words + ["-i", id]).status == 0)
    }
    let json = try #require(try program.run("drill", "debrief", "-i", id, "--json").json)
    let moments = json["moments"]?.array ?? []
    let acknowledged = try #require(moments.first { $0["milestone"]?.string == "acknowledged" })
    #expect(acknowledged["original_seconds"]?.integer == 240)
    #expect(acknowledged["allowed_seconds"]?.integer == 300)
    let seconds = try #require(acknowledged["seconds"]?.integer)
    let faster = try #require(acknowledged["faster_seconds"]?.integer)
    #expect((239...240).contains(faster + seconds))
    #expect(json["over"] == true)
    #expect(json["speed_percent"] == 100_000)
    let text = try program.run("drill", "debrief", "-i", id).output
    #expect(text.hasPrefix("DRILL: debrief of Customers cannot pay\n"))
    #expect(text.contains("TARGETS"))
    program.remove()
  }
}
