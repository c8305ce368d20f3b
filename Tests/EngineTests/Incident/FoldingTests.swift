import Engine
import EventLog
import Testing

struct FoldingTests {
  @Test func `a late entry fills in the past and moves the present only if nothing later was said`()
    throws
  {
    var scenario = try Scenario(.twoSeverities)
    try scenario.at("01:30", .setStatus("identified"))

    try scenario.at("01:40", .setSeverity("P2"), occurred: "01:10")
    try scenario.at("01:41", .setStatus("monitoring"), occurred: "01:20")

    #expect(scenario.incident.severityID == "P2")
    #expect(scenario.incident.status.change.status == "identified")
    #expect(scenario.incident.time(of: .mitigated) == nil)
  }

  @Test func `order is effective time and then sequence`() throws {
    var scenario = try Scenario(.twoSeverities)
    try scenario.at("01:20", .note("b"))
    try scenario.at("01:30", .note("a"), occurred: "01:10")
    try scenario.at("01:31", .note("c"), occurred: "01:20")

    #expect(scenario.incident.timeline.rows.map(\.sequence) == [1, 3, 2, 4])
    #expect(scenario.incident.timeline.lateCount == 2)
  }

  @Test func `the same events in any order of recording hold the same things`() throws {
    var scenario = try Scenario(.twoSeverities)
    try scenario.at("01:05", .acknowledge, by: "kai")
    try scenario.at("01:06", .assign(role: "ic", name: "mira"))
    try scenario.at("01:07", .check("Is the site up?"))
    try scenario.at("01:08", .uncheck("1"))
    try scenario.at("01:30", .mitigate)
    let replayed = scenario.replayed()

    #expect(
      replayed.deadlines(at: Scenario.time("02:00"))
        == scenario.incident.deadlines(at: Scenario.time("02:00")))
    #expect(replayed.commander?.name == "mira")
    #expect(replayed.checklist.map(\.state) == [.open, .open, .open])
  }

  @Test func `of two events that share an identity the first counts`() throws {
    var scenario = try Scenario(.twoSeverities)
    let note = try scenario.at("01:05", .acknowledge)
    var copy = note
    copy.sequence = 3

    scenario.incident.apply(copy)

    #expect(scenario.incident.timeline.rows.count == 2)
    #expect(scenario.incident.acknowledgements.entries.count == 1)
  }

  @Test func `a retraction takes back what its entry said and keeps the entry`() throws {
    var scenario = try Scenario(.twoSeverities)
    let acknowledged = try scenario.at("01:05", .acknowledge)
    try scenario.at("01:06", .setStatus("monitoring"))

    try scenario.at(
      "01:10", .retract(entry: acknowledged.sequence, secret: false, reason: "not me"))

    #expect(scenario.state("respond", at: "01:15") == .breached)
    let row = scenario.incident.timeline.row(sequence: acknowledged.sequence)
    #expect(row?.marks.contains(.retracted) == true)
    #expect(scenario.incident.status.change.status == "monitoring")
  }

  @Test func `a correction keeps both words`() throws {
    var scenario = try Scenario(.twoSeverities)
    let note = try scenario.at("01:05", .note("rolled back to 41f1"))

    try scenario.at("01:06", .correct(entry: note.sequence, text: "rolled back to 41f2"))

    #expect(scenario.incident.corrections[note.sequence]?.last?.value == "rolled back to 41f2")
    #expect(note.data.string("text") == "rolled back to 41f1")
  }

  @Test func `what had happened by an instant and what was known by it are two questions`() throws {
    var scenario = try Scenario(.twoSeverities)
    try scenario.at("01:40", .acknowledge, occurred: "01:10")
    let asked = Scenario.time("01:20")

    let happened = scenario.replayed { $0.effective <= asked }
    let known = scenario.replayed { $0.effective <= asked && $0.recorded <= asked }

    #expect(happened.deadlines(at: asked).first { $0.id == "respond" }?.state == .met)
    #expect(known.deadlines(at: asked).first { $0.id == "respond" }?.state == .breached)
  }

  @Test func `a clock that goes backwards gives no negative duration and no lost event`() throws {
    var scenario = try Scenario(.twoSeverities)
    try scenario.at("01:10", .note("before the step"))
    scenario.record(
      try scenario.incident.decide(.note("after the step"), at: Scenario.time("01:05")),
      at: Scenario.time("01:05"), by: "mira")
    try scenario.at("01:06", .stepClock(.seconds(-300)))

    #expect(scenario.incident.timeline.rows.count == 4)
    #expect(scenario.incident.timeline.rows.map(\.sequence) == [1, 2, 3, 4])
    #expect(scenario.incident.clockSteps.last?.value == .seconds(-300))
  }

  @Test func `resolving and reopening keeps what belongs to the incident`() throws {
    var scenario = try Scenario(.twoSeverities, detected: "00:55", started: "00:40")
    try scenario.at("01:05", .acknowledge)
    try scenario.at("02:00", .resolve)
    try scenario.at("02:10", .close(.resolved, reason: nil))
    #expect(!scenario.incident.isOpen)

    try scenario.at("04:00", .reopen(reason: "again"))

    #expect(scenario.incident.isOpen)
    #expect(scenario.incident.time(of: .acknowledged) == nil)
    #expect(scenario.incident.time(of: .resolved) == nil)
    #expect(scenario.incident.time(of: .started) == Scenario.time("00:40"))
    #expect(scenario.incident.status.change.role == .open)
  }

  @Test func `a milestone that somebody sets holds until the course goes on`() throws {
    var scenario = try Scenario(.twoSeverities)
    try scenario.at("02:00", .mitigate)
    try scenario.at("02:10", .setMilestone(.mitigated, Scenario.time("01:45")))
    #expect(scenario.incident.time(of: .mitigated) == Scenario.time("01:45"))
    #expect(scenario.state("mitigate", at: "02:10") == .met)

    try scenario.at("02:20", .setStatus("investigating"))
    #expect(scenario.incident.time(of: .mitigated) == nil)
  }

  @Test func `impact keeps the parts that an update leaves out`() throws {
    var scenario = try Scenario(.twoSeverities)
    try scenario.at("01:05", .updateImpact(.init(summary: "all checkouts", services: "checkout")))
    try scenario.at("01:15", .updateImpact(.init(users: "~500")))

    #expect(scenario.incident.impact.summary == "all checkouts")
    #expect(scenario.incident.impact.users == "~500")
  }

  @Test func `repeated alerts are counted as one`() throws {
    var scenario = try Scenario(.twoSeverities)
    for minute in 10..<20 {
      try scenario.at("01:\(minute)", .alert(.init(title: "HighErrorRate", key: "f1")))
    }
    try scenario.at("01:20", .alert(.init(title: "HighErrorRate", key: "f1", isResolved: true)))

    let alert = scenario.incident.alerts["f1"]
    #expect(alert?.count == 10)
    #expect(alert?.first == Scenario.time("01:10"))
    #expect(alert?.isFiring == false)
  }

  @Test func `items meant for another severity are not in force`() throws {
    var scenario = try Scenario(.twoSeverities)
    #expect(scenario.incident.checklist.map(\.item.id) == ["site-up", "logs", "time"])

    try scenario.at("01:10", .setSeverity("P2"))
    try scenario.at("01:11", .addItem("Ask the bank", phase: nil))

    #expect(
      scenario.incident.checklist.map(\.item.id) == [
        "site-up", "logs", "time", "p2-only", "added-1",
      ])
  }

  @Test func `what was done before anybody declared belongs to the incident`() throws {
    var scenario = try Scenario(.twoSeverities, declared: "01:40", detected: "01:00")
    try scenario.at("01:41", .setStatus("identified"), occurred: "01:20")
    try scenario.at(
      "01:42", .sendUpdate(.init(text: "we look", audience: "customers")), occurred: "01:05")
    try scenario.at("01:43", .reached(step: "lead", name: "kai"), occurred: "01:10")
    try scenario.at("01:44", .enterPhase("fixing"), occurred: "01:12")

    #expect(scenario.incident.status.change.status == "identified")
    #expect(scenario.state("communicate:customers", at: "01:45") == .met)
    #expect(scenario.state("triage", at: "01:45") == .met)
    #expect(scenario.state("escalation:engineering-lead", at: "01:45") == .met)
    #expect(scenario.due("escalation:ceo", at: "01:45") == Scenario.time("01:45"))
    #expect(scenario.incident.phaseID == "fixing")
  }

  @Test func `a fix made before the declaration stops the steps that wait for one`() throws {
    var scenario = try Scenario(.chain, declared: "03:00", detected: "01:00")
    try scenario.at("03:01", .mitigate, occurred: "01:30")

    #expect(scenario.state("escalation:manager", at: "05:30") == .cancelled)
    #expect(scenario.incident.time(of: .mitigated) == Scenario.time("01:30"))
  }
}
