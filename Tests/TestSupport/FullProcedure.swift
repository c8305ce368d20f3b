package import Engine

/// A procedure in which every part has every field set, and one fact of each kind has as little as possible.
package func fullProcedure() -> Procedure {
  var procedure = Procedure(
    name: "Everything: at once", source: .init(path: "docs/OUTAGE.md", sha256: "ab12"))
  procedure.calendar = BusinessCalendar(
    zone: "Asia/Jakarta", days: [.monday, .saturday], from: 8 * 60 + 30, to: 24 * 60,
    holidays: [CivilDate(year: 2026, month: 12, day: 25)], line: 3)
  var worst = Severity(id: "P1", name: "Worst \"of\" all", rank: 1, line: 10)
  worst.targets = [
    .init(kind: .acknowledge, within: .seconds(300), text: "5 min", line: 11),
    .init(
      kind: .communicate, within: .seconds(900, maximum: 1801), audience: "customers", text: "",
      line: 12),
    .init(kind: .mitigate, within: .businessHours(4), text: "4 bh", line: 13),
    .init(kind: .resolve, within: .businessDays(1), text: "next business day", line: 0),
  ]
  worst.rules = [.init(label: "Joins", text: "everyone\nat once", line: 14)]
  worst.definition = [.init(text: "Nobody can pay", line: 10)]
  worst.examples = [
    .init(text: "the shop is down", line: 11), .init(text: "data is lost", line: 12),
  ]
  procedure.severities = [worst, Severity(id: "P2", name: "P2", rank: 2, line: 15)]
  procedure.statuses = [Status(id: "open", name: "Open", role: .open, line: 16)]
  procedure.phases = [
    Phase(id: "triage", title: "Triage", window: .init(start: 0, end: 900), line: 17),
    Phase(id: "repair", title: "Repair", window: .init(start: 900, end: nil), line: 18),
    Phase(
      id: "learn", title: "Learn",
      details: [
        Detail(text: "Ask: \"why?\"", line: 19), Detail(text: "a\n  b", isCommand: true, line: 19),
      ],
      line: 19),
  ]
  procedure.checklist = [
    ChecklistItem(
      id: "a", text: "- [ ] look", phase: "triage",
      details: [Detail(text: "ls -l", isCommand: true, line: 20), Detail(text: "at it", line: 20)],
      line: 20),
    ChecklistItem(
      id: "b", text: "fill: ___", phase: "triage", depth: 2, kind: .field,
      severities: ["P1", "P2"],
      line: 21),
  ]
  procedure.escalation = [
    EscalationStep(
      severity: "P1", level: 1, from: "Ops", to: "Lead", after: 900, since: .previous,
      unless: .acknowledged, condition: "if it hurts", text: "15 min", line: 22),
    EscalationStep(level: 7, to: "CEO", after: nil, line: 23),
    EscalationStep(
      severity: "P2", level: 0, to: "Lead", after: nil, relativeTo: .acknowledge, line: 23),
  ]
  procedure.cadence = [
    Cadence(severity: "P1", every: 900, maximum: 1800, audience: "all", text: "often", line: 24),
    Cadence(every: 3601, line: 25),
  ]
  procedure.notices = [
    Notice(severity: "P2", within: .businessDays(2), audience: "all", text: "once", line: 25),
    Notice(within: .seconds(60, maximum: 120), line: 25),
  ]
  procedure.watch = [
    Watch(seconds: 3600, maximum: 7200, after: .resolved, text: "1-2 hours", line: 26),
    Watch(seconds: 1, after: .mitigated, line: 27),
  ]
  procedure.templates = [
    Template(id: "t", title: "T", body: "one\n  two\n\n---\n", severities: ["P2"], line: 28),
    Template(id: "u", title: "U", body: "", line: 29),
  ]
  procedure.runbooks = [
    Runbook(
      id: "r", title: "R",
      steps: [
        .init(text: "do", command: "ls -l\nrm *", line: 31), .init(text: "look", line: 32),
      ], line: 30)
  ]
  procedure.decisions = [
    DecisionQuestion(question: "Is it?", yes: "yes", no: nil, line: 33),
    DecisionQuestion(question: "Sure?", yes: nil, no: "no", line: 33),
  ]
  procedure.roles = [Role(name: "Scribe", duties: ["writes", "reads"], line: 34)]
  procedure.contacts = [
    Contact(role: "Lead", name: nil, contact: "+62 21 000", line: 35),
    Contact(role: nil, name: "kai", contact: nil, line: 35),
  ]
  procedure.oncall = [
    OnCallTurn(days: [.monday, .tuesday], primary: "mira", secondary: nil, line: 36),
    OnCallTurn(days: [], primary: nil, secondary: "kai", line: 36),
  ]
  procedure.postmortem = [
    PostmortemDuty(
      severity: "P1", condition: "over 30 min", what: .meeting, within: .businessDays(5),
      text: "5 days", line: 37),
    PostmortemDuty(what: .draft, within: nil, line: 38),
  ]
  procedure.metrics = [MetricDefinition(id: "ttr", from: "detected", to: "resolved", line: 39)]
  procedure.silence = SilenceRule(seconds: 1200, line: 40)
  procedure.remarks = [Remark(line: 41, kind: .repaired, text: "ðŸš¨ was 🚨")]
  return procedure
}
