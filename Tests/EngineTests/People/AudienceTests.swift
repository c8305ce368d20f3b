import Engine
import Testing

@Suite struct `Audiences` {
  private static func scenario(_ audiences: [String]) throws -> Scenario {
    var procedure = Procedure.twoSeverities
    procedure.cadence = audiences.enumerated().map { index, audience in
      Cadence(every: 1800, audience: audience, line: index + 1)
    }
    return try Scenario(procedure)
  }

  @Test(arguments: [
    (["external"], "external", "customers", true), (["external"], "external", "status page", true),
    (["customers"], "customers", "Status Page", true), (["clients"], "clients", "users", true),
    (["customers", "status page"], "customers", "status page", false),
    (["customers", "status page"], "customers", "public", true),
    (["team"], "team", "customers", false), (["customers"], "customers", "stakeholders", false),
    (["external"], "external", "partners", false),
    (["customers"], "customers", "VIP customers", false),
    (["Kunden"], "Kunden", "customers", true),
    (["management"], "management", "Management", true),
  ])
  func `that mean the same are one`(
    rules: [String], one: String, other: String, isSame: Bool
  ) throws {
    let incident = try Self.scenario(rules).incident
    #expect(incident.sameAudience(one, other) == isSame)
    #expect(incident.sameAudience(other, one) == isSame)
  }

  @Test func `a team without a name is the team`() throws {
    let incident = try Self.scenario([]).incident
    #expect(incident.sameAudience(nil, "team"))
    #expect(!incident.sameAudience(nil, "customers"))
  }

  @Test func `an update to customers keeps no promise to the team`() throws {
    var scenario = try Self.scenario(["team"])
    try scenario.at("01:10", .sendUpdate(.init(text: "We look", audience: "customers")))
    let deadline = scenario.incident.deadlines(at: Scenario.time("01:20"), in: scenario.context)
      .first { $0.kind == .update && $0.audience == "team" }
    #expect(deadline?.due == Scenario.time("01:30"))
  }
}
