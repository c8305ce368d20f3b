import Engine
import Testing

/// What the document writes below items and under phases is at hand in an incident.
@Suite struct ChecklistDetailsTests {
  private static let text = """
    # Outages

    | Severity | Response time |
    |---|---|
    | P1 | 15 minutes |
    | P2 | 1 hour |

    ## Response process

    ### Phase 1: Detection (0-5 min)

    **Commands**:
    ```bash
    service status
    ```

    ### Phase 2: Triage (5-15 min)

    - [ ] Look at the logs
      ```bash
      tail logs
      ```

    ## Duty manager responsibilities

    - [ ] Keep calm
    """

  @Test func `the checklist tells commands, phases without items and what belongs to no phase`()
    throws
  {
    let program = try Program()
    try program.write(Array(Self.text.utf8), to: program.folder + "/out.md")
    _ = try program.declare("carts", "--severity", "P1", "--procedure", program.folder + "/out.md")
    #expect(
      try program.run("checklist").output == """
        Detection
              Commands
              $ service status
        Triage
           1 [ ] Look at the logs
                   $ tail logs
        Any time
           2 [ ] Keep calm

        """)
    let json = try #require(try program.run("checklist", "--json").json?.array)
    #expect(json[0]["details"]?.array?.first?["command"]?.string == "tail logs")
    #expect(json[1]["details"] == nil)
    program.remove()
  }
}
