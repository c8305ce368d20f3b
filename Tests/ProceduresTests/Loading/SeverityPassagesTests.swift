import Engine
import Procedures
import Testing

@Suite struct `What a severity means` {
  private static func severities(_ text: String) throws -> [Severity] {
    try ProcedureLoader.read(Array(text.utf8), path: "team.md").severities
  }

  @Test func `is read from a table, by its columns`() throws {
    let severities = try Self.severities(
      """
      # Severities

      | Level | Description | Response time | Examples |
      |---|---|---|---|
      | **P1** | Complete outage | 15 minutes | Site down, data lost (backups, too) |
      | **P2** | Major degradation | 1 hour | Slow |
      """)
    #expect(
      severities.map { $0.definition.map(\.text) } == [["Complete outage"], ["Major degradation"]])
    #expect(severities[0].examples.map(\.text) == ["Site down", "data lost (backups, too)"])
    #expect(severities[0].examples.map(\.line) == [5, 5])
  }

  @Test func `is read from labels under a heading`() throws {
    let severities = try Self.severities(
      """
      ## Severity levels

      ### SEV-1: Critical
      **Definition**: Nobody can pay
      **Examples**:
      - API down
      - Data breach

      **Time to acknowledge**: 5 minutes

      ### SEV-2: High
      - **Impact**: A feature is broken
      - **Response time**: 1 hour
      - **Examples**: exports fail
      """)
    #expect(
      severities.map { $0.definition.map(\.text) } == [["Nobody can pay"], ["A feature is broken"]])
    #expect(
      severities.map { $0.examples.map(\.text) } == [
        ["API down", "Data breach"], ["exports fail"],
      ])
    #expect(severities[0].examples.map(\.line) == [6, 7])
  }

  @Test func `is read from a bare list under a heading`() throws {
    let severities = try Self.severities(
      """
      ## Severity levels

      ### P0 - Critical
      - Complete outage
      - Data loss

      **Response time**: 15 minutes

      ### P1 - High
      - A feature is gone

      **Response time**: 1 hour
      """)
    #expect(
      severities.map { $0.definition.map(\.text) } == [
        ["Complete outage", "Data loss"], ["A feature is gone"],
      ])
  }

  @Test func `is what front matter says, where that says it`() throws {
    let severities = try Self.severities(
      """
      ---
      severities:
        - {id: P1, definition: nobody can sign in, examples: [login down]}
      ---
      | Level | Description | Response time |
      |---|---|---|
      | P1 | Complete outage | 15 minutes |
      """)
    #expect(severities[0].definition == [.init(text: "nobody can sign in", line: 3)])
    #expect(severities[0].examples.map(\.text) == ["login down"])
  }
}
