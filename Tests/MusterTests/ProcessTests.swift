import Engine
import Glibc
import Testing

@Suite struct ProcessTests {
  private let program: Program

  init() throws { program = try Program() }

  @Test func `several processes record in one incident without a gap`() throws {
    let id = try program.declare()
    var running: [Program.Running] = []
    for number in 1...24 { running.append(try program.start(["note", "number", "\(number)"])) }
    // Two that decide: only one of them can be first.
    for name in ["mira", "kai"] { running.append(try program.start(["ack", "--as", name])) }
    let results = try running.map { try program.finish($0) }
    #expect(results.prefix(24).allSatisfy { $0.status == 0 })
    #expect(results.suffix(2).map(\.status).sorted() == [0, 3])
    let lines = program.text(program.log(of: id)).split(separator: "\n")
    #expect(lines.count == 26)
    let numbers = try lines.map { try JSON(parsing: String($0))["seq"]?.integer }
    #expect(numbers == (1...26).map { Int64($0) })
    #expect(try program.run("verify").status == 0)
    program.remove()
  }

  @Test func `words that a full disk refuses are kept and recorded when there is room`() throws {
    let id = try program.declare()
    let size = program.bytes(program.log(of: id)).count
    // A limit on the size of files stops the log in the middle of a line, and leaves room for a small file.
    let blocks = (size + 60) / 512
    let refused = try program.shell(
      "ulimit -f \(max(blocks, 1)); exec \"$MUSTER\" note these words must not be lost $(printf 'x%.0s' $(seq 600))"
    )
    #expect(refused.status == 4)
    #expect(refused.errors.hasPrefix("muster: NOT RECORDED, kept in"))
    #expect(refused.errors.contains(": cannot write "))
    let after = try program.run("note", "there is room again")
    #expect(after.status == 0)
    let log = try program.run("log").output
    #expect(log.contains("these words must not be lost"))
    #expect(log.contains("there is room again"))
    #expect(try program.run("verify").status == 0)
    program.remove()
  }

  @Test func `a clock that went back is marked, and nothing becomes negative`() throws {
    let id = try program.declare()
    // What a writer whose clock runs an hour ahead leaves behind.
    let ahead = try program.shell(
      #"""
      previous=$(tail -n 1 \#(program.log(of: id)) | tail -c 67 | head -c 64)
      when=$(date -u -d '+1 hour' +%Y-%m-%dT%H:%M:%S.000Z)
      body="{\"seq\":2,\"id\":\"01a1fcc2-8ca8-7fb1-8000-000000000001\",\"recorded\":\"$when\",\"actor\":\"kai\",\"source\":\"cli/kai@fast\",\"kind\":\"note.added\",\"data\":{\"text\":\"from the future\"}"
      hash=$(printf '%s%s' "$previous" "$body" | sha256sum | head -c 64)
      printf '%s,"hash":"%s"}\n' "$body" "$hash" >> \#(program.log(of: id))
      """#)
    #expect(ahead.status == 0)
    #expect(try program.run("verify").status == 0)
    #expect(try program.run("note", "now").output.hasPrefix("4 "))
    #expect(try program.run("note", "again").output.hasPrefix("5 "))
    #expect(try program.run("show", "--json").json?["clock_steps"]?.integer == 1)
    program.remove()
  }

  @Test(.enabled(if: access("/usr/bin/strace", X_OK) == 0, "strace makes the sync fail"))
  func `what a disk does not confirm is told as unknown and kept`() throws {
    let id = try program.declare()
    let result = try program.shell(
      #"exec strace -f -qq -o /dev/null -e inject=fdatasync:error=EIO "$MUSTER" note unsure words"#)
    #expect(result.status == 5)
    #expect(result.errors.hasPrefix("muster: UNKNOWN: entry 2 of \(id) is written"))
    #expect(result.errors.split(separator: "\n").count == 1)
    let show = try program.run("show", "--json").json
    #expect(show?["unsynced_since"]?.string != nil)
    #expect(try program.run("show").output.contains("! UNSYNCED SINCE"))
    #expect(try program.run("note", "it goes on").status == 0)
    program.remove()
  }
}
