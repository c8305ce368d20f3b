import Engine
import EventLog
import Testing

/// What is said of how an incident was handled is what was recorded of it.
@Suite struct ConductTests {
  private func conduct(_ scenario: Scenario, at now: String) -> Conduct {
    Conduct(
      of: Episode.all(of: scenario.incident, events: scenario.log.events),
      events: scenario.log.events, at: Scenario.time(now))
  }

  @Test func `a call that only an acknowledgement answered names who acknowledged`() throws {
    var procedure = Procedure.chain
    procedure.escalation[0].unless = .resolved
    var scenario = try Scenario(procedure)
    scenario.notice("01:00")
    try scenario.at("01:03", .acknowledge, by: "mira")

    let call = try #require(conduct(scenario, at: "01:10").calls.first)
    #expect(call.result == .acknowledged)
    #expect(call.reached == nil)
    #expect(call.acknowledged?.by == "mira")

    var reached = try Scenario(procedure)
    reached.notice("01:00")
    try reached.at("01:02", .reached(step: "On-call", name: "kai"))
    try reached.at("01:03", .acknowledge, by: "mira")
    #expect(conduct(reached, at: "01:10").calls.first?.result == .reached)
  }

  @Test func `the wait for the first update counts as the others do`() throws {
    var scenario = try Scenario(.twoSeverities)
    try scenario.at("02:20", .sendUpdate(.init(text: "late", audience: nil, next: nil)))
    try scenario.at("02:30", .resolve)

    let gap = try #require(conduct(scenario, at: "03:00").gaps.first)
    #expect(gap.count == 1)
    #expect(gap.longest.from == Scenario.time("01:00"))
    #expect(gap.longest.span == .minutes(80))
  }

  @Test func `no update at all is the longest wait`() throws {
    var scenario = try Scenario(.twoSeverities)
    try scenario.at("02:30", .resolve)

    #expect(conduct(scenario, at: "03:00").gaps.first?.longest.span == .minutes(90))
  }

  @Test func `what is over in a running incident may still be met`() throws {
    var scenario = try Scenario(.twoSeverities)
    let running = conduct(scenario, at: "01:15").targets.first { $0.kind == .respond }
    #expect(running?.result == .missed)
    #expect(running?.isStillOpen == true)

    try scenario.at("01:20", .resolve)
    let over = conduct(scenario, at: "01:30").targets.first { $0.kind == .respond }
    #expect(over?.result == .missed)
    #expect(over?.isStillOpen == false)
    // What was missed grows no further once all is over.
    #expect(over?.margin(at: Scenario.time("05:00")) == .minutes(-5))
  }

  @Test func `a reopening undoes a fix only where there was one`() throws {
    var scenario = try Scenario(.twoSeverities)
    try scenario.at("01:10", .close(.falseAlarm, reason: nil))
    try scenario.at("01:20", .reopen(reason: "it was real"))
    try scenario.at("01:40", .resolve)
    try scenario.at("01:50", .reopen(reason: nil))

    let reopenings = conduct(scenario, at: "02:00").reopenings
    #expect(reopenings.map(\.hadFix) == [false, true])
    #expect(reopenings.map(\.outcome) == [.falseAlarm, nil])
    #expect(reopenings.first?.reason == "it was real")
  }
}
