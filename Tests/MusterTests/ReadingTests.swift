import Engine
import Glibc
import Testing

@Suite struct ReadingTests {
  private let program: Program

  init() throws { program = try Program() }

  @Test func `show as JSON holds what scripts rely on`() throws {
    let id = try program.declare("checkout fails", "--severity", "SEV-1", "--detected", "-10m")
    #expect(try program.run("assign", "ic", "mira").status == 0)
    let json = try #require(try program.run("show", "--json").json)
    for key in [
      "id", "title", "severity", "status", "episode", "times", "roles", "checklist", "deadlines",
      "next_update_due", "head", "damage",
    ] { #expect(json[key] != nil, "\(key)") }
    #expect(json["id"]?.string == id)
    #expect(json["roles"]?["Incident Commander"]?.string == "mira")
    #expect(json["head"]?["seq"]?.integer == 3)
    let deadline = try #require(
      json["deadlines"]?.array?.first { $0["id"]?.string == "acknowledge" })
    #expect(deadline["state"]?.string == "breached")
    #expect(deadline["remaining_seconds"]?.integer.map { $0 < 0 } == true)
    #expect(deadline["rule"]?["line"]?.integer != nil)
    program.remove()
  }

  @Test func `a step that fell due before anybody looked is written down by the next who records`()
    throws
  {
    _ = try program.declare("checkout fails", "--severity", "SEV-1", "--detected", "-10m")
    let show = try program.run("show")
    #expect(show.output.contains("NEXT  CALL Secondary on call now: nobody has been reached"))
    #expect(try program.run("log").lines.count == 1)
    #expect(try program.run("note", "x").status == 0)
    let kinds = try program.run("log", "--json").lines.map { try JSON(parsing: $0)["kind"]?.string }
    #expect(kinds.filter { $0 == "escalation.fired" }.count == 1)
    program.remove()
  }

  @Test func `the past is shown as it was, with and without what was written later`() throws {
    let id = try program.declare("checkout fails", "--at", "-60m")
    #expect(try program.run("note", "-30m", "told late").status == 0)
    let then = try program.run("log", "--at", "-20m")
    #expect(then.output.contains("told late"))
    let early = try program.run("log", "--at", "-40m")
    #expect(early.status == 0)
    #expect(!early.output.contains("told late"))
    let known = try program.run("show", "--at", "-20m", "--known")
    #expect(known.status == 3)
    let before = try program.run("show", "--at", "-2h")
    #expect(before.status == 3)
    #expect(before.errors.hasPrefix("muster: \(id) had not been declared by "))
    program.remove()
  }

  @Test func `late, corrected, retracted and withheld entries are marked`() throws {
    let id = try program.declare()
    for words in [
      ["note", "-12m", "rolled back"], ["note", "typo"], ["correct", "3", "right words"],
      ["note", "wrong incident"], ["retract", "5", "--reason", "elsewhere"],
      ["note", "password is hunter2"], ["retract", "7", "--secret"],
    ] { #expect(try program.run(words).status == 0) }
    let log = try program.run("log").output
    #expect(log.contains("rolled back  [late: written "))
    #expect(log.contains("right words  [corrected]"))
    #expect(!log.contains("typo"))
    #expect(log.contains("wrong incident  [retracted]"))
    #expect(log.contains("[withheld]  [retracted]"))
    for verb in [["log"], ["log", "--json"], ["show"], ["brief"], ["brief", "--json"]] {
      #expect(!(try program.run(verb).output.contains("hunter2")))
    }
    #expect(program.text(program.log(of: id)).contains("hunter2"))
    program.remove()
  }

  @Test func `a flipped byte is found with its line and offset, and recording goes on`() throws {
    let id = try program.declare()
    for number in 1...3 { #expect(try program.run("note", "entry", "\(number)").status == 0) }
    var bytes = program.bytes(program.log(of: id))
    let starts = bytes.indices.filter { $0 == 0 || bytes[$0 - 1] == 10 }
    let text = try #require(
      (starts[1]..<starts[2]).first { Array(bytes[$0..<$0 + 5]) == Array("entry".utf8) })
    bytes[text] ^= 1
    try program.write(bytes, to: program.log(of: id))

    let verify = try program.run("verify")
    #expect(verify.status == 1)
    #expect(
      verify.lines.first == "\(program.log(of: id)):2: byte \(starts[1]): the seal does not fit")
    let note = try program.run("note", "after")
    #expect(note.status == 0)
    let show = try program.run("show", "--json")
    #expect(show.status == 0)
    #expect(show.errors.hasPrefix("muster: DAMAGED LOG: "))
    #expect(show.json?["damage"]?.array?.count == 1)
    #expect(try program.run("verify", "--accept", "cosmic ray").status == 0)
    #expect(try program.run("verify").status == 0)
    program.remove()
  }

  @Test func `lines that were cut off are found by a head from elsewhere`() throws {
    let id = try program.declare()
    #expect(try program.run("note", "first").status == 0)
    let cut = program.bytes(program.log(of: id)).count
    #expect(try program.run("note", "second").status == 0)
    let json = try #require(try program.run("verify", "--json").json)
    let sequence = try #require(json["head"]?["seq"]?.integer)
    let hash = try #require(json["head"]?["hash"]?.string)
    #expect(try program.run("verify", "--since", "\(sequence):\(hash)").status == 0)
    try program.write(
      Array(program.bytes(program.log(of: id)).prefix(cut)), to: program.log(of: id))
    #expect(try program.run("verify").status == 0)
    #expect(try program.run("verify", "--since", "\(sequence):\(hash)").status == 1)
    program.remove()
  }

  @Test func `an unfinished line is mentioned and is no damage`() throws {
    let id = try program.declare()
    let whole = program.bytes(program.log(of: id))
    try program.write(whole + Array(#"{"seq":2,"id":""#.utf8), to: program.log(of: id))
    let verify = try program.run("verify")
    #expect(verify.status == 0)
    #expect(verify.output.contains("15 bytes of an unfinished line"))
    #expect(try program.run("note", "after").output.hasPrefix("3 "))
    #expect(try program.run("verify").status == 0)
    program.remove()
  }

  @Test func `with none open a verb that reads takes the latest and says so`() throws {
    let id = try program.declare()
    #expect(try program.run("close", "--outcome", "cancelled").status == 0)
    let show = try program.run("show")
    #expect(show.status == 0)
    #expect(show.errors == "muster: no incident is open; showing the latest, \(id)\n")
    let note = try program.run("note", "x")
    #expect(note.status == 3)
    #expect(
      note.errors.hasPrefix("muster: no incident is open; for the latest closed one, say -i \(id)"))
    #expect(try program.run("list").output.isEmpty)
    #expect(try program.run("list", "--all").lines.count == 1)
    program.remove()
  }

  @Test func `a reader that goes away ends the verb without a word`() throws {
    _ = try program.declare()
    let result = try program.shell(#""$MUSTER" log | true; "$MUSTER" log | head -n 1"#)
    #expect(result.status == 0)
    #expect(result.errors.isEmpty)
    #expect(result.lines.count == 1)
    program.remove()
  }

  @Test func `the recipe with standard tools agrees on the chain`() throws {
    let id = try program.declare()
    for number in 1...3 { #expect(try program.run("note", "entry \(number)").status == 0) }
    let result = try program.shell(
      #"""
      previous=$(printf '0%.0s' $(seq 64))
      while IFS= read -r line; do
        body=${line%,\"hash\":*}
        hash=$(printf '%s%s' "$previous" "$body" | sha256sum | cut -c1-64)
        case $line in *"$hash\"}") ;; *) echo bad; exit 1 ;; esac
        previous=$hash
      done < \#(program.log(of: id))
      echo $previous
      """#)
    let head = try program.run("verify", "--json").json?["head"]?["hash"]?.string
    #expect(result.output == (head ?? "no head") + "\n")
    program.remove()
  }

  @Test func `the line for tmux doubles its hashes and is empty when nothing is open`() throws {
    #expect(try program.run("status-line").output == "NO STORE AT \(program.store)\n")
    mkdir(program.store, 0o755)
    #expect(try program.run("status-line").output.isEmpty)
    _ = try program.declare("issue #7 is back", "--severity", "SEV-2")
    #expect(try program.run("status-line").output.hasPrefix("SEV-2 issue ##7 is back T+00:00:0"))
    program.remove()
  }

  @Test func `a last line damaged a while ago is reported at the first look`() throws {
    let id = try program.declare("checkout fails")
    let path = "\(program.store)/incidents/\(id).jsonl"
    let file = open(path, O_WRONLY | O_APPEND)
    #expect(write(file, "{\"seq\":2,\n", 10) == 10)
    close(file)
    #expect(!(try program.run("show").errors.contains("DAMAGED")))
    let before = [timeval(tv_sec: time(nil) - 60, tv_usec: 0)]
    #expect(utimes(path, before + before) == 0)
    #expect(try program.run("show").errors.contains("DAMAGED LOG"))
    program.remove()
  }

  @Test func `an id without its day is meant, whatever else begins like it`() throws {
    let first = try program.declare("checkout fails")
    _ = try program.declare("checkout fails")
    #expect(try program.run("show", "-i", "checkout-fails", "--json").json?["id"]?.string == first)
    let both = try program.run("show", "-i", "checkout")
    #expect(both.status == 3 && both.errors.contains("fits several"))
    program.remove()
  }
}
