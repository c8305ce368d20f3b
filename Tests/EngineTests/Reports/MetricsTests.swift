import Engine
import EventLog
import Testing

@Suite struct MetricsTests {
  private static func metric(
    _ id: String, of scenario: Scenario, episode: Int = 1, now: String = "09:00"
  ) -> Metric? {
    let episodes = Episode.all(of: scenario.incident, events: scenario.log.events)
    return EpisodeMetrics.all(of: episodes, at: Scenario.time(now))
      .first { $0.episode == episode }?.metrics.first { $0.id == id }
  }

  @Test(arguments: [
    ("time_to_detect", 300, "detected − impact started"),
    ("time_to_acknowledge", 240, "acknowledged − detected"),
    ("time_to_mitigate", 3300, "mitigated − impact started"),
    ("time_to_resolve", 6900, "resolved − impact started"),
  ])
  func `a metric is the span between its two moments`(
    id: String, seconds: Int, formula: String
  ) throws {
    var scenario = try Scenario(.twoSeverities, detected: "00:55", started: "00:50")
    try scenario.at("01:00", .acknowledge, occurred: "00:59")
    try scenario.at("01:45", .mitigate)
    try scenario.at("02:45", .resolve)
    let metric = try #require(Self.metric(id, of: scenario))
    #expect(metric.value == .measured(.seconds(seconds)))
    #expect(metric.formula == formula)
  }

  @Test(arguments: [
    ("time_to_detect", ["impact started", "detected"]), ("time_to_acknowledge", ["detected"]),
    ("time_to_mitigate", ["impact started", "mitigated"]),
  ])
  func `a missing moment gives no number`(id: String, missing: [String]) throws {
    var scenario = try Scenario(.twoSeverities)
    try scenario.at("01:05", .acknowledge)
    #expect(Self.metric(id, of: scenario)?.value == .notRecorded(missing: missing))
  }

  @Test func `an end before its beginning is invalid`() throws {
    var scenario = try Scenario(.twoSeverities, detected: "00:50")
    try scenario.at("01:05", .setMilestone(.started, Scenario.time("00:58")))
    #expect(Self.metric("time_to_detect", of: scenario)?.value == .invalid(.minutes(8)))
  }

  @Test func `what happened after now is not yet recorded`() throws {
    var scenario = try Scenario(.twoSeverities, detected: "00:55", started: "00:50")
    try scenario.at("01:45", .mitigate)
    let metric = Self.metric("time_to_mitigate", of: scenario, now: "01:30")
    #expect(metric?.value == .notRecorded(missing: ["mitigated"]))
  }

  @Test func `a reopening begins an episode and leaves the earlier one its numbers`() throws {
    var scenario = try Scenario(.twoSeverities, detected: "00:55", started: "00:50")
    try scenario.at("01:00", .acknowledge)
    try scenario.at("01:20", .resolve)
    try scenario.at("02:00", .reopen(reason: "errors again"))
    try scenario.at("02:03", .acknowledge)
    try scenario.at("02:30", .resolve)
    #expect(Self.metric("time_to_resolve", of: scenario)?.duration == .minutes(30))
    #expect(Self.metric("time_to_resolve", of: scenario, episode: 2)?.duration == .minutes(30))
    #expect(Self.metric("time_to_acknowledge", of: scenario, episode: 2)?.duration == .minutes(3))
    #expect(Self.metric("time_to_acknowledge", of: scenario)?.duration == .minutes(5))
    #expect(Self.metric("time_to_detect", of: scenario, episode: 2) == nil)
    #expect(
      Self.metric("time_to_resolve", of: scenario, episode: 2)?.formula == "resolved − reopened")
  }

  @Test func `every surface counts a reopened incident from its reopening, until it is resolved`()
    throws
  {
    var scenario = try Scenario(.twoSeverities, declared: "01:00", detected: "00:50")
    try scenario.at("01:30", .resolve)
    try scenario.at("02:00", .reopen(reason: "errors again"))
    try scenario.at("02:45", .resolve)
    let now = Scenario.time("04:00")
    let incident = scenario.incident
    let clocks = [
      incident.clock, SituationReport(of: incident, at: now).clock,
      IncidentRow(of: incident, id: incident.id, at: now, in: TimeContext()).clock,
    ]
    for clock in clocks { #expect(clock?.elapsed(at: now) == .minutes(45)) }
    #expect(Self.metric("time_to_resolve", of: scenario, episode: 2)?.duration == .minutes(45))
    let spent = TimeSpent.all(of: Episode.all(of: incident, events: scenario.log.events), at: now)
    let bySeverity = spent.filter { $0.kind == .severity }.map(\.span)
    #expect(bySeverity.reduce(.zero, +) == .minutes(40 + 45))
  }

  @Test func `a procedure's own definitions stand beside the defaults`() throws {
    var procedure = Procedure.twoSeverities
    procedure.metrics = [
      MetricDefinition(id: "time_to_detect", from: "alert", to: "acknowledgment", line: 365),
      MetricDefinition(id: "time_to_fix", from: "ack", to: "permanent fix", line: 367),
      MetricDefinition(id: "time_to_joy", from: "ack", to: "cake", line: 368),
    ]
    var scenario = try Scenario(procedure, detected: "00:55", started: "00:50")
    try scenario.at("01:00", .alert(.init(title: "5xx")), occurred: "00:57")
    try scenario.at("01:04", .acknowledge)
    try scenario.at("02:04", .resolve)
    let all = EpisodeMetrics.all(
      of: Episode.all(of: scenario.incident, events: scenario.log.events),
      at: Scenario.time("03:00"))[0].metrics
    let own = all.filter(\.isOfProcedure)
    #expect(all.count == 7)
    #expect(own.map(\.duration) == [.minutes(7), .minutes(60), nil])
    #expect(own[0].formula == "acknowledged − alert")
    #expect(own[2].value == .unknownAnchor("cake"))
  }

  @Test(arguments: [
    ("acknowledge", Conduct.TargetOutcome.Result.met), ("respond", .met), ("triage", .late),
    ("mitigate", .missed), ("resolve", .running), ("communicate:customers", .late),
  ])
  func `targets are met, met late, missed or still running`(
    id: String, result: Conduct.TargetOutcome.Result
  ) throws {
    var scenario = try Scenario(.twoSeverities)
    try scenario.at("01:05", .acknowledge)
    try scenario.at("01:12", .sendUpdate(.init(text: "We look", audience: "customers")))
    try scenario.at("01:40", .triage)
    let conduct = Conduct(
      of: Episode.all(of: scenario.incident, events: scenario.log.events),
      events: scenario.log.events, at: Scenario.time("02:30"))
    let kind = id.split(separator: ":").first.map(String.init) ?? id
    let outcome = conduct.targets.first { $0.kind.rawValue == kind }
    #expect(outcome?.result == result || (id == "acknowledge" && outcome == nil))
  }

  @Test func `a promise is kept by the next update in time, broken by a late one`() throws {
    var scenario = try Scenario(.twoSeverities)
    func update(_ next: String?) -> Command {
      .sendUpdate(.init(text: "x", audience: "customers", next: next.map(Scenario.time)))
    }
    try scenario.at("01:10", update("01:30"))
    try scenario.at("01:29", update("01:50"))
    try scenario.at("01:55", update("02:30"))
    try scenario.at("02:00", .sendUpdate(.init(text: "x", audience: "management")))
    try scenario.at("02:10", .resolve)
    let conduct = Conduct(
      of: Episode.all(of: scenario.incident, events: scenario.log.events),
      events: scenario.log.events, at: Scenario.time("03:00"))
    #expect(conduct.promises.map(\.result) == [.kept, .broken, .ended])
  }

  @Test func `a silent stretch is one longer than the procedure allows`() throws {
    var scenario = try Scenario(.twoSeverities)
    try scenario.at("01:05", .acknowledge)
    scenario.notice("01:20")
    try scenario.at("01:26", .note("still looking"))
    try scenario.at("01:40", .resolve)
    let conduct = Conduct(
      of: Episode.all(of: scenario.incident, events: scenario.log.events),
      events: scenario.log.events, at: Scenario.time("05:00"))
    #expect(conduct.silences.map(\.from) == [Scenario.time("01:05")])
    #expect(conduct.silences.map(\.to) == [Scenario.time("01:26")])
  }
}
