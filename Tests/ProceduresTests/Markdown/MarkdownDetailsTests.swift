import Engine
import Procedures
import Testing

/// What stands below an item or under a phase is kept with it.
@Suite struct `Details of items and phases` {
  private func read(_ text: String) throws -> Procedure {
    try MarkdownReader.read(text, name: "x", path: "x.md", sha256: "")
  }

  private func item(_ text: String, in procedure: Procedure) throws -> ChecklistItem {
    try #require(procedure.checklist.first { $0.text == text })
  }

  private static let nested = """
    # Outages

    ## Response process

    ### Phase 1: Look (5-10 minutes)

    - [ ] **Look at the queue**
      ```bash
      # How long it is
      queue length

      queue workers
      ```
    - [ ] **Tell the others**
      - Where: the usual room
      - Who told them: ______
      - [ ] Say what is known
        - Since when?
    """

  @Test func `commands and plain points below a box stay with it`() throws {
    let procedure = try read(Self.nested)
    #expect(
      try item("Look at the queue", in: procedure).details == [
        Detail(
          text: "# How long it is\nqueue length\n\nqueue workers", isCommand: true, line: 9)
      ])
    #expect(
      try item("Look at the queue", in: procedure).details[0].lines.map(\.line) == [9, 10, 12])
    let second = try item("Tell the others", in: procedure)
    #expect(second.details == [Detail(text: "Where: the usual room", line: 15)])
    #expect(
      try item("Say what is known", in: procedure).details
        == [Detail(text: "Since when?", line: 18)])
    #expect(procedure.checklist.contains { $0.kind == .field && $0.line == 16 })
  }

  @Test func `a block between the numbers of a list belongs to the number before`() throws {
    let procedure = try read(
      """
      # Outages

      ## Phase 1: Investigation (15 minutes)

      1. **Gather data**
      ```bash
      disk usage
      ```

      2. **Form a guess**
      - What changed?
      - Since when?
      """)
    #expect(
      try item("Gather data", in: procedure).details
        == [Detail(text: "disk usage", isCommand: true, line: 7)])
    #expect(
      try item("Form a guess", in: procedure).details.map(\.text)
        == ["What changed?", "Since when?"])
  }

  @Test func `a list below a box that is no list item belongs to it`() throws {
    let procedure = try read(
      """
      # Outages

      ## Checklist

      [ ] Share the graphs

      - memory
      - Check the load too
      """)
    #expect(procedure.checklist.map(\.text) == ["Share the graphs"])
    #expect(procedure.checklist[0].details.map(\.text) == ["memory", "Check the load too"])
  }

  @Test func `commands and lists under a phase stay with the phase`() throws {
    let procedure = try read(
      """
      # Outages

      ## Response process

      ### 1. Detection (0-5 min)

      **First**: stop the damage

      **Sources**:
      - graphs
      - people

      **Commands**:
      ```bash
      service status
      ```

      ### 2. Triage (5-15 min)

      - [ ] Look at the last deployment
      """)
    #expect(
      procedure.phases[0].details == [
        Detail(text: "First: stop the damage", line: 7),
        Detail(text: "Sources", line: 9), Detail(text: "graphs", line: 10),
        Detail(text: "people", line: 11), Detail(text: "Commands", line: 13),
        Detail(text: "service status", isCommand: true, line: 15),
      ])
    #expect(procedure.phases[1].details.isEmpty)
  }

  @Test func `two comments that each say what to do are two steps`() throws {
    let procedure = try read(
      """
      # Outages

      ## Runbooks

      ### Payments fail

      ```bash
      # Check the provider's page
      # Check the logs
      tail payments
      # The logs turn over
      # once an hour
      tail payments.old
      ```
      """)
    let steps = try #require(procedure.runbooks.first).steps
    #expect(
      steps.map(\.text) == ["Check the provider's page", "Check the logs", "The logs turn over"])
    #expect(
      steps.map(\.command) == [nil, "tail payments", "# once an hour\ntail payments.old"])
  }

  @Test func `looking on before the end is said comes before it`() throws {
    func after(_ steps: String) throws -> Watch.Anchor? {
      try read("# Outages\n\n## Phase 6: Resolution\n\n### Steps\n\n" + steps).watch.first?.after
    }
    #expect(
      try after("1. Verify it\n2. Monitor for 30 minutes\n3. Set the status page to resolved\n")
        == .mitigated)
    #expect(
      try after("1. Set the status page to resolved\n2. Monitor for 30 minutes\n") == .resolved)
  }
}
