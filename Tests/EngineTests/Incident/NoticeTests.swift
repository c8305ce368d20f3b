import Engine
import Testing

struct NoticeTests {
  private static let procedure: Procedure = {
    var procedure = Procedure.twoSeverities
    procedure.cadence = []
    procedure.notices = [
      Notice(severity: "P1", within: .seconds(3600), audience: "press", text: "once", line: 3),
      Notice(within: .businessDays(1), text: "once, in 1 business day", line: 4),
    ]
    return procedure
  }()

  @Test func `an update that is owed once counts from the clock start`() throws {
    let scenario = try Scenario(Self.procedure)

    let press = scenario.deadline("notice", at: "01:00")
    #expect(press?.kind == .communicate)
    #expect(press?.label == "One update to press")
    #expect(press?.due == Scenario.time("02:00"))
    #expect(press?.rule == .init(text: "once", line: 3))
    #expect(scenario.due("notice:2") == Scenario.time("24 17:00"))
    #expect(scenario.state("notice", at: "02:00") == .breached)
  }

  @Test func `the first update to its audience meets it for good`() throws {
    var scenario = try Scenario(Self.procedure)

    try scenario.at("01:10", .sendUpdate(.init(text: "x", audience: "customers")))
    #expect(scenario.state("notice", at: "01:20") == .pending)
    #expect(scenario.state("notice:2", at: "01:20") == .met)

    try scenario.at("01:30", .sendUpdate(.init(text: "x", audience: "Press")), by: "dev")
    let press = scenario.deadline("notice", at: "09:00")
    #expect(press?.state == .met)
    #expect(press?.by == "dev")
  }

  @Test func `another severity owes only what is everybody's`() throws {
    let scenario = try Scenario(Self.procedure, severity: "P2")

    #expect(scenario.deadline("notice", at: "01:00")?.label == "One update")
    #expect(scenario.deadline("notice:2", at: "01:00") == nil)
  }
}

struct RelativeStepTests {
  private static let procedure: Procedure = {
    var procedure = Procedure.twoSeverities
    procedure.escalation = [
      EscalationStep(
        level: 1, to: "Lead", after: nil, unless: .acknowledged, relativeTo: .respond, line: 5),
      EscalationStep(level: 2, to: "CEO", after: 600, since: .previous, line: 6),
    ]
    return procedure
  }()

  @Test(arguments: [("P1", "01:15", "01:25"), ("P2", "02:00", "02:10")])
  func `a step falls due when the target that it names does`(
    severity: String, lead: String, chief: String
  ) throws {
    let scenario = try Scenario(Self.procedure, severity: severity)

    #expect(scenario.due("escalation:lead") == Scenario.time(lead))
    #expect(scenario.due("escalation:ceo") == Scenario.time(chief))
    #expect(scenario.state("escalation:lead", at: lead) == .fired)
  }

  @Test func `the time moves with the severity`() throws {
    var scenario = try Scenario(Self.procedure, severity: "P2")

    try scenario.at("01:05", .setSeverity("P1"))

    #expect(scenario.due("escalation:lead", at: "01:05") == Scenario.time("01:15"))
  }

  @Test func `without a clock for the target the step is offered by hand`() throws {
    let scenario = try Scenario(Self.procedure, severity: "P3")

    #expect(scenario.deadline("escalation:lead", at: "05:00")?.state == .pending)
    #expect(scenario.due("escalation:lead", at: "05:00") == nil)
  }

  @Test func `an update every business day is due at the close of the next one`() throws {
    var procedure = Procedure.twoSeverities
    procedure.cadence = [Cadence(interval: .businessDays(1), text: "every business day", line: 20)]
    #expect(Cadence(json: procedure.cadence[0].json) == procedure.cadence[0])
    var scenario = try Scenario(procedure)
    #expect(scenario.due("update") == Scenario.time("24 17:00"))
    try scenario.at("02:00", .resolve)
    #expect(scenario.state("update", at: "02:01") == .cancelled)
  }
}
