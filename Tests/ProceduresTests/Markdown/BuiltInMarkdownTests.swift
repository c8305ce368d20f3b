import Engine
import Procedures
import Testing

@Suite struct `Built-in procedures in Markdown` {
  private func builtIn(_ name: String) throws -> Procedure {
    let entry = try #require(BuiltInProcedures.named(name))
    return try entry.read()
  }

  @Test(
    arguments: [
      ("small-team", ["P0", "P1", "P2", "P3"], 6, [0, 1800, 3600, nil], 16),
      ("consumer-app", ["SEV-1", "SEV-2", "SEV-3", "SEV-4"], 7, [0, 1800, 3600, 7200], 21),
      ("saas", ["P0", "P1", "P2", "P3"], 7, [nil, nil, nil, nil, nil], 31),
      ("fintech", ["P0", "P1", "P2", "P3"], 6, [], 89),
    ] as [(String, [String], Int, [Int?], Int)])
  func `state their facts and leave nothing unread`(
    name: String, severities: [String], phases: Int, calls: [Int?], items: Int
  ) throws {
    let entry = try #require(BuiltInProcedures.named(name))
    let procedure = try entry.read()
    #expect(procedure.severities.map(\.id) == severities)
    #expect(procedure.phases.count == phases)
    #expect(procedure.escalation.map(\.after) == calls)
    #expect(procedure.checklist.count == items)
    #expect(!procedure.runbooks.isEmpty)
    #expect(!procedure.postmortem.isEmpty)
    #expect(!procedure.remarks.contains { $0.kind == .unread })
    let errors = ProcedureCheck.findings(in: procedure).filter(\.isError)
    #expect(errors == [])
    #expect(!entry.suits.isEmpty)
  }

  @Test func `small-team and consumer-app state when to answer`() throws {
    let small = try builtIn("small-team")
    #expect(
      small.severities.map { $0.targets.first { $0.kind == .respond }?.within } == [
        .seconds(900), .seconds(3600), .seconds(14_400), .businessDays(1),
      ])
    let app = try builtIn("consumer-app")
    #expect(
      app.severities.map { $0.targets.first { $0.kind == .acknowledge }?.within } == [
        .seconds(300), .seconds(900), .seconds(3600), .seconds(14_400),
      ])
    #expect(app.phases.prefix(4).map(\.window?.end) == [300, 900, 1800, 3600])
  }
}
