import Engine
import EventLog
import Testing

struct EscalationTests {
  let lead = "escalation:engineering-lead"
  let ceo = "escalation:ceo"

  @Test func `a step falls due by calculation whether or not anybody wrote it down`() throws {
    let scenario = try Scenario(.twoSeverities)

    #expect(scenario.state(lead, at: "01:14:59") == .soon)
    #expect(scenario.state(lead, at: "01:15") == .fired)
    #expect(scenario.state(ceo, at: "01:15") == .pending)
    #expect(scenario.incident.unrecordedFirings(at: Scenario.time("01:14:59")).isEmpty)
    #expect(scenario.incident.unrecordedFirings(at: Scenario.time("01:15")).count == 1)
  }

  @Test func `steps to receivers whose names resemble each other are told apart`() throws {
    var procedure = Procedure.twoSeverities
    procedure.escalation = ["Lead 2", "Lead", "Lead 10", "Lead 1", "Lead"].enumerated().map {
      EscalationStep(level: $0.offset + 1, to: $0.element, after: 60, line: 0)
    }
    let scenario = try Scenario(procedure)
    let keys = scenario.incident.deadlines(at: Scenario.time("01:00")).filter { $0.step != nil }
      .map(\.stepKey)
    #expect(keys.count == 5 && Set(keys).count == 5)
  }

  @Test func `several processes that notice the same step record it once`() throws {
    var scenario = try Scenario(.twoSeverities)
    let first = scenario.incident.unrecordedFirings(at: Scenario.time("01:15:01"))
    let second = scenario.incident.unrecordedFirings(at: Scenario.time("01:15:02"))
    #expect(first.map(\.identity) == second.map(\.identity))

    for draft in first + second {
      scenario.record(draft, at: Scenario.time("01:15:02"), by: "muster")
    }

    #expect(scenario.incident.firings.entries.count == 1)
    #expect(scenario.notice("01:16").isEmpty)
  }

  @Test func `fired means that the step fell due and reached that a person was`() throws {
    var scenario = try Scenario(.twoSeverities)
    scenario.notice("01:15")
    #expect(scenario.state(lead, at: "01:20") == .fired)

    try scenario.at("01:22", .reached(step: "lead", name: "kai"))

    let step = scenario.deadline(lead, at: "01:22")
    #expect(step?.state == .met)
    #expect(step?.by == "kai")
  }

  @Test func `what fell due while nothing was running fires once each in order and says how late`()
    throws
  {
    var scenario = try Scenario(.twoSeverities)

    let events = scenario.notice("04:00")

    #expect(events.map { $0.data.string("to") } == ["Engineering Lead", "CEO", nil])
    #expect(events.map(\.effective) == ["01:15", "01:45", "01:46"].map(Scenario.time))
    #expect(events[0].data.integer("late_seconds") == 9900)
    #expect(events[2].kind == .escalationExhausted)
    #expect(scenario.notice("04:01").isEmpty)
  }

  @Test
  func `a path that comes into force late calls one step now and the others keep their distance`()
    throws
  {
    let scenario = try Scenario(.twoSeverities, declared: "02:00", detected: "01:00")

    #expect(scenario.due(lead, at: "02:00") == Scenario.time("02:00"))
    #expect(scenario.state(lead, at: "02:00") == .fired)
    #expect(scenario.due(ceo, at: "02:00") == Scenario.time("02:30"))
    #expect(scenario.state(ceo, at: "02:00") == .pending)
  }

  @Test func `a raised severity skips whom the lower one has engaged`() throws {
    var scenario = try Scenario(.twoSeverities, severity: "P2")
    #expect(scenario.due(lead) == Scenario.time("02:00"))
    scenario.notice("02:00")

    try scenario.at("02:10", .setSeverity("P1"))

    #expect(scenario.state(lead, at: "02:10") == .fired)
    #expect(scenario.due(ceo, at: "02:10") == Scenario.time("02:10"))
    #expect(scenario.state(ceo, at: "02:10") == .fired)
  }

  @Test func `a raised severity calls only the first of the steps already due`() throws {
    var scenario = try Scenario(.twoSeverities, severity: "P2")

    try scenario.at("01:50", .setSeverity("P1"))

    #expect(scenario.due(lead, at: "01:50") == Scenario.time("01:50"))
    #expect(scenario.due(ceo, at: "01:50") == Scenario.time("02:20"))
  }

  @Test func `a lowered severity cancels what was not engaged and keeps what was`() throws {
    var scenario = try Scenario(.twoSeverities)
    scenario.notice("01:15")

    try scenario.at("01:20", .setSeverity("P2"))

    #expect(scenario.state(lead, at: "01:20") == .fired)
    #expect(scenario.deadline(ceo, at: "01:20") == nil)
    #expect(scenario.notice("03:00").allSatisfy { $0.data.string("to") != "CEO" })
  }

  @Test func `an engaged step of the old path stays engaged under a path without it`() throws {
    var scenario = try Scenario(.twoSeverities)
    scenario.notice("01:45")

    try scenario.at("01:50", .setSeverity("P2"))

    #expect(scenario.state(ceo, at: "01:50") == .fired)
  }

  @Test func `an acknowledgement stops only the steps that wait for one`() throws {
    var scenario = try Scenario(.chain)
    #expect(scenario.state("escalation:on-call", at: "01:00") == .fired)

    try scenario.at("01:10", .acknowledge)

    #expect(scenario.state("escalation:lead", at: "01:31") == .cancelled)
    #expect(scenario.state("escalation:manager", at: "02:29") == .soon)
    #expect(scenario.state("escalation:manager", at: "02:30") == .fired)
  }

  @Test func `a step that only a person can judge has no clock and is offered by hand`() throws {
    var scenario = try Scenario(.chain)
    #expect(scenario.deadline("escalation:cto", at: "09:00")?.due == nil)
    #expect(scenario.state("escalation:cto", at: "09:00") == .pending)

    try scenario.at("09:10", .escalate(to: "CTO", reason: "payments are down"))

    #expect(scenario.state("escalation:cto", at: "09:10") == .fired)
  }

  @Test func `a fix that did not hold runs the steps again that it had stopped`() throws {
    var scenario = try Scenario(.chain)
    try scenario.at("02:20", .mitigate)
    #expect(scenario.state("escalation:manager", at: "03:00") == .cancelled)
    #expect(scenario.deadline("watch", at: "02:30") == nil)

    try scenario.at("03:10", .setStatus("investigating"))

    #expect(scenario.due("escalation:manager", at: "03:10") == Scenario.time("03:10"))
    #expect(scenario.state("escalation:manager", at: "03:10") == .fired)
    #expect(scenario.incident.episode == 1)
  }

  @Test func `a snooze moves its step and those counted from it and no others`() throws {
    var scenario = try Scenario(.chain)
    try scenario.at(
      "01:10", .snooze(deadline: "lead", .minutes(10), reason: "lead is on a train"))

    #expect(scenario.due("escalation:lead", at: "01:10") == Scenario.time("01:40"))
    #expect(scenario.due("escalation:manager", at: "01:10") == Scenario.time("02:40"))
    let step = scenario.deadline("escalation:lead", at: "01:35")
    #expect(step?.state == .snoozed)
    #expect(step?.reason == "lead is on a train")
    #expect(scenario.state("escalation:lead", at: "01:40") == .fired)

    var fromStart = try Scenario(.twoSeverities)
    try fromStart.at("01:05", .snooze(deadline: "L1", .minutes(10), reason: "known"))
    #expect(fromStart.due(lead, at: "01:05") == Scenario.time("01:25"))
    #expect(fromStart.due(ceo, at: "01:05") == Scenario.time("01:45"))
  }

  @Test func `a snoozed step that had fired falls due again as a round of its own`() throws {
    var scenario = try Scenario(.twoSeverities)
    scenario.notice("01:15")

    try scenario.at("01:20", .snooze(deadline: lead, .minutes(10), reason: "call back"))

    #expect(scenario.state(lead, at: "01:20") == .snoozed)
    #expect(scenario.notice("01:29").isEmpty)
    let again = scenario.notice("01:30")
    #expect(again.map { $0.data.integer("round") } == [2])
    #expect(scenario.notice("01:31").isEmpty)
  }

  @Test func `a snooze needs a reason`() throws {
    let scenario = try Scenario(.chain)

    #expect(throws: Rejection.empty(.reason)) {
      try scenario.incident.decide(
        .snooze(deadline: "lead", .minutes(10), reason: " "), at: Scenario.time("01:10"))
    }
  }

  @Test func `after the last step the path is exhausted unless somebody was reached`() throws {
    var scenario = try Scenario(.twoSeverities)
    // Whoever was called last has a minute to answer before nobody is left.
    #expect(scenario.deadline("escalation-exhausted", at: "01:45:59") == nil)
    #expect(scenario.state("escalation-exhausted", at: "01:46") == .exhausted)

    try scenario.at("01:50", .reached(step: "CEO", name: nil))

    #expect(scenario.deadline("escalation-exhausted", at: "01:50") == nil)
  }

  @Test func `a reopened incident runs its path again from the reopening`() throws {
    var scenario = try Scenario(.twoSeverities)
    scenario.notice("01:15")
    try scenario.at("01:30", .resolve)
    #expect(scenario.state(lead, at: "01:31") == .cancelled)

    try scenario.at("05:00", .reopen(reason: "it is back"))

    #expect(scenario.incident.episode == 2)
    #expect(scenario.due(lead, at: "05:00") == Scenario.time("05:15"))
    #expect(scenario.state("respond", at: "05:00") == .pending)
    #expect(scenario.due("respond", at: "05:00") == Scenario.time("05:15"))
    #expect(scenario.notice("05:15").map { $0.data.integer("episode") } == [2])
  }

  @Test func `no step falls due once its stop condition has come`() throws {
    var scenario = try Scenario(.twoSeverities)

    try scenario.at("01:14", .resolve)

    #expect(scenario.notice("09:00").isEmpty)
    #expect(scenario.state(lead, at: "09:00") == .cancelled)
  }

  @Test func `a resolution told late takes back a step that nobody had written down`() throws {
    var scenario = try Scenario(.twoSeverities)
    #expect(scenario.state(lead, at: "01:20") == .fired)

    try scenario.at("01:20", .resolve, occurred: "01:10")

    #expect(scenario.notice("01:30").isEmpty)
  }

  @Test func `reloading another procedure changes the path from then on`() throws {
    var scenario = try Scenario(.twoSeverities)
    var next = Procedure.twoSeverities
    next.escalation = [EscalationStep(level: 1, to: "Duty Manager", after: 1200, line: 9)]

    try scenario.at("01:30", .reloadProcedure(next, changes: ["escalation"]))

    #expect(scenario.due("escalation:duty-manager", at: "01:30") == Scenario.time("01:30"))
    #expect(scenario.state(lead, at: "01:30") == .fired)
    #expect(scenario.deadline(ceo, at: "01:30") == nil)
  }

  @Test func `a severity raised after the resolution calls nobody`() throws {
    var scenario = try Scenario(.twoSeverities, severity: "P2")
    try scenario.at("01:50", .resolve)

    try scenario.at("02:00", .setSeverity("P1"))

    #expect(scenario.notice("05:00").isEmpty)
    #expect(scenario.state(ceo, at: "05:00") == .cancelled)
  }

  @Test func `somebody reached before the step fell due is not called again`() throws {
    var scenario = try Scenario(.twoSeverities)

    try scenario.at("01:05", .reached(step: "lead", name: "kai"))

    #expect(scenario.state(lead, at: "01:20") == .met)
    #expect(scenario.notice("01:20").isEmpty)
    #expect(scenario.state(ceo, at: "01:45") == .fired)
  }

  @Test func `steps that are due at the same instant fall due together`() throws {
    var procedure = Procedure.chain
    procedure.escalation = [
      EscalationStep(level: 1, to: "On-call", after: 0, line: 2),
      EscalationStep(level: 1, to: "Security", after: 0, line: 3),
      EscalationStep(level: 2, to: "Lead", after: 600, line: 4),
    ]
    let scenario = try Scenario(procedure, declared: "02:00", detected: "01:00")

    #expect(scenario.state("escalation:on-call", at: "02:00") == .fired)
    #expect(scenario.state("escalation:security", at: "02:00") == .fired)
    #expect(scenario.due("escalation:lead", at: "02:00") == Scenario.time("02:10"))
  }
}
