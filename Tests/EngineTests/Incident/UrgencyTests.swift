import Engine
import EventLog
import Testing

/// What comes first: of the duties of one incident, and of several incidents.
struct UrgencyTests {
  private func deadline(
    _ id: String, _ kind: Deadline.Kind = .timer, due: String?, _ state: Deadline.State
  ) -> Deadline {
    Deadline(id: id, kind: kind, label: id, due: due.map(Scenario.time), state: state)
  }

  @Test func `what is soon does not stand before what is due earlier`() {
    // A long span is soon earlier than a short one: of these the short one ends first.
    let long = deadline("long", due: "01:14", .soon)
    let short = deadline("short", due: "01:10", .pending)

    #expect([long, short].inOrderOfUrgency().map(\.id) == ["short", "long"])
  }

  @Test func `calls stand first, then the end of the path, then what is over, then the nearest`()
    throws
  {
    var met = deadline("met", due: "00:10", .met)
    met.settled = Scenario.time("00:09")
    var byHand = deadline("by hand", .escalation, due: nil, .pending)
    byHand.step = try Scenario(.chain).deadline("escalation:cto", at: "01:00")?.step
    let all = [
      deadline("gone", due: "00:01", .cancelled), deadline("later", .watch, due: nil, .pending),
      met, byHand, deadline("coming", due: "02:00", .pending),
      deadline("over", .respond, due: "00:30", .breached),
      deadline("end", .escalation, due: "00:20", .exhausted),
      deadline("call", .escalation, due: "00:40", .fired),
    ]

    #expect(
      all.inOrderOfUrgency().map(\.id) == [
        "call", "end", "over", "coming", "by hand", "met", "later", "gone",
      ])
  }

  private func urgency(_ scenario: Scenario, at now: String) -> IncidentUrgency {
    scenario.incident.urgency(at: Scenario.time(now), in: scenario.context)
  }

  @Test func `a resolved P1 does not stand before a live P2`() throws {
    var worse = try Scenario(.twoSeverities, severity: "P1")
    try worse.at("01:02", .acknowledge)
    try worse.at("01:05", .resolve)
    var live = try Scenario(.twoSeverities, severity: "P2")
    try live.at("01:02", .acknowledge)

    #expect(urgency(live, at: "02:30") < urgency(worse, at: "02:30"))
  }

  @Test func `a call that nobody answered stands before a worse severity that is being worked on`()
    throws
  {
    var worked = try Scenario(.twoSeverities, severity: "P1")
    try worked.at("01:02", .acknowledge)
    try worked.at("01:16", .reached(step: "Engineering Lead", name: "kai"))
    let called = try Scenario(.twoSeverities, severity: "P2")

    #expect(urgency(called, at: "02:01") < urgency(worked, at: "01:20"))
  }

  @Test func `not acknowledged stands before a worse severity, and that before a nearer time`()
    throws
  {
    var acknowledged = try Scenario(.twoSeverities, severity: "P1")
    try acknowledged.at("01:02", .acknowledge)
    var second = try Scenario(.twoSeverities, severity: "P2")

    #expect(urgency(second, at: "01:04") < urgency(acknowledged, at: "01:04"))

    try second.at("01:04", .acknowledge)
    try second.at("01:04", .startTimer("look", .seconds(10)))
    #expect(urgency(acknowledged, at: "01:04:05") < urgency(second, at: "01:04:05"))
  }

  @Test func `what is over stands before what nobody has acknowledged and still has time`() throws {
    var over = try Scenario(.twoSeverities, severity: "P1")
    try over.at("01:02", .acknowledge)
    let waiting = try Scenario(.twoSeverities, severity: "P3", declared: "01:03")

    #expect(urgency(waiting, at: "01:04") < urgency(over, at: "01:04"))
    #expect(urgency(over, at: "01:06") < urgency(waiting, at: "01:06"))
    #expect(
      !urgency(over, at: "01:06").leads(urgency(over, at: "01:06"), at: Scenario.time("01:06")))
  }

  @Test func `an unknown severity counts as the worst one`() throws {
    let unknown = try Scenario(.twoSeverities, severity: nil)

    #expect(urgency(unknown, at: "01:01").rank == 1)
  }
}
