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
    #expect(scenario.state("escalation:lead", at: "01:30") == .fired)
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

  // MARK: - Clocks that are behind

  @Test func `a clock that is behind undoes nothing`() throws {
    var scenario = try Scenario(.twoSeverities, severity: "P3", declared: "01:00")
    try scenario.at("01:02:30", .setSeverity("P2"))

    let draft = try scenario.incident.decide(.setSeverity("P1"), at: Scenario.time("01:01:00"))
    let event = scenario.record(draft, at: Scenario.time("01:01:00"), by: "bo")

    #expect(scenario.incident.severityID == "P1")
    #expect(scenario.incident.timeline.rows.last?.sequence == event.sequence)
    #expect(scenario.incident.effective(of: event) == Scenario.time("01:02:30"))
    #expect(scenario.replayed().severityID == "P1")
  }

  @Test func `what is told late is still earlier than what was said since`() throws {
    var scenario = try Scenario(.twoSeverities, severity: "P3")
    try scenario.at("01:10", .setSeverity("P2"))
    try scenario.at("01:11", .setSeverity("P1"), occurred: "01:05")

    #expect(scenario.incident.severityID == "P2")
  }

  @Test func `a clock far ahead pulls no later entry along`() throws {
    var scenario = try Scenario(.twoSeverities)
    let ahead = try scenario.incident.decide(
      .note("from the future"), at: Scenario.time("23 01:00"))
    scenario.record(ahead, at: Scenario.time("23 01:00"), by: "bo")
    let event = try scenario.at("01:10", .note("now"))

    #expect(scenario.incident.effective(of: event) == Scenario.time("01:10"))
  }

  @Test(arguments: ["00:02:00", "00:41:00"])
  func `a clock that is far behind undoes nothing either, and keeps its times`(clock: String) throws
  {
    var scenario = try Scenario(.twoSeverities, severity: "P3", declared: "01:00")
    try scenario.at("01:02", .setSeverity("P2"))
    try scenario.at("01:03", .assign(role: "ic", name: "bo"))
    try scenario.at("01:03", .setStatus("identified"))

    let event = try scenario.at(clock, .setSeverity("P1"))
    try scenario.at(clock, .assign(role: "ic", name: "kai"))
    try scenario.at(clock, .setStatus("monitoring"))
    try scenario.at(clock, .enterPhase("fixing"))

    for incident in [scenario.incident, scenario.replayed(), try unpacked(scenario.incident)] {
      #expect(incident.severityID == "P1")
      #expect(incident.commander?.name == "kai")
      #expect(incident.status.change.status == "monitoring")
      #expect(incident.phaseID == "fixing")
      #expect(incident.effective(of: event) == Scenario.time(clock))
      #expect(incident.overruling(event) == nil)
    }
    // It holds only until somebody says something else.
    try scenario.at("01:05", .setSeverity("P2"))
    #expect(scenario.incident.severityID == "P2")
  }

  @Test func `what a clock far ahead said does not outlast what is said after it`() throws {
    var scenario = try Scenario(.twoSeverities, severity: "P3", declared: "01:00")
    try scenario.at("01:20", .setStatus("identified"))
    try scenario.at("02:00", .assign(role: "ic", name: "bo"))
    try scenario.at("02:00", .acknowledge)

    try scenario.at("01:10", .setStatus("monitoring"))
    try scenario.at("01:10", .assign(role: "ic", name: "mira"))

    #expect(scenario.incident.status.change.status == "monitoring")
    #expect(scenario.incident.status.since == Scenario.time("01:10"))
    #expect(scenario.incident.commander?.name == "mira")
  }

  @Test func `an entry that changes nothing of what holds is known as such`() throws {
    var scenario = try Scenario(.twoSeverities, severity: "P3", declared: "01:00")
    let status = try scenario.at("01:10", .setStatus("monitoring"), by: "bo")
    let late = try scenario.at("01:12", .setStatus("identified"), occurred: "01:05")

    let overruling = try #require(scenario.incident.overruling(late))
    #expect(overruling.sequence == status.sequence)
    #expect(overruling.actor == "bo")
    #expect(overruling.value == "Monitoring")
    #expect(scenario.incident.overruling(status) == nil)

    let impact = try scenario.at("01:13", .updateImpact(.init(summary: "all", users: "40")))
    let users = try scenario.at(
      "01:14", .updateImpact(.init(users: "30", revenue: "none")), occurred: "01:11")
    #expect(scenario.incident.overruling(users) == nil)
    let older = try scenario.at("01:15", .updateImpact(.init(users: "20")), occurred: "01:11")
    #expect(scenario.incident.overruling(older)?.sequence == impact.sequence)

    try scenario.at("02:00", .resolve)
    let reopening = try scenario.at("02:10", .reopen(reason: nil))
    let before = try scenario.at("02:11", .setStatus("identified"), occurred: "02:05")
    #expect(scenario.incident.overruling(before)?.sequence == reopening.sequence)
    #expect(scenario.incident.overruling(before)?.subject == .episode)
  }

  @Test func `an acknowledgement answers an incident that a clock ahead declared`() throws {
    var scenario = try Scenario(.twoSeverities, declared: "01:03")
    #expect(scenario.incident.clock?.counter(at: Scenario.time("01:00")) == "T-00:03:00")

    try scenario.at("01:00:05", .acknowledge, by: "bo")

    #expect(scenario.state("respond", at: "01:00:06") == .met)
    #expect(scenario.incident.clock?.counter(at: Scenario.time("01:00:06")) == "T+00:00:00")
    try scenario.at("01:00:20", .resolve)
    #expect(scenario.state("escalation:engineering-lead", at: "01:00:21") == .cancelled)
    #expect(scenario.incident.isResolved(at: scenario.incident.present(Scenario.time("01:00:21"))))
  }

  private func unpacked(_ incident: Incident) throws -> Incident {
    let packed = incident.packed(.whole)
    return try #require(
      Incident(packed: packed.bytes[...], .whole, procedures: packed.procedures))
  }

  // MARK: - Calls after the end

  @Test func `calls end with the resolution, whoever had acknowledged`() throws {
    var procedure = Procedure.chain
    for index in procedure.escalation.indices { procedure.escalation[index].unless = .acknowledged }
    var scenario = try Scenario(procedure)
    #expect(scenario.state("escalation:on-call", at: "01:01") == .fired)

    try scenario.at("01:05", .resolve)

    for time in ["01:06", "09:00"] {
      let deadlines = scenario.incident.deadlines(at: Scenario.time(time), in: scenario.context)
      #expect(!deadlines.contains { $0.kind == .escalation && $0.state.isRunning })
      #expect(scenario.incident.unrecordedFirings(at: Scenario.time(time)).count <= 1)
    }
    try scenario.at("01:30", .close(.resolved, reason: nil))
    try scenario.at("02:00", .reopen(reason: nil))
    #expect(scenario.state("escalation:on-call", at: "02:01") == .fired)
  }

  @Test func `an incident written up afterwards calls nobody`() throws {
    var procedure = Procedure.chain
    for index in procedure.escalation.indices { procedure.escalation[index].unless = .acknowledged }
    var scenario = try Scenario(procedure, declared: "05:00", occurred: "01:00")
    try scenario.at("05:01", .mitigate, occurred: "01:20")
    try scenario.at("05:02", .resolve, occurred: "01:30")

    let deadlines = scenario.incident.deadlines(at: Scenario.time("05:03"), in: scenario.context)
    #expect(!deadlines.contains { $0.kind == .escalation && $0.state.isRunning })
    let next = NextStep(for: scenario.incident, among: deadlines, at: Scenario.time("05:03"))
    #expect(next?.deadline?.kind != .escalation)
  }

  @Test func `an incident that ended before it began lasted no time`() throws {
    var scenario = try Scenario(.twoSeverities, declared: "03:00")
    try scenario.at("03:10", .setMilestone(.resolved, at: Scenario.time("01:00")))

    let now = Scenario.time("03:11")
    #expect(scenario.incident.clock?.counter(at: now) == "T+ invalid")
    #expect(scenario.incident.duration?.roughWords(at: now) == "invalid")
  }

  @Test func `one duration runs from when it started until it was resolved`() throws {
    var scenario = try Scenario(.twoSeverities, detected: "00:58")
    #expect(scenario.incident.duration?.start == Scenario.time("00:58"))
    try scenario.at("01:10", .setMilestone(.started, at: Scenario.time("00:50")))
    try scenario.at("01:20", .mitigate)
    #expect(scenario.incident.duration?.elapsed(at: Scenario.time("01:30")) == .minutes(40))
    try scenario.at("01:40", .resolve)
    #expect(scenario.incident.duration?.elapsed(at: Scenario.time("09:00")) == .minutes(50))
    #expect(scenario.incident.clock?.elapsed(at: Scenario.time("09:00")) == .minutes(42))
  }
}
