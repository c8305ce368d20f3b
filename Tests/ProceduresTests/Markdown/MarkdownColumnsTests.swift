import Engine
import Procedures
import Testing

/// What the head of a column, or the line above a list, says about the cells and items below.
@Suite struct `Heads and leading lines` {
  private func read(_ text: String) throws -> Procedure {
    try MarkdownReader.read(text, name: "x", path: "x.md", sha256: "")
  }

  private static let severities = "# Outages\n\n- P1: down\n- P2: slow\n\n"

  private func steps(_ text: String) throws -> [String] {
    try read(Self.severities + text).escalation.map {
      "\($0.severity ?? "all") \($0.to) \($0.after.map { String($0 / 60) } ?? "-") \($0.since)"
    }
  }

  @Test(arguments: [
    ("First responder", "Escalation 1 (15 min)", "Escalation 2 (1 hour)"),
    ("First responder", "After 15 min", "After 1 hour"),
    ("Zuerst zuständig", "Nach 15 Min.", "Nach 1 Stunde"),
    ("Responsable", "Tras 15 min", "Tras 1 hora"),
  ])
  func `a delay in the head holds for the cells of its column`(
    first: String, second: String, third: String
  ) throws {
    let text = """
      ## Escalation matrix

      | Severity | \(first) | \(second) | \(third) |
      |---|---|---|---|
      | P1 | On-call | Team lead + EM | CTO |
      | P2 | On-call | Team lead | — |
      """
    #expect(
      try steps(text) == [
        "P1 Team lead + EM 15 start", "P1 CTO 60 start", "P2 Team lead 15 start",
      ])
    #expect(try read(Self.severities + text).escalation.first?.from == "On-call")
  }

  @Test func `equal delays in the heads count from the step before`() throws {
    let text = """
      ## Contacts

      | Severity | Escalation 1 (15 min) | Escalation 2 (15 min) | Remark |
      |---|---|---|---|
      | P1 | Team lead | CTO | at any hour |
      """
    #expect(try steps(text) == ["P1 Team lead 15 previous", "P1 CTO 15 previous"])
    let rules = try read(Self.severities + text).severities[0].rules
    #expect(rules.map(\.text) == ["at any hour"])
  }

  @Test(arguments: [
    ("Severity", "Who is notified?", "Channel", "Lead + whole team", "Team lead"),
    ("Seviye", "Kim bilgilendirilir?", "Kanal", "Ekip lideri", "Geliştirici ekip"),
    ("Stufe", "Wer wird informiert", "Kanal", "Teamleiter", "Team"),
  ])
  func `a table of who is told for which severity tells whom to call`(
    head: String, who: String, channel: String, one: String, two: String
  ) throws {
    let text = """
      ## Notes

      | \(head) | \(who) | \(channel) |
      |---|---|---|
      | P1 | \(one) | Telephone |
      | P2 | \(two) | Chat |
      """
    #expect(try steps(text) == ["P1 \(one) - start", "P2 \(two) - start"])
  }

  @Test(arguments: [
    ("On-call must acknowledge within:", "- P1: 5 minutes\n- P2: 10 minutes"),
    ("- Bestätigen innerhalb von:", "  - P1: 5 Minuten\n  - P2: 10 Minuten"),
    ("2. Acusar recibo en:", "   - P1: 5 minutos\n   - P2: 10 minutos"),
  ])
  func `times under a line that ends in a colon are what the line says`(
    lead: String, list: String
  ) throws {
    let gap = lead.hasPrefix("-") || lead.hasPrefix("2") ? "\n" : "\n\n"
    let procedure = try read(Self.severities + "## Escalation flow\n\n\(lead)\(gap)\(list)\n")
    let targets = procedure.severities.flatMap(\.targets)
    #expect(targets.map(\.kind) == [.acknowledge, .acknowledge])
    #expect(targets.map(\.within) == [.seconds(300), .seconds(600)])
    #expect(procedure.escalation == [])
  }

  @Test func `intervals under a leading line are kept`() throws {
    let procedure = try read(
      Self.severities
        + "## Talk\n\n- Stakeholder updates cadence:\n  - P1: 30 min\n  - P2: 60 min\n")
    #expect(procedure.cadence.map(\.every) == [1800, 3600])
    #expect(procedure.cadence.map(\.severity) == ["P1", "P2"])
    #expect(procedure.severities.flatMap(\.targets) == [])
  }

  @Test(arguments: [
    ("Initial response (ack)", "same day (<=15 min)", Severity.Target.Kind.acknowledge),
    ("Respuesta inicial (ack)", "mismo día (15 min)", .acknowledge),
    ("Response", "15 minutes (same day)", .respond),
    ("Reaktionszeit (Bestätigung)", "am selben Tag (15 Min.)", .acknowledge),
  ])
  func `brackets tell what is meant`(
    head: String, cell: String, kind: Severity.Target.Kind
  ) throws {
    let targets = try read(
      "# Outages\n\n## Severities\n\n| Sev | Meaning | \(head) |\n|---|---|---|\n| P1 | down | \(cell) |\n| P2 | slow | 4 h |\n"
    ).severities.map(\.targets)
    #expect(targets[0].map(\.within) == [.seconds(900)])
    #expect(targets.map { $0.map(\.kind) } == [[kind], [kind]])
  }

  @Test func `two severities joined by a word are both meant`() throws {
    let procedure = try read(
      """
      # Outages

      ## Severities

      - Critical: down
      - Major: slow
      - Minor: ugly

      ## At night

      If it is critical or major then you should immediately escalate to the second line support.
      """)
    #expect(procedure.escalation.map(\.severity) == ["Critical", "Major"])
    #expect(procedure.escalation.map(\.after) == [0, 0])
  }
}
