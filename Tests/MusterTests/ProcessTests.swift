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
    #expect(refused.errors.hasPrefix("muster: NOT RECORDED: "))
    #expect(refused.errors.contains("kept in "))
    let after = try program.run("note", "there is room again")
    #expect(after.status == 0)
    let log = try program.run("log").output
    #expect(log.contains("these words must not be lost"))
    #expect(log.contains("there is room again"))
    #expect(try program.run("verify").status == 0)
    program.remove()
  }
}
