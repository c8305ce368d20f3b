import Engine
import Glibc
import Testing

/// What a document or a person says is read, or told to be unread; it is never left out in silence.
@Suite struct NothingHiddenTests {
  private let program: Program

  init() throws { program = try Program() }

  private static let rota = """
    # Incident process

    ## Severity

    SEV-1: the site is down

    ## On-call rota

    | When | Primary | Secondary |
    |---|---|---|
    | Mon-Fri 17:00-09:00 | Cem | Dia |
    | Fri 18:00 - Mon 09:00 | Eve | Fay |
    | Week 48 | Gus | Hal |
    | 2026-12-24 | Ida | Jon |
    | Weekends | Max | Ned |
    | Public holidays | Oli | Pia |

    """

  @Test func `turns that are no plain days are told to whoever looks for who is on call`() throws {
    let path = program.folder + "/oncall.md"
    try program.write(Array(Self.rota.utf8), to: path)
    let checked = try program.run("procedure", "check", path).output
    let id = try program.declare("carts", "--severity", "SEV-1", "--procedure", path)
    let asked = try program.run("oncall", "-i", id).output
    for name in ["Cem", "Eve", "Gus", "Ida", "Oli"] {
      #expect(checked.contains(name))
      #expect(asked.contains("On-call turn not read") && asked.contains(name))
    }
    #expect(!checked.contains("Nobody is on call"))
    #expect(try program.run("oncall", "-i", id, "--json").json?["unread"]?.array?.count == 5)
    program.remove()
  }

  @Test func `a procedure that was not read is told on every surface`() throws {
    _ = try program.declare("ready", "--severity", "SEV-1")
    let id = try program.declare("late", "--procedure", "/nonexistent/process.md")
    for words in [
      ["show"], ["log"], ["list"], ["status-line"], ["report"], ["report", "--format", "html"],
    ] {
      let result = try program.run(words + (words == ["list"] ? [] : ["-i", id]))
      #expect(result.output.contains("PROCEDURE NOT READ"), "\(words)")
    }
    #expect(try program.run("brief", "-i", id).output.contains("Procedure not read"))
    program.remove()
  }

  @Test func `a status line takes the part of a name that every verb takes`() throws {
    _ = try program.declare("first", "--severity", "SEV-1")
    _ = try program.declare("second", "--severity", "SEV-3")
    #expect(try program.run("status-line", "-i", "second").output.hasPrefix("SEV-3 second"))
    #expect(try program.run("status-line", "-i", "third").status == 3)
    program.remove()
  }

  @Test func `words of its id name a closed incident to whoever reads`() throws {
    let closed = try program.declare("csv", "exports", "fail", "--severity", "SEV-3")
    _ = try program.run("resolve", "--yes")
    #expect(try program.run("close", "--yes").status == 0)
    _ = try program.declare("mail", "fails")
    #expect(try program.run("log", "-i", "csv").output.contains("csv exports fail"))
    #expect(try program.run("show", "-i", "exports", "--json").json?["id"]?.string == closed)
    let note = try program.run("note", "-i", "csv", "x")
    #expect(note.status == 3)
    #expect(note.errors.contains("no open incident 'csv'; closed: \(closed)"), "\(note.errors)")
    program.remove()
  }

  @Test func `what fell due after the end is told as ended, wherever the log is shown`() throws {
    _ = try program.run("declare", "written up", "--severity", "SEV-1", "--at", "-5h")
    // Whoever writes this finds steps due, as nobody knows yet that it was over.
    _ = try program.run("ack", "--at", "-298m")
    _ = try program.run("resolve", "--at", "-290m")
    for words in [["log"], ["show"], ["report"], ["report", "--format", "html"], ["brief"]] {
      let text = try program.run(words).output
      #expect(!text.contains("Escalation due"), "\(words)")
      #expect(!text.contains("was to be called at"), "\(words)")
    }
    let log = try program.run("log").output
    #expect(log.contains("Engineering Lead need not be called, already resolved by then"))
    program.remove()
  }

  @Test func `the meaning of each severity is shown where one is chosen`() throws {
    let path = program.folder + "/levels.md"
    let text = """
      # Incidents

      ## Severity levels

      ### SEV-1: Critical
      Nobody can pay, or data is lost.

      ### SEV-2: Major
      Some carts fail.

      """
    try program.write(Array(text.utf8), to: path)
    let id = try program.declare("carts", "--procedure", path)
    let listed = try program.run("severity", "-i", id).output
    #expect(listed.contains("Nobody can pay, or data is lost"))
    #expect(listed.contains("Some carts fail"))
    program.remove()
  }

  // MARK: - Next steps

  @Test(arguments: [["-i", "second"], ["--home", "STORE", "-i", "second"]])
  func `a printed next step runs as it is printed`(options: [String]) throws {
    _ = try program.declare("first", "--severity", "SEV-1")
    _ = try program.declare("second", "--severity", "SEV-2")
    let options = options.map { $0 == "STORE" ? program.store : $0 }
    var steps: [String] = []
    for _ in 0..<4 {
      let lines = try program.run(["show"] + options).lines
      let next = try #require(lines.firstIndex { $0.hasPrefix("NEXT") })
      let step = try #require(
        lines[next + 1].split(separator: "·").last?.drop { $0 == " " }.description)
      steps.append(step)
      // Text that only a person knows is asked for.
      if step.hasPrefix("muster update") { break }
      #expect(try program.shell("\"$MUSTER\" \(step.dropFirst("muster ".count))").status == 0)
    }
    #expect(steps.first == "muster ack \(options.joined(separator: " "))")
    program.remove()
  }

  @Test func `a declaration beside others prints verbs that name it`() throws {
    _ = try program.declare("first", "--severity", "SEV-1")
    let lines = try program.run("declare", "second").lines
    let next = try #require(lines.first { $0.hasPrefix("Next: ") })
    #expect(next.contains("muster ack -i 20"))
    program.remove()
  }

  @Test func `the word everything ticks no checklist item`() throws {
    let id = try program.declare()
    let refused = try program.run("check", "all")
    #expect(refused.status == 2)
    #expect(refused.errors.contains("be more specific"))
    #expect(!program.text(program.log(of: id)).contains("item.checked"))
    program.remove()
  }
}
