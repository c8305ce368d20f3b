import Documents
import Engine
import EventLog
import Testing

/// The words of a post-mortem, where they could say more than was recorded.
@Suite struct ReportWordsTests {
  private let start: Timestamp

  init() throws { start = try #require(Timestamp(rfc3339: "2026-11-21T01:00:00Z")) }

  private func procedure(_ template: String? = nil) -> Procedure {
    var procedure = Procedure(name: "Ours", source: .init(path: "INCIDENTS.md", sha256: ""))
    var severity = Severity(id: "P1", name: "Worst", rank: 1, line: 5)
    severity.targets = [
      .init(kind: .acknowledge, within: .seconds(300), text: "5 minutes", line: 7)
    ]
    procedure.severities = [severity]
    procedure.escalation = [
      EscalationStep(level: 1, to: "On-Call", after: 0, text: "at once", line: 9)
    ]
    if let template {
      procedure.templates = [
        Template(id: "post-mortem", title: "Post-mortem", body: template, line: 20)
      ]
    }
    return procedure
  }

  private func report(
    _ procedure: Procedure, _ commands: [(Int64, Command)], at minute: Int64 = 60
  ) throws -> PostmortemReport {
    var log = MemoryLog()
    var incident = Incident()
    let declaration = Declaration(
      id: "2026-11-21-x", title: "Exports fail", severity: "P1", procedure: procedure)
    incident.apply(log.append(try Incident.declare(declaration, at: start), at: start))
    for draft in incident.unrecordedFirings(at: start) {
      incident.apply(log.append(draft, author: Author(actor: "muster", source: "test"), at: start))
    }
    for (minute, command) in commands {
      let now = start + .minutes(minute)
      let draft = try incident.decide(command, at: now)
      incident.apply(log.append(draft, author: Author(actor: "mira", source: "test"), at: now))
    }
    return PostmortemReport(
      of: ReportSource(of: incident, events: log.events, at: start + .minutes(minute)))
  }

  @Test func `who only acknowledged is not said to have been reached`() throws {
    let early = try report(procedure(), [(3, .acknowledge)])
    #expect(!(early.wentWell + early.wentWrong).contains { $0.contains("On-Call") })
    let late = try report(procedure(), [(12, .acknowledge)]).wentWrong
    #expect(
      late.contains(
        "On-Call was to be called at 01:00 UTC, but nobody is recorded as reached; mira "
          + "acknowledged the incident only after 12 min"), "\(late)")
  }

  @Test func `what is over in a running incident is not met yet`() throws {
    let running = try report(procedure(), [], at: 5)
    #expect(running.wentWrong.contains("Acknowledge: due at 01:05 UTC, not met yet"))
    let over = try report(procedure(), [(6, .resolve)])
    #expect(over.wentWrong.contains("Acknowledge: due at 01:05 UTC, never met"))
  }

  @Test func `a finding is no root cause`() throws {
    let report = try report(procedure(), [(3, .finding("The pool was full"))])
    let cause = report.markdown.split(separator: "## Root cause").last.map(String.init) ?? ""
    #expect(cause.contains("**\\[root cause\\]**"), "\(cause)")
    #expect(cause.contains("**What was found**"))
    #expect(report.openPlaces.contains("Root cause and contributing factors: root cause"))
  }

  @Test func `a false alarm is told as one, also when it is reopened`() throws {
    let closed = try report(
      procedure(),
      [(2, .updateImpact(.init(summary: "all fails"))), (5, .close(.falseAlarm, reason: nil))])
    let summary = closed.summary.joined(separator: " ")
    #expect(summary.contains("was reported as a P1 incident"), "\(summary)")
    #expect(summary.contains("was a false alarm. Reported impact: all fails."), "\(summary)")
    #expect(summary.contains("It was closed as a false alarm."))

    let again = try report(
      procedure(), [(5, .close(.falseAlarm, reason: nil)), (9, .reopen(reason: "it is real"))])
    #expect(!again.wentWrong.contains { $0.contains("did not hold") })
    #expect(
      again.wentWrong.contains(
        "It had been closed as a false alarm without a fix and was reopened at 01:09 UTC: it is real"
      ), "\(again.wentWrong)")
  }

  @Test(arguments: [
    ("## Causa Raiz\n[descrição]\n", "## Root cause"),
    ("## Impacto\nUsuários afetados: [número]\n", "## Impact\n"),
    ("## Chronologie\n[liste des événements]\n", "## Timeline"),
    ("## Cause première\n[la cause]\n", "## Root cause"),
    ("## What Went Poorly\n[bullets]\n", "## What went wrong"),
    ("## Zusammenfassung\n[Text]\n", "## Summary"),
  ])
  func `a part stands once, under the team's own heading`(template: String, own: String) throws {
    let report = try report(
      procedure("# Post-mortem\n\n" + template),
      [(3, .finding("The pool was full")), (20, .resolve)])
    #expect(!report.markdown.contains(own), "\(report.markdown)")
    let heading = template.split(separator: "\n").first.map(String.init) ?? ""
    #expect(report.markdown.contains(heading))
  }

  @Test func `a heading that comes twice is not asked for again`() throws {
    let template = "# Post-mortem\n\n## Root Cause Analysis\n[text]\n\n## Root Cause\n[the cause]\n"
    let report = try report(procedure(template), [(3, .finding("The pool was full"))])
    #expect(report.markdown.split(separator: "## Root Cause").count == 2, "\(report.markdown)")
  }

  @Test func `places to fill in are named by what they ask for`() throws {
    let template = "# Post-mortem\n\n## Lessons\n- [what we'll do next]\n- [d'autres leçons]\n"
    let open = try report(procedure(template), [(20, .resolve)]).openPlaces
    #expect(open.contains("Impact: Revenue"), "\(open)")
    #expect(open.contains("Lessons: what we'll do next"), "\(open)")
    #expect(open.contains("Lessons: d'autres leçons"), "\(open)")
    #expect(!open.contains { $0.hasSuffix(": to fill in") })
  }
}
