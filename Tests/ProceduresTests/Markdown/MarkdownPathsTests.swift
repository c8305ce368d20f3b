import Engine
import Procedures
import Testing

/// Who is called, in forms that are less usual, and who is not.
@Suite struct `Paths in other forms` {
  private func read(_ text: String) throws -> Procedure {
    try MarkdownReader.read(text, name: "x", path: "x.md", sha256: "")
  }

  private func steps(_ text: String) throws -> [String] {
    try read("# Outages\n\n- P1: down\n- P2: slow\n\n" + text).escalation.map {
      "\($0.severity ?? "all") \($0.to) \($0.after.map { String($0 / 60) } ?? "-") \($0.unless)"
    }
  }

  @Test func `a channel in a table of receivers is not a receiver`() throws {
    #expect(
      try steps(
        """
        ## Escalation

        ### P1
        | Time | Action | Channel |
        |---|---|---|
        | T0 + 10 min | No answer → team lead | Team chat + telephone |
        | T0 + 30 min | Escalate to the director | Team chat + telephone |

        ### Notification channels
        | Severity | Main channel | Recipients |
        |---|---|---|
        | P1 | Team telephone | on-call team |
        | P2 | Team chat | on-call team |
        """) == ["P1 team lead 10 acknowledged", "P1 director 30 resolved"])
  }

  @Test func `a severity before the colon says whose rule it is`() throws {
    #expect(
      try steps(
        """
        ## Escalation
        - Call the team lead after 15 minutes if not acknowledged
        - P1: call Director after 30 minutes if not mitigated
        - P1, P2: page Head of Ops after 45 minutes
        """) == [
          "all team lead 15 acknowledged", "P1 Director 30 mitigated",
          "P1 Head of Ops 45 resolved", "P2 Head of Ops 45 resolved",
        ])
    #expect(
      try steps(
        """
        ## Escalation
        - **P1**: call Director after 30 minutes if not mitigated
        - **P2**: call Lead after 20 minutes if not mitigated
        """) == ["P1 Director 30 mitigated", "P2 Lead 20 mitigated"])
    let own = try read(
      """
      # Outages

      - P1: down
      - P2: slow

      ## Escalation
      - P1: call Director after 30 minutes if not mitigated
      - P2: call Lead after 20 minutes if not mitigated
      - CEO if the press is involved
      """
    ).escalation
    #expect(own.map(\.since).prefix(2) == [.start, .start])
    #expect(own.last?.to == "CEO")
    #expect(own.last?.condition == "if the press is involved")
  }

  @Test func `grounds below whom to escalate to are rules of their own`() throws {
    let text = """
      ## Escalation

      Escalate to Head of Product:

      - P2 over 30 min
      - any incident affecting payments
      """
    #expect(
      try steps(text) == ["P2 Head of Product 30 resolved", "all Head of Product - resolved"])
    let procedure = try read("# Outages\n\n- P1: down\n- P2: slow\n\n" + text)
    #expect(procedure.escalation.last?.condition == "any incident affecting payments")
  }

  @Test func `a preposition, a time or a meeting is nobody to call`() throws {
    let procedure = try read(
      """
      # Outages

      | Level | Response time | Escalation |
      |---|---|---|
      | P1 | 15 min | Within 1 hour |
      | P2 | 30 min | 4 hours to lead |
      | P3 | 2 hours | Next standup |
      | P4 | 4 hours | Sprint planning |
      """)
    #expect(procedure.escalation.map(\.to) == ["lead"])
    #expect(procedure.remarks.contains { $0.line == 5 && $0.kind == .unread })
  }

  @Test func `a first update is due once`() throws {
    let procedure = try read(
      """
      # Outages

      - P1: down
      - P2: slow

      ## Communication

      - P1: first update to external within 15 minutes
      """)
    #expect(procedure.cadence.isEmpty)
    let target = procedure.severities[0].targets.first { $0.kind == .communicate }
    #expect(target?.within == .seconds(900))
  }

  @Test func `a point that is labelled as escalation is a path`() throws {
    let text = "## Roles\n\n- **Escalation:** without progress in 20 min, notify the owner.\n"
    #expect(try steps(text) == ["all owner 20 resolved"])
  }

  @Test func `a row for who decides and who is told is a path without a time`() throws {
    let procedure = try read(
      """
      # Outages

      - P1: down
      - P2: slow

      ## Who decides

      | Level | Decided by | Notify |
      |---|---|---|
      | P1 | Director | Board |
      | P2 | Head of IT | Director |
      """)
    #expect(procedure.escalation.map(\.to) == ["Board", "Director"])
    #expect(procedure.escalation.map(\.from) == ["Director", "Head of IT"])
    #expect(procedure.escalation.allSatisfy { $0.after == nil })
    #expect(procedure.roles.map(\.name).contains("Head of IT"))
  }

  @Test func `how often in which time is no time to wait`() throws {
    let found = try steps(
      """
      ## Escalation rules

      | When | What is done | Escalate to |
      |---|---|---|
      | P1 not acknowledged in 10 minutes | page | Team lead |
      | P2 of one source 3 times in 60 minutes | merge | Engineer |
      """)
    #expect(found.contains("P1 Team lead 10 acknowledged"))
    #expect(found.contains("P2 Engineer - resolved"))
  }

  @Test func `weeks of a rota, a worse severity and a thing are nobody`() throws {
    #expect(
      try steps(
        """
        ## Escalation path

        | Week | On call | Lead in reserve |
        |---|---|---|
        | Week 1 | Ann | Lead Bo |
        | Week 2 | Cy | Lead Di |

        If it spreads, escalate to P1.

        If you need a manager, see the escalation rota in the wiki.
        """
      ).isEmpty)
  }

  @Test func `a number that belongs to a name begins no range`() throws {
    let duties = try read(
      "# Post-mortem\n\n- SEV-1: down\n- SEV-2: slow\n\n## Post-mortem meeting\n\nThe post-mortem meeting is held within 3 days for a SEV-1 and 5 business days for a SEV-2.\n"
    ).postmortem
    #expect(duties.map(\.severity) == ["SEV-1", "SEV-2"])
    #expect(duties.map(\.within) == [.seconds(259_200), .businessDays(5)])
  }

  @Test func `a chapter of special cases and a table of fixes are runbooks`() throws {
    let procedure = try read(
      """
      # Outages

      ## Special situations

      ### False alarm

      Follow this checklist if it was none:

      - Tell the others
      - Close the room

      ### Leaked key

      - Revoke the key
      - Make a new key

      ## Typical incidents and their fix

      | Incident | Fix |
      |---|---|
      | Queue is full | Restart it: `docker restart queue` |
      | Disk is full | Remove old logs |
      """)
    #expect(procedure.runbooks.map(\.line) == [12, 17])
    #expect(procedure.runbooks[1].steps.map(\.command) == ["docker restart queue", nil])
    #expect(procedure.checklist.map(\.line) == [9, 10])
  }

  @Test func `a text to send may stand under its heading as it is`() throws {
    let procedure = try read(
      """
      # Outages

      ## Message template for customers

      Dear [name],

      since [time] **[what]** does not work.

      > [!NOTE] See [the guide](g.md).
      """.replacing("\n> [!NOTE] See [the guide](g.md).", with: ""))
    #expect(procedure.templates.map(\.line) == [3])
    #expect(procedure.templates[0].body.hasPrefix("Dear [name],"))
    let note = try read("# Outages\n\n## Notice\n\n> [!NOTE] Ask <who> for help with [it](g.md).\n")
    #expect(note.templates.isEmpty)
  }

  @Test func `a commander's duties, a first responder and a part without a known word are roles`()
    throws
  {
    let procedure = try read(
      """
      # Outages

      - P1: down

      ## Incident Commander Responsibilities

      ### During the incident
      - [ ] Decide

      ## Roles

      ### Technical lead
      Repairs it.

      ### Herald
      Tells the others.

      ## Escalation matrix

      | Severity | First responder | Escalate after | Escalate to |
      |---|---|---|---|
      | P1 | On-call engineer | 15 min | Head of IT |
      """)
    #expect(
      procedure.roles.map(\.name) == [
        "Incident Commander", "Technical lead", "Herald", "Head of IT", "On-call engineer",
      ])
    #expect(procedure.roles[0].duties == ["Decide"])
  }

  @Test func `a part that a step assigns to somebody becomes a role`() throws {
    let procedure = try read(
      """
      # Outages

      - P1: down

      ## Steps

      1. Designate an Incident Commander (IC) and a note keeper for the room
      2. Assign the Technical Lead
      3. Assign a severity and identify the appropriate team
      """)
    #expect(procedure.roles.map(\.name) == ["Incident Commander", "Technical Lead"])
  }

  @Test func `what sets a drawing off is nobody`() throws {
    #expect(
      try steps(
        """
        ## Escalation path

        ```mermaid
        graph TD
          A[New ticket] --> B[On-call engineer]
          B -->|"20 minutes"| C[Team lead]
        ```
        """
      ) == ["all On-call engineer - resolved", "all Team lead 20 resolved"])
  }

  @Test func `what somebody does in a list of steps is to be done`() throws {
    let procedure = try read(
      """
      # Outages

      ## Response process

      - The communications lead writes the first message
      - Team lead opens the room
      """)
    #expect(procedure.checklist.map(\.line) == [5, 6])
  }

  @Test func `a syllable at the beginning of a title is no number`() throws {
    let procedure = try read(
      "# 장애 대응\n\n## 단계 관리\n\n장애가 나면 담당자에게 알린다.\n\n## Runbook 인덱스\n\n```bash\nls runbooks\n```\n")
    #expect(procedure.phases.isEmpty)
    #expect(procedure.runbooks.map(\.title) == ["Runbook 인덱스"])
  }

  @Test func `people without a number are worth a look`() throws {
    let procedure = try read(
      """
      # Outages

      - P1: down

      ## Contacts

      | Role | Name | Contact | Backup |
      |---|---|---|---|
      | Engineer | ____ | ____ | ____ |
      | Head of IT | Ann | 555 0100 | Bo, 555 0101 |
      """)
    #expect(
      procedure.contacts.map(\.role) == ["Engineer", "Head of IT", "Head of IT (Backup)"])
    let found = ProcedureCheck.findings(in: procedure).filter { $0.kind == .blankContact }
    #expect(found.map(\.text) == ["No contact details are stated for Engineer"])
    #expect(found.allSatisfy { !$0.isError && $0.line == 9 })
  }

  @Test(arguments: [
    "15 分鐘未響應", "15 分钟未响应", "15分応答なし", "15분 무응답", "keine Reaktion nach 15 Min.",
    "sin respuesta en 15 minutos", "sans réponse après 15 min", "15 dakika yanıt yok",
    "No answer for 15 minutes", "нет ответа 15 минут", "nessuna risposta in 15 minuti",
    "sem resposta em 15 minutos", "geen reactie binnen 15 minuten", "brak odpowiedzi w 15 minut",
    "tidak ada respons 15 menit", "không phản hồi 15 phút", "ไม่ตอบสนอง 15 นาที",
  ])
  func `a condition is never somebody to call`(condition: String) throws {
    let text = """
      # Outages

      ## Escalation path

      1. Level 1: On-Call Engineer
      2. Level 2: \(condition)
      3. Level 3: CTO - 60 minutes

      ## Escalation

      | Level | Who | Time |
      |---|---|---|
      | 1 | On-Call Engineer | 0 min |
      | 2 | \(condition) | 15 min |
      | 3 | Team Lead | 30 min |
      """
    let procedure = try MarkdownReader.read(text, name: "x", path: "x.md", sha256: "")
    let names = procedure.escalation.map(\.to) + procedure.roles.map(\.name)
    #expect(!names.contains { $0.contains(condition.prefix(6)) }, "\(names)")
    #expect(procedure.remarks.contains { $0.line == 6 }, "\(procedure.remarks)")
    #expect(procedure.remarks.contains { $0.line == 14 }, "\(procedure.remarks)")
  }

  @Test func `roles are those who have a part, not everybody who can be called`() throws {
    let text = """
      # Outages

      ## Escalation path

      1. **On-Call Engineer**: at once
      2. **Team Lead**: after 15 minutes
      3. **CTO + Legal counsel**: after 60 minutes

      - Application trouble: escalate to the owning team
      - Payment trouble: escalate to Stripe support
      - Platform trouble: escalate to @platform-team

      ## Handling

      ### Begin

      **Scribe**: Create a thread for the notes.

      ### Look

      **Scribe**: Write down who does what.

      ## Response team

      ### Members of the response team

      | Role | Responsibilities |
      |---|---|
      | Incident Commander | decides |

      ## Contacts

      | Role | Name | Phone |
      |---|---|---|
      | Vendor manager | Kai | +49 1 |
      """
    let procedure = try MarkdownReader.read(text, name: "x", path: "x.md", sha256: "")
    #expect(
      Set(procedure.roles.map(\.name))
        == ["Incident Commander", "On-Call Engineer", "Team Lead", "Scribe"])

    // Where a document has no other roles, the contacts stand for them.
    let alone = "## Contacts\n\n| Role | Name | Phone |\n|---|---|---|\n| Lead | Kai | +49 1 |\n"
    let contacts = try MarkdownReader.read(alone, name: "x", path: "x.md", sha256: "")
    #expect(contacts.roles.map(\.name) == ["Lead"])
  }

  @Test(arguments: [
    ("Post-Incident Review", "Detection"), ("Nachbereitung", "Erkennung"),
    ("사후 분석", "장애 인지"), ("After the incident is resolved", "Detection"),
  ])
  func `a phase after the incident is known by its title in every language`(
    after: String, first: String
  ) throws {
    let text = """
      # Störung / 장애 / outage

      ## Phase 1: \(after)

      - [ ] write

      ## Phase 2: \(first)

      - [ ] look
      """
    let procedure = try MarkdownReader.read(text, name: "x", path: "x.md", sha256: "")
    #expect(procedure.phases.map(\.isAfterIncident) == [true, false])
  }
}
