import Engine
import Procedures
import Testing

/// What is to be done, in forms that are less usual: steps in code blocks, short courses, headings that tell what to do.
@Suite struct `Courses in other forms` {
  private func read(_ text: String) throws -> Procedure {
    try MarkdownReader.read(text, name: "x", path: "x.md", sha256: "")
  }

  private static let severities = "# Outages\n\n- P1: down\n- P2: slow\n\n"

  @Test(arguments: [
    ("## Response steps", "1. Check the last change\n2. Ring the lead\n3. Roll back"),
    ("## Müdahale adımları", "1. Sorunu bul\n2. Lideri ara\n3. Geri al"),
    ("## Schritte", "1) Störung prüfen\n2) Leitung anrufen\n3) Zurückrollen"),
  ])
  func `numbered lines in a code block are steps`(title: String, steps: String) throws {
    let procedure = try read(Self.severities + "\(title)\n\n### P1\n\n```\n\(steps)\n```\n")
    #expect(procedure.checklist.count == 3)
    #expect(procedure.checklist.allSatisfy { $0.severities == ["P1"] })
    #expect(procedure.templates == [])
  }

  @Test func `numbered questions of a template are no steps`() throws {
    let procedure = try read(
      "# Outages\n\n## Report template\n\n```\n1. What happened: [text]\n2. Why: [text]\n```\n")
    #expect(procedure.checklist == [])
    #expect(procedure.templates.count == 1)
  }

  @Test func `boxes in a block of Markdown are to be ticked`() throws {
    let procedure = try read(
      """
      # Outages

      ## Diagnosis checklist

      ```markdown
      ## Servers
      - [ ] Are they up?
      - [ ] Is there memory?
      ```

      ## Bad and good

      ```
      ❌ Bad: "Who did it?"
      ✅ Good: "Why was it not found?"
      ```
      """)
    #expect(procedure.checklist.map(\.text) == ["Are they up?", "Is there memory?"])
  }

  @Test(arguments: ["Summary", "Overview", "At a glance"])
  func `a short course under a title that says no more is to be done`(title: String) throws {
    let list = "* Identify the problem\n* Appoint a lead\n* Tell the users\n* Write the report\n"
    #expect(try read("# Outages\n\n## \(title)\n\n\(list)").checklist.count == 4)
    let goals = "The goals of this plan are:\n\n\(list)"
    #expect(try read("# Outages\n\n## \(title)\n\n\(goals)").checklist == [])
  }

  @Test func `numbered tasks below the duties of a role are steps`() throws {
    let procedure = try read(
      """
      # Outages

      ## Press officer's responsibilities

      Tell people early.

      ### PO's tasks

      1. Ask the lead what is known.
      2. Phone the customers.
      3. Publish the news.
      """)
    #expect(procedure.checklist.count == 3)
  }

  @Test func `a list of links is further reading`() throws {
    let procedure = try read(
      "# 障害\n\n## 関連\n\n### 対応手順\n\n- [手順書](a.md) - 標準的な対応手順\n- [監視](b.md) - 監視の基礎\n")
    #expect(procedure.checklist == [])
  }

  @Test(arguments: [
    [
      "1. Confirm that it is an incident", "2. Declare the incident", "3. Assign roles",
      "4. Fix the problem", "5. End the incident",
    ],
    [
      "1. Confirmar el incidente", "2. Declarar el incidente", "3. Asignar personas",
      "4. Resolver el problema",
    ],
    [
      "1. Qualifier l'incident", "2. Déclarer l'incident", "3. Corriger le défaut",
      "4. Clôturer l'incident",
    ],
  ])
  func `headings numbered in order that tell what to do are phases`(headings: [String]) throws {
    let text = headings.map { "## \($0)\n\nText.\n" }.joined(separator: "\n")
    #expect(try read("# Process\n\n\(text)").phases.count == headings.count)
  }

  @Test func `numbered chapters about things are no phases`() throws {
    let text = ["1. Purpose", "2. Contact list", "3. Severity levels", "4. Report template"]
      .map { "## \($0)\n\nText.\n" }.joined(separator: "\n")
    #expect(try read("# Process\n\n\(text)").phases == [])
  }

  @Test func `headings named after what is done are phases where they are a course`() throws {
    let procedure = try read(
      """
      # Process

      ## Declaring an incident

      ### Identifying the problem

      - Look at the graphs

      ### Declaring it

      - Open a channel

      ### Assembling people

      - Find some

      ## Responding to an incident

      - Keep users informed

      ## Ending an incident

      1. Deploy the change.
      2. Release everybody.

      ## People

      ### Choosing an incident manager

      - Take somebody calm
      """)
    #expect(
      procedure.phases.map(\.title) == [
        "Identifying the problem", "Declaring it", "Assembling people", "Responding to an incident",
        "Ending an incident",
      ])
    let alone = "# Process\n\n## Reporting an incident\n\n- Mail us\n\n## Tools\n\nText.\n"
    #expect(try read(alone).phases == [])
  }
}
