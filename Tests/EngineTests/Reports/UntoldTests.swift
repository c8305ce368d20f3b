import Engine
import EventLog
import Testing

/// What nobody said is never told to others.
struct UntoldTests {
  private func draft(
    _ scenario: Scenario, _ body: String, to audience: String? = nil, at now: String = "01:30"
  ) -> UpdateDraft {
    UpdateDraft(
      to: audience, of: scenario.incident, events: scenario.log.events, at: Scenario.time(now),
      template: Template(id: "own", title: "Own", body: body, line: 1))
  }

  @Test func `that it was declared then says nothing of when it began`() throws {
    var scenario = try Scenario(.twoSeverities)
    let body = "It began at [when it began] and lasted [duration]. Started: [time]"
    let untold = draft(scenario, body)
    #expect(untold.open.contains("[when it began]"))
    #expect(!untold.text.contains("01:00"))
    try scenario.at("01:10", .updateImpact(.init(summary: "Nobody can pay")), occurred: "00:55")
    let told = draft(scenario, body)
    #expect(told.text.hasPrefix("It began at 00:55 UTC and lasted 35 min"), "\(told.text)")
    #expect(scenario.incident.time(of: .started) == Scenario.time("00:55"))
  }

  @Test func `an impact that was said later does not set when it began`() throws {
    var scenario = try Scenario(.twoSeverities)
    try scenario.at("01:10", .updateImpact(.init(summary: "Nobody can pay")))
    #expect(scenario.incident.time(of: .started) == nil)
    let stated = try Scenario(.twoSeverities, started: "00:40")
    #expect(stated.incident.time(of: .started) == Scenario.time("00:40"))
  }

  @Test func `a person, a severity and a status of a form are never said as they stand`() throws {
    var scenario = try Scenario(.twoSeverities)
    try scenario.at("01:02", .assign(role: Incident.commanderRole, name: "mira", isNew: false))
    let draft = draft(
      scenario,
      """
      Short description of what's going on

      - **Status**: investigating
      - **Severity**: unknown
      - **Reporter**: who initially reported the issue
      - **IC**: Your Name

      Any extra details about the issue can go here.
      """)
    for line in ["Checkout 502", "**Severity**: P1", "**IC**: mira"] {
      #expect(draft.text.contains(line), "\(draft.text)")
    }
    for sample in ["Your Name", "who initially", "unknown", "going on"] {
      #expect(!draft.text.contains(sample), "\(draft.text)")
    }
    #expect(draft.open.count == 2, "\(draft.open)")
    #expect(draft.hints.contains { $0.example == "who initially reported the issue" })
  }

  @Test func `after an update that was put off the next one is due as it is promised`() throws {
    var scenario = try Scenario(.twoSeverities)
    try scenario.at("01:10", .snooze(deadline: "update", .minutes(20), reason: "legal reads it"))
    var update = Command.OutgoingUpdate(text: "We look")
    update.next = Scenario.time("01:40")
    try scenario.at("01:20", .sendUpdate(update))
    let now = Scenario.time("01:21")
    let next = scenario.incident.deadlines(at: now).first { $0.id == "update" }
    #expect(next?.due == Scenario.time("01:40"))
    #expect(next?.state == .pending)
    try scenario.at("01:22", .snooze(deadline: "update", .minutes(20), reason: "once more"))
    let later = scenario.incident.deadlines(at: now).first { $0.id == "update" }
    #expect(later?.due == Scenario.time("02:00"))
  }
}
