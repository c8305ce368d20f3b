import Engine
import Testing

struct TargetTests {
  @Test func `a target is breached at the very instant it is due`() throws {
    let scenario = try Scenario(.twoSeverities)

    #expect(scenario.state("respond", at: "01:11:59") == .pending)
    #expect(scenario.state("respond", at: "01:12") == .soon)
    #expect(scenario.state("respond", at: "01:14:59") == .soon)
    #expect(scenario.state("respond", at: "01:15") == .breached)
    #expect(scenario.deadline("respond", at: "01:16")?.rule == .init(text: "15 minutes", line: 7))
  }

  @Test(arguments: [(60, 60), (300, 60), (900, 180), (4500, 900), (86_400, 900)])
  func `soon is the last fifth of the span but no less than one minute and no more than fifteen`(
    span: Int, stretch: Int
  ) {
    #expect(Deadline.soonStretch(of: .seconds(span)) == .seconds(stretch))
  }

  @Test func `the clock starts at detection where it is known`() throws {
    let scenario = try Scenario(.twoSeverities, detected: "00:50")

    #expect(scenario.due("respond") == Scenario.time("01:05"))
  }

  @Test func `the first acknowledgement by anyone meets the response`() throws {
    var scenario = try Scenario(.twoSeverities)

    try scenario.at("01:10", .acknowledge, by: "kai")

    let response = scenario.deadline("respond", at: "02:00")
    #expect(response?.state == .met)
    #expect(response?.by == "kai")
    #expect(response?.settled == Scenario.time("01:10"))
  }

  @Test func `met late is told apart from met in time`() throws {
    var scenario = try Scenario(.twoSeverities)

    try scenario.at("01:15", .acknowledge)

    #expect(scenario.state("respond", at: "02:00") == .metLate)
  }

  @Test func `an acknowledgement told late counts from when it happened`() throws {
    var scenario = try Scenario(.twoSeverities)

    try scenario.at("01:40", .acknowledge, occurred: "01:12")

    #expect(scenario.state("respond", at: "01:40") == .met)
  }

  @Test(arguments: [
    Command.triage, .enterPhase("fixing"), .setStatus("identified"),
  ])
  func `triage is met by saying so or by a later phase or by a status past the first`(
    command: Command
  ) throws {
    var scenario = try Scenario(.twoSeverities)

    try scenario.at("01:10", command)

    #expect(scenario.state("triage", at: "01:10") == .met)
  }

  @Test func `entering the triage phase itself is not yet triage`() throws {
    var scenario = try Scenario(.twoSeverities)

    try scenario.at("01:10", .enterPhase("triage"))

    #expect(scenario.state("triage", at: "01:10") == .pending)
  }

  @Test func `mitigation and resolution are met by their milestones`() throws {
    var scenario = try Scenario(.twoSeverities)

    try scenario.at("01:30", .mitigate)
    #expect(scenario.state("mitigate", at: "01:30") == .met)
    #expect(scenario.state("resolve", at: "01:30") == .pending)

    try scenario.at("05:30", .resolve)
    #expect(scenario.state("resolve", at: "05:30") == .metLate)
  }

  @Test func `resolving without mitigating first meets both`() throws {
    var scenario = try Scenario(.twoSeverities)

    try scenario.at("01:30", .resolve)

    #expect(scenario.state("mitigate", at: "01:30") == .met)
    #expect(scenario.state("resolve", at: "01:30") == .met)
  }

  @Test func `the first update to its audience meets a duty to communicate`() throws {
    var scenario = try Scenario(.twoSeverities)

    try scenario.at("01:02", .sendUpdate(.init(text: "looking", audience: "internal")))
    #expect(scenario.state("communicate:customers", at: "01:02") == .pending)

    try scenario.at("01:05", .sendUpdate(.init(text: "looking", audience: "Customers")))
    #expect(scenario.state("communicate:customers", at: "01:05") == .met)
  }

  @Test func `while the severity is unknown the clocks of the worst run`() throws {
    var scenario = try Scenario(.twoSeverities, severity: nil)

    #expect(scenario.incident.severityID == nil)
    #expect(scenario.due("respond") == Scenario.time("01:15"))

    try scenario.at("01:05", .setSeverity("p2"))
    #expect(scenario.due("respond", at: "01:05") == Scenario.time("02:00"))
  }

  @Test func `a raised severity counts its targets from the same start and may breach at once`()
    throws
  {
    var scenario = try Scenario(.twoSeverities, severity: "P2")

    try scenario.at("01:30", .setSeverity("P1"))

    #expect(scenario.due("respond", at: "01:30") == Scenario.time("01:15"))
    #expect(scenario.state("respond", at: "01:30") == .breached)
  }

  @Test func `a late declaration may be breached at once`() throws {
    let scenario = try Scenario(.twoSeverities, declared: "02:00", detected: "01:00")

    #expect(scenario.state("respond", at: "02:00") == .breached)
  }

  @Test func `a business day's target over a weekend counts from the opening on Monday`() throws {
    // 2026-11-21 is a Saturday.
    let scenario = try Scenario(.twoSeverities, severity: "P3")

    #expect(scenario.due("respond") == Scenario.time("24 17:00"))
  }

  @Test func `a holiday puts a business day's target off`() throws {
    var procedure = Procedure.twoSeverities
    procedure.calendar = .assumed
    procedure.calendar?.holidays = [CivilDate(year: 2026, month: 11, day: 23)]
    let scenario = try Scenario(procedure, severity: "P3")

    #expect(scenario.due("respond") == Scenario.time("25 17:00"))
  }

  @Test func `closing as a false alarm cancels running deadlines`() throws {
    var scenario = try Scenario(.twoSeverities)

    try scenario.at("01:05", .close(.falseAlarm, reason: "test traffic"))

    let running = scenario.incident.deadlines(at: Scenario.time("01:06")).filter(\.state.isRunning)
    #expect(running.isEmpty)
  }
}
