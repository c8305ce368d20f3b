import Engine
import Testing

struct DecidingTests {
  @Test(arguments: [
    (Command.setSeverity("P9"), Rejection.unknown(.severity, "P9", known: ["P1", "P2", "P3"])),
    (
      .setStatus("fine"),
      .unknown(.status, "fine", known: ["investigating", "identified", "monitoring", "resolved"])
    ),
    (.note("  \n"), .empty(.text)),
    (.note(String(repeating: "x", count: 65_537)), .tooLong(.text, bytes: 65_537, limit: 65_536)),
    (
      .check("no such"),
      .unknown(
        .item, "no such",
        known: ["1 Is the site up?", "2 What do the logs say?", "3 Time detected"])
    ),
    (
      .check("the"),
      .ambiguous(.item, "the", matches: ["1 Is the site up?", "2 What do the logs say?"])
    ),
    (.close(.resolved, reason: nil), .notResolved),
    (.reopen(reason: nil), .notResolved),
    (.acceptHandover(by: "kai"), .noHandoverOffered),
    (.setSeverity("p1"), .severityAlready("P1")),
    (.release(role: "scribe"), .lacking(.holder(of: "Scribe"))),
    (.setMilestone(.started, Scenario.time("02:00")), .inTheFuture(Scenario.time("02:00"))),
    (.correct(entry: 9, text: "x"), .unknown(.entry, "9", known: ["1…1"])),
  ])
  func `what is not possible is refused with its reason`(command: Command, reason: Rejection) throws
  {
    let scenario = try Scenario(.twoSeverities)

    #expect(throws: reason) {
      try scenario.incident.decide(command, at: Scenario.time("01:10"))
    }
  }

  @Test func `nothing happens in the future`() throws {
    let scenario = try Scenario(.twoSeverities)

    #expect(throws: Rejection.inTheFuture(Scenario.time("01:11"))) {
      try scenario.incident.decide(
        .acknowledge, occurred: Scenario.time("01:11"), at: Scenario.time("01:10"))
    }
  }

  @Test func `an unknown severity is refused at declaration`() {
    #expect(throws: Rejection.unknown(.severity, "P0", known: ["P1", "P2", "P3"])) {
      try Scenario(.twoSeverities, severity: "P0")
    }
  }

  @Test func `one acknowledgement is enough unless an earlier one is told`() throws {
    var scenario = try Scenario(.twoSeverities)
    try scenario.at("01:10", .acknowledge, by: "kai")

    #expect(throws: Rejection.alreadyAcknowledged(by: "kai", at: Scenario.time("01:10"))) {
      try scenario.incident.decide(.acknowledge, at: Scenario.time("01:12"))
    }
    try scenario.at("01:12", .acknowledge, occurred: "01:05", by: "bo")
    #expect(scenario.incident.acknowledgement?.actor == "bo")
  }

  @Test func `a closed incident takes words and what is owed afterwards and nothing else`() throws {
    var scenario = try Scenario(.twoSeverities)
    try scenario.at("01:10", .close(.falseAlarm, reason: nil))

    #expect(throws: Rejection.closed(.falseAlarm)) {
      try scenario.incident.decide(.acknowledge, at: Scenario.time("01:11"))
    }
    try scenario.at("01:12", .note("a drill of the vendor"))
    try scenario.at("01:13", .addAction("silence the probe", owner: "bo", due: nil))
  }

  @Test func `assigning the commander releases the former in one event`() throws {
    var scenario = try Scenario(.twoSeverities)
    try scenario.at("01:02", .assign(role: "ic", name: "mira"))
    try scenario.at("01:30", .assign(role: "commander", name: "dev"))

    #expect(scenario.incident.commander?.name == "dev")
    #expect(scenario.incident.timeline.rows.count == 3)
  }

  @Test func `command changes hands when both sides have said so`() throws {
    var scenario = try Scenario(.twoSeverities)
    try scenario.at("01:02", .assign(role: "ic", name: "mira"))
    #expect(throws: Rejection.roleAlready(role: "Incident Commander", name: "mira")) {
      try scenario.incident.decide(.offerHandover(to: "Mira"), at: Scenario.time("01:39"))
    }
    try scenario.at("01:40", .offerHandover(to: "dev"))
    #expect(scenario.incident.commander?.name == "mira")
    #expect(throws: Rejection.handoverIsFor("dev")) {
      try scenario.incident.decide(.acceptHandover(by: "bo"), at: Scenario.time("01:41"))
    }

    try scenario.at("01:42", .acceptHandover(by: "dev"), by: "dev")

    #expect(scenario.incident.commander?.name == "dev")
    #expect(scenario.incident.pendingHandover == nil)
  }

  @Test(arguments: [
    ("ic", "Incident Commander"), ("Commander", "Incident Commander"), ("scribe", "Scribe"),
    ("comm", "Communications"), ("OPS", "Operations"), ("driver", nil),
  ])
  func `a role is known by its name its beginning or its initials`(text: String, role: String?)
    throws
  {
    let scenario = try Scenario(.twoSeverities)

    guard let role else {
      #expect(throws: Rejection.self) { try scenario.incident.role(named: text) }
      return
    }
    #expect(try scenario.incident.role(named: text) == role)
  }

  @Test func `escalating by hand calls the next step that has not been called`() throws {
    var scenario = try Scenario(.twoSeverities)

    let first = try scenario.at("01:05", .escalate(to: nil, reason: "it spreads"))
    let second = try scenario.at("01:06", .escalate(to: nil, reason: nil))

    #expect(first.data.string("to") == "Engineering Lead")
    #expect(second.data.string("to") == "CEO")
    #expect(throws: Rejection.lacking(.stepLeft)) {
      try scenario.incident.decide(.escalate(to: nil, reason: nil), at: Scenario.time("01:07"))
    }
    #expect(scenario.notice("02:00").map(\.kind) == [.escalationExhausted])
  }

  @Test func `a skipped item keeps its reason and a filled field its value`() throws {
    var scenario = try Scenario(.twoSeverities)
    try scenario.at("01:05", .skip("1", reason: "the site has no front page"))
    try scenario.at("01:06", .fill("time detected", value: "00:58"))

    let items = scenario.incident.checklist
    #expect(items[0].state == .skipped)
    #expect(items[0].reason == "the site has no front page")
    #expect(items[2].state == .done)
    #expect(items[2].value == "00:58")
  }

  @Test func `a log of a newer format is read and not written`() throws {
    var scenario = try Scenario(.twoSeverities)
    let draft = EventDraft(
      .incidentDeclared,
      EventData([
        "format": 2, "id": "2026-11-21-newer", "title": "Newer",
        "procedure": Procedure.twoSeverities.json,
      ]))
    scenario.incident = Incident()
    scenario.record(draft, at: Scenario.time("01:00"), by: "mira")

    #expect(scenario.incident.title == "Newer")
    #expect(throws: Rejection.newerFormat(2)) {
      try scenario.incident.decide(.note("x"), at: Scenario.time("01:01"))
    }
  }
}
