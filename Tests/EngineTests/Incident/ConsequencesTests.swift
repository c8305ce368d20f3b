import Engine
import EventLog
import Testing

/// What a question says before something outward or final is what then happens.
struct ConsequencesTests {
  private func consequences(
    _ scenario: Scenario, of command: Command, at now: String
  ) throws -> Consequences {
    try scenario.incident.consequences(
      of: command, at: Scenario.time(now), in: scenario.context)
  }

  @Test func `resolving ends what runs, and leaves timers and tasks alone`() throws {
    var scenario = try Scenario(.twoSeverities)
    try scenario.at("01:01", .startTimer("replica lag", .minutes(30)))
    try scenario.at("01:02", .assignTask("check disk", who: "bo", timeBox: .minutes(20)))
    let before = scenario.incident.deadlines(at: Scenario.time("01:03"))

    let found = try consequences(scenario, of: .resolve, at: "01:03")
    try scenario.at("01:03", .resolve)
    let after = scenario.incident.deadlines(at: Scenario.time("01:03"))

    #expect(!found.ended.contains { $0.kind == .timer || $0.kind == .task })
    #expect(found.ended.contains { $0.id == "escalation:engineering-lead" })
    let running = Set(after.filter { $0.state.isRunning && $0.due != nil }.map(\.id))
    for deadline in before where deadline.state.isRunning && deadline.due != nil {
      let isSaid = (found.ended + found.met).contains { $0.id == deadline.id }
      #expect(isSaid == !running.contains(deadline.id), "\(deadline.id)")
    }
    #expect(found.begun.map(\.id).contains("postmortem:draft"))
    #expect(found.resolves)
  }

  @Test func `retracting a reopening closes the incident, and that is said`() throws {
    var scenario = try Scenario(.twoSeverities)
    try scenario.at("01:10", .resolve)
    try scenario.at("01:20", .close(.resolved, reason: nil))
    let reopening = try scenario.at("01:30", .reopen(reason: nil))

    let found = try consequences(
      scenario, of: .retract(entry: reopening.sequence, secret: false, reason: nil), at: "01:31")

    #expect(found.closes)
    #expect(found.after.outcome == .resolved)
    #expect(found.ended.contains { $0.kind == .respond })
    #expect(found.asksFirst)
  }

  @Test(arguments: [
    Command.mitigate, .setStatus("monitoring"), .setStatus("resolved"),
    .setMilestone(.resolved, Scenario.time("01:05")),
  ])
  func `whatever ends a call asks first, however it is said`(command: Command) throws {
    var procedure = Procedure.twoSeverities
    for index in procedure.escalation.indices { procedure.escalation[index].unless = .mitigated }
    let scenario = try Scenario(procedure)

    let found = try consequences(scenario, of: command, at: "01:16")

    #expect(found.ended.first?.id == "escalation:engineering-lead")
    #expect(found.asksFirst)
  }

  @Test func `what ends nothing is recorded at once`() throws {
    var procedure = Procedure.twoSeverities
    procedure.escalation = []
    let scenario = try Scenario(procedure)

    #expect(try !consequences(scenario, of: .mitigate, at: "01:02").asksFirst)
    #expect(try !consequences(scenario, of: .setStatus("identified"), at: "01:02").asksFirst)
    #expect(try !consequences(scenario, of: .acknowledge, at: "01:02").asksFirst)
  }

  @Test func `lowering a severity asks, raising it does not`() throws {
    let high = try Scenario(.twoSeverities, severity: "P1")
    let low = try Scenario(.twoSeverities, severity: "P2")

    #expect(try consequences(high, of: .setSeverity("P2"), at: "01:02").asksFirst)
    #expect(try !consequences(low, of: .setSeverity("P1"), at: "01:02").asksFirst)
    #expect(
      try consequences(low, of: .setSeverity("P1"), at: "01:20").calls.map(\.label) == [
        "Engineering Lead"
      ])
  }

  @Test func `what would be refused has no consequences`() throws {
    let scenario = try Scenario(.twoSeverities)

    #expect(throws: Rejection.notResolved) {
      try consequences(scenario, of: .close(.resolved, reason: nil), at: "01:02")
    }
  }

  // MARK: - What is possible

  @Test func `what is possible is what would be recorded`() throws {
    var scenario = try Scenario(.twoSeverities)
    func obstacle(_ kind: Command.Kind, _ now: String) -> Rejection? {
      scenario.incident.obstacle(to: kind, by: "mira", at: Scenario.time(now))
    }
    #expect(obstacle(.acknowledge, "01:01") == nil)
    #expect(obstacle(.reopen, "01:01") == .notResolved)
    #expect(obstacle(.acceptHandover, "01:01") == .noHandoverOffered)
    #expect(obstacle(.finishTask, "01:01") == .lacking(.openTask))

    try scenario.at("01:02", .acknowledge)
    #expect(
      obstacle(.acknowledge, "01:03")
        == .alreadyAcknowledged(by: "mira", at: Scenario.time("01:02")))
    try scenario.at("01:04", .resolve)
    #expect(
      obstacle(.mitigate, "01:05") == .alreadyInStatus("Resolved", since: Scenario.time("01:04")))
    try scenario.at("01:06", .close(.resolved, reason: nil))
    #expect(obstacle(.resolve, "01:07") == .closed(.resolved))
    #expect(obstacle(.note, "01:07") == nil)
  }

  @Test func `mitigated later than resolved would undo the resolution, and is refused`() throws {
    var scenario = try Scenario(.twoSeverities)
    try scenario.at("01:10", .resolve)

    #expect(throws: Rejection.alreadyInStatus("Resolved", since: Scenario.time("01:10"))) {
      try scenario.at("01:11", .mitigate)
    }
    // Written down afterwards, it fills in history.
    try scenario.at("01:12", .mitigate, occurred: "01:08")
    #expect(scenario.incident.isResolved)
    #expect(scenario.incident.time(of: .mitigated) == Scenario.time("01:08"))
  }

  // MARK: - What stays unfinished

  @Test func `the end of an incident names the watch and what was promised to whom`() throws {
    var scenario = try Scenario(.twoSeverities)
    let next = Scenario.time("01:50")
    try scenario.at("01:20", .sendUpdate(.init(text: "on it", audience: "customers", next: next)))
    try scenario.at("01:30", .mitigate)

    for command in [Command.resolve, .setStatus("resolved")] {
      let found = try consequences(scenario, of: command, at: "01:31")
      #expect(found.promises.map(\.audience) == ["customers"])
      #expect(found.promises.map(\.next) == [next])
      #expect(found.watches.map(\.kind) == [.watch])
    }
    #expect(try consequences(scenario, of: .setStatus("investigating"), at: "01:31").promises == [])
  }

  @Test func `what is put off stays put off through a reopening, or is named`() throws {
    var scenario = try Scenario(.twoSeverities)
    let timer = try scenario.at("01:01", .startTimer("replica lag", .minutes(30)))
    let id = "timer:\(timer.sequence)"
    try scenario.at("01:10", .snooze(deadline: id, .minutes(60), reason: "waiting"))
    try scenario.at("01:11", .snooze(deadline: "mitigate", .minutes(600), reason: "known"))
    try scenario.at("01:20", .mitigate)
    try scenario.at("01:21", .setStatus("investigating"))
    try scenario.at("01:22", .mitigate)

    let found = try consequences(scenario, of: .reopen(reason: nil), at: "01:30")
    #expect(!found.unsnoozed.contains { $0.id == id })
    try scenario.at("01:30", .reopen(reason: nil))

    #expect(scenario.state(id, at: "01:45") == .snoozed)
  }

  @Test func `a snooze that ends with an episode is named`() throws {
    var scenario = try Scenario(.twoSeverities)
    let next = Scenario.time("01:50")
    try scenario.at("01:20", .sendUpdate(.init(text: "on it", audience: "customers", next: next)))
    try scenario.at("01:21", .mitigate)
    try scenario.at(
      "01:22", .snooze(deadline: "update:customers", .minutes(60), reason: "asleep"))
    let found = try consequences(scenario, of: .reopen(reason: nil), at: "01:30")
    #expect((found.unsnoozed + found.ended).map(\.id).contains("update:customers"))
  }

  // MARK: - Corrections

  @Test func `what states a fact is not put into other words`() throws {
    var scenario = try Scenario(.twoSeverities)
    let severity = try scenario.at("01:01", .setSeverity("P2"))
    let milestone = try scenario.at("01:02", .setMilestone(.detected, Scenario.time("00:50")))
    let status = try scenario.at("01:03", .setStatus("identified"))
    for event in [severity, milestone, status] {
      #expect(throws: Rejection.statesFact(entry: event.sequence, event.kind)) {
        try scenario.at("01:04", .correct(entry: event.sequence, text: "something else"))
      }
    }
    let note = try scenario.at("01:05", .note("rolled bakc"))
    try scenario.at("01:06", .correct(entry: note.sequence, text: "rolled back"))
    #expect(scenario.incident.correctedWords(of: note.sequence) == "rolled back")
  }

  // MARK: - Undoing

  @Test func `a note, a task, a timer and a role are undone by an entry that keeps both`() throws {
    var scenario = try Scenario(.twoSeverities)
    try scenario.at("01:01:00", .assign(role: "ic", name: "kai"))
    let done: [Command] = [
      .note("looks fine"), .finding("pool"), .assignTask("check disk", who: "bo", timeBox: nil),
      .startTimer("tea", .minutes(5)), .assign(role: "ic", name: "mira"),
      .decide(question: "roll back?", choice: "yes", objections: []),
      .addItem("ask the provider", phase: nil), .updateImpact(.init(summary: "all")),
    ]
    let events = try done.map { try scenario.at("01:02:00", $0) }
    let packed = scenario.incident.packed(.whole)
    let unpacked = Incident(packed: packed.bytes[...], .whole, procedures: packed.procedures)
    for event in events {
      #expect(
        scenario.incident.obstacle(
          toUndoing: event.sequence, at: Scenario.time("01:02:11"))
          == .tooLateToUndo(event.sequence))
      #expect(unpacked?.obstacle(toUndoing: event.sequence, at: Scenario.time("01:02:05")) == nil)
      try scenario.at("01:02:05", .undo(entry: event.sequence))
    }
    #expect(scenario.incident.commander?.name == "kai")
    #expect(scenario.incident.tasks.isEmpty && scenario.incident.timers.isEmpty)
    #expect(scenario.incident.decisions.isEmpty && scenario.incident.addedItems.isEmpty)
    #expect(scenario.incident.impact.summary == nil)
    #expect(scenario.incident.timeline.rows.count == 2 + 2 * done.count)
  }

  @Test func `what somebody has gone on from is not undone`() throws {
    var scenario = try Scenario(.twoSeverities)
    let task = try scenario.at("01:02:00", .assignTask("check disk", who: "bo", timeBox: nil))
    let finished = try scenario.at("01:02:02", .finishTask("disk"), by: "bo")
    #expect(
      scenario.incident.obstacle(
        toUndoing: task.sequence, at: Scenario.time("01:02:03")) == .cannotBeUndone(task.sequence))
    try scenario.at("01:02:04", .undo(entry: finished.sequence), by: "bo")
    #expect(scenario.incident.finishedTasks.isEmpty)
  }

  @Test func `what was done at once can be undone for ten seconds, as an event`() throws {
    var scenario = try Scenario(.twoSeverities)
    let ack = try scenario.at("01:02:00", .acknowledge)
    let tick = try scenario.at("01:02:02", .check("site-up"))
    let severity = try scenario.at("01:02:03", .setSeverity("P2"))
    let status = try scenario.at("01:02:04", .mitigate)

    for event in [status, severity, tick, ack] {
      try scenario.at("01:02:10", .undo(entry: event.sequence))
    }

    #expect(scenario.incident.acknowledgement == nil)
    #expect(scenario.incident.severityID == "P1")
    #expect(!scenario.incident.isMitigated)
    #expect(scenario.incident.checklist[0].state == .open)
    #expect(scenario.incident.timeline.rows.count == 9)
    #expect(scenario.replayed().severityID == "P1")
  }

  @Test func `later, or overtaken, it can only be retracted`() throws {
    var scenario = try Scenario(.twoSeverities)
    let ack = try scenario.at("01:02:00", .acknowledge)
    let first = try scenario.at("01:02:01", .setSeverity("P2"))
    try scenario.at("01:02:02", .setSeverity("P3"))
    let sent = try scenario.at("01:02:03", .sendUpdate(.init(text: "x")))

    #expect(throws: Rejection.tooLateToUndo(ack.sequence)) {
      try scenario.at("01:02:11", .undo(entry: ack.sequence))
    }
    #expect(throws: Rejection.cannotBeUndone(first.sequence)) {
      try scenario.at("01:02:04", .undo(entry: first.sequence))
    }
    #expect(throws: Rejection.cannotBeUndone(sent.sequence)) {
      try scenario.at("01:02:04", .undo(entry: sent.sequence))
    }
    #expect(throws: Rejection.cannotBeUndone(1)) { try scenario.at("01:02:04", .undo(entry: 1)) }
  }

  @Test func `a call that an undone acknowledgement had stopped falls due`() throws {
    var procedure = Procedure.twoSeverities
    for index in procedure.escalation.indices { procedure.escalation[index].unless = .acknowledged }
    var scenario = try Scenario(procedure)
    let ack = try scenario.at("01:14:55", .acknowledge)
    #expect(scenario.state("escalation:engineering-lead", at: "01:15:01") == .cancelled)

    try scenario.at("01:15:02", .undo(entry: ack.sequence))

    #expect(scenario.state("escalation:engineering-lead", at: "01:15:03") == .fired)
  }

  // MARK: - Offers

  @Test(arguments: [
    ("Who is commander?", "kai", Command.assign(role: "Incident Commander", name: "kai")),
    ("Severity", "major", .setSeverity("P2")),
    ("Time detected", "00:58", .setMilestone(.detected, Scenario.time("00:58"))),
  ])
  func `a filled field offers what it says`(field: String, value: String, command: Command) throws {
    var procedure = Procedure.twoSeverities
    procedure.checklist = [ChecklistItem(id: "f", text: field, kind: .field, line: 1)]
    let scenario = try Scenario(procedure)

    let offer = scenario.incident.offer(
      afterFilling: "f", with: value, at: Scenario.time("01:05"), in: .utc)

    #expect(offer == command)
  }
}
