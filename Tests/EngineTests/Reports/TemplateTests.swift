import Engine
import EventLog
import Testing

@Suite struct TemplateTests {
  /// P1, detected 00:55, impact from 00:50, acknowledged at once, two updates, a finding, a task.
  private static func scenario(_ procedure: Procedure = .twoSeverities) throws -> Scenario {
    var scenario = try Scenario(procedure, detected: "00:55", started: "00:50")
    try scenario.at("01:00", .alert(.init(title: "5xx over 2 %")), occurred: "00:55")
    try scenario.at("01:01", .acknowledge)
    try scenario.at("01:02", .assign(role: "ic", name: "Mira"))
    try scenario.at("01:02", .assign(role: "Scribe", name: "Ben"))
    try scenario.at(
      "01:05",
      .updateImpact(
        .init(summary: "Payments fail", services: "checkout", users: "about 4,000")))
    try scenario.at("01:06", .finding("Pool exhausted"))
    try scenario.at("01:07", .assignTask("restart the pool", who: "Ana", timeBox: nil))
    for minute in ["01:10", "01:20"] {
      try scenario.at(minute, .sendUpdate(.init(text: "We look", audience: "team")))
    }
    try scenario.at("01:25", .setStatus("identified"))
    return scenario
  }

  private static func filled(
    _ body: String, given: [String: String] = [:], of scenario: Scenario? = nil
  ) throws -> FilledTemplate {
    let scenario = try scenario ?? Self.scenario()
    let facts = TemplateFacts(
      of: scenario.incident, events: scenario.log.events, at: Scenario.time("01:30"),
      next: Scenario.time("02:00"), author: "Mira", head: "9:abcd")
    return FilledTemplate(
      body, procedure: scenario.incident.procedure, from: facts, given: given)
  }

  @Test(arguments: [
    (
      "🚨 INCIDENT: Severity 2 - Database\nIMPACT: API slow\n**Cause:** pool\nSTARTED: 2025-11-20 14:30 UTC",
      "🚨 INCIDENT: Checkout 502\nIMPACT: Payments fail\n**Cause:** [cause]\nSTARTED: 2026-11-21 00:50 UTC",
      ["cause"]
    ),
    (
      "✅ RESOLVED: Incident #1234\nDuration: 45 minutes\nFix: from 200 to 500\nSee https://example.org",
      "✅ RESOLVED: Incident 2026-11-21-checkout-502\nDuration: 40 min\nFix: [fix]\nSee https://example.org",
      ["fix"]
    ),
    ("UPDATE #12\nNote: we look", "UPDATE #12\nNote: we look", []),
  ])
  func `what was true of a worked example is not said of this incident`(
    body: String, expected: String, open: [String]
  ) throws {
    let filled = try Self.filled(body)
    #expect(filled.text == expected)
    #expect(filled.holes.map(\.name) == open)
  }

  @Test(arguments: [
    "**Severity:** P[X]", "**Severity:** P[1-4]", "**Severity:** P-X",
  ])
  func `a severity whose beginning the template writes is not left open`(body: String) throws {
    let filled = try Self.filled(body)
    #expect(filled.text.replacing("P-1", with: "P1") == "**Severity:** P1")
    #expect(filled.isComplete)
  }

  @Test(
    arguments: [
      ("[severity] [Incident Title]", "P1 Checkout 502"),
      ("INCIDENT ALERT: [P0/P1/P2/P3]", "INCIDENT ALERT: P1"),
      ("**Severity:** P1/P2/P3", "**Severity:** P1"),
      ("Status: [Investigating/Identified/Monitoring/Resolved]", "Status: Identified"),
      ("**Status:** Investigating / Mitigating / Resolved", "**Status:** Identified"),
      ("Incident Update #[Number]", "Incident Update #3"),
      ("[SEV-X] <Title> -- UPDATE #N", "P1 Checkout 502 -- UPDATE #3"),
      ("Duration: [X minutes]", "Duration: 40 min"),
      ("**Duration:** X hours Y minutes", "**Duration:** 40 min"),
      ("### Next Update\nIn X minutes", "### Next Update\nIn 30 min"),
      ("Next update: {{next update}}", "Next update: 02:00 UTC"),
      ("**Started:** YYYY-MM-DD HH:MM UTC", "**Started:** 2026-11-21 00:50 UTC"),
      ("Date: YYYY-MM-DD", "Date: 2026-11-21"), ("Duration: [time]", "Duration: 40 min"),
      ("- HH:MM - First alert received", "- 00:55 UTC - First alert received"),
      ("- [Time] - Root cause identified", "- 01:25 UTC - Root cause identified"),
      ("**Responders:** @name1, @name2", "**Responders:** Mira, Ben"),
      ("COMMANDER: @[name]", "COMMANDER: @Mira"),
      ("CUSTOMERS: [Number affected]", "CUSTOMERS: about 4,000"),
      ("IMPACT: [What's affected]", "IMPACT: Payments fail"),
      ("Impact: [Description]", "Impact: Payments fail"),
      ("reports of [issue].", "reports of Payments fail."),
      ("- Users affected: ~X", "- Users affected: ~about 4,000"),
      ("- Who is affected?", "- Who is affected? about 4,000"),
      ("- What was affected", "- Payments fail"),
      ("Time detected: ___________", "Time detected: 00:55 UTC"),
      ("Last Updated: [timestamp]", "Last Updated: 01:30 UTC"),
      ("What we know: <what we know>", "What we know: Pool exhausted"),
      ("Doing: [what we do]", "Doing: Ana: restart the pool"),
      ("[ID and Title]", "2026-11-21-checkout-502: Checkout 502"),
      ("Author: [Name]", "Author: Mira"),
      ("Log {head}", "Log 9:abcd"),
      ("### Current Status\n[status]", "### Current Status\nIdentified"),
      ("Title: [SEV-X] Brief description", "Title: P1 Checkout 502"),
      ("Updated: 17:05 UTC", "Updated: 01:30 UTC"),
      ("- 17:05 UTC: Alert triggered", "- 00:55 UTC: Alert triggered"),
      ("Support is there from 09:00 to 17:00.", nil),
      ("- [ ] box, [link](https://a.example) and <b>tag</b>", nil),
      ("Plan B costs half of that, see P1, SEV-2 and _note_", nil),
    ] as [(String, String?)])
  func `what is recorded fills in a place`(body: String, text: String?) throws {
    let filled = try Self.filled(body)
    #expect(filled.text == text ?? body)
    #expect(filled.isComplete)
  }

  @Test(arguments: [
    ("ETA for resolution: [Time]", "time"), ("Revenue impact: $X", "revenue impact"),
    ("Expected resolution: X minutes", "expected resolution"),
    ("See [dashboard link].", "dashboard link"), ("Root cause: ________", "root cause"),
    ("- [Time] - Fix deployed", "time"), ("- Did we lose data?", "did we lose data"),
    ("Resolved: HH:MM", "resolved"), ("Next review: [Date]", "date"), ("Due: YYYY-MM-DD", "due"),
    (
      "severity of the data loss: [severity of the data loss]",
      "severity of the data loss"
    ),
  ])
  func `what nobody recorded stays an open place`(body: String, name: String) throws {
    let filled = try Self.filled(body)
    let hole = try #require(filled.holes.first)
    #expect(filled.holes.count == 1)
    #expect(hole.name == name)
    #expect(filled.text.contains("[") || filled.text == body)
  }

  @Test func `a hole tells where it stands`() throws {
    let filled = try Self.filled("[severity]\nSee [dashboard] and\n[next step of ours]")
    #expect(filled.holes.map(\.line) == [2, 3])
    let first = try #require(filled.holes.first)
    let start = filled.text.index(filled.text.startIndex, offsetBy: first.offset)
    #expect(filled.text[start...].hasPrefix("[dashboard]"))
  }

  @Test func `given answers fill holes and hold against derived ones`() throws {
    let filled = try Self.filled(
      "[Severity] see [Dashboard Link]",
      given: ["dashboard link": "https://d.example", "[severity]": "P0"])
    #expect(filled.text == "P0 see https://d.example")
    #expect(filled.isComplete)
  }

  @Test func `nothing secret fills a place`() throws {
    var scenario = try Self.scenario()
    let finding = try scenario.at("01:26", .finding("password is hunter2"))
    try scenario.at("01:27", .retract(entry: finding.sequence, secret: true, reason: nil))
    try scenario.at("01:28", .retract(entry: 1, secret: true, reason: nil))
    let filled = try Self.filled("[title] [what we know]", of: scenario)
    #expect(!filled.text.contains("hunter2"))
    #expect(!filled.text.contains("Checkout"))
  }

  @Test(
    arguments: [
      (nil, "investigating", true, "Initial Message Template"),
      (nil, "identified", false, "Status Update Template"),
      (nil, "resolved", false, "Send resolution notification"),
      ("customers", "investigating", true, "Status Page Update"),
      ("customers", "resolved", false, "Status page: Resolved"),
      ("customers by email", "investigating", false, "Customer Email (P0)"),
    ] as [(String?, String, Bool, String)])
  func `status and audience choose the template`(
    audience: String?, status: String, isFirst: Bool, title: String
  ) throws {
    var procedure = Procedure.twoSeverities
    let titles = [
      ("Post-Mortem Template", "# [title]\n"), ("Initial Message Template", "ALERT [title]"),
      ("Status Update Template", "Update #[Number]"), ("Customer Email (P0)", "Dear customer"),
      ("Send resolution notification", "Over: [title]"),
      ("Status Page Update", "Investigating [issue]"), ("Status page: Resolved", "Resolved"),
    ]
    procedure.templates = titles.map { Template(id: $0.0, title: $0.0, body: $0.1, line: 1) }
    let wanted = try #require(Incident.assumedStatuses.first { $0.id == status })
    let template = TemplateChoice.template(
      in: procedure, audience: audience, status: wanted, isFirst: isFirst)
    #expect(template.title == title)
    #expect(TemplateChoice.postmortem(in: procedure)?.title == "Post-Mortem Template")
    procedure.templates = [
      Template(
        id: "template", title: "Template", body: "# Post-Mortem: [title]\n## Summary", line: 1)
    ]
    #expect(TemplateChoice.postmortem(in: procedure)?.id == "template")
  }

  @Test(
    arguments: [
      (nil, "investigating", true, "initial"), (nil, "identified", false, "update"),
      (nil, "resolved", false, "resolution"),
      ("customers", "investigating", true, "status-page-investigating"),
      ("status page", "monitoring", false, "status-page-monitoring"),
      ("customers", "resolved", false, "status-page-resolved"),
    ] as [(String?, String, Bool, String)])
  func `a procedure without templates has the built-in ones`(
    audience: String?, status: String, isFirst: Bool, id: String
  ) throws {
    let wanted = try #require(Incident.assumedStatuses.first { $0.id == status })
    let template = TemplateChoice.template(
      in: .twoSeverities, audience: audience, status: wanted, isFirst: isFirst)
    #expect(template.id == id)
  }

  @Test(
    arguments: [
      (nil, "#inc-2026-11-21-checkout-502"),
      ("Open #inc-YYYYMMDD-short-description now", "#inc-20261121-checkout-502"),
      ("Channel `#incident-<severity>-[title]`", "#incident-p1-checkout-502"),
      ("Say it in #incident-response", "#inc-2026-11-21-checkout-502"),
    ] as [(String?, String)])
  func `the channel is named as the procedure says`(text: String?, name: String) throws {
    var procedure = Procedure.twoSeverities
    if let text { procedure.checklist.append(ChecklistItem(id: "c", text: text, line: 1)) }
    let scenario = try Scenario(procedure)
    #expect(ChannelName.name(of: scenario.incident) == name)
  }

  @Test(arguments: [
    ("investigating", "[INVESTIGATING] a"), ("monitoring", "[MONITORING] c\nmore"),
    ("resolved", "[RESOLVED] d"),
  ])
  func `of a text for every status one part is meant`(status: String, text: String) throws {
    var procedure = Procedure.twoSeverities
    let body = "[INVESTIGATING] a\n\n[IDENTIFIED] b\n\n[MONITORING] c\nmore\n\n[RESOLVED] d"
    procedure.templates = [Template(id: "page", title: "Status Page Updates", body: body, line: 1)]
    let wanted = try #require(Incident.assumedStatuses.first { $0.id == status })
    let template = TemplateChoice.template(
      in: procedure, audience: "customers", status: wanted, isFirst: false)
    #expect(template.body == text)
  }

  @Test(arguments: [
    ("slack", "🔺 ESCALATION\nIncident: [id]\nEscalating to: [person]"),
    ("response", "**Severity:** [severity]\n\n## Timeline\n\n## Root cause\n\n## Follow-up"),
  ])
  func `what calls somebody in, or is written afterwards, is sent to nobody as an update`(
    title: String, body: String
  ) throws {
    var procedure = Procedure.twoSeverities
    procedure.templates = [Template(id: title, title: title, body: body, line: 1)]
    for status in [
      Status(id: "investigating", name: "Investigating", role: .open, line: 0),
      Status(id: "resolved", name: "Resolved", role: .resolved, line: 0),
    ] {
      let found = TemplateChoice.template(
        in: procedure, audience: nil, status: status, isFirst: true)
      #expect(found.id != title)
    }
  }
}
