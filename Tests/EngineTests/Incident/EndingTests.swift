import Engine
import EventLog
import Testing

/// Nobody is blamed for what fell due after that was over which it was about.
struct EndingTests {
  @Test func `what falls due after the resolution is cancelled`() throws {
    var scenario = try Scenario(.twoSeverities, severity: "P2")
    try scenario.at("01:10", .resolve)

    let now = Scenario.time("01:11")
    let deadlines = scenario.incident.deadlines(at: now)
    #expect(scenario.state("respond", at: "01:11") == .cancelled)
    #expect(scenario.deadline("respond", at: "09:00")?.settled == Scenario.time("01:10"))
    let running = deadlines.filter { $0.state.isRunning && $0.kind != .postmortem }
    #expect(running.filter { $0.kind != .watch }.map(\.id) == [])
    let next = NextStep(for: scenario.incident, among: deadlines, at: now)
    #expect(next?.deadline?.kind == .watch || next?.deadline?.kind == .postmortem)
  }

  @Test func `acknowledged after it was over is no late response`() throws {
    var scenario = try Scenario(.twoSeverities, severity: "P2")
    try scenario.at("01:10", .resolve)
    try scenario.at("03:00", .acknowledge)

    #expect(scenario.state("respond", at: "03:01") == .cancelled)
  }

  @Test func `what was over before the end stays missed`() throws {
    var scenario = try Scenario(.twoSeverities, severity: "P1")
    try scenario.at("01:20", .resolve)

    let conduct = Conduct(
      of: Episode.all(of: scenario.incident, events: scenario.log.events),
      events: scenario.log.events, at: Scenario.time("05:00"))
    let response = conduct.targets.first { $0.kind == .respond }
    #expect(response?.result == .missed)
    #expect(conduct.targets.first { $0.kind == .communicate }?.result == .missed)
  }

  @Test func `written up afterwards, a path that would have fallen due later blames nobody`() throws
  {
    var scenario = try Scenario(.twoSeverities, declared: "03:00", detected: "01:00")
    // Declared late, the first step falls due at once, and some process writes it down.
    scenario.notice("03:00")
    try scenario.at("03:05", .resolve, occurred: "01:10")

    let conduct = Conduct(
      of: Episode.all(of: scenario.incident, events: scenario.log.events),
      events: scenario.log.events, at: Scenario.time("05:00"))
    #expect(conduct.calls.map(\.result) == [.ended])
  }

  @Test func `a call that was due before the end and reached nobody is told`() throws {
    var scenario = try Scenario(.twoSeverities)
    scenario.notice("01:15")
    try scenario.at("01:20", .resolve)

    let conduct = Conduct(
      of: Episode.all(of: scenario.incident, events: scenario.log.events),
      events: scenario.log.events, at: Scenario.time("05:00"))
    #expect(conduct.calls.map(\.result) == [.nobodyReached])
  }

  @Test func `a call by hand is over with the incident`() throws {
    var scenario = try Scenario(.twoSeverities)
    try scenario.at("01:05", .escalate(to: "CEO", reason: nil))
    #expect(scenario.state("escalation:ceo", at: "01:06") == .fired)

    try scenario.at("01:10", .resolve)

    #expect(scenario.state("escalation:ceo", at: "01:11") == .cancelled)
  }

  // MARK: - Phases

  @Test func `after acknowledging and triage the detection is over`() throws {
    var scenario = try Scenario(.twoSeverities)
    try scenario.at("01:02", .acknowledge)
    #expect(scenario.state("phase:detection", at: "01:03") == .pending)
    try scenario.at("01:03", .triage)

    #expect(scenario.state("phase:detection", at: "01:30") == .met)
    #expect(scenario.deadline("phase:detection", at: "01:30")?.settled == Scenario.time("01:03"))
  }

  @Test func `triage ends its own phase too, and the next one begins`() throws {
    var scenario = try Scenario(.twoSeverities)
    #expect(scenario.incident.phaseID == "detection")
    try scenario.at("01:02", .acknowledge)
    #expect(scenario.incident.phaseID == "detection")
    try scenario.at("01:10", .triage)

    #expect(scenario.state("phase:triage", at: "03:00") == .met)
    #expect(scenario.deadline("phase:triage", at: "03:00")?.settled == Scenario.time("01:10"))
    #expect(scenario.incident.phaseID == "fixing")
    // A duration from entering it.
    #expect(scenario.due("phase:fixing", at: "01:11") == Scenario.time("01:20"))

    try scenario.at("01:12", .enterPhase("triage"))
    #expect(scenario.incident.phaseID == "triage")
  }

  @Test func `a phase of mitigation is over with the mitigation`() throws {
    var procedure = Procedure.twoSeverities
    procedure.phases[2].title = "Mitigation"
    var scenario = try Scenario(procedure)
    try scenario.at("01:05", .enterPhase("fixing"))
    try scenario.at("01:09", .mitigate)

    #expect(scenario.state("phase:fixing", at: "03:00") == .met)
    #expect(scenario.deadline("phase:fixing", at: "03:00")?.settled == Scenario.time("01:09"))
  }

  @Test func `acknowledging ends the phase that it is the aim of, and what comes before it`() throws
  {
    var procedure = Procedure.twoSeverities
    procedure.phases[1].title = "Acknowledgment"
    var scenario = try Scenario(procedure)
    try scenario.at("01:04", .acknowledge)

    #expect(scenario.state("phase:detection", at: "03:00") == .met)
    #expect(scenario.state("phase:triage", at: "03:00") == .met)
    #expect(scenario.incident.phaseID == "fixing")
  }

  @Test func `a mitigation leaves no phase before it over`() throws {
    var procedure = Procedure.twoSeverities
    procedure.phases[2].title = "Mitigation"
    var scenario = try Scenario(procedure)
    try scenario.at("01:04", .mitigate)

    #expect(scenario.state("phase:detection", at: "03:00") == .met)
    #expect(scenario.state("phase:triage", at: "03:00") == .cancelled)
  }

  @Test func `a phase that was passed over is not met`() throws {
    var scenario = try Scenario(.twoSeverities)
    try scenario.at("01:04", .enterPhase("fixing"))

    #expect(scenario.state("phase:detection", at: "01:05") == .met)
    #expect(scenario.state("phase:triage", at: "01:05") == .cancelled)
  }

  @Test func `the last phase that was entered is over with the incident`() throws {
    var scenario = try Scenario(.twoSeverities)
    try scenario.at("01:20", .enterPhase("fixing"))
    try scenario.at("01:28", .resolve)

    #expect(scenario.state("phase:fixing", at: "02:00") == .met)
    #expect(scenario.deadline("phase:fixing", at: "02:00")?.settled == Scenario.time("01:28"))
  }

  @Test func `a review after the incident is a duty, and no phase clock from the declaration`()
    throws
  {
    var procedure = Procedure.twoSeverities
    procedure.phases.append(
      Phase(
        id: "review", title: "Post-Incident Review", window: .init(start: 0, end: 86_400), line: 34)
    )
    var scenario = try Scenario(procedure)
    #expect(scenario.deadline("phase:review", at: "01:00") == nil)

    // Where the document states no duty, the phase is one.
    procedure.postmortem = []
    scenario = try Scenario(procedure)
    #expect(scenario.deadline("postmortem:review", at: "01:00")?.due == nil)
    try scenario.at("02:00", .resolve)
    #expect(scenario.due("postmortem:review", at: "02:01") == Scenario.time("22 02:00"))
  }

  // MARK: - Calls

  @Test func `the path is not exhausted while a step by hand remains`() throws {
    var scenario = try Scenario(.chain)
    scenario.notice("09:00")
    #expect(scenario.deadline("escalation-exhausted", at: "09:00") == nil)

    try scenario.at("09:10", .escalate(to: "CTO", reason: nil))

    #expect(scenario.state("escalation-exhausted", at: "09:11") == .exhausted)
  }

  @Test func `an acknowledgement answers the call to whoever responds first, and no other`() throws
  {
    var procedure = Procedure.chain
    for index in procedure.escalation.indices { procedure.escalation[index].unless = .resolved }
    var scenario = try Scenario(procedure)
    #expect(scenario.state("escalation:on-call", at: "01:01") == .fired)

    try scenario.at("01:05", .acknowledge, by: "kai")

    let first = scenario.deadline("escalation:on-call", at: "01:06")
    #expect(first?.state == .met)
    #expect(first?.by == "kai")
    #expect(first?.step?.isAnswered == true)
    #expect(scenario.state("escalation:lead", at: "01:30") == .fired)
  }

  @Test(arguments: ["Manager", "Head of Engineering", "CTO", "Geschäftsführung", "运维经理"])
  func `an acknowledgement does not tell a manager`(receiver: String) throws {
    var procedure = Procedure.chain
    for index in procedure.escalation.indices { procedure.escalation[index].unless = .resolved }
    procedure.escalation[0].to = receiver
    var scenario = try Scenario(procedure)
    try scenario.at("01:05", .acknowledge, by: "kai")

    let deadlines = scenario.incident.deadlines(at: Scenario.time("01:06"))
    #expect(deadlines.first { $0.step != nil }?.state == .fired)
    #expect(
      NextStep(for: scenario.incident, among: deadlines, at: Scenario.time("01:06"))?.action
        == .call(receiver))
  }

  @Test func `what was engaged keeps its own rule when the severity changes`() throws {
    var procedure = Procedure.twoSeverities
    procedure.escalation = [
      EscalationStep(severity: "P1", level: 1, to: "Lead", after: 0, text: "at once", line: 7),
      EscalationStep(severity: "P2", level: 1, to: "Lead", after: 3600, text: "1 hour", line: 8),
    ]
    var scenario = try Scenario(procedure)
    try scenario.at("01:02", .reached(step: "Lead", name: "ines"))
    try scenario.at("01:03", .setSeverity("P2"))

    let step = scenario.deadline("escalation:lead", at: "01:04")
    #expect(step?.rule?.text == "at once")
    #expect(step?.rule?.line == 7)
    #expect(step?.state == .met)
    #expect(step?.by == "ines")
  }

  @Test func `a false all-clear does not tell of the episode that began before it`() throws {
    var scenario = try Scenario(.twoSeverities)
    try scenario.at("01:30", .resolve)
    try scenario.at(
      "01:33", .sendUpdate(.init(text: "This is over", audience: "customers", status: "resolved")))
    try scenario.at("01:35", .reopen(reason: nil), occurred: "01:31")

    #expect(scenario.state("communicate:customers", at: "01:36") == .pending)
    try scenario.at(
      "01:37",
      .sendUpdate(.init(text: "It is back", audience: "customers", status: "investigating")))
    #expect(scenario.state("communicate:customers", at: "01:38") == .met)
  }

  @Test func `a watch that a closing cut short is not met`() throws {
    var scenario = try Scenario(.twoSeverities)
    try scenario.at("01:10", .resolve)
    try scenario.at("01:20", .close(.resolved, reason: nil))

    #expect(scenario.state("watch", at: "09:00") == .cancelled)
  }

  // MARK: - Elapsed

  @Test func `elapsed time ends at the resolution and keeps its sign`() throws {
    var scenario = try Scenario(.twoSeverities)
    try scenario.at("01:40", .resolve)
    #expect(scenario.incident.clock?.elapsed(at: Scenario.time("22 09:00")) == .minutes(40))

    try scenario.at("02:00", .close(.resolved, reason: nil))
    #expect(scenario.incident.clock?.elapsed(at: Scenario.time("22 09:00")) == .minutes(40))
    try scenario.at("03:00", .reopen(reason: nil))
    #expect(scenario.incident.clock?.elapsed(at: Scenario.time("03:10")) == .minutes(10))
    #expect(scenario.incident.clock?.elapsed(at: Scenario.time("02:59")) == .minutes(-1))
  }
}
