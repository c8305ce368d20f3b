import Engine
import Procedures
import Testing

/// On what ground, after what time and by what words somebody is called.
@Suite struct `Grounds of a call` {
  private func read(_ text: String) throws -> Procedure {
    try MarkdownReader.read(text, name: "x", path: "x.md", sha256: "")
  }

  private func steps(_ text: String) throws -> [String] {
    try read("# Outages\n\n- SEV-1: down\n- SEV-2: slow\n\n" + text).escalation.map {
      "\($0.severity ?? "all") \($0.to) \($0.after.map { String($0 / 60) } ?? "-") \($0.since)"
        + ($0.condition.map { " if \($0)" } ?? "")
    }
  }

  @Test(arguments: [
    (
      ["Condition", "Escalate to", "Timing"], "Immediately",
      [
        "Not diagnosed within 30 minutes", "SEV-1 lasts for 2 hours", "Possible data loss", "SEV-1",
      ]
    ),
    (
      ["条件", "エスカレーション先", "タイミング"], "即座",
      ["30分以内に診断できない", "SEV-1 が2時間継続", "データ損失の可能性", "SEV-1"]
    ),
    (
      ["Bedingung", "Eskalation an", "Zeitpunkt"], "Sofort",
      [
        "Nicht innerhalb von 30 Minuten eingegrenzt", "SEV-1 seit 2 Stunden",
        "Datenverlust möglich",
        "SEV-1",
      ]
    ),
    (
      ["Condición", "Escalar a", "Plazo"], "Inmediato",
      [
        "Sin diagnóstico en 30 minutos", "SEV-1 durante 2 horas", "Posible pérdida de datos",
        "SEV-1",
      ]
    ),
  ])
  func `what a row waits for is its time or its condition, and at once begins no clock for all`(
    heads: [String], now: String, grounds: [String]
  ) throws {
    let text = """
      ## Escalation

      | \(heads[0]) | \(heads[1]) | \(heads[2]) |
      |---|---|---|
      | \(grounds[0]) | Team lead | \(now) |
      | \(grounds[1]) | CTO | \(now) |
      | \(grounds[2]) | CISO | \(now) |
      | \(grounds[3]) | Duty manager | \(now) |
      """
    #expect(
      try steps(text) == [
        "all Team lead 30 start", "SEV-1 CTO 120 start", "all CISO 0 start if \(grounds[2])",
        "SEV-1 Duty manager 0 start",
      ])
  }

  @Test func `the first row of a ladder begins with the incident`() throws {
    let text = """
      ## Escalation

      | Trigger | Escalate to | After |
      |---|---|---|
      | Alert detected | On-call | Immediately |
      | Not acknowledged | Team lead | 15 min |
      | Not resolved | CTO | 30 min |
      """
    #expect(
      try steps(text) == [
        "all On-call 0 start", "all Team lead 15 start", "all CTO 30 start",
      ])
  }

  @Test(arguments: [
    ("Alert triggered", "Not resolved in 10 min", "Not resolved in 30 min"),
    ("Alarm geht ein", "Nicht gelöst in 10 Min.", "Nicht gelöst in 30 Min."),
    ("Llega la alerta", "No resuelto en 10 min", "No resuelto en 30 min"),
  ])
  func `an arrow leads from the ground to whom it calls, counted from the start`(
    first: String, second: String, third: String
  ) throws {
    let text = """
      ## Escalation chain

      1. \(first) → **On-call engineer (Level 1)**
      2. \(second) → **Team lead**
      3. \(third) → **CTO**
      4. **SEV-1** → **Director**, immediately
      """
    let found = try steps(text)
    #expect(
      Array(found.prefix(3)) == [
        "all On-call engineer - start", "all Team lead 10 start", "all CTO 30 start",
      ])
    #expect(found.last?.hasPrefix("SEV-1 Director") ?? false)
  }

  @Test func `who is contacted is named, not the incident and not the verb`() throws {
    let text = """
      ## Escalation chain

      1. Alert fires → On-call engineer
      2. Not resolved in 10 min → Escalate to the team lead
      3. SEV-1 incidents → CTO contacted immediately
      """
    #expect(
      try steps(text) == [
        "all On-call engineer - start", "all team lead 10 start", "SEV-1 CTO 0 start",
      ])
  }

  @Test func `neither the subject nor a condition is called`() throws {
    #expect(
      try steps(
        "## Evidence\n\nOn-call events that escalate to SEV-1/SEV-2 follow the evidence procedure.\n"
      )
        == [])
    let text = """
      ## Escalation path

      - If it is SEV-1 then immediately escalate to the duty manager.
      - If P1 does not acknowledge within 10 minutes, escalate to the director and create a bridge.
      """
    let found = try read("# Outages\n\n- SEV-1: down\n- SEV-2: slow\n\n" + text).escalation
    #expect(found.map(\.to) == ["duty manager", "director"])
    #expect(found.map(\.after) == [0, 600])
  }

  @Test(arguments: [
    (
      "If the incident is SEV-1, then you should let the head of operations and the security manager know.",
      "SEV-1 head of operations and the security manager"
    ),
    (
      "In the case of a breach there is a need to keep the management team aware.",
      "all management team"
    ),
    ("If the incident is SEV-1, keep the board informed.", "SEV-1 board"),
    ("Contact a director if you cannot reach any of the above.", "all director"),
    ("En cas de SEV-1, tenez le directeur informé.", "SEV-1 directeur"),
    ("Si es SEV-1, mantenga informado al director.", "SEV-1 director"),
  ])
  func `people are told in other words as well`(text: String, step: String) throws {
    let found = try read("# Outages\n\n- SEV-1: down\n- SEV-2: slow\n\n## Telling\n\n\(text)\n")
    #expect(found.escalation.map { "\($0.severity ?? "all") \($0.to)" } == [step])
    #expect(found.escalation.map(\.after) == [nil])
  }

  @Test func `it is escalated to whoever the sentence before names`() throws {
    let text =
      "## At night\n\nIf it is SEV-1 immediately escalate to the duty manager. If it is less severe, escalate it if you can't fix it within 30 minutes.\n"
    #expect(try steps(text) == ["SEV-1 duty manager 0 start", "all duty manager 30 start"])
  }

  @Test(arguments: [
    ("1-2 times a day", 86_400), ("1–2 veces al día", 86_400), ("2-4 Mal am Tag", 43_200),
  ])
  func `from so many to so many times a day the fewest are owed`(
    text: String, every: Int
  ) throws {
    let procedure = try read(
      "# Outages\n\n## Severities\n\n| Severity | Meaning | Update frequency |\n|---|---|---|\n| P1 | down | \(text) |\n| P2 | slow | every 3 days |\n"
    )
    #expect(procedure.cadence.first?.every == every)
    #expect(procedure.cadence.first?.maximum == nil)
  }

  @Test func `a status page is updated within a time`() throws {
    let found = try read(
      "# Outages\n\n- P0: down\n- P1: slow\n\n## Talk\n\n- **Status page**: Update within **2 minutes** of a P0 incident\n"
    ).severities[0].targets
    #expect(found.map(\.kind) == [.communicate])
    #expect(found.map(\.within) == [.seconds(120)])
  }

  @Test(arguments: ["対応", "Response"])
  func `at once is a time to respond`(label: String) throws {
    let text = label == "対応" ? "即座に対応（24/7）" : "Immediate response (24/7)"
    let found = try read(
      "# 障害\n\n## Severity levels\n\n### SEV-1\n\n**\(label)**:\n- \(text)\n\n### SEV-2\n\n**\(label)**:\n- 2 hours\n"
    ).severities[0].targets
    #expect(found.map(\.within) == [.seconds(0)])
  }

  @Test(arguments: [
    "Hold a post-mortem meeting a week later.",
    "Die Post-Mortem-Besprechung findet eine Woche später statt.",
  ])
  func `a week later is when the review is due`(text: String) throws {
    let duties = try read("# Outages\n\n- P1: down\n- P2: slow\n\n## After\n\n\(text)\n").postmortem
    #expect(duties.map(\.within) == [.seconds(604_800)])
  }

  @Test func `roles are read from plain lists and from tables in other languages`() throws {
    let list = """
      # Outages

      ## Roles

      - Primary On-Call (P1): first to answer
      - Duty Manager (DM): contact for the directors
      """
    #expect(
      try read(list).roles.map(\.name) == ["Primary On-Call (P1)", "Duty Manager (DM)"])
    let table = """
      # 障害

      ## 開始

      | 役割 | 責任 | 担当者 |
      |---|---|---|
      | Incident Commander (IC) | 全体の指揮をとる | @a |
      | Technical Lead | 原因を調べる | @b |
      """
    #expect(
      try read(table).roles.map(\.name) == ["Incident Commander (IC)", "Technical Lead"])
  }

  @Test func `what must be done after it is to be done`() throws {
    let found = try read(
      """
      # Process

      ## 1. Declare the incident

      Text.

      ## 2. Fix the incident

      Text.

      ## 3. Post-incident procedure

      * A report **must** be published
      * A meeting **may** be held
      * A runbook **should** be written
      """
    ).checklist
    #expect(found.count == 3)
  }
}
