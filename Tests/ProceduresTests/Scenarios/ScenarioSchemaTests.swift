import Engine
import Procedures
import Testing

@Suite struct ScenarioSchemaTests {
  private static func read(_ text: String) throws(ProcedureError) -> DrillScenario {
    try ScenarioSchema.read(Array(text.utf8), path: "game-day.yaml")
  }

  @Test func `a scenario says what is told, by whom, when`() throws {
    let scenario = try Self.read(
      """
      title: Checkout 502
      about: a bad deployment
      severity: SEV-1
      procedure: standard
      detected: 5m
      started: 1h
      original: {acknowledged: 4m, resolved: 1h30m}
      events:
        - {at: 10m, by: kai, note: "the pods: all up"}
        - {at: 0s, alert: High, key: h}
        - {at: 90, by: dev, impact: nobody pays, users: "500"}
        - {at: 20m, resolved: High, key: h}
        - {at: 15m, users: "600"}
      """)
    #expect(scenario.title == "Checkout 502")
    #expect(scenario.detected == 300)
    #expect(scenario.started == 3600)
    #expect(scenario.original == [.acknowledged: 240, .resolved: 5400])
    #expect(
      scenario.script.map(\.event) == [
        .alert(title: "High", key: "h"), .impact(.init(summary: "nobody pays", users: "500")),
        .note("the pods: all up"), .impact(.init(users: "600")),
        .alertOver(title: "High", key: "h"),
      ])
    #expect(scenario.script.map(\.actor) == ["scenario", "dev", "kai", "scenario", "scenario"])
  }

  @Test func `writing and reading gives the same scenario`() throws {
    let all: [Injection.Event] = [
      .alert(title: "- not a list: {x}"), .alertOver(title: "#", key: "yes"), .note("two\nlines"),
      .finding("null"), .hypothesis("  spaces  "),
      .impact(.init(summary: "s", services: "a, b", users: "12", revenue: "1e3")),
      .impact(.init(users: "only users")),
    ]
    let script = all.enumerated().map { Injection(after: $0 * 61, actor: "kai \($0)", $1) }
    let scenario = DrillScenario(
      title: "\"Quoted\" title", about: nil, severity: "P1", procedure: "../x.md", detected: 61,
      started: 0, original: [.declared: 61, .mitigated: 3661],
      script: Drill(source: "", script: script).script)
    #expect(try Self.read(ScenarioSchema.write(scenario)) == scenario)
  }

  @Test(arguments: [
    ("events: []", "game-day.yaml:1:1: a scenario has no 'title'"),
    ("title: x", "game-day.yaml:1:1: a scenario has no 'events'"),
    ("title: x\nevent: []", "game-day.yaml:2:1: unknown key 'event' in a scenario"),
    ("title: x\nevents:\n  - {note: y}", "game-day.yaml:3:5: an event has no 'at'"),
    ("title: x\nevents:\n  - {at: 5m}", "game-day.yaml:3:5: the event says nothing"),
    (
      "title: x\nevents:\n  - {at: 5m, note: a, alert: b}",
      "game-day.yaml:3:5: the event says two things at once; make two events of alert and note"
    ),
    ("title: x\nevents:\n  - {at: soon, note: a}", "game-day.yaml:3:10: 'soon' is not a duration"),
    ("title: x\nevents:\n  - {at: -5m, note: a}", "game-day.yaml:3:10: '-5m' is not a duration"),
    (
      "title: x\nevents:\n  - {at: 40d, note: a}",
      "game-day.yaml:3:10: '40d' is longer than a drill lasts"
    ),
    (
      "title: x\nevents:\n  - {at: 5m, not: a}", "game-day.yaml:3:14: unknown key 'not' in an event"
    ),
    ("title: x\nevents:\n  - {at: 5m, note: a, users: b}", "game-day.yaml:3:5: 'users' belongs to"),
    ("title: x\nevents:\n  - {at: 5m, note: a, key: b}", "game-day.yaml:3:5: 'key' belongs to"),
    ("title: x\nevents:\n  - {at: 5m, note: ''}", "game-day.yaml:3:5: 'note' of an event is empty"),
    ("title: x\nevents: 5", "game-day.yaml:2:9: 'events' must be a list"),
    ("title: x\noriginal: {fixed: 5m}\nevents: []", "game-day.yaml:2:12: unknown key 'fixed'"),
    ("- a", "game-day.yaml:1:1: a scenario must be a mapping"),
    ("title: [", "game-day.yaml:2:1: not valid YAML"),
  ])
  func `what is wrong is told with its place and a remedy`(text: String, message: String) {
    #expect {
      try Self.read(text)
    } throws: { error in
      let problem = error as? ProcedureError
      // The parser of YAML has no advice.
      let isParsers = problem?.what.hasPrefix("not valid YAML") == true
      return problem?.description.hasPrefix(message) == true
        && (isParsers || problem?.remedy.isEmpty == false)
    }
  }

  @Test func `a scenario is bounded`() {
    let many = "title: x\nevents:\n" + String(repeating: "- {at: 1s, note: a}\n", count: 5001)
    #expect { try Self.read(many) } throws: { "\($0)".contains("more than 5000 events") }
    let long = "title: x\nevents:\n- {at: 1s, note: \"\(String(repeating: "a", count: 65_537))\"}"
    #expect { try Self.read(long) } throws: { "\($0)".contains("65537 bytes") }
  }

  @Test func `events to be told beside a scenario need no title`() throws {
    let bytes = Array("events: [{at: 5m, note: a}]".utf8)
    let events = try ScenarioSchema.read(bytes, path: "more.yaml", needsTitle: false)
    #expect(events.script.count == 1)
  }

  @Test(arguments: BuiltInScenarios.all)
  func `a built-in scenario reads, fits its procedure and is told in order`(
    entry: BuiltInScenarios.Entry
  ) throws {
    let scenario = try entry.read()
    let about = try #require(scenario.about)
    #expect(!about.isEmpty)
    #expect(scenario.script.count >= 8)
    #expect(scenario.script.contains { $0.event.sort == .alerts })
    let procedure = try #require(scenario.procedure.flatMap(BuiltInProcedures.named)).read()
    if let severity = scenario.severity {
      #expect(procedure.severities.contains { $0.id == severity })
    }
    #expect(scenario.script.map(\.after) == scenario.script.map(\.after).sorted())
    #expect(scenario.original[.resolved] != nil)
  }

  @Test func `there are scenarios to begin with`() {
    #expect(BuiltInScenarios.all.map(\.name) == ["bad-deployment", "filling-disk", "leaked-key"])
    #expect(BuiltInProcedures.all.count == 6)
  }
}
