import Engine
import Glibc
import Testing

@Suite struct ReplayTests {
  private let program: Program

  init() throws { program = try Program() }

  private func past() throws -> String {
    let id = try program.declare("checkout fails", "--severity", "SEV-1", "--at", "-50m")
    for words in [
      ["ack", "--at", "-48m"], ["note", "--at", "-30m", "errors began"],
      ["mitigate", "--at", "-10m"], ["resolve", "--at", "-2m"],
      ["note", "--at", "-40m", "told late"], ["close"],
    ] { #expect(try program.run(words).status == 0) }
    return id
  }

  @Test func `one frame of a moment is printed, the same each time`() throws {
    let id = try past()
    let first = try program.run("replay", id, "--dump", "120x30", "--at", "T+25m")
    #expect(first.status == 0 && first.errors.isEmpty)
    #expect(first.output.contains("REPLAY") && first.output.contains("T+00:25:00"))
    #expect(first.output.contains("errors began") && first.output.contains("told late"))
    let ago = try program.run("replay", id, "--dump", "120x30", "--at", "-25m")
    #expect(ago.output.contains("T+00:2") && ago.output.contains("errors began"))
    let again = try program.run("replay", "-i", id, "--dump", "120x30", "--at", "T+25m")
    #expect(again.output == first.output)
    let show = try program.run("show", "-i", id, "--at", "-25m", "--json")
    #expect(show.json?["status"]?.string == "investigating")
    #expect(first.output.contains("INVESTIGATING"))
    program.remove()
  }

  @Test func `as known then leaves out what was written later`() throws {
    let id = try past()
    let known = try program.run("replay", id, "--dump", "120x30", "--at", "end", "--known")
    #expect(known.output.contains("AS KNOWN THEN") && known.output.contains("told late"))
    let start = try program.run("replay", id, "--dump", "120x30", "--known")
    #expect(start.status == 0)
    #expect(!start.output.contains("told late"))
    program.remove()
  }

  @Test(
    arguments: [
      (["--at", "soon"], 2), (["--at", "2020-01-01 10:00", "--dump", "80x24"], 3),
      (["--speed", "0"], 2), (["--speed", "x"], 2), (["--json"], 2),
      (["--dump", "0x0"], 2), (["--procedure", "standard", "--known"], 2), ([], 2),
    ] as [([String], Int32)])
  func `what cannot be replayed says why in one line`(options: [String], status: Int32) throws {
    let id = try past()
    let result = try program.run(["replay", id] + options)
    #expect(result.status == status, "\(result.errors)")
    #expect(result.errors.split(separator: "\n").count == 1)
    #expect(try program.run("replay", "2020-01-01-nothing", "--dump", "80x24").status == 3)
    program.remove()
  }

  @Test func `an incident that goes on can be seen up to now`() throws {
    let id = try program.declare("checkout fails", "--severity", "SEV-1", "--at", "-50m")
    let now = try program.run("replay", id, "--dump", "120x30", "--at", "end")
    #expect(now.output.contains("T+00:50:0"))
    #expect(now.output.contains("OVER"))
    #expect(try program.run("resolve", "--at", "-10m").status == 0)
    let resolved = try program.run("replay", id, "--dump", "120x30", "--at", "-1m")
    #expect(resolved.errors.contains("after the last entry"))
    program.remove()
  }
}
