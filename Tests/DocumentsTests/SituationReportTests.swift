import Documents
import Engine
import EventLog
import Testing
import Wording

@Suite struct SituationReportTests {
  private var log = MemoryLog()
  private let start: Timestamp

  init() throws {
    start = try #require(Timestamp(rfc3339: "2026-11-21T01:00:00Z"))
    var procedure = Procedure(name: "Ours", source: .init(path: "docs/INCIDENTS.md", sha256: ""))
    var severity = Severity(id: "P1", name: "Worst", rank: 1, line: 5)
    severity.targets = [
      .init(kind: .acknowledge, within: .seconds(300), text: "5 minutes", line: 7)
    ]
    procedure.severities = [severity]
    procedure.escalation = [
      EscalationStep(level: 1, to: "Lead", after: 900, text: "after 15 min", line: 284)
    ]
    let declaration = Declaration(
      id: "2026-11-21-x", title: "Checkout\u{1B}[2J fails", severity: "P1", procedure: procedure)
    log.append(try Incident.declare(declaration, at: start), at: start)
  }

  private func report(after span: Duration) -> SituationReport {
    SituationReport(of: Incident(replaying: log.events), at: start + span)
  }

  @Test(
    arguments: [
      (60, "acknowledge", "acknowledge"), (400, "acknowledge", "acknowledge"),
      (901, "call", "escalation:lead"),
    ])
  func `what to do next is the most urgent`(seconds: Int, action: String, deadline: String) {
    let next = report(after: .seconds(seconds)).json["next"]
    #expect(next?["action"]?.string == action)
    #expect(next?["deadline"]?.string == deadline)
  }

  @Test func `the page quotes the rule with its line`() {
    let lines = report(after: .seconds(901)).lines(in: .utc)
    #expect(lines.contains("NEXT  CALL Lead now: nobody has been reached, due 1 s ago"))
    #expect(lines.contains { $0.contains(#""after 15 min" INCIDENTS.md:284"#) })
    #expect(lines.contains { $0.contains("no contact is known") })
  }

  @Test func `words that were withdrawn are shown nowhere`() throws {
    var log = log
    var incident = Incident(replaying: log.events)
    let note = try incident.decide(.note("hunter2"), at: start)
    incident.apply(log.append(note, at: start))
    let correction = try incident.decide(.correct(entry: 2, text: "hunter3"), at: start)
    incident.apply(log.append(correction, at: start))
    let secret = try incident.decide(.retract(entry: 2, secret: true, reason: nil), at: start)
    incident.apply(log.append(secret, at: start))
    let entries = log.events.map { Entry($0, in: incident, zone: .utc) }
    #expect(entries[1].text == Entry.withheld)
    #expect(entries.allSatisfy { !$0.json.text.contains("hunter") })
    let brief = BriefReport(of: ReportSource(of: incident, events: log.events, at: start))
    #expect(!brief.json.text.contains("hunter"))
    #expect(!brief.markdown.contains("hunter"))
  }
}
