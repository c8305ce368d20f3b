import Glibc
import Testing

@Suite struct BadInputTests {
  private let program: Program

  init() throws { program = try Program() }

  /// What was typed, the status, and the one line that is said, where `ID` stands for the incident.
  @Test(
    arguments: [
      (
        ["severity", "SEV-9"], 2,
        "no severity 'SEV-9'; did you mean 'SEV-1'? known: SEV-1, SEV-2, SEV-3, SEV-4"
      ),
      (
        ["status", "identifyed"], 2,
        "no status 'identifyed'; did you mean 'identified'? known: investigating, identified, monitoring, resolved"
      ),
      (
        ["assign", "pilot", "kai"], 2,
        "There is no role 'pilot' yet. Make kai the pilot? Not at a terminal: add --yes to confirm"
      ),
      (
        ["note", "--at", "25:00", "x"], 2,
        "“25:00” is not a time of day; write 14:05 or 2:05 pm"
      ),
      (["timer", "soon", "x"], 2, "'soon' is not a duration; write 90s, 10m or 1h30m"),
      (["correct", "99", "x"], 2, "no entry '99'; known: 1…1"),
      (
        ["close"], 3,
        "the incident is not resolved; 'muster resolve' first, or close it with --outcome"
      ),
      (
        ["close", "--outcome", "done"], 2,
        "no outcome 'done'; known: resolved, false_alarm, merged, cancelled"
      ),
      (["handover", "--accept"], 3, "no hand-over is offered; 'muster handover NAME' offers one"),
      (["note", " "], 2, "the text is empty"),
      (
        ["-i", "../../etc/passwd", "note", "x"], 2,
        "not the id of an incident: ../../etc/passwd; ids look like 2026-11-21-checkout-errors"
      ),
      (
        ["nite", "x"], 2,
        "'nite' is not a verb of muster; did you mean 'note'? 'muster --help' lists them"
      ),
      (["note", "--as", " ", "x"], 2, "--as needs a name, of at most 200 bytes"),
      (
        ["skip", "1"], 2,
        "Missing expected argument '--reason <reason>'; see 'muster skip --help'"
      ),
      (
        ["drill", "inject"], 2,
        "Missing expected argument '<sort>'; see 'muster drill inject --help'"
      ),
      (
        ["drill", "--nope"], 2,
        "Unknown option '--nope'. Did you mean '--home'?; see 'muster drill start --help'"
      ),
      (
        ["when", "begun", "-5m"], 2,
        "no milestone 'begun'; known: started, detected, acknowledged, triaged, mitigated, resolved"
      ),
    ])
  func `what cannot be is told in one line, and nothing is recorded`(
    words: [String], status: Int, line: String
  ) throws {
    let id = try program.declare()
    let before = program.bytes(program.log(of: id))

    let result = try program.run(words)

    #expect(result.status == Int32(status))
    #expect(result.errors == "muster: \(line)\n")
    #expect(result.output.isEmpty)
    #expect(!before.isEmpty)
    #expect(program.bytes(program.log(of: id)) == before)
    program.remove()
  }

  @Test func `an unknown item is told with what there is`() throws {
    _ = try program.declare()
    let result = try program.run("check", "coffee")
    #expect(result.status == 2)
    #expect(result.errors.hasPrefix("muster: no checklist item 'coffee'; known: 1 "))
    #expect(result.errors.split(separator: "\n").count == 1)
    program.remove()
  }

  @Test func `a note of ten megabytes is refused, and its size told`() throws {
    let id = try program.declare()
    let before = program.bytes(program.log(of: id))
    let result = try program.run("note", "-", input: [UInt8](repeating: 120, count: 10_000_000))
    #expect(result.status == 2)
    #expect(
      result.errors
        == "muster: the text has 10000000 bytes; the limit is 65536 bytes\n")
    #expect(program.bytes(program.log(of: id)) == before)
    program.remove()
  }

  @Test func `control and bidirectional characters are kept in the log and shown as what they are`()
    throws
  {
    let id = try program.declare()
    let receipt = try program.run("note", "\u{1B}[31mred\u{202E}txt\u{7}\u{9B}2J\nnext")
    #expect(receipt.status == 0)
    let shown = "^[[31mred<U+202E>txt^G^[[2J ↵ next"
    for result in [receipt, try program.run("log"), try program.run("show")] {
      #expect(!result.output.unicodeScalars.contains { $0.value < 32 && $0 != "\n" })
      #expect(!result.output.unicodeScalars.contains { ["\u{202E}", "\u{9B}"].contains($0) })
      #expect(result.output.contains("^[[31mred<U+202E>txt^G"))
      #expect(result.output.contains(" ↵ next"))
    }
    #expect(!shown.isEmpty)
    let json = try program.run("log", "--json")
    #expect(!json.output.unicodeScalars.contains { $0 == "\u{202E}" || $0 == "\u{9B}" })
    #expect(program.text(program.log(of: id)).contains("red\u{202E}txt"))
    program.remove()
  }

  @Test func `with two incidents open the verb asks which`() throws {
    let one = try program.declare("first thing")
    let two = try program.declare("second thing")
    let refused = try program.run("note", "x")
    #expect(refused.status == 3)
    #expect(refused.errors == "muster: 2 incidents are open; choose one with -i: \(one), \(two)\n")
    #expect(try program.run("note", "x", "-i", two).output.hasPrefix("2 \(two) "))
    #expect(try program.run("-i", one, "note", "x").output.hasPrefix("2 \(one) "))
    #expect(try program.run("note", "by a part", "-i", "second").output.hasPrefix("3 \(two) "))
    let unknown = try program.run("note", "x", "-i", "third")
    #expect(unknown.status == 3)
    #expect(unknown.errors.hasPrefix("muster: no incident 'third' in "))
    program.remove()
  }

  @Test func `an incident named by a stale variable is told as such`() throws {
    _ = try program.declare()
    var other = program
    other.environment["MUSTER_INCIDENT"] = "2020-01-01-long-gone"
    let result = try other.run("note", "x")
    #expect(result.status == 3)
    #expect(
      result.errors
        == "muster: $MUSTER_INCIDENT is '2020-01-01-long-gone', which is not in \(program.store); unset it or say -i ID\n"
    )
    program.remove()
  }

  @Test(.enabled(if: geteuid() != 0, "a super-user may write everywhere"))
  func `a store that is not writable records nothing and loses nothing`() throws {
    let id = try program.declare()
    chmod(program.log(of: id), 0o440)
    let result = try program.run("note", "kept words")
    #expect(result.status == 4)
    #expect(result.errors.contains("NOT RECORDED"))
    chmod(program.log(of: id), 0o640)
    #expect(try program.run("note", "after").status == 0)
    #expect(try program.run("log").output.contains("kept words"))
    program.remove()
  }

  @Test(
    arguments: [
      ("severities:\n  - {id: A, name: a, rank: 1}\n  - {id: A, name: b, rank: 2}\n", "A"),
      (
        "severities:\n  - {id: A, name: a, rank: 1, targets: [{kind: respond, within: -5m}]}\n",
        "-5m"
      ),
      ("a: &a [x, x]\nb: [*a, *a]\n", ""),
    ])
  func `a procedure that is wrong is told with its place, and declaring goes on without it`(
    text: String, word: String
  ) throws {
    let path = program.folder + "/incidents.yaml"
    try program.write(Array(text.utf8), to: path)

    let check = try program.run("procedure", "check", path)
    #expect(check.status == 1)
    #expect(check.errors.hasPrefix("muster: \(path):"))
    #expect(check.errors.contains(word))
    #expect(check.errors.split(separator: "\n").count == 1)

    let declared = try program.run("declare", "checkout fails", "--procedure", path)
    #expect(declared.status == 0)
    #expect(declared.errors.hasPrefix("muster: PROCEDURE NOT READ: \(path):"))
    #expect(try program.run("show").output.contains("! PROCEDURE NOT READ: \(path):"))
    program.remove()
  }

  @Test func `a document that has gone bad leaves its last good reading in force`() throws {
    let path = program.folder + "/incidents.yaml"
    let good = "name: Ours\nseverities:\n  - {id: P1, name: worst, rank: 1}\n"
    try program.write(Array(good.utf8), to: path)
    #expect(try program.run("procedure", "use", path).status == 0)
    try program.write(Array("name: [\n".utf8), to: path)

    let declared = try program.run("declare", "checkout fails", "--severity", "P1")

    #expect(declared.status == 0)
    #expect(declared.errors.contains("PROCEDURE NOT READ"))
    #expect(declared.errors.contains("using its last good reading"))
    #expect(declared.output.contains("procedure Ours"))
    program.remove()
  }
}
