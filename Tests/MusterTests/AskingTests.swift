import Engine
import Testing

/// What is final or goes outside is asked about at a terminal, with what it does, and frequent things can be undone.
@Suite struct AskingTests {
  private let program: Program

  init() throws { program = try Program() }

  private func count() throws -> Int {
    try program.run("log", "--json").lines.count
  }

  @Test(arguments: [
    (["resolve"], "Resolve “", "28 checklist items are still open."),
    (["status", "resolved"], "Set the status to Resolved?", "The incident will be resolved."),
    (["mitigate"], "Set “", "2 countdowns end: Engineering Lead, Head of Engineering."),
    (["severity", "4"], "Lower the severity from SEV-1 to SEV-4?", "end: "),
    (["escalate"], "Escalate to Engineering Lead now?", "Kai: +1 556"),
    (["close", "--outcome", "cancelled"], "Close “", "end: "),
    (["retract", "2"], "Retract entry 2?", "stay visible, struck out"),
    (["when", "resolved", "-1m"], "Set “resolved” to ", "end: "),
  ])
  func `a terminal is asked, and only yes records`(
    words: [String], question: String, consequence: String
  ) throws {
    _ = try program.run("declare", "all carts fail", "--severity", "SEV-1", "--detected", "-20m")
    _ = try program.run("note", "look")
    let contacts = "contacts:\n  - {role: Engineering Lead, name: Kai, contact: '+1 556'}\n"
    try program.write(Array(contacts.utf8), to: program.store + "/store.yaml")
    let before = try count()

    for answer in ["n\n", "\n", "perhaps\n", ""] {
      let refused = try program.runAtTerminal(words, answering: answer)
      #expect(refused.status == 3)
      #expect(refused.errors.contains(question))
      #expect(refused.errors.contains(consequence))
      #expect(try count() == before)
    }
    #expect(try program.runAtTerminal(words, answering: "y\n").status == 0)
    #expect(try count() > before)
    program.remove()
  }

  @Test func `a script and --yes are not asked`() throws {
    _ = try program.declare()
    #expect(try program.run("severity", "4").status == 0)
    let yes = try program.runAtTerminal(["resolve", "--yes"], answering: "")
    #expect(yes.status == 0)
    #expect(!yes.errors.contains("[y/N]"))
    program.remove()
  }

  @Test func `retracting what opened an incident again says that it closes it`() throws {
    let id = try program.declare()
    for words in [["resolve"], ["close"], ["reopen", "-i", id]] { _ = try program.run(words) }
    let refused = try program.runAtTerminal(["retract", "4"], answering: "n\n")
    #expect(refused.errors.contains("The incident will be closed again."))
    program.remove()
  }

  @Test func `an update asks with its text, and a script is not asked`() throws {
    _ = try program.declare()
    let unsent = try program.runAtTerminal(["update", "all", "is", "well"], answering: "n\n")
    #expect(unsent.status == 3)
    #expect(unsent.errors.contains("Record it as sent?"))
    try program.configure("delivery:\n  mail: [\"true\"]\n")
    let refused = try program.runAtTerminal(["update", "all", "is", "well"], answering: "n\n")
    #expect(refused.status == 3)
    #expect(refused.errors.contains("all is well"))
    #expect(try program.run("update", "all", "is", "well").status == 0)
    program.remove()
  }

  // MARK: - Undoing

  @Test(arguments: [
    ["ack"], ["triaged"], ["status", "identified"], ["mitigate"], ["severity", "2"],
    ["phase", "next"], ["check", "1"], ["skip", "1", "--reason", "no"], ["fill", "5", "carts"],
    ["note", "looking"], ["task", "kai: look 10m"], ["timer", "tea", "10m"],
    ["assign", "ic", "bo"],
  ])
  func `what acts at once is undone by an entry of its own`(words: [String]) throws {
    _ = try program.declare()
    let before = try program.run("show", "--json").json
    #expect(try program.run(words).status == 0)
    let undone = try program.run("undo")
    #expect(undone.status == 0)
    #expect(undone.output.contains("Entry 2 undone"))
    let after = try program.run("show", "--json").json
    for field in ["status", "severity", "phase", "checklist"] {
      #expect(before?[field] == after?[field])
    }
    #expect(try program.run("undo").status == 3)
    program.remove()
  }

  @Test func `what somebody else did, or what is no such thing, is not undone`() throws {
    _ = try program.declare()
    _ = try program.run("ack", "--as", "kai")
    _ = try program.run("update", "we look", "--yes")
    let refused = try program.run("undo")
    #expect(refused.status == 3)
    #expect(refused.errors.contains("muster retract SEQ"))
    #expect(try program.run("undo", "3").status == 3)
    #expect(try program.run("undo", "--as", "kai").status == 0)
    program.remove()
  }
}
