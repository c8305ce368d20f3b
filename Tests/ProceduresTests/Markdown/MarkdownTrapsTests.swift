import Engine
import Procedures
import Testing

/// Small documents, each with one thing that is easily read wrong.
@Suite struct `Markdown traps` {
  private func read(_ text: String, beside: ReadBeside = { _ in nil }) throws -> Procedure {
    try MarkdownReader.read(text, name: "x", path: "x.md", sha256: "", beside: beside)
  }

  private static func table(_ cell: String) -> String {
    """
    # Outages

    ## Severity levels

    | Severity | Meaning | Response time |
    |---|---|---|
    | P1 | down | \(cell) |
    | P2 | slow | 3 days |
    """
  }

  @Test(arguments: [
    ("15 minutes", Allowance.seconds(900)), ("< 15 min", .seconds(900)),
    ("Immediate (< 15 min)", .seconds(900)), ("Immediate (24/7)", .seconds(0)),
    ("within 1 hour", .seconds(3600)), ("1.5h", .seconds(5400)), ("1,5 Stunden", .seconds(5400)),
    ("90m", .seconds(5400)), ("1 hour 30 minutes", .seconds(5400)), ("1h30m", .seconds(5400)),
    ("half an hour", .seconds(1800)), ("an hour", .seconds(3600)),
    ("24-48 hours", .seconds(86_400, maximum: 172_800)),
    ("15 min – 1 h", .seconds(900, maximum: 3600)), ("forty-five minutes", .seconds(2700)),
    ("**15** minutes", .seconds(900)), ("15-minute response", .seconds(900)),
    ("Next business day", .businessDays(1)), ("2 working days", .businessDays(2)),
    ("4 business hours", .businessHours(4)), ("5 dias úteis", .businessDays(5)),
    ("3 días hábiles", .businessDays(3)), ("2 Werktage", .businessDays(2)),
    ("1 个工作日", .businessDays(1)), ("15 分鐘", .seconds(900)), ("2小时内", .seconds(7200)),
    ("até 4 horas", .seconds(14_400)), ("≤ 30 mins", .seconds(1800)), ("1 week", .seconds(604_800)),
  ])
  func `a time is read in every form people write`(cell: String, within: Allowance) throws {
    let targets = try read(Self.table(cell)).severities[0].targets
    #expect(targets.map(\.within) == [within])
    #expect(targets.map(\.kind) == [.respond])
    #expect(targets.map(\.line) == [7])
  }

  @Test func `a worked example is no template, a form is one`() throws {
    let procedure = try read(
      Self.table("15 min") + """


        ## Communication

        Start a document from this template:

        ```
        - **Status**: investigating
        - **IC**: Your Name
        ```

        Write a situation report. Here's an example sitrep:

        ```
        Subject: [sitrep] The hens are out

        Severity: high
        IC: Farmer Ann

        We've confirmed reports of escaped hens.
        ```
        """)
    #expect(procedure.templates.count == 1, "\(procedure.templates)")
    #expect(procedure.templates.allSatisfy { !$0.body.contains("hens") })
  }

  @Test(arguments: [
    "as fast as possible", "best effort", "next sprint", "p99 > 2", "99.9%", "v1.5",
  ])
  func `no time is made of words without one, and that is remarked`(cell: String) throws {
    let procedure = try read(Self.table(cell))
    #expect(procedure.severities[0].targets == [])
    #expect(procedure.remarks.contains { $0.line == 7 && $0.kind == .unread })
  }

  @Test func `of two times for one thing the earlier is taken, and both are remarked`() throws {
    let procedure = try read(Self.table("30 min at night, 10 min by day"))
    #expect(procedure.severities[0].targets.map(\.within) == [.seconds(600)])
    let remark = try #require(procedure.remarks.first { $0.kind == .ambiguous })
    #expect(remark.line == 7)
    #expect(remark.text.contains("30 min at night, 10 min by day"))
  }

  @Test(arguments: [
    ("SLA of our vendors", "Vendor SLAs"), ("SLOs", "Service level objectives"),
    ("Burn rate", "Error budget"), ("Numbers", "Incident metrics"),
  ])
  func `tables of vendors, objectives and metrics are no rules`(_: String, title: String) throws {
    let text =
      Self.table("15 minutes") + """


        ## \(title)

        | Severity | Response time | Resolution time |
        |---|---|---|
        | P1 | 1 minute | 2 minutes |
        | P2 | 3 minutes | 4 minutes |
        """
    #expect(
      try read(text).severities.map(\.targets)
        == read(Self.table("15 minutes")).severities.map(\.targets))
  }

  @Test func `what is commented out, struck out or an example in a code block is no rule`() throws {
    let text =
      Self.table("15 minutes") + """


        <!--
        ## Escalation path
        1. **L1**: Engineer (5 min)
        2. **L2**: Manager (10 min)
        -->

        ~~Post an update every 5 minutes.~~

        ## Update template

        ```
        P1: update every 20 minutes
        Next: [time]
        ```
        """
    let procedure = try read(text)
    #expect(procedure.escalation == [])
    #expect(procedure.cadence == [])
    #expect(procedure.templates.map(\.title) == ["Update template"])
  }

  @Test func `a table of contents and places to fill in are no checklist`() throws {
    let text = """
      # Guide

      ## Contents

      1. [Respond](#respond)
      2. [Review](#review)

      ## Respond

      1. Acknowledge the alert
      2. Check the dashboard

      - [ ] [your item here]
      - [ ] Tell support
      """
    #expect(
      try read(text).checklist.map(\.text) == [
        "Acknowledge the alert", "Check the dashboard", "Tell support",
      ])
  }

  @Test(arguments: [
    ("Windows-1252", "ðŸš¨ Ladder", "â†“ (if not resolved in 20 min)"),
    ("Mac Roman", "\u{F8FF}üö® Ladder", "‚Üì (if not resolved in 20 min)"),
  ])
  func `damaged characters are mended and remarked`(
    encoding: String, title: String, arrow: String
  ) throws {
    let text = """
      # Outages

      ## \(title) of escalation

      ```
      L1: Engineer
        \(arrow)
      L2: Manager
      ```
      """
    let procedure = try read(text)
    #expect(procedure.escalation.map(\.to) == ["Engineer", "Manager"])
    #expect(procedure.escalation.map(\.after) == [nil, 1200])
    #expect(procedure.escalation.map(\.line) == [6, 7])
    let remark = try #require(procedure.remarks.first { $0.kind == .repaired })
    #expect(remark.line == 3)
    #expect(remark.text.contains(encoding))
  }

  @Test func `accents and signs that are meant stay what they are`() throws {
    let text =
      Self.table("15 minutes") + "\n\nAções: não é preciso – “déjà vu” … naïve façade Ä Ö Ü ß é\n"
    #expect(try !read(text).remarks.contains { $0.kind == .repaired })
  }

  private static let pointing = """
    # Outages

    Assign P0 to P2 as LEVELS.md says.

    ## Post-mortem (48 hours)
    """

  @Test func `severities that another document defines are read there`() throws {
    let other = Self.table("15 minutes").replacing("P2", with: "P0")
    let procedure = try read(Self.pointing) { $0 == "LEVELS.md" ? Array(other.utf8) : nil }
    #expect(procedure.severities.map(\.id) == ["P0", "P1"])
    #expect(procedure.severities.map(\.line) == [3, 3])
    #expect(procedure.severities[1].targets.map(\.within) == [.seconds(900)])
    #expect(procedure.remarks.contains { $0.kind == .assumed && $0.text.contains("LEVELS.md") })
  }

  @Test func `severities that are named and defined nowhere are assumed, and that is said`() throws
  {
    let procedure = try read(Self.pointing)
    #expect(procedure.severities.map(\.id) == ["P0", "P1", "P2"])
    #expect(procedure.severities.allSatisfy { $0.targets.isEmpty })
    #expect(procedure.remarks.contains { $0.kind == .assumed && $0.line == 3 })
  }

  @Test func `a document without severities still runs`() throws {
    let procedure = try read("# Outages\n\n- [ ] Call Mira\n")
    #expect(procedure.severities.map(\.line) == [0, 0, 0, 0])
    #expect(procedure.checklist.map(\.line) == [3])
    #expect(procedure.remarks.contains { $0.kind == .assumed && $0.line == 0 })
  }

  private static func ladder(_ steps: [String]) -> String {
    "# Outages\n\n## Escalation path\n\n" + steps.enumerated().map { "\($0 + 1). \($1)\n" }.joined()
  }

  @Test(arguments: [
    (
      ["Engineer (0-30 min)", "Lead (30-60 min)"], [0, 1800], EscalationStep.StopCondition.resolved
    ),
    (["Engineer", "Lead - if no ack in 10 min"], [nil, 600], .acknowledged),
    (["**L1**: Engineer", "**L2**: Lead (after 45 min, not mitigated)"], [nil, 2700], .mitigated),
    (["Engineer → tries to fix it", "Lead → if unresolved after 1 hour"], [nil, 3600], .resolved),
    (["Engineer", "Lead (> 2 hours)"], [nil, 7200], .resolved),
  ])
  func `a list of people is a path with its times and what stops it`(
    steps: [String], after: [Int?], unless: EscalationStep.StopCondition
  ) throws {
    let procedure = try read(Self.ladder(steps))
    #expect(procedure.escalation.map(\.to) == ["Engineer", "Lead"])
    #expect(procedure.escalation.map(\.after) == after)
    #expect(procedure.escalation.last?.unless == unless)
    #expect(procedure.checklist == [])
  }

  @Test func `times that fall are counted from the step before`() throws {
    let rising = try read(Self.ladder(["A", "B (after 15 min)", "C (after 30 min)"]))
    #expect(rising.escalation.map(\.since).dropFirst() == [.start, .start])
    #expect(rising.remarks.contains { $0.kind == .ambiguous })
    let falling = try read(Self.ladder(["A", "B (after 30 min)", "C (after 15 min)"]))
    #expect(falling.escalation.map(\.since).dropFirst() == [.previous, .previous])
  }

  @Test func `a step that only a person can judge has no clock`() throws {
    let step = try #require(
      try read(Self.ladder(["Engineer", "Counsel (if data was lost)"])).escalation.last)
    #expect(step.after == nil)
    #expect(step.condition == "if data was lost")
  }

  @Test func `a step within the SLA falls due with that target`() throws {
    let text =
      Self.table("15 minutes")
      + "\n\n## Escalation\n\nIf the primary does not acknowledge within the SLA, the secondary is paged.\n"
    let step = try #require(try read(text).escalation.first)
    #expect(step.to == "secondary")
    #expect(step.after == nil)
    #expect(step.relativeTo == .respond)
    #expect(step.unless == .acknowledged)
  }

  @Test(arguments: [
    ("Phase 1: Look (0-5 min)", 0, 300), ("Step back (first 10 minutes)", 0, 600),
    ("Minutes 5–15: Size up", 300, 900), ("T+15 to T+60 min: Mend", 900, 3600),
    ("3. Mend (within 4 hours)", 0, 14_400), ("Contain — 15-30 min", 900, 1800),
  ])
  func `a heading's time is the window of its phase`(title: String, start: Int, end: Int) throws {
    let phases = try read("# Outages\n\n## Response\n\n### \(title)\n\n1. Check it\n").phases
    #expect(phases.map(\.window) == [Phase.Window(start: start, end: end)])
  }

  @Test func `an open window has no end, and a variable one none at all`() throws {
    let phases = try read("## Phase 1: Dig (30+ minutes)\n\n## Phase 2: Mend (variable)\n").phases
    #expect(phases.map(\.window) == [Phase.Window(start: 1800, end: nil), nil])
    #expect(phases.map(\.title) == ["Dig", "Mend"])
  }

  @Test func `a post-mortem's conditions go with every deadline`() throws {
    let text =
      Self.table("15 minutes") + """


        ## Post-mortem

        ### When required
        - All P1 incidents
        - P2 incidents of more than 30 minutes

        ### Timeline
        - Draft within 48 hours
        - Review within 1 week
        """
    let duties = try read(text).postmortem
    #expect(duties.map(\.severity) == ["P1", nil, "P1", nil])
    #expect(duties.map(\.what) == [.draft, .draft, .review, .review])
    #expect(
      duties.map(\.condition) == [
        nil, "P2 incidents of more than 30 minutes", nil, "P2 incidents of more than 30 minutes",
      ])
    #expect(duties.first?.within == .seconds(172_800))
  }

  @Test func `a post-mortem without a time is no duty with a clock`() throws {
    let text =
      Self.table("15 minutes") + "\n\n## Post-mortem process\n\nRequired for all P1 incidents.\n"
    let procedure = try read(text)
    #expect(procedure.postmortem == [])
    #expect(procedure.severities[0].rules.map(\.label) == ["Post-mortem"])
    #expect(procedure.remarks.contains { $0.kind == .unread && $0.line == 12 })
  }

  @Test func `what looks like a rule and is not understood is remarked`() throws {
    let text =
      Self.table("15 minutes") + "\n\n## Notes\n\nThe bridge must be open within 7 minutes.\n"
    #expect(
      try read(text).remarks.contains { $0.kind == .unread && $0.text.contains("within 7 minutes") }
    )
  }

  @Test func `an update that is owed once is no cadence`() throws {
    let text = """
      | Severity | Response time | Update frequency |
      |---|---|---|
      | P1 | 1 hour | every 30 minutes |
      | P2 | 1 day | Once after 2 business days |
      """
    let procedure = try read(text)
    #expect(procedure.cadence.map(\.every) == [1800])
    #expect(procedure.notices.map(\.within) == [.businessDays(2)])
    #expect(procedure.notices.map(\.severity) == ["P2"])
  }

  @Test(arguments: [
    ("every business day", Allowance.businessDays(1)),
    ("every 4 business hours", .businessHours(4)),
    ("every 2 working days", .businessDays(2)), ("twice a day", .seconds(43_200)),
    ("three times a day", .seconds(28_800)), ("4x daily", .seconds(21_600)),
    ("alle 2 Werktage", .businessDays(2)), ("2 Mal am Tag", .seconds(43_200)),
    ("cada 4 horas hábiles", .businessHours(4)), ("3 veces al día", .seconds(28_800)),
  ])
  func `an interval in business time, or so many times a day, is kept`(
    cell: String, interval: Allowance
  ) throws {
    let text = """
      | Severity | Response time | Update frequency |
      |---|---|---|
      | P1 | 1 hour | \(cell) |
      | P2 | 1 day | every 30 minutes |
      """
    let procedure = try read(text)
    #expect(procedure.cadence.first { $0.severity == "P1" }?.interval == interval)
    let isCounted = if case .seconds = interval { true } else { false }
    #expect(procedure.remarks.contains { $0.kind == .assumed && $0.line == 3 } == isCounted)

    let prose = try read("## Communication\n\nUpdate the stakeholders \(cell).\n")
    #expect(prose.cadence.map(\.interval) == [interval])
  }

  @Test(arguments: ["once per shift", "every shift", "at each handover"])
  func `an interval that no clock counts is remarked`(words: String) throws {
    let prose = try read("## Communication\n\nUpdate the stakeholders \(words).\n")
    #expect(prose.cadence.isEmpty)
    #expect(prose.remarks.contains { $0.kind == .unread && $0.line == 3 })
    let text = """
      | Severity | Response time | Update frequency |
      |---|---|---|
      | P1 | 1 hour | \(words) |
      | P2 | 1 day | every 30 minutes |
      """
    #expect(try read(text).remarks.contains { $0.kind == .unread && $0.line == 3 })
  }

  @Test func `items, fields and what they are meant for`() throws {
    let text =
      Self.table("15 minutes") + """


        ## Phase 1: Look

        - [ ] **Write it down**
          - Began at: _____
          - A remark of no use
        - [ ] Tell customers (for P1)
          - [ ] By email

        ```
        [ ] Is data at risk?
        ```
        """
    let items = try read(text).checklist
    #expect(
      items.map(\.text) == [
        "Write it down", "Began at: _____", "Tell customers (for P1)", "By email",
        "Is data at risk?",
      ])
    #expect(items.map(\.depth) == [0, 1, 0, 1, 0])
    #expect(items.map(\.kind) == [.task, .field, .task, .task, .task])
    #expect(items.map(\.severities) == [[], [], ["P1"], ["P1"], []])
    #expect(items.allSatisfy { $0.phase == "look" })
  }

  @Test func `commands stay in order, each with the words above it`() throws {
    let text = """
      ## Runbooks

      ### Queue is stuck

      ```bash
      # 1. Look at it
      queue status
      # 2. Restart it
      queue stop
      queue start
      ```
      """
    let runbook = try #require(try read(text).runbooks.first)
    #expect(runbook.title == "Queue is stuck")
    #expect(runbook.steps.map(\.text) == ["1. Look at it", "2. Restart it"])
    #expect(runbook.steps.map(\.command) == ["queue status", "queue stop\nqueue start"])
    #expect(runbook.steps.map(\.line) == [6, 8])
  }

  @Test func `a tree of questions keeps its answers`() throws {
    let text = """
      ## Roll back?

      ```
      Was there a deployment?
      ├── YES → Roll back
      └── NO → Is data damaged?
          ├── YES → Stop writes
          └── NO → Go on
      ```
      """
    let decisions = try read(text).decisions
    #expect(decisions.map(\.question) == ["Was there a deployment?", "Is data damaged?"])
    #expect(decisions.map(\.yes) == ["Roll back", "Stop writes"])
    #expect(decisions.map(\.no) == ["Is data damaged?", "Go on"])
    #expect(decisions.map(\.line) == [4, 6])
  }
}
