import Engine
import EventLog
import Testing

@Suite struct DrillTests {
  // MARK: - The declaration

  @Test func `the declaration keeps all that a drill needs, and says so in one word`() throws {
    let script = [
      Injection(after: 5, actor: "kai", .finding("f")), Injection(after: 9, .hypothesis("h")),
    ]
    let drill = try Scenario.drill(script, percent: 1000, original: [.acknowledged: 60])
    let data = try #require(drill.log.events.first?.data)
    #expect(data.bool("drill") == true)
    #expect(data.integer("speed_percent") == 1000)
    let kept = try #require(drill.incident.drill)
    #expect(kept.source == "2026-03-02-checkout-502")
    #expect(kept.head == "9:abc")
    #expect(kept.original == [.acknowledged: 60])
    #expect(kept.script.map(\.event) == [.finding("f"), .hypothesis("h")])
    #expect(drill.incident.pace.percent == 1000)
  }

  @Test func `a real incident has none of it, whatever its declaration says`() throws {
    var declaration = Declaration(id: "2026-11-21-x", title: "x", procedure: .twoSeverities)
    declaration.speedPercent = 1000
    declaration.drill = Drill(source: "y", script: [Injection(after: 0, .note("z"))])
    let draft = try Incident.declare(declaration, at: Scenario.time("01:00"))
    for key in ["drill", "speed_percent", "exercise"] { #expect(draft.data.json[key] == nil) }
  }

  @Test func `a long script is thinned, alerts that repeat themselves first, and says by how much`()
    throws
  {
    let storm = (0..<3000).map { Injection(after: $0, .alert(title: "Alert \($0 % 3)")) }
    let words = (0..<40).map {
      Injection(after: $0 * 100, .note(String(repeating: "long ", count: 400) + "\($0)"))
    }
    var drill = Drill(source: "x", script: storm + words)
    let whole = drill.fit(into: 1 << 20)
    #expect(whole == nil)
    #expect(drill.script.count == 3040)
    let thinned = drill.fit(into: 150_000)
    #expect(thinned == Drill.Cut(leftOut: 2850, count: 3040))
    #expect(drill.script.count { $0.event.sort == .notes } == 40)
    #expect(drill.leftOut == 2850)
    #expect(drill.json.bytes.count <= 150_000)
    let second = drill.fit(into: 50_000)
    let cut = try #require(second)
    #expect(cut.count == 190)
    let end = try #require(cut.end)
    #expect(drill.script.allSatisfy { $0.after <= end })
    #expect(drill.leftOut == 2850 + cut.leftOut)
    #expect(drill.json.bytes.count <= 50_000)
    #expect(!drill.script.isEmpty)
  }

  // MARK: - From a past incident

  private static func past() throws -> Scenario {
    var past = try Scenario(.twoSeverities, declared: "01:00", detected: "00:50", started: "00:40")
    try past.at("01:00:30", .alert(.init(title: "HighErrorRate")), by: "alertmanager")
    try past.at("01:02", .note("before anybody has the command"), by: "mira")
    try past.at("01:05", .assign(role: "ic", name: "mira"), by: "mira")
    try past.at("01:06", .note("the commander's own words"), by: "Mira")
    try past.at("01:07", .acknowledge, by: "mira")
    try past.at("01:08", .finding("a slip of the finger"), by: "kai")
    try past.at("01:09", .correct(entry: 7, text: "the deployment broke it"), by: "kai")
    try past.at("01:10", .note("told late"), occurred: "00:55", by: "kai")
    try past.at("01:11", .note("password hunter2"), by: "kai")
    try past.at("01:12", .retract(entry: 10, secret: true, reason: nil), by: "kai")
    try past.at("01:13", .updateImpact(.init(summary: "all", users: "5")), by: "dev")
    try past.at("01:20", .mitigate, by: "mira")
    try past.at("01:30", .resolve, by: "mira")
    try past.at(
      "01:35", .alert(.init(title: "HighErrorRate", isResolved: true)), by: "alertmanager")
    try past.at("01:40", .close(.resolved, reason: nil), by: "mira")
    try past.at("09:00", .finding("written for the post-mortem"), by: "kai")
    return past
  }

  @Test func `outside events of a past incident are replayed, the commander's entries are not`()
    throws
  {
    let past = try Self.past()
    let scenario = try #require(DrillScenario(of: past.incident, events: past.log.events))
    #expect(
      scenario.script.map { "\($0.after / 60) \($0.actor) \($0.event.kind.rawValue)" } == [
        "10 alertmanager alert.fired", "12 mira note.added", "18 kai finding.added",
        "20 kai note.added", "23 dev impact.updated", "45 alertmanager alert.resolved",
      ])
    #expect(scenario.script[2].event == .finding("the deployment broke it"))
    #expect(scenario.script[4].event == .impact(.init(summary: "all", users: "5")))
    #expect(scenario.detected == 600)
    #expect(scenario.started == 1200)
    #expect(scenario.severity == "P1")
    #expect(
      scenario.original == [
        .declared: 600, .acknowledged: 1020, .triaged: 1800, .mitigated: 1800, .resolved: 2400,
      ])
  }

  @Test func `a severity that changed is left to be judged`() throws {
    var past = try Self.past()
    try past.at("09:10", .setSeverity("P2"))
    #expect(DrillScenario(of: past.incident, events: past.log.events)?.severity == nil)
  }

  @Test func `what was brought in later is told when it happened`() throws {
    var past = try Scenario(.twoSeverities, declared: "20:00", occurred: "01:00")
    let author = Author(actor: "kai", source: "import/chat.txt")
    for (at, text) in [("01:05", "first"), ("01:30", "second")] {
      let draft = EventDraft(
        .noteAdded, occurred: Scenario.time(at), EventData(["text": .string(text)]))
      past.incident.apply(past.log.append(draft, author: author, at: Scenario.time("20:01")))
    }
    let scenario = try #require(DrillScenario(of: past.incident, events: past.log.events))
    #expect(scenario.script.map(\.after) == [300, 1800])
  }

  @Test func `only the first episode of a reopened incident is told`() throws {
    var past = try Scenario(.twoSeverities)
    try past.at("01:05", .note("first"), by: "kai")
    try past.at("01:10", .resolve)
    try past.at("02:00", .reopen(reason: nil))
    try past.at("02:05", .note("second"), by: "kai")
    try past.at("02:30", .resolve)
    let scenario = try #require(DrillScenario(of: past.incident, events: past.log.events))
    #expect(scenario.script.map(\.event) == [.note("first")])
    #expect(scenario.original[.resolved] == 600)
  }

  @Test func `a drill is done again with what it was to tell`() throws {
    let script = [Injection(after: 60, .note("first")), Injection(after: 900, .note("second"))]
    var drill = try Scenario.drill(script, original: [.resolved: 3600])
    drill.look("01:05")
    try drill.at("01:06", .note("by the trainee"), by: "kai")
    let again = try #require(DrillScenario(of: drill.incident, events: drill.log.events))
    #expect(again.script.map(\.event) == [.note("first"), .note("second")])
    #expect(again.script.map(\.after) == [60, 900])
    #expect(again.original == [.resolved: 3600])
    let told = try #require(drill.log.events.first { $0.isTold })
    try drill.at("01:10", .retract(entry: told.sequence, secret: true, reason: nil))
    let less = try #require(DrillScenario(of: drill.incident, events: drill.log.events))
    #expect(less.script.map(\.event) == [.note("second")])
  }

  // MARK: - Looking back

  @Test func `a debrief sets the drill beside its targets and the original`() throws {
    var drill = try Scenario.drill(
      [
        Injection(after: 60, actor: "kai", .note("who answers?")),
        Injection(after: 3000, .alert(title: "Again")),
      ], original: [.acknowledged: 600, .resolved: 3600])
    drill.look("01:01")
    try drill.at("01:04", .acknowledge)
    try drill.at("01:20", .mitigate)
    drill.look("01:21")
    try drill.at("01:25", .reached(step: "lead", name: "ada"))
    try drill.at("01:40", .check("logs"))
    drill.look("01:55")
    try drill.at("02:30", .resolve)
    let debrief = Debrief(
      of: drill.incident, events: drill.log.events, at: Scenario.time("02:40"))
    let moments = Dictionary(
      uniqueKeysWithValues: debrief.moments.map { ($0.milestone, $0) })
    #expect(moments[.acknowledged]?.drill == .minutes(4))
    #expect(moments[.acknowledged]?.faster == .minutes(6))
    #expect(moments[.acknowledged]?.allowed == .minutes(15))
    #expect(moments[.resolved]?.faster == .minutes(-30))
    #expect(moments[.triaged]?.drill == .minutes(20))
    let mitigate = try #require(debrief.targets.first { $0.kind == .mitigate })
    #expect(mitigate.margin(at: debrief.end) == .minutes(40))
    let customers = try #require(debrief.targets.first { $0.kind == .communicate })
    #expect(customers.result == .missed)
    // What was never said to them is late until the incident was over.
    #expect(customers.margin(at: debrief.end) == .minutes(-80))
    #expect(debrief.calls.first?.label == "Engineering Lead")
    #expect(debrief.calls.first?.span == .minutes(10))
    #expect(debrief.reactions.map(\.span) == [.minutes(3), .minutes(40)])
    #expect(debrief.reactions.map(\.by) == ["mira", "mira"])
    #expect(debrief.done.map(\.item.id) == ["logs"])
    // The alert at 01:50 was no word of a person.
    #expect(debrief.silences.map(\.span) == [.minutes(50)])
  }
}
