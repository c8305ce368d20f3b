import Engine
import Testing

@Suite struct ProcedureTextTests {
  private let program: Program

  init() throws { program = try Program() }

  private static let document = """
    # Outages

    ## Severities

    | Severity | Acknowledge |
    |---|---|
    | SEV-1 | 5 min |

    ## Roll back

    Ask for `rollout undo` **first**.\r

    """

  @Test func `an incident shows its document when the file is gone, byte for byte`() throws {
    let path = program.folder + "/OUTAGE.md"
    let bytes: [UInt8] = [0xEF, 0xBB, 0xBF] + Array(Self.document.utf8) + [0xE9]
    try program.write(bytes, to: path)
    _ = try program.declare("checkout fails", "--severity", "SEV-1", "--procedure", path)
    #expect(try program.shell("rm \(path)").status == 0)

    let found = try program.run("procedure", "text", "UNDO")
    #expect(found.lines == [" 9  Roll back", "10", "11  Ask for rollout undo first.", "12  é"])
    let whole = try program.run("procedure", "text")
    #expect(whole.output.contains("7  SEV-1    │ 5 min"))
    let json = try #require(try program.run("procedure", "text", "--line", "6", "--json").json)
    #expect(json["lines"]?.array?.first?["line"]?.integer == 3)
    #expect(json["incident"]?.string?.hasSuffix("checkout-fails") == true)

    try program.write(bytes, to: path)
    let same = try program.shell("\"$MUSTER\" procedure export --document | cmp - \(path)")
    #expect(same.status == 0, "\(same.output)")
    program.remove()
  }

  @Test func `a word that does not occur is told, and exits with 1`() throws {
    let missing = try program.run("procedure", "text", "zebra")
    #expect(missing.status == 1)
    #expect(missing.errors == "muster: 'zebra' does not occur in the document\n")
    program.remove()
  }

  @Test func `a built-in procedure has a text, and an incident without -i is asked for`() throws {
    #expect(try program.run("procedure", "text", "--procedure", "saas").status == 0)
    _ = try program.declare("one")
    let text = try program.run("procedure", "text", "silence")
    #expect(text.status == 0)
    #expect(text.output.contains("silence"))
    _ = try program.declare("two")
    #expect(try program.run("procedure", "text").status == 3)
    program.remove()
  }
}
