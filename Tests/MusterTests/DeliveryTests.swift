import Engine
import EventLog
import Glibc
import Testing

/// Updates that go out by commands of somebody's configuration: real programs, run by the built one.
@Suite struct DeliveryTests {
  private let program: Program
  private let out: String

  init() throws {
    program = try Program()
    out = program.folder + "/out"
  }

  /// A configuration whose deliveries are shell scripts, each with settings of its own behind the command.
  private func configure(_ scripts: [(name: String, script: String, settings: String)]) throws {
    mkdir(program.home + "/.config", 0o700)
    mkdir(program.home + "/.config/muster", 0o700)
    var text = "delivery:\n"
    for (name, script, settings) in scripts {
      let path = "\(program.folder)/\(name)"
      try program.write(Array("\(script)\n".utf8), to: path)
      // Read by the shell, not executed: another test's fork may still hold the file open for writing.
      text += "  \(name): {command: [/bin/sh, \(path), first, 'a b']\(settings)}\n"
    }
    let path = program.home + "/.config/muster/config.yaml"
    try program.write(Array(text.utf8), to: path)
  }

  private func configure(_ script: String, settings: String = "") throws {
    try configure([("page", script, settings)])
  }

  private func events(_ id: String) -> [JSON] {
    program.text(program.log(of: id)).split(separator: "\n").compactMap { line in
      do { return try JSON(parsing: String(line)) } catch { return nil }
    }
  }

  private func deliveries() throws -> [JSON] {
    try program.run("show", "--json").json?["deliveries"]?.array ?? []
  }

  @Test func `the lock that keeps others off a delivery is taken away with it`() throws {
    let id = try program.declare()
    let name = String(
      decoding: Digest.hex("\(program.store)\n\(id)\npage".utf8).prefix(24), as: UTF8.self)
    let user = geteuid()
    let places = ["/run/user/\(user)", "/tmp"].map { "\($0)/muster-\(user)-\(name).lock" }
    try configure("ls \(places.joined(separator: " ")) >\(out) 2>/dev/null; true")
    #expect(try program.run("update", "We look").status == 0)
    #expect(places.contains { program.text(out) == $0 + "\n" })
    for place in places { #expect(access(place, F_OK) != 0) }
    program.remove()
  }

  // MARK: - What a command gets

  @Test func `nothing that could deceive a terminal leaves the house`() throws {
    let id = try program.declare()
    try configure("cat >\(out)")
    let hostile = "evil\u{1B}[31m \u{202E}txt\r\nsecond\tline"
    let file = program.folder + "/copy.txt"
    #expect(try program.run("update", hostile, "--file", file).status == 0)
    for path in [out, file] {
      let text = program.text(path)
      #expect(text.hasPrefix("evil") && text.contains("second"))
      #expect(!text.unicodeScalars.contains { ["\u{1B}", "\u{202E}", "\r"].contains($0) })
    }
    // The evidence stays as it was.
    #expect(events(id)[1]["data"]?["text"]?.string?.hasPrefix(hostile) == true)
    program.remove()
  }

  @Test func `a command gets the text as it was recorded, and what it is about`() throws {
    let id = try program.declare()
    try configure(
      """
      { printf '%s|' "$1" "$2" "$MUSTER_INCIDENT" "$MUSTER_AUDIENCE" "$MUSTER_CHANNEL" \
      "$MUSTER_STATUS" "$MUSTER_SEVERITY"; cat; } >\(out); ls -l /proc/self/fd | wc -l >\(out).fds
      echo chatter
      """)
    let result = try program.run(
      "update", "Wir schauen $(touch \(program.folder)/shell) `x`;", "--audience", "customers",
      "--channel", "#inc")
    #expect(result.status == 0)
    #expect(result.errors.contains("delivered to page"))
    #expect(!result.output.contains("chatter"))
    let log = events(id)
    let text = log[1]["data"]?["text"]?.string ?? "none"
    let head = "first|a b|\(id)|customers|#inc|investigating|SEV-1|"
    #expect(program.text(out) == head + text)
    #expect(text.hasPrefix("Wir schauen $(touch"))
    #expect(access(program.folder + "/shell", F_OK) != 0)
    // Standard input, output and error, the directory itself, and a line for the total.
    #expect(program.text(out + ".fds") == "5\n")
    #expect(
      log.map { $0["kind"]?.string } == ["incident.declared", "update.sent", "delivery.succeeded"])
    #expect(log[2]["actor"]?.string == "muster")
    #expect(log[2]["data"]?["subject"]?.string == "update:2")
    #expect(try deliveries().first?["state"]?.string == "delivered")
    program.remove()
  }

  @Test(arguments: [
    ("cat >/dev/null; echo no route >&2; exit 7", "", "exit 7: no route"),
    ("exit 3", "", "exit 3"),
    ("kill -9 $$", "", "ended by signal 9"),
    ("trap '' TERM; sleep 100", ", timeout: 1s", "stopped after 1 s"),
    ("echo wait >&2; exec sleep 100", ", timeout: 1s", "stopped after 1 s: wait"),
    ("printf 'a\\033[31m\\nb' >&2; exit 1", "", "exit 1: a"),
  ])
  func `what fails is told, recorded and due again`(
    script: String, settings: String, expected: String
  ) throws {
    let id = try program.declare()
    try configure(script, settings: settings)
    let result = try program.run("update", "We look")
    #expect(result.status == 4)
    #expect(result.output.hasPrefix("We look\n\n-- \nlog 1:"))
    #expect(result.errors.contains("2 \(id)"))
    #expect(result.errors.contains("NOT DELIVERED to page: \(expected)"))
    #expect(result.errors.contains("next attempt in 5 s"))
    #expect(result.errors.contains("muster deliver"))
    #expect(!result.errors.contains("\u{1B}"))
    let last = events(id).last
    #expect(last?["kind"]?.string == "delivery.failed")
    #expect(last?["data"]?["error"]?.string?.hasPrefix(expected) == true)
    let dispatch = try deliveries().first
    #expect(dispatch?["state"]?.string == "retrying")
    #expect(dispatch?["failures"]?.integer == 1)
    #expect(dispatch?["next_attempt"]?.string != nil)
    program.remove()
  }

  @Test func `one that reads nothing and one that says too much hold nobody up`() throws {
    let id = try program.declare()
    try configure([
      ("deaf", "exit 0", ""),
      (
        "loud", "head -c 3000000 /dev/zero | tr '\\0' x >&2; printf '\\0\\0 END\\0' >&2; exit 1", ""
      ),
      ("daemon", "sleep 20 & exit 0", ""),
    ])
    let text = String(repeating: "long words ", count: 5000)
    let result = try program.run(["update", "-"], input: Array(text.utf8))
    #expect(result.status == 4)
    let log = events(id)
    #expect(
      log.dropFirst(2).map { $0["kind"]?.string }
        == ["delivery.succeeded", "delivery.failed", "delivery.succeeded"])
    let error = log[3]["data"]?["error"]?.string ?? ""
    #expect(error.hasPrefix("exit 1: xxx"))
    #expect(error.hasSuffix("x END"))
    #expect(error.utf8.count < 260)
    program.remove()
  }

  @Test func `a missing program fails like any other`() throws {
    _ = try program.declare()
    try configure("exit 0")
    try program.write(
      Array("delivery: {page: [\(program.folder)/nowhere]}\n".utf8),
      to: program.home + "/.config/muster/config.yaml")
    let result = try program.run("update", "We look")
    #expect(result.status == 4)
    #expect(result.errors.contains("No such file or directory"))
    program.remove()
  }

  // MARK: - Where it goes

  @Test(arguments: [
    (["--audience", "customers"], ["all", "outside"]),
    (["--audience", "board"], ["all"]),
    ([], ["all"]),
    (["--via", "outside"], ["outside"]),
    (["--via", "outside", "--via", "all", "--via", "all"], ["outside", "all"]),
    (["--audience", "customers", "--no-delivery"], []),
    (["--audience", "customers", "--at", "-1m"], []),
    (["--via", "all", "--at", "-1m"], ["all"]),
  ])
  func `an update goes where its audience is served, or where it is told`(
    words: [String], expected: [String]
  ) throws {
    let id = try program.declare("it fails", "--detected", "-10m")
    try configure([
      ("all", "exit 0", ""), ("outside", "exit 0", ", audiences: [customers]"),
    ])
    let result = try program.run(["update", "We look"] + words)
    #expect(result.status == 0)
    let targets = events(id).dropFirst(2).compactMap { $0["data"]?["target"]?.string }
    #expect(targets == expected)
    program.remove()
  }

  @Test(arguments: [
    ("--via nobody", Int32(2)), ("--append", 2), ("--via page --no-delivery", 2),
    ("--file /", 3), ("--file /no/such/folder/x", 4),
  ])
  func `contradicting options are refused before anything is recorded`(
    words: String, status: Int32
  ) throws {
    let id = try program.declare()
    try configure("exit 0")
    let options = words.split(separator: " ").map(String.init)
    #expect(try program.run(["update", "We look"] + options).status == status)
    #expect(events(id).count == 1)
    program.remove()
  }

  @Test func `a file is made, never overwritten, and added to where that is said`() throws {
    let id = try program.declare()
    let path = program.folder + "/update.txt"
    #expect(try program.run("update", "one", "--file", path).status == 0)
    let first = program.text(path)
    #expect(first.hasPrefix("one\n\n-- \nlog 1:"))
    #expect(events(id).last?["data"]?["target"]?.string == "file \(path)")
    #expect(try program.run("update", "two", "--file", path).status == 3)
    #expect(program.text(path) == first)
    #expect(events(id).count == 3)
    #expect(try program.run("update", "three", "--file", path, "--append").status == 0)
    #expect(program.text(path).hasPrefix(first + "three\n"))
    // Recorded first, so a full device is told of an update that stands in the log.
    let full = try program.run("update", "four", "--file", "/dev/full", "--append")
    #expect(full.status == 4)
    #expect(full.errors.contains("No space left"))
    #expect(events(id).last?["kind"]?.string == "delivery.failed")
    program.remove()
  }

  @Test func `without a terminal nothing can be copied, and that is told`() throws {
    let id = try program.declare()
    let result = try program.run("update", "one", "--copy")
    #expect(result.status == 4)
    #expect(result.errors.contains("NOT DELIVERED to clipboard: this terminal cannot copy"))
    #expect(events(id).last?["data"]?["target"]?.string == "clipboard")
    program.remove()
  }

  @Test func `a preview shows what would go out and where, and does nothing`() throws {
    let id = try program.declare()
    try configure("touch \(out)")
    let result = try program.run(
      "update", "We look", "--audience", "customers", "--next", "30m", "--preview")
    #expect(result.status == 0)
    let hash = events(id)[0]["hash"]?.string ?? "none"
    #expect(result.output == "We look\n\n-- \nlog 1:\(hash)\n")
    for part in [
      "to customers, status investigating", "goes to page", "next update promised by", "1:\(hash)",
    ] {
      #expect(result.errors.contains(part), "\(part)")
    }
    let json = try program.run("update", "We look", "--preview", "--json").json
    #expect(json?["via"]?.array?.compactMap(\.string) == ["page"])
    #expect(json?["text"]?.string == result.output)
    #expect(events(id).count == 1)
    #expect(access(out, F_OK) != 0)
    program.remove()
  }

  // MARK: - Again

  @Test func `what failed is delivered later, once`() throws {
    let id = try program.declare()
    try configure("test -e \(out).up || exit 1; cat >>\(out)")
    #expect(try program.run("deliver").output == "no update is undelivered\n")
    #expect(try program.run("update", "We look").status == 4)
    let failed = try program.run("deliver")
    #expect(failed.status == 4)
    #expect(
      failed.output.contains(
        "update 2: page: NOT DELIVERED (exit 1), tried 2 times, next attempt at"))
    try program.write([], to: out + ".up")
    let result = try program.run("deliver", "--wait", "--json")
    #expect(result.status == 0)
    #expect(result.json?.array?.first?["state"]?.string == "delivered")
    #expect(program.text(out) == events(id)[1]["data"]?["text"]?.string)
    #expect(events(id).map { $0["data"]?["attempt"]?.integer }.suffix(3) == [1, 2, 3])
    #expect(try program.run("deliver").output == "no update is undelivered\n")
    program.remove()
  }

  @Test func `several processes of one login deliver it once`() throws {
    _ = try program.declare()
    try configure("test -e \(out).up || exit 1; sleep 0.3; cat >>\(out); echo >>\(out).times")
    #expect(try program.run("update", "We look").status == 4)
    try program.write([], to: out + ".up")
    let running = try (0..<4).map { _ in try program.start(["deliver"]) }
    for process in running { #expect(try program.finish(process).status == 0) }
    #expect(program.text(out + ".times") == "\n")
    program.remove()
  }

  @Test func `what was recorded and never tried is delivered by the next who looks`() throws {
    let id = try program.declare()
    // Killed while its command runs: the log has the update and no attempt.
    try configure("echo $PPID >\(out).pid; cat >/dev/null; sleep 20", settings: ", timeout: 30s")
    let running = try program.start(["update", "We look"])
    #expect(program.waitUntil { program.text(out + ".pid").hasSuffix("\n") })
    kill(running.process, SIGKILL)
    #expect(try program.finish(running).status == -SIGKILL)
    #expect(events(id).count == 2)
    #expect(try deliveries().first?["state"]?.string == "pending")
    try configure("cat >\(out)")
    #expect(try program.run("deliver").status == 0)
    #expect(program.text(out).hasPrefix("We look"))
    program.remove()
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func `a verb that is interrupted stops its delivery command and records the failure`(
    signal: Int32
  ) throws {
    let id = try program.declare()
    try configure("echo $$ >\(out).pid; sleep 50", settings: ", timeout: 60s")
    let running = try program.start(["update", "We look"])
    #expect(program.waitUntil { program.text(out + ".pid").hasSuffix("\n") })
    kill(running.process, signal)
    #expect(try program.finish(running).status == -signal)
    #expect(events(id).last?["data"]?["error"]?.string == "stopped by a signal to Muster")
    let command = pid_t(program.text(out + ".pid").dropLast()) ?? 0
    #expect(command > 0 && kill(command, 0) != 0)
    program.remove()
  }

  @Test func `deliveries of another login are not made`() throws {
    let id = try program.declare()
    try configure("exit 1")
    #expect(try program.run("update", "We look").status == 4)
    // The same log on another machine.
    let path = program.log(of: id)
    let line = program.text(path).split(separator: "\n")[1]
    let from = try #require(try JSON(parsing: String(line))["data"]?["from"]?.string)
    let text = program.text(path).split(separator: from, omittingEmptySubsequences: false)
    try program.write(Array(text.joined(separator: "dev@elsewhere").utf8), to: path)
    let result = try program.run("deliver")
    #expect(result.status == 4)
    #expect(result.output.contains("belongs to dev@elsewhere"))
    #expect(events(id).count == 3)
    try configure("cat >\(out)")
    #expect(try program.run("deliver", "--take-over").status == 0)
    #expect(program.text(out).hasPrefix("We look"))
    program.remove()
  }

  @Test(arguments: [["--copy"], ["--file", "update.txt"], ["--via", "page"]])
  func `a drill delivers nothing`(words: [String]) throws {
    try configure("touch \(out)")
    let started = try program.run("drill", "bad-deployment")
    let id = try #require(started.lines.last, "\(started.errors)")
    let refused = try program.run(["update", "We look", "-i", id] + words)
    #expect(refused.status == 3)
    #expect(refused.errors.contains("a drill delivers nothing"))
    #expect(try program.run("deliver", "-i", id).status == 3)
    let result = try program.run("update", "We look", "-i", id)
    #expect(result.status == 0)
    #expect(result.output.hasPrefix("DRILL: this is an exercise, nothing has happened.\n\nWe look"))
    #expect(access(out, F_OK) != 0)
    program.remove()
  }

  @Test func `a store with deliver: false delivers nothing`() throws {
    let id = try program.declare()
    try configure("touch \(out)")
    try program.write(Array("deliver: false\n".utf8), to: program.store + "/store.yaml")
    #expect(try program.run("update", "We look").status == 0)
    #expect(try program.run("update", "We look", "--via", "page").status == 3)
    #expect(events(id).count == 2)
    #expect(access(out, F_OK) != 0)
    program.remove()
  }
}
