import Engine
import Testing

struct WindowTests {
  @Test func `an update is due at the interval or at the promise whichever is earlier`() throws {
    var scenario = try Scenario(.twoSeverities)
    #expect(scenario.due("update") == Scenario.time("01:30"))
    #expect(scenario.deadline("update", at: "01:00")?.latest == Scenario.time("02:00"))

    try scenario.at(
      "01:10", .sendUpdate(.init(text: "we look", next: Scenario.time("01:25"))))
    #expect(scenario.due("update", at: "01:10") == Scenario.time("01:25"))
    #expect(scenario.deadline("update", at: "01:10")?.rule?.text == "promised")

    try scenario.at(
      "01:20", .sendUpdate(.init(text: "we still look", next: Scenario.time("03:00"))))
    #expect(scenario.due("update", at: "01:20") == Scenario.time("01:50"))
    #expect(scenario.state("update", at: "01:50") == .breached)
  }

  @Test func `a promise to an audience is due though no rule names it`() throws {
    var scenario = try Scenario(.twoSeverities, severity: "P2")
    #expect(scenario.deadline("update", at: "01:00") == nil)

    try scenario.at(
      "01:10",
      .sendUpdate(.init(text: "we look", audience: "board", next: Scenario.time("02:00"))))

    #expect(scenario.due("update:board", at: "01:10") == Scenario.time("02:00"))
  }

  @Test func `updates are owed until the incident is resolved`() throws {
    var scenario = try Scenario(.twoSeverities)

    try scenario.at("01:20", .resolve)

    #expect(scenario.state("update", at: "03:00") == .cancelled)
  }

  @Test func `windows that go on from each other count from the clock start`() throws {
    let scenario = try Scenario(.twoSeverities)

    #expect(scenario.due("phase:detection") == Scenario.time("01:05"))
    #expect(scenario.due("phase:triage") == Scenario.time("01:15"))
  }

  @Test func `a window that does not go on from the one before is a duration from entering`() throws
  {
    var scenario = try Scenario(.twoSeverities)
    #expect(scenario.deadline("phase:fixing", at: "01:00")?.due == nil)

    try scenario.at("01:20", .enterPhase("fixing"))

    #expect(scenario.due("phase:fixing", at: "01:20") == Scenario.time("01:30"))
    #expect(scenario.state("phase:detection", at: "01:20") == .metLate)
    #expect(scenario.state("phase:fixing", at: "01:30") == .breached)
  }

  @Test func `an open-ended window has no clock`() throws {
    let scenario = try Scenario(.twoSeverities)

    #expect(scenario.deadline("phase:open-ended", at: "01:00") == nil)
  }

  @Test func `the watch begins with the fix and is over by itself`() throws {
    var scenario = try Scenario(.twoSeverities)
    #expect(scenario.deadline("watch", at: "01:00")?.due == nil)

    try scenario.at("01:30", .mitigate)
    #expect(scenario.due("watch", at: "01:30") == Scenario.time("03:30"))
    #expect(scenario.state("watch", at: "03:30") == .met)

    try scenario.at("02:00", .setStatus("identified"))
    #expect(scenario.deadline("watch", at: "02:00")?.due == nil)

    try scenario.at("02:10", .mitigate)
    #expect(scenario.due("watch", at: "02:10") == Scenario.time("04:10"))
    #expect(scenario.incident.time(of: .mitigated) == Scenario.time("02:10"))
  }

  @Test func `a post-mortem is a duty without a clock until the incident is resolved`() throws {
    var scenario = try Scenario(.twoSeverities)
    #expect(scenario.state("postmortem:draft", at: "03:00") == .pending)
    #expect(scenario.deadline("postmortem:draft", at: "03:00")?.due == nil)

    try scenario.at("03:00", .resolve)
    #expect(scenario.due("postmortem:draft", at: "03:00") == Scenario.time("23 03:00"))

    try scenario.at("22 12:00", .publishPostmortem(.draft, place: nil))
    #expect(scenario.state("postmortem:draft", at: "24 12:00") == .met)
  }

  @Test func `a post-mortem stays due after the incident is closed`() throws {
    var scenario = try Scenario(.twoSeverities)
    try scenario.at("03:00", .resolve)
    try scenario.at("03:10", .close(.resolved, reason: nil))

    #expect(scenario.state("postmortem:draft", at: "23 03:00") == .breached)
  }

  @Test(
    arguments: [
      ("users were affected for more than 30 minutes", "P2", 20, nil, .cancelled),
      ("users were affected for more than 30 minutes", "P2", 40, "Post-mortem draft", .pending),
      (
        "users were affected for more than 30 minutes, or payments were affected", "P2", 20,
        "Post-mortem draft if users were affected for more than 30 minutes, or payments were affected",
        .pending
      ),
      ("P2 incidents with >30 min impact", "P1", 90, nil, .cancelled),
      (
        "P2 incidents with >30 min impact; Any incident affecting payments", "P2", 90,
        "Post-mortem draft", .pending
      ),
      ("if it was bad", "P1", 90, "Post-mortem draft if it was bad", .pending),
      ("impact over 1 hour", "P1", 59, nil, .cancelled),
    ] as [(String, String, Int64, String?, Deadline.State)])
  func `a conditional post-mortem is owed by what the log knows`(
    condition: String, severity: String, minutes: Int64, label: String?, state: Deadline.State
  ) throws {
    var procedure = Procedure.twoSeverities
    procedure.postmortem = [
      PostmortemDuty(condition: condition, what: .draft, within: .seconds(172_800), line: 50)
    ]
    var scenario = try Scenario(procedure, severity: severity, declared: "01:00", started: "01:00")
    #expect(scenario.deadline("postmortem:draft", at: "01:00")?.due == nil)
    let draft = try scenario.incident.decide(
      .resolve, at: Scenario.time("01:00") + .minutes(minutes))
    scenario.record(draft, at: Scenario.time("01:00") + .minutes(minutes), by: "mira")
    let deadline = try #require(scenario.deadline("postmortem:draft", at: "05:00"))
    #expect(deadline.state == state)
    if let label {
      #expect(deadline.label == label)
      #expect(deadline.due == Scenario.time("23 01:00") + .minutes(minutes))
    }
  }

  @Test func `an unconditional duty is not repeated as a conditional one`() throws {
    var procedure = Procedure.twoSeverities
    procedure.postmortem.append(
      PostmortemDuty(condition: "payments", what: .draft, within: .seconds(60), line: 51))
    let scenario = try Scenario(procedure)
    let owed = scenario.incident.deadlines(at: Scenario.time("01:00")).filter {
      $0.kind == .postmortem
    }
    #expect(owed.map(\.rule?.line) == [50])
  }

  @Test func `a duty can be waived with a reason, and taken back`() throws {
    var scenario = try Scenario(.twoSeverities)
    try scenario.at("03:00", .resolve)
    try scenario.at("03:10", .close(.resolved, reason: nil))
    let waiver = try scenario.at("03:20", .waivePostmortem(.draft, reason: "a test"))
    let deadline = try #require(scenario.deadline("postmortem:draft", at: "04:00"))
    #expect(deadline.state == .cancelled)
    #expect(deadline.reason == "a test")
    try scenario.at("03:30", .retract(entry: waiver.sequence, secret: false, reason: nil))
    #expect(scenario.state("postmortem:draft", at: "04:00") == .pending)
    #expect(throws: Rejection.self) {
      try scenario.incident.decide(
        .waivePostmortem(.draft, reason: " "), at: Scenario.time("04:00"))
    }
  }

  @Test func `a timer fires and stays until it is cancelled`() throws {
    var scenario = try Scenario(.twoSeverities)
    let event = try scenario.at("01:10", .startTimer("replica lag", .minutes(10)))
    let id = "timer:\(event.sequence)"

    #expect(scenario.state(id, at: "01:15") == .pending)
    #expect(scenario.state(id, at: "01:20") == .fired)

    try scenario.at("01:21", .cancelTimer("lag"))
    #expect(scenario.state(id, at: "01:30") == .cancelled)
  }

  @Test func `a task is met in time or late by its time box`() throws {
    var scenario = try Scenario(.twoSeverities)
    let event = try scenario.at(
      "01:10", .assignTask("check the replica", who: "bo", timeBox: .minutes(5)))

    #expect(scenario.state("task:\(event.sequence)", at: "01:15") == .breached)
    try scenario.at("01:16", .finishTask("replica"))
    #expect(scenario.state("task:\(event.sequence)", at: "01:30") == .metLate)
  }

  @Test func `an acknowledged incident without an entry for twenty minutes counts as forgotten`()
    throws
  {
    var scenario = try Scenario(.twoSeverities)
    #expect(scenario.deadline("silence", at: "01:30") == nil)

    try scenario.at("01:05", .acknowledge)
    #expect(scenario.due("silence", at: "01:05") == Scenario.time("01:25"))

    try scenario.at("01:20", .note("still looking"))
    scenario.notice("01:45")
    #expect(scenario.due("silence", at: "01:45") == Scenario.time("01:40"))
    #expect(scenario.state("silence", at: "01:45") == .breached)

    try scenario.at("01:45", .snooze(deadline: "silence", .minutes(30), reason: "long restore"))
    #expect(scenario.due("silence", at: "01:45") == Scenario.time("02:35"))
  }

  @Test func `an incident never begins in a phase that comes after it`() throws {
    var procedure = Procedure.twoSeverities
    procedure.phases = [
      Phase(id: "review", title: "Post-Incident Review", line: 30),
      Phase(id: "look", title: "Look", window: .init(start: 0, end: 300), line: 31),
      Phase(id: "write", title: "Nachbereitung", isAfterIncident: true, line: 32),
    ]
    var scenario = try Scenario(procedure)
    #expect(scenario.incident.phaseID == "look")
    #expect(scenario.due("phase:look", at: "01:00") == scenario.due("phase:look", at: "01:30"))
    #expect(scenario.due("phase:look", at: "01:00") != nil)
    try scenario.at("01:10", .enterPhase("next"))
    #expect(scenario.incident.phaseID == "write")

    procedure.phases = [Phase(id: "review", title: "Post-Incident Review", line: 30)]
    scenario = try Scenario(procedure)
    #expect(scenario.incident.phaseID == nil)
    // What the document says is kept in the log.
    for phase in procedure.phases + [
      Phase(id: "write", title: "Nachbereitung", isAfterIncident: true, line: 1),
      Phase(id: "debrief", title: "Postmortem room", isAfterIncident: false, line: 1),
    ] {
      #expect(Phase(json: phase.json) == phase)
    }
  }
}
