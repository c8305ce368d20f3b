import Engine
import Testing

/// What the shell says once and takes at its word.
@Suite struct SaidOnceTests {
  @Test func `of several items each refusal is told once`() throws {
    let program = try Program()
    _ = try program.declare("Checkout 502", "--severity", "SEV-1")
    _ = try program.run("check", "1")
    let result = try program.run("check", "1", "2")
    #expect(result.errors.split(separator: "\n").count { $0.contains("already") } == 1)
    #expect(result.status == 3)
    program.remove()
  }

  @Test func `the word accept accepts; who has that name is offered it by an option`() throws {
    let program = try Program()
    _ = try program.declare("Checkout 502", "--severity", "SEV-1")
    _ = try program.run("handover", "ada")
    let accepted = try program.run("handover", "accept", "--as", "ada")
    #expect(accepted.status == 0, "\(accepted.errors)")
    #expect(try program.run("show").output.contains("ada"))
    let offered = try program.run("handover", "--to", "accept")
    #expect(offered.output.contains("offered to accept"), "\(offered.errors)")
    program.remove()
  }

  @Test func `the status line is of the incident that the environment names`() throws {
    var program = try Program()
    let first = try program.declare("Checkout 502", "--severity", "SEV-1")
    _ = try program.declare("Slow search", "--severity", "SEV-1", "--started", "-2h")
    program.environment["MUSTER_INCIDENT"] = first
    let line = try program.run("status-line").output
    #expect(line.contains("Checkout 502") && !line.contains("+1"), "\(line)")
    program.remove()
  }

  @Test func `a time in front of an impact or a decision is when it happened`() throws {
    let program = try Program()
    _ = try program.declare("Checkout 502", "--severity", "SEV-1")
    for words in [["impact", "-15m", "nobody", "can", "pay"], ["decide", "-15m", "roll", "back"]] {
      let result = try program.run(words + ["--json"])
      let (recorded, effective) = (
        try time(result.json?["recorded"]), try time(result.json?["effective"])
      )
      #expect(recorded - effective >= .minutes(14))
    }
    #expect(try !program.run("log").output.contains("-15m"))
    program.remove()
  }

  @Test func `a receipt tells what was put on another day`() throws {
    let program = try Program()
    _ = try program.declare("Checkout 502", "--severity", "SEV-1")
    let result = try program.run("note", "-23h", "vendor calls back")
    #expect(result.output.hasSuffix(", 23 h ago\n"), "\(result.output)")
    program.remove()
  }

  private func time(_ json: JSON?) throws -> Timestamp {
    try #require(json?.string.flatMap { Timestamp(rfc3339: $0) })
  }
}
