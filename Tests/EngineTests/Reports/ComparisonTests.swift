import Engine
import EventLog
import Testing

@Suite struct ComparisonTests {
  /// Calls the same people sooner, and one more; other names for its severities.
  private static let sooner: Procedure = {
    var procedure = Procedure(name: "sooner", source: .init(path: "sooner.md", sha256: ""))
    var worst = Severity(id: "SEV-1", name: "Critical", rank: 1, line: 1)
    worst.targets = [.init(kind: .acknowledge, within: .seconds(300), text: "5 minutes", line: 1)]
    procedure.severities = [worst, Severity(id: "SEV-2", name: "Major", rank: 2, line: 2)]
    procedure.escalation = [
      EscalationStep(severity: "SEV-1", level: 1, to: "Engineering Lead", after: 240, line: 3),
      EscalationStep(severity: "SEV-1", level: 2, to: "Director", after: 1200, line: 4),
      EscalationStep(severity: "SEV-1", level: 3, to: "CEO", after: 7200, line: 5),
    ]
    return procedure
  }()

  private static func comparison() throws -> Comparison {
    var scenario = try Scenario(.twoSeverities)
    try scenario.at("01:10", .acknowledge)
    scenario.notice("01:16")
    scenario.notice("01:46")
    try scenario.at("02:00", .resolve)
    return Comparison(of: scenario.incident, under: sooner, at: Scenario.time("04:00"))
  }

  @Test(
    arguments: [
      ("Engineering Lead", "01:15", "01:04", 660), ("CEO", "01:45", nil, -4500),
      ("Director", nil, "01:20", nil),
    ] as [(String, String?, String?, Int64?)])
  func `who would have been called when`(
    receiver: String, own: String?, other: String?, earlier: Int64?
  ) throws {
    let row = try #require(Self.comparison().rows.first { $0.label == receiver })
    #expect(row.own?.fired == own.map(Scenario.time))
    #expect(row.other?.fired == other.map(Scenario.time))
    #expect(row.earlier == earlier.map { .seconds($0) })
  }

  @Test func `severities are taken over by rank and said`() throws {
    let comparison = try Self.comparison()
    #expect(comparison.severities == ["P1 → SEV-1"])
    let answer = comparison.rows.first { $0.kind == .acknowledge }
    #expect(answer?.own?.result == .met)
    #expect(answer?.other?.result == .late)
  }
}
