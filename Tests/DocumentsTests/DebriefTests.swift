import Documents
import Engine
import EventLog
import Procedures
import Testing

@Suite struct DebriefTests {
  private static let start = Timestamp(rfc3339: "2026-11-21T10:00:00.000Z") ?? .distantPast

  /// The built-in drill of a bad deployment, done passably, at twice the speed.
  private static func drill() throws -> ReportSource {
    let scenario = try #require(BuiltInScenarios.named("bad-deployment")).read()
    var declaration = Declaration(
      id: "2026-11-21-drill-customers-cannot-pay", title: scenario.title,
      severity: scenario.severity, detected: start - .seconds(Int64(scenario.detected)),
      procedure: try #require(BuiltInProcedures.named("standard")).read(), isDrill: true)
    declaration.speedPercent = 200
    var drill = Drill(source: "bad-deployment", script: scenario.script)
    drill.original = scenario.original
    declaration.drill = drill
    var log = MemoryLog()
    var incident = Incident()
    func look(_ now: Timestamp) {
      for draft in incident.unrecordedFirings(at: now) {
        let author = draft.author ?? Author(actor: "muster", source: "console")
        incident.apply(log.append(draft, author: author, at: now))
      }
    }
    incident.apply(log.append(try Incident.declare(declaration, at: start), at: start))
    let course: [(Int, Command)] = [
      (2, .acknowledge), (3, .assign(role: "ic", name: "mira")), (7, .check("ack")),
      (11, .sendUpdate(.init(text: "We look.", audience: "customers", next: start + .minutes(21)))),
      (14, .triage), (17, .reached(step: "Engineering Lead", name: "ada")),
      (25, .sendUpdate(.init(text: "We roll back.", audience: "customers"))),
      (26, .skip("deploys", reason: "none is planned")), (31, .mitigate), (55, .resolve),
      (56, .close(.resolved, reason: nil)),
    ]
    for (minute, command) in course {
      let now = start + .minutes(Int64(minute))
      look(now)
      incident.apply(log.append(try incident.decide(command, at: now), at: now))
    }
    return ReportSource(of: incident, events: log.events, at: start + .minutes(60))
  }

  @Test func `a debrief as a person reads it`() throws {
    let source = try Self.drill()
    let debrief = Debrief(of: source.incident, events: source.events, at: source.now)
    let document = debrief.document(
      of: source.incident.title, id: source.incident.id, in: .utc, head: "53:9f0c")
    GoldenFile.expect(document.markdown, "drill.debrief.md")
    GoldenFile.expect(
      document.lines(width: 80).joined(separator: "\n") + "\n", "drill.debrief.txt")
  }

  @Test func `a debrief for programs has the same numbers`() throws {
    let source = try Self.drill()
    let debrief = Debrief(of: source.incident, events: source.events, at: source.now)
    let json = debrief.json(of: source.incident.title, id: source.incident.id)
    #expect(json["drill"] == true)
    #expect(json["over"] == true)
    let moments = json["moments"]?.array ?? []
    #expect(
      moments.map { $0["seconds"]?.integer } == [240, 960, 1980, 3420])
    #expect(moments.map { $0["original_seconds"]?.integer } == [240, 600, 1860, 2640])
    #expect(json["promises"]?.array?.map { $0["result"]?.string } == ["broken"])
    #expect(json["reactions"]?.array?.count == source.incident.drill?.script.count)
    #expect(json["checklist"]?["skipped"]?.array?.count == 1)
    #expect(json["calls"]?.array?.compactMap { $0["by"]?.string } == ["ada"])
  }
}
