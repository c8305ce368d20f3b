import Engine
import Testing

@Suite struct ProcedureJSONTests {
  private var full: Procedure {
    var procedure = Procedure(
      name: "night",
      source: Procedure.Source(path: "ops/night.md", sha256: String(repeating: "a", count: 64)))
    procedure.calendar = BusinessCalendar(
      zone: "Europe/Lisbon", days: [.monday, .friday], from: 8 * 60 + 5, to: 17 * 60 + 30,
      holidays: [CivilDate(year: 2026, month: 12, day: 24)], line: 3)
    var severity = Severity(id: "P1", name: "Bad", rank: 1, line: 7)
    severity.targets = [
      Severity.Target(kind: .respond, within: .seconds(900), text: "15 min", line: 8),
      Severity.Target(
        kind: .resolve, within: .seconds(3600, maximum: 7200), text: "1-2 h", line: 9),
      Severity.Target(
        kind: .communicate, within: .businessDays(1), audience: "customers", text: "next day",
        line: 9),
      Severity.Target(kind: .mitigate, within: .businessHours(4), text: "4 working hours", line: 9),
    ]
    severity.rules = [Severity.Rule(label: "Team", text: "everybody", line: 10)]
    procedure.severities = [severity]
    procedure.statuses = [Status(id: "fixed", name: "Fixed", role: .mitigated, line: 11)]
    procedure.phases = [
      Phase(id: "look", title: "Look", window: Phase.Window(start: 0, end: 300), line: 12),
      Phase(id: "dig", title: "Dig", window: Phase.Window(start: 300, end: nil), line: 13),
      Phase(id: "mend", title: "Mend", line: 14),
    ]
    procedure.checklist = [
      ChecklistItem(
        id: "call", text: "Call them", phase: "look", depth: 1, kind: .field, severities: ["P1"],
        line: 15)
    ]
    procedure.escalation = [
      EscalationStep(
        severity: "P1", level: 2, from: "A", to: "B", after: 600, since: .previous,
        unless: .acknowledged, text: "after 10 min", line: 16),
      EscalationStep(level: 3, to: "C", after: nil, condition: "if it burns", line: 17),
      EscalationStep(level: 4, to: "D", after: nil, relativeTo: .acknowledge, line: 18),
    ]
    procedure.cadence = [
      Cadence(
        severity: "P1", every: 900, maximum: 1800, audience: "staff", text: "every 15-30", line: 19)
    ]
    procedure.notices = [Notice(severity: "P1", within: .businessDays(2), text: "once", line: 20)]
    procedure.watch = [
      Watch(seconds: 1800, maximum: 3600, after: .resolved, text: "watch", line: 21)
    ]
    procedure.templates = [
      Template(id: "first", title: "First", body: "It is\nbroken", severities: ["P1"], line: 22)
    ]
    procedure.runbooks = [
      Runbook(
        id: "db", title: "Database",
        steps: [Runbook.Step(text: "Look", command: "uptime", line: 24)], line: 23)
    ]
    procedure.decisions = [DecisionQuestion(question: "New?", yes: "Back", no: nil, line: 25)]
    procedure.roles = [Role(name: "Lead", duties: ["decides"], line: 26)]
    procedure.contacts = [Contact(role: "Lead", name: nil, contact: "12", line: 27)]
    procedure.oncall = [OnCallTurn(days: [.sunday], primary: "M", secondary: nil, line: 28)]
    procedure.postmortem = [
      PostmortemDuty(
        severity: "P1", condition: "over 30 min", what: .review, within: .seconds(86_400),
        text: "a day",
        line: 29),
      PostmortemDuty(what: .draft, within: nil, line: 30),
    ]
    procedure.metrics = [MetricDefinition(id: "ttd", from: "started", to: "detected", line: 31)]
    procedure.silence = SilenceRule(seconds: 1200, line: 32)
    procedure.remarks = [Remark(line: 33, kind: .ambiguous, text: "two readings")]
    return procedure
  }

  @Test func `a procedure survives being written and read`() throws {
    let text = full.json.text
    #expect(Procedure(json: try JSON(parsing: text)) == full)
  }

  @Test func `unknown keys and values of another shape are passed over`() throws {
    let json = try JSON(
      parsing:
        #"{"name":"x","later":[1],"severities":[{"id":"P1","targets":[{"kind":"dance","seconds":1,"line":1}]},7]}"#
    )
    let procedure = Procedure(json: json)
    #expect(procedure.name == "x")
    #expect(procedure.severities == [Severity(id: "P1", name: "P1", rank: 1, line: 0)])
  }
}
