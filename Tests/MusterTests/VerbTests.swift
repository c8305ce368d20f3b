import Engine
import Testing

@Suite struct VerbTests {
  private let program: Program

  init() throws { program = try Program() }

  @Test(
    arguments: [
      (["ack"], "incident.acknowledged", "Acknowledged"),
      (["triaged"], "incident.triaged", "Triaged"),
      (
        ["status", "identified", "bad", "deploy"], "status.changed",
        "Status: Identified: bad deploy"
      ),
      (
        ["severity", "sev-2", "--reason", "only", "--as", "kai"], "severity.changed",
        "Severity SEV-2 (was SEV-1): only"
      ),
      (["phase", "stabilise"], "phase.entered", "Phase: Stabilise"),
      (
        ["impact", "all", "checkouts", "--users", "500"], "impact.updated",
        "Impact: all checkouts; users: 500"
      ),
      (["mitigate"], "status.changed", "Status: Monitoring"),
      (["resolve"], "status.changed", "Status: Resolved"),
      (["close", "--outcome", "false-alarm"], "incident.closed", "Closed as false alarm"),
      (["note", "rolled", "back", "api"], "note.added", "rolled back api"),
      (["note", "-12m", "rolled", "back"], "note.added", "rolled back"),
      (["note", "-", "dashes", "- stay"], "note.added", "- dashes - stay"),
      (["finding", "pool", "exhausted"], "finding.added", "pool exhausted"),
      (["hypothesis", "a", "lock"], "hypothesis.added", "a lock"),
      (
        ["decide", "roll back?", "--choice", "yes", "--objection", "kai: no"], "decision.made",
        "Decided: roll back? → yes (objections: kai: no)"
      ),
      (
        ["correct", "1", "checkout", "is", "slow"], "entry.corrected",
        "Entry 1 corrected: checkout is slow"
      ),
      (["check", "1"], "item.checked", "[x] Acknowledge the incident"),
      (
        ["skip", "2", "--reason", "alone"], "item.skipped",
        "[-] Name one Incident Commander (skipped): alone"
      ),
      (
        ["fill", "who", "about", "500"], "field.filled", "Who is affected, and how many?: about 500"
      ),
      (["item", "add", "call", "the", "bank"], "item.added", "New item: call the bank"),
      (["assign", "ic", "mira"], "role.assigned", "Incident Commander: mira"),
      (["handover", "kai"], "handover.offered", "Hand-over of Incident Commander offered to kai"),
      (
        ["task", "--who", "kai", "--for", "10m", "look", "at", "lag"], "task.assigned",
        "Task for kai: look at lag, within 10 min"
      ),
      (["timer", "10m", "ask", "kai"], "timer.started", "Timer 10 min: ask kai"),
      (["timer", "5", "min", "ask", "kai"], "timer.started", "Timer 5 min: ask kai"),
      (
        ["escalate", "--to", "2", "--reason", "data"], "escalation.fired",
        "Escalated by hand: call Engineering Lead: data"
      ),
      (["reached", "1", "kai"], "escalation.acknowledged", "Reached Secondary on call (kai)"),
      (
        ["snooze", "2", "10m", "--reason", "soon"], "escalation.snoozed",
        "Snoozed Engineering Lead for 10 min: soon"
      ),
      (["when", "started", "-30m"], "milestone.set", "Time started: "),
    ])
  func `a verb becomes one event, and says which`(
    words: [String], kind: String, text: String
  ) throws {
    let id = try program.declare()

    let result = try program.run(words + ["--json"])

    #expect(result.errors.isEmpty)
    #expect(result.status == 0)
    #expect(result.json?["seq"]?.integer == 2)
    #expect(result.json?["id"]?.string == id)
    let title = words.first == "correct" ? "checkout is slow" : "checkout fails"
    #expect(result.json?["title"]?.string == title)
    #expect(result.json?["kind"]?.string == kind)
    let log = try program.run("log", "--json")
    let entries = try log.lines.map { try JSON(parsing: $0) }
    let entry = try #require(entries.first { $0["seq"]?.integer == 2 })
    #expect(entry["text"]?.string?.hasPrefix(text) == true, "\(entry.text)")
    #expect(try program.run("verify").status == 0)
    program.remove()
  }

  @Test func `what was recorded can be finished or taken back`() throws {
    _ = try program.declare()
    let pairs: [([String], [String], String)] = [
      (["check", "1"], ["uncheck", "1"], "item.unchecked"),
      (["handover", "kai"], ["handover", "--accept", "--as", "kai"], "handover.accepted"),
      (["task", "look", "--who", "kai"], ["task", "done", "look"], "task.finished"),
      (["timer", "10m", "ask"], ["timer", "cancel", "ask"], "timer.cancelled"),
      (["note", "oops"], ["retract", "10"], "entry.retracted"),
      (["resolve"], ["reopen", "--reason", "again"], "incident.reopened"),
      (["assign", "scribe", "dev"], ["assign", "scribe", "--nobody"], "role.released"),
    ]
    for (first, second, kind) in pairs {
      #expect(try program.run(first).status == 0, "\(first)")
      let result = try program.run(second + ["--json"])
      #expect(result.json?["kind"]?.string == kind, "\(second): \(result.errors)")
    }
    program.remove()
  }

  @Test func `the receipt begins with sequence, id and title`() throws {
    let id = try program.declare()
    let result = try program.run("note", "rolled back")
    #expect(result.output == "2 \(id) checkout fails · rolled back\n")
    program.remove()
  }

  @Test func `who typed is told beside who is said to have done it`() throws {
    let id = try program.declare()
    #expect(try program.run("note", "x", "--as", "Dr. No").status == 0)
    let line = try #require(
      program.text(program.log(of: id)).split(separator: "\n").dropFirst().first)
    let json = try JSON(parsing: String(line))
    #expect(json["actor"]?.string == "Dr. No")
    #expect(json["source"]?.string?.hasPrefix("cli/") == true)
    #expect(json["source"]?.string?.contains("@") == true)
    #expect(json["source"]?.string?.contains("No") == false)
    program.remove()
  }

  @Test func `an update is composed, printed and recorded with its promise`() throws {
    _ = try program.declare()
    let result = try program.run(
      "update", "We", "are", "on", "it.", "--audience", "customers", "--next", "30m")
    #expect(result.status == 0)
    #expect(result.output.hasPrefix("We are on it.\n\n-- \nlog 1:"))
    #expect(result.errors.hasPrefix("2 "))
    let show = try program.run("show", "--json")
    let updates = show.json?["deadlines"]?.array?.filter { $0["id"]?.string == "update:customers" }
    #expect(updates?.count == 1)
    #expect(show.json?["next_update_due"]?.string != nil)
    program.remove()
  }

  @Test func `a template with a hole is not sent unnoticed`() throws {
    let id = try program.declare()
    let refused = try program.run("update")
    #expect(refused.status == 2)
    #expect(refused.errors.hasPrefix("muster: not recorded: not filled in: "))
    let before = program.bytes(program.log(of: id))
    let preview = try program.run("update", "--preview")
    #expect(preview.status == 0)
    #expect(preview.output.contains("SEV-1 checkout fails"))
    #expect(program.bytes(program.log(of: id)) == before)
    #expect(try program.run("update", "--yes").status == 0)
    program.remove()
  }

  @Test(arguments: [
    (["--template", "initial", "--fill", "what we now=x"], "no place 'what we now'; "),
    (["--template", "initial", "--fill", "nonsense"], "--fill takes 'place=text'"),
    (["We look", "--fill", "impact=x"], "--fill needs a template"),
    (
      ["--template", "nosuch"], "no template 'nosuch'; known: initial, update, resolution, status-"
    ),
  ])
  func `a --fill without such a place is refused`(
    words: [String], said: String
  ) throws {
    let id = try program.declare()
    let before = program.bytes(program.log(of: id))
    let result = try program.run(["update", "--yes"] + words)
    #expect(result.status == 2)
    #expect(result.errors.hasPrefix("muster: \(said)"), "\(result.errors)")
    #expect(result.errors.split(separator: "initial").count <= 2)
    #expect(program.bytes(program.log(of: id)) == before)
    program.remove()
  }

  @Test func `every verb has help with an example`() throws {
    let help = try program.run("--help")
    #expect(help.status == 0)
    let verbs = help.lines.filter {
      $0.hasPrefix("  ") && !$0.hasPrefix("   ") && !$0.hasPrefix("  -")
    }
    .compactMap { $0.split(separator: " ").first.map(String.init) }.filter { $0 != "See" }
    #expect(verbs.count > 35)
    var left = verbs.map { [$0] }
    while let verb = left.popLast() {
      let result = try program.run(verb + ["--help"])
      #expect(result.status == 0)
      #expect(result.output.contains("Example"), "\(verb)")
      let parts = result.lines.drop { $0 != "SUBCOMMANDS:" }.dropFirst()
      left += parts.filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") && !$0.contains("muster ") }
        .compactMap { $0.split(separator: " ").first.map { verb + [String($0)] } }
    }
    program.remove()
  }

  @Test(arguments: ["update", "deliver", "decide", "list", "drill list", "stats"])
  func `the examples of a verb's help work as they stand`(verb: String) throws {
    _ = try program.declare()
    _ = try program.run("assign", "ic", "mira")
    let help = try program.run(verb.split(separator: " ").map(String.init) + ["--help"])
    // A long line goes on in the next one.
    let text = help.output.split(separator: "USAGE:").first.map(String.init) ?? ""
    let examples = text.replacing("\n\n", with: "\n").replacing("Example: ", with: "\u{1}")
      .split(separator: "\u{1}").dropFirst().map { $0.replacing("\n", with: " ") }
    #expect(!examples.isEmpty)
    for example in examples {
      let result = try program.shell("$MUSTER \(example.dropFirst("muster ".count))")
      #expect(result.status == 0, "\(example): \(result.errors)")
    }
    program.remove()
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func `completions are written for a shell`(shell: String) throws {
    let result = try program.run("--generate-completion-script", shell)
    #expect(result.status == 0)
    #expect(result.output.contains("hypothesis"))
    program.remove()
  }

  @Test func `a shell is offered what there is`() throws {
    let id = try program.declare()
    var shell = program
    shell.environment["SAP_SHELL"] = "bash"
    func offered(_ words: String...) throws -> [String] {
      try shell.run(["---completion"] + words).lines
    }
    #expect(try offered("ack", "--", "--incident", "3", "0", "muster", "ack", "-i", "") == [id])
    #expect(
      try offered("severity", "--", "positional@0", "2", "0", "muster", "severity", "")
        == ["SEV-1", "SEV-2", "SEV-3", "SEV-4"])
    program.remove()
  }

  @Test func `the version is told`() throws {
    let result = try program.run("--version")
    #expect(result.status == 0)
    #expect(result.lines.count == 1)
    program.remove()
  }
}
