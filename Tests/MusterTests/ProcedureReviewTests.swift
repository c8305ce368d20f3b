import Engine
import Testing

@Suite struct ProcedureReviewTests {
  private let program: Program
  private let path: String

  init() throws {
    program = try Program()
    path = program.folder + "/OUTAGE.md"
    try program.write(Array(Self.document.utf8), to: path)
  }

  private static let document = """
    # Outages

    | Severity | Acknowledge |
    |---|---|
    | SEV-1 | 5 min |
    | SEV-2 | 30 min |

    """

  @Test func `check says how many rules are confirmed, and asks for all of them where told to`()
    throws
  {
    let open = try program.run("procedure", "check", path)
    #expect(open.status == 0)
    #expect(open.output.contains("Reviewed: 0 of 2 rules confirmed"), "\(open.output)")
    #expect(try program.run("procedure", "check", "--reviewed", path).status == 1)

    #expect(try program.run("procedure", "review", path, "--draft").status == 0)
    #expect(try program.run("procedure", "check", "--reviewed", path).status == 1)
    let filled = try program.shell("sed -i s/open/confirmed/ \(path).muster.yaml")
    #expect(filled.status == 0)
    let done = try program.run("procedure", "check", "--reviewed", path)
    #expect(done.status == 0, "\(done.output)")
    #expect(done.output.contains("Reviewed: 2 of 2 rules confirmed"), "\(done.output)")
    let json = try program.run("procedure", "check", "--json", path).json
    #expect(json?["reviewed"]?["complete"]?.bool == true)
    program.remove()
  }

  @Test func `what awaits a decision is listed, and what was decided with it`() throws {
    let json = try #require(try program.run("procedure", "review", path, "--json").json)
    let awaiting = try #require(json["awaiting"]?.array)
    let rule = try #require(awaiting.first { $0["kind"]?.string == "rule" })
    #expect(rule["line"]?.integer == 5 && rule["words"]?.string == "| SEV-1 | 5 min |")
    #expect(rule["read"]?.string == "SEV-1: acknowledge within 5m")
    #expect(json["decisions_path"]?.string == path + ".muster.yaml")
    #expect(json["decided"]?.array?.isEmpty == true)
    program.remove()
  }

  @Test func `an incident is declared by what the team has corrected`() throws {
    let decisions = """
      decisions:
        - line: 5
          words: "| SEV-1 | 5 min |"
          read: "SEV-1: acknowledge within 5m"
          decision: corrected
          rule: "SEV-1: acknowledge within 7m"

      """
    try program.write(Array(decisions.utf8), to: path + ".muster.yaml")
    _ = try program.declare("checkout fails", "--severity", "SEV-1", "--procedure", path)
    let shown = try program.run("show", "--json")
    let kinds = try #require(shown.json?["deadlines"]?.array)
    let left = kinds.first { $0["kind"]?.string == "acknowledge" }?["remaining_seconds"]?.integer
    #expect((410...420).contains(left ?? 0), "\(shown.output)")
    program.remove()
  }

  @Test func `decisions that cannot be read are told at the declaration`() throws {
    try program.write(Array("decisions: 7\n".utf8), to: path + ".muster.yaml")
    let declared = try program.run("declare", "checkout fails", "--procedure", path)
    #expect((declared.errors + declared.output).contains("without the team's review decisions"))
    #expect(try program.run("procedure", "review", path, "--json").status == 1)
    program.remove()
  }

  @Test func `without a terminal it says how it is done with an editor`() throws {
    let told = try program.run("procedure", "review", path)
    #expect(told.status == 2)
    #expect(told.errors.contains("--draft") && told.errors.contains("OUTAGE.md.muster.yaml"))
    #expect(try program.run("procedure", "review", "standard").status == 2)
    program.remove()
  }
}
