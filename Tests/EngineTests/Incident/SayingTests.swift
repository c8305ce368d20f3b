import Engine
import Testing

/// Which of two statements holds, whoever's clock is wrong, and what ends with the incident.
@Suite struct SayingTests {
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

  @Test func `a clock that has lost its time is not believed`() throws {
    var scenario = try Scenario(.twoSeverities)
    try scenario.at("01:05", .note("looking"))
    let lost = try #require(Timestamp(rfc3339: "1971-01-01T00:00:00.000Z"))
    let draft = try scenario.incident.decide(.resolve, at: lost)
    scenario.record(draft, at: lost, by: "bo")

    #expect(scenario.incident.time(of: .resolved) == Scenario.time("01:05"))
  }

  @Test func `a clock far ahead is known as such until its time has come`() throws {
    var scenario = try Scenario(.twoSeverities)
    try scenario.at("03:00", .note("from the future"))
    #expect(scenario.incident.isAhead(of: Scenario.time("01:10")) == .minutes(110))
    #expect(scenario.incident.isAhead(of: Scenario.time("02:56")) == nil)
  }

  @Test func `a corrected title is the title, until the correction is retracted`() throws {
    var scenario = try Scenario(.twoSeverities)
    let correction = try scenario.at("01:01", .correct(entry: 1, text: "Checkout is slow"))
    #expect(scenario.incident.shownTitle == "Checkout is slow")
    try scenario.at("01:02", .retract(entry: correction.sequence, secret: false, reason: nil))
    #expect(scenario.incident.shownTitle == "Checkout 502")
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
    #expect(scenario.incident.present(Scenario.time("01:00:21")) == Scenario.time("01:03"))
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
    try scenario.at("03:10", .setMilestone(.resolved, Scenario.time("01:00")))

    let now = Scenario.time("03:11")
    #expect(scenario.incident.clock?.counter(at: now) == "T+ invalid")
    #expect(scenario.incident.duration?.roughWords(at: now) == "invalid")
  }

  @Test func `one duration runs from when it started until it was resolved`() throws {
    var scenario = try Scenario(.twoSeverities, detected: "00:58")
    #expect(scenario.incident.duration?.start == Scenario.time("00:58"))
    try scenario.at("01:10", .setMilestone(.started, Scenario.time("00:50")))
    try scenario.at("01:20", .mitigate)
    #expect(scenario.incident.duration?.elapsed(at: Scenario.time("01:30")) == .minutes(40))
    try scenario.at("01:40", .resolve)
    #expect(scenario.incident.duration?.elapsed(at: Scenario.time("09:00")) == .minutes(50))
    #expect(scenario.incident.clock?.elapsed(at: Scenario.time("09:00")) == .minutes(42))
  }

  @Test func `a closed incident lasted as long as all its episodes`() throws {
    var scenario = try Scenario(.twoSeverities, started: "00:50")
    try scenario.at("01:40", .resolve)
    try scenario.at("01:45", .close(.resolved, reason: nil))
    try scenario.at("05:00", .reopen(reason: nil))
    try scenario.at("05:10", .resolve)
    try scenario.at("05:10", .close(.resolved, reason: nil))

    let now = Scenario.time("09:00")
    #expect(scenario.incident.timeFelt(at: now) == .minutes(60))
    let row = IncidentRow(of: scenario.incident, id: "x", at: now, in: scenario.context)
    #expect(row.lasted == "1 h")
  }

  // MARK: - What is next

  @Test func `an overdue promise is not hidden by an acknowledgement that has time`() throws {
    var scenario = try Scenario(.twoSeverities, severity: "P3", declared: "00:20")
    try scenario.at(
      "01:00",
      .sendUpdate(.init(text: "hello", audience: "customers", next: Scenario.time("00:22"))),
      occurred: "00:20")

    let now = Scenario.time("01:00")
    let next = NextStep(
      for: scenario.incident, among: scenario.incident.deadlines(at: now, in: scenario.context),
      at: now)
    #expect(next?.action == .overdue)
    #expect(next?.deadline?.id == "update:customers")
  }
}
