import Engine
import Glibc
import Testing

struct `Trouble with a store` {
  private let program: Program

  init() throws { program = try Program() }

  /// Whether calls of the system can be made to fail.
  private static let canFail = access("/usr/bin/strace", X_OK) == 0

  /// Runs with every opening of one file failing.
  private func run(failing error: String, on path: String, _ words: String) throws -> Program.Result
  {
    try program.shell(
      #"exec strace -f -qq -o /dev/null -P '\#(path)' -e inject=openat:error=\#(error) "$MUSTER" \#(words)"#
    )
  }

  // MARK: - A log that cannot be read

  @Test(
    .enabled(if: canFail, "strace makes the opening fail"), arguments: ["EIO", "EMFILE", "EACCES"])
  func `words survive a log that cannot be read, and are recorded when it can be`(
    _ error: String
  ) throws {
    let id = try program.declare()
    let log = program.log(of: id)
    for words in ["note these words must not be lost", "ack", "check nothing of that kind"] {
      let result = try run(failing: error, on: log, words)
      #expect(result.status == 4, "\(words): \(result.errors)")
      #expect(
        result.errors.contains("muster: NOT RECORDED, kept in"),
        "\(words): \(result.errors)")
      #expect(result.errors.contains(": cannot open \(log)"), "\(words): \(result.errors)")
    }
    #expect(try program.run("show", "--json").json?["kept_elsewhere"]?.integer == 3)
    #expect(try program.run("status-line").output.contains("3 NOT RECORDED"))
    #expect(try program.run("note", "it can be read again").status == 0)
    let timeline = try program.run("log").output
    #expect(timeline.contains("these words must not be lost"))
    #expect(timeline.contains("check nothing of that kind"))
    let show = try program.run("show", "--json").json
    #expect(show?["kept_elsewhere"]?.integer == 0)
    #expect(show?["times"]?["acknowledged"]?.string != nil)
    #expect(try program.run("verify").status == 0)
    program.remove()
  }

  @Test func `words survive where the folder of the logs cannot be looked at`() throws {
    let id = try program.declare()
    let folder = program.store + "/incidents"
    rename(folder, folder + ".away")
    try program.write([], to: folder)
    for words in [["note", "without a name"], ["note", "-i", id, "with a name"]] {
      let result = try program.run(words)
      #expect(result.status == 4, "\(words): \(result.errors)")
      #expect(result.errors.contains("NOT RECORDED, kept in"), "\(words): \(result.errors)")
    }
    unlink(folder)
    rename(folder + ".away", folder)
    let few = try program.shell("ulimit -n 4; exec \"$MUSTER\" note with few files")
    // Without a file to keep them in the words are lost, and it is said.
    #expect(few.status == 4 && few.errors.contains("NOT RECORDED"), "\(few.errors)")
    _ = try program.run("note", "and on")
    let log = program.text(program.log(of: id))
    for words in ["without a name", "with a name"] {
      #expect(log.contains(words), "\(words)")
    }
    program.remove()
  }

  @Test func `a store that somebody named and that is not there is told`() throws {
    let told = "there is no store at \(program.store) yet, which $MUSTER_HOME names"
    for words in [["list"], ["note", "x"], ["show"]] {
      let result = try program.run(words)
      #expect(result.errors.contains(told), "\(words): \(result.errors)")
    }
    #expect(try program.run("list", "--json").errors.contains("there is no store at"))
    for screen in ["wall", "console"] {
      let frame = try program.run(screen, "--dump", "160x40").output
      #expect(frame.contains("NO STORE AT \(program.store)"), "\(screen)")
    }
    _ = try program.declare()
    #expect(try !program.run("status-line").output.contains("NO STORE"))
    program.remove()
  }

  // MARK: - What one process met, all others show

  @Test(.enabled(if: canFail, "strace makes the sync fail"))
  func `a sync that failed is shown by every surface, also to those who cannot see the spool`()
    throws
  {
    _ = try program.declare()
    let failed = try program.shell(
      #"exec strace -f -qq -o /dev/null -e inject=fdatasync:error=EIO "$MUSTER" note unsure"#)
    #expect(failed.status == 5)
    var other = program
    other.environment["HOME"] = program.folder
    for arguments in [
      ["show"], ["brief"], ["status-line"], ["wall", "--dump", "100x30"],
      ["console", "--dump", "100x30"],
    ] {
      #expect(try other.run(arguments).output.contains("UNSYNCED SINCE"), "\(arguments)")
    }
    #expect(try other.run("list").errors.contains("UNSYNCED SINCE"))
    program.remove()
  }

  @Test(.enabled(if: canFail, "strace makes the opening fail"))
  func `kept words are shown by every surface, also to those who cannot see the spool`() throws {
    let id = try program.declare()
    _ = try run(failing: "EIO", on: program.log(of: id), "note kept words")
    var other = program
    other.environment["HOME"] = program.folder
    for arguments in [
      ["show"], ["brief"], ["status-line"], ["wall", "--dump", "100x30"],
      ["console", "--dump", "100x30"],
    ] {
      #expect(try other.run(arguments).output.contains("NOT RECORDED"), "\(arguments)")
    }
    #expect(try other.run("list").errors.contains("1 NOT RECORDED in \(id)"))
    program.remove()
  }

  // MARK: - Settings that cannot be read

  @Test func `a declaration that could not read the store's settings says so on every surface`()
    throws
  {
    try #require(
      mkdir(program.store, 0o755) == 0 && mkdir(program.store + "/store.yaml", 0o755) == 0)
    let declared = try program.run("declare", "checkout", "fails")
    #expect(declared.status == 0)
    #expect(declared.errors.contains("PROCEDURE NOT READ: \(program.store)/store.yaml"))
    #expect(try program.run("show").output.contains("! PROCEDURE NOT READ"))
    #expect(try program.run("show").output.contains("! STORE.YAML NOT READ"))
    #expect(try program.run("brief").output.contains("rocedure not read"))
    #expect(try program.run("list").output.contains("PROCEDURE NOT READ"))
    #expect(try program.run("list").errors.contains("STORE.YAML NOT READ"))
    let line = try program.run("status-line").output
    #expect(line.contains("STORE.YAML NOT READ"))
    #expect(line.contains("PROCEDURE NOT READ"))
    for screen in ["wall", "console"] {
      let frame = try program.run(screen, "--dump", "160x40").output
      #expect(frame.contains("STORE.YAML NOT READ"), "\(screen)")
      #expect(frame.contains("PROCEDURE NOT READ"), "\(screen)")
    }
    #expect(try program.run("procedure", "use", "standard").status == 4)
    rmdir(program.store + "/store.yaml")
    #expect(try program.run("procedure", "use", "standard").status == 0)
    #expect(try !program.run("status-line").output.contains("STORE.YAML"))
    #expect(try program.run("show").output.contains("! PROCEDURE NOT READ"))
    program.remove()
  }

  @Test(arguments: ["bad: [\n", "procedure: standard\n  zone: :\n - x\n", "words alone\n"])
  func `settings that are no settings are told on every surface`(_ text: String) throws {
    _ = try program.declare()
    let path = program.store + "/store.yaml"
    try program.write(Array(text.utf8), to: path)
    #expect(try program.run("show").output.contains("! STORE.YAML NOT READ"))
    #expect(try program.run("brief").output.lowercased().contains("store.yaml"))
    #expect(try program.run("list").errors.contains("STORE.YAML NOT READ: \(path):"))
    #expect(try program.run("status-line").output.contains("STORE.YAML NOT READ"))
    for screen in ["wall", "console"] {
      let frame = try program.run(screen, "--dump", "160x40").output
      #expect(frame.contains("STORE.YAML NOT READ"), "\(screen)")
    }
    let declared = try program.run("declare", "second")
    #expect(declared.errors.contains("PROCEDURE NOT READ: \(path):"), "\(declared.errors)")
    try program.write(Array("procedure: standard\n".utf8), to: path)
    #expect(try !program.run("status-line").output.contains("STORE.YAML"))
    program.remove()
  }

  @Test func `the settings of a group's store stay the group's, whatever the mask`() throws {
    _ = try program.declare()
    let group = try program.shell("\"$MUSTER\" store --group \"$(id -gn)\"")
    #expect(group.status == 0, "\(group.errors)")
    #expect(try program.shell("umask 077; \"$MUSTER\" procedure use standard").status == 0)
    var status = stat()
    #expect(lstat(program.store + "/store.yaml", &status) == 0)
    #expect(status.st_mode & 0o7777 == 0o660)
    program.remove()
  }

  // MARK: - A declaration that was kept

  @Test func `a kept declaration is recorded by the next note, which is written into it`() throws {
    try #require(mkdir(program.store, 0o755) == 0)
    try program.write([], to: program.store + "/incidents")
    let kept = try program.run("declare", "checkout", "fails")
    #expect(kept.status == 4, "\(kept.errors)")
    #expect(kept.errors.contains("NOT RECORDED"))
    unlink(program.store + "/incidents")
    let note = try program.run("note", "it is declared now")
    #expect(note.status == 0, "\(note.errors)")
    #expect(note.errors.contains("recorded now, kept since"))
    #expect(try program.run("log").output.contains("it is declared now"))
    #expect(try program.run("verify").status == 0)
    program.remove()
  }

  @Test func `a kept declaration is an incident of its own beside others`() throws {
    _ = try program.declare("mail", "fails", "--severity", "SEV-3")
    let folder = program.store + "/incidents"
    rename(folder, folder + ".away")
    try program.write([], to: folder)
    #expect(try program.run("declare", "carts fail", "--severity", "SEV-1").status == 4)
    unlink(folder)
    rename(folder + ".away", folder)
    let list = try program.run("list")
    #expect(list.lines.count == 2, "\(list.output)")
    #expect(list.lines.first?.hasPrefix("SEV-1    NOT RECORDED") == true, "\(list.output)")
    #expect(list.lines.first?.contains("carts fail") == true, "\(list.output)")
    let rows = try program.run("list", "--json").json?.array
    #expect(rows?.first?["log"]?.string == "not_recorded")
    for words in [
      ["status-line"], ["wall", "--dump", "160x40"], ["console", "--dump", "160x40"],
    ] {
      let output = try program.run(words).output
      #expect(output.contains("NOT RECORDED: SEV-1 carts fail"), "\(words): \(output)")
      #expect(!output.contains("1 NOT RECORDED"), "\(words)")
    }
    let told = try program.run("note", "-i", "mail", "x").errors
    #expect(told.contains("recorded now"), "\(told)")
    #expect(try program.run("list").lines.count == 2)
    #expect(try !program.run("status-line").output.contains("NOT RECORDED"))
    program.remove()
  }

  // MARK: - What verify and log tell

  @Test
  func `an emptied log and another incident's are told by verify, and an empty one is not open`()
    throws
  {
    let first = try program.declare("checkout", "fails")
    let second = try program.declare("mail", "fails")
    try program.write(program.bytes(program.log(of: second)), to: program.log(of: first))
    let other = try program.run("verify", "-i", first)
    #expect(other.status == 1)
    #expect(other.output.contains("the log of another incident, \(second)"))
    try program.write([], to: program.log(of: first))
    let emptied = try program.run("verify", "-i", first)
    #expect(emptied.status == 1)
    #expect(emptied.output.contains("no entry at all"))
    #expect(try program.run("note", "into the other").output.contains(second))
    program.remove()
  }

  @Test func `following a log that becomes shorter raises the alarm`() throws {
    let id = try program.declare()
    for number in 1...3 { _ = try program.run("note", "number \(number)") }
    let following = try program.start(["log", "--follow"])
    #expect(program.waitUntil { program.text(following.output).contains("number 3") })
    let bytes = program.bytes(program.log(of: id))
    let cut = try #require(bytes.dropLast().lastIndex(of: 10))
    truncate(program.log(of: id), off_t(cut + 1))
    let isTold = program.waitUntil { program.text(following.errors).contains("lines are missing") }
    kill(following.process, SIGTERM)
    _ = try program.finish(following)
    #expect(isTold, "\(program.text(following.errors))")
    program.remove()
  }

  @Test func `what an interrupted write left is mended, and that is said`() throws {
    let id = try program.declare()
    let before = program.bytes(program.log(of: id))
    try program.write(before + Array(#"{"seq":2,"id":"01"#.utf8), to: program.log(of: id))
    let note = try program.run("note", "on")
    #expect(note.status == 0)
    #expect(note.errors.contains("an interrupted write had left 17 bytes"), "\(note.errors)")
    #expect(try program.run("note", "and on").errors.isEmpty)
    #expect(try program.run("verify").status == 0)
    program.remove()
  }

  @Test func `closing gives back what was kept in reserve`() throws {
    let id = try program.declare()
    var status = stat()
    #expect(lstat(program.log(of: id), &status) == 0)
    guard status.st_blocks * 512 > 512 << 10 else { return program.remove() }
    _ = try program.run("resolve")
    #expect(try program.run("close").status == 0)
    #expect(lstat(program.log(of: id), &status) == 0)
    #expect(status.st_blocks * 512 < 256 << 10)
    program.remove()
  }
}
