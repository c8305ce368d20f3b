import Engine
import EventLog
import Testing

@Suite struct InjectionTests {
  private static let script = [
    Injection(after: 600, actor: "kai", .note("the pods are up")),
    Injection(after: 0, actor: "alertmanager", .alert(title: "HighErrorRate", key: "her")),
    Injection(after: 1200, .impact(.init(summary: "all payments", users: "500"))),
    Injection(after: 1800, actor: "alertmanager", .alertOver(title: "HighErrorRate", key: "her")),
  ]

  @Test func `what fell due while nobody looked is written down once, in its own time and name`()
    throws
  {
    var drill = try Scenario.drill(Self.script)
    drill.look("01:25")
    #expect(
      drill.told == [
        "01:00 alertmanager alert.fired", "01:10 kai note.added",
        "01:20 scenario impact.updated",
      ])
    let count = drill.log.events.count
    drill.look("01:25")
    #expect(drill.log.events.count == count)
    #expect(drill.incident.impact.users == "500")
    drill.look("01:31")
    #expect(drill.incident.alerts["her"]?.isFiring == false)
  }

  @Test func `two that notice the same thing derive the same identity`() throws {
    let drill = try Scenario.drill(Self.script)
    var log = drill.log
    for now in ["01:12", "01:14"] {
      for draft in drill.incident.unrecordedFirings(at: Scenario.time(now)) {
        log.append(draft, at: Scenario.time(now))
      }
    }
    #expect(log.events.count == 3)
  }

  @Test func `the clock of a script starts when the incident was detected, whatever is said later`()
    throws
  {
    var drill = try Scenario.drill(Self.script, detected: "00:55")
    drill.look("01:00")
    try drill.at("01:01", .setMilestone(.detected, Scenario.time("00:40")))
    drill.look("01:06")
    #expect(drill.told == ["00:55 alertmanager alert.fired", "01:05 kai note.added"])
  }

  @Test func `a closed drill tells nothing more, but nothing is missing that came before`() throws {
    var drill = try Scenario.drill(Self.script)
    try drill.at("01:15", .close(.cancelled, reason: nil))
    drill.look("02:00")
    #expect(drill.told == ["01:00 alertmanager alert.fired", "01:10 kai note.added"])
  }

  @Test func `nothing that a drill tells counts as written late, what a person writes does`() throws
  {
    var drill = try Scenario.drill(Self.script)
    drill.look("01:25")
    try drill.at("01:26", .note("the pager was silent"), occurred: "01:05")
    let late = drill.incident.timeline.rows.filter { $0.marks.contains(.late) }
    #expect(late.map(\.kind) == [.noteAdded, .escalationFired])
    #expect(late.contains { $0.sequence == drill.log.events.count })
  }

  @Test func `what fell due in a fast drill is late by true time`() throws {
    var drill = try Scenario.drill([], percent: 10_000)
    // 65 minutes of its clock are 39 seconds.
    drill.look("02:05")
    let fired = try #require(drill.log.events.first { $0.kind == .escalationFired })
    #expect(fired.data.integer("late_seconds") == 30)
    #expect(!drill.incident.isLate(fired))
  }

  @Test func `a script is handed out in parts, so that nobody's words wait long behind it`() throws
  {
    let script = (0..<450).map { Injection(after: $0, .note("note \($0)")) }
    var drill = try Scenario.drill(script)
    drill.look("01:14")
    #expect(drill.told.count == 200)
    drill.look("01:14")
    drill.look("01:14")
    #expect(drill.told.count == 450)
    #expect(drill.incident.unrecordedFirings(at: Scenario.time("01:14")).isEmpty)
  }

  @Test func `what a newer version tells is stepped over, and everything else keeps its number`()
    throws
  {
    let json = try JSON(
      parsing: #"""
        {"source":"x","script":[{"after_seconds":1,"kind":"note.added","actor":"a","data":{"text":"1"}},
        {"after_seconds":2,"kind":"call.rang","actor":"a","data":{}},
        {"after_seconds":3,"kind":"note.added","actor":"a","data":{"text":"3"}}]}
        """#)
    var drill = try Scenario.drill([])
    let declared = try #require(drill.log.events.first)
    guard case .object(var members) = declared.data.json else { return }
    members.removeAll { $0.key == "exercise" }
    members.append(.init("exercise", json))
    drill.log = MemoryLog()
    drill.incident = Incident()
    drill.record(
      EventDraft(.incidentDeclared, EventData(bytes: JSON.object(members).bytes[...])),
      at: Scenario.time("01:00"), by: "mira")
    let drafts = drill.incident.unrecordedFirings(at: Scenario.time("01:01"))
    #expect(drafts.map(\.identity) == [1, 3].map { .named("\(Scenario.drillID)/inject/\($0)") })
  }

  // MARK: - Who looks when changes nothing

  private static func play(_ seed: UInt64, every minutes: Int?) throws -> Scenario {
    var random = SeededGenerator(state: seed)
    let script = (0..<30).map { number -> Injection in
      let after = Int.random(in: 0...7000, using: &random)
      let key = "alert \(Int.random(in: 0...3, using: &random))"
      switch Int.random(in: 0...4, using: &random) {
      case 0: return Injection(after: after, .note("note \(number)"))
      case 1: return Injection(after: after, .impact(.init(summary: "impact \(number)")))
      case 2: return Injection(after: after, .alertOver(title: key))
      default: return Injection(after: after, .alert(title: key))
      }
    }
    var drill = try Scenario.drill(script)
    let start = Scenario.time("01:00")
    for (index, entry) in DeterminismTests.story(seed).enumerated() {
      if let minutes, index % minutes == 0 {
        drill.look(at: start + .minutes(Int64(entry.minute)) - .seconds(1))
      }
      do throws(Rejection) {
        let now = start + .minutes(Int64(entry.minute))
        let draft = try drill.incident.decide(entry.command, at: now)
        drill.record(draft, at: now, by: "mira")
      } catch { continue }
    }
    for _ in 0..<3 { drill.look(at: start + .minutes(300)) }
    return drill
  }

  /// Everything that a screen or a report shows of it, without the numbers of its lines.
  private static func shown(_ scenario: Scenario) -> [String] {
    let incident = scenario.incident
    let alerts = incident.alerts.sorted { $0.key < $1.key }.map {
      "\($0.key) \($0.value.count) \($0.value.isFiring) \($0.value.last.rfc3339)"
    }
    let rows = scenario.log.events.filter { $0.source == Drill.way }.map {
      "\($0.effective.rfc3339) \($0.kindName) \($0.data.integer("inject") ?? 0)"
    }
    let deadlines = incident.deadlines(at: Scenario.time("06:00")).map {
      "\($0.kind) \($0.label) \($0.state) \($0.due?.rfc3339 ?? "")"
    }
    return alerts + rows.sorted() + deadlines + ["\(incident.impact)"]
  }

  @Test(arguments: UInt64(1)...60)
  func `when and by which process a drill is read changes nothing that it shows`(seed: UInt64)
    throws
  {
    let never = try Self.shown(Self.play(seed, every: nil))
    #expect(try Self.shown(Self.play(seed, every: 1)) == never)
    #expect(try Self.shown(Self.play(seed, every: 4)) == never)
  }
}
