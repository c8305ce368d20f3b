import Engine
import Testing

@Suite struct TruthTests {
  private let program: Program

  init() throws { program = try Program() }

  private static let document = """
    # Outages

    ## Severities

    ### SEV-1: Critical
    **Definition**: Nobody can pay
    **Examples**:
    - API down

    **Time to Acknowledge**: < 5 minutes

    ### SEV-2: Major
    **Definition**: Some cannot pay

    ## Communication

    **Status Page Updates**:

    ```markdown
    [INVESTIGATING] We're investigating reports of slow response times.
    Updated: 17:05 UTC

    [RESOLVED] The issue has been fully resolved. All systems operational.
    Updated: 17:45 UTC
    ```

    **Customer mail template**:
    ```
    Subject: [Action Required] Service Disruption

    We had a disruption from 17:00 to 17:45 UTC.

    Impact:
    - ~500 users affected
    - No data loss
    ```

    ## Checklist

    - [ ] **Designate Incident Commander**
      - Who: ___________
    """

  private func declare() throws {
    let path = program.folder + "/OUTAGE.md"
    try program.write(Array(Self.document.utf8), to: path)
    _ = try program.declare("exports fail", "--severity", "SEV-1", "--procedure", path)
    #expect(try program.run("impact", "exports fail", "--users", "40").status == 0)
  }

  @Test(arguments: [
    ["--audience", "customers"], ["--audience", "status page"],
    ["--template", "status-page-updates"], ["--template", "customer-mail-template"],
    ["--template", "customer", "--fill", "what to say=We look into it."],
  ])
  func `no sample of a template is sent, whatever is asked for`(options: [String]) throws {
    try declare()
    let sent = try program.run(["update", "--yes"] + options)
    #expect(sent.status == 0, "\(sent.errors)")
    for sample in ["17:", "~500", "data loss", "slow response", "fully resolved"] {
      #expect(!sent.output.contains(sample), "\(sample) in \(sent.output)")
    }
    if options.last?.hasPrefix("what to say") == true {
      #expect(sent.output.contains("We look into it."))
      #expect(sent.output.contains("[Action Required]"))
      #expect(sent.output.contains("exports fail"))
    }
    program.remove()
  }

  @Test func `a receipt says so where an entry changes nothing of what holds`() throws {
    _ = try program.declare("exports fail", "--severity", "SEV-2")
    #expect(try program.run("status", "monitoring").status == 0)

    let late = try program.run("status", "identified", "--at", "-10m")

    #expect(late.status == 0)
    #expect(late.output.contains("Status: Identified"))
    #expect(late.output.contains("NOT IN EFFECT: entry 2 ("), "\(late.output)")
    #expect(late.output.contains("the status stays Monitoring"), "\(late.output)")
    let json = try program.run("status", "investigating", "--at", "-11m", "--json").output
    #expect(json.contains("\"overruled_by\":2"), "\(json)")
    #expect(!(try program.run("status", "identified").output.contains("NOT IN EFFECT")))
    program.remove()
  }

  @Test func `the preview names what is open, with the template's example beside it`() throws {
    try declare()
    let preview = try program.run("update", "--preview", "--template", "customer-mail-template")
    #expect(preview.errors.contains("STILL OPEN: [what to say]"))
    #expect(preview.errors.contains("[what to say] in the template: We had a disruption"))
    program.remove()
  }

  @Test func `who is filled in as commander is commander`() throws {
    try declare()
    let filled = try program.run("fill", "who", "mira")
    #expect(filled.status == 0, "\(filled.errors)")
    #expect(filled.lines.count == 2)
    let show = try #require(try program.run("show", "--json").json)
    #expect(show["roles"]?["Incident Commander"]?.string == "mira")
    program.remove()
  }

  @Test func `what the fields of the standard procedure ask for reaches the incident`() throws {
    let id = try program.declare("carts hang", "--severity", "SEV-2")
    for words in [["symptom", "carts show 502"], ["who", "about 500"], ["began", "-30m"]] {
      #expect(try program.run(["fill"] + words).status == 0)
    }
    let refused = try program.run("fill", "began", "garbage")
    #expect(refused.status == 2)
    #expect(refused.errors.containsText("is not a time"))
    let show = try #require(try program.run("show", "-i", id, "--json").json)
    #expect(show["impact"]?["summary"]?.string == "carts show 502")
    #expect(show["impact"]?["users"]?.string == "about 500")
    #expect(show["times"]?["started"]?.string != nil)
    program.remove()
  }

  @Test func `a title that is too long keeps nobody from declaring`() throws {
    let title = String(repeating: "checkout fails ", count: 700)
    let declared = try program.run("declare", title, "--severity", "SEV-2")
    #expect(declared.status == 0, "\(declared.errors)")
    #expect(declared.errors.containsText("TITLE CUT"))
    let entries = try program.run("log", "--json").lines.map { try JSON(parsing: $0) }
    let whole = entries.compactMap { $0["text"]?.string }.first { $0.hasPrefix("Whole title: ") }
    #expect(whole?.utf8.count ?? 0 > 10_000)
    program.remove()
  }

  @Test func `a task is due by a time as well as within one`() throws {
    try declare()
    #expect(try program.run("task", "kai", "look at the lag", "--due", "7d").status == 0)
    #expect(try program.run("task", "kai", "x", "--due", "10m", "--for", "10m").status == 2)
    program.remove()
  }

  @Test func `whoever declares without a severity reads what each means`() throws {
    let path = program.folder + "/OUTAGE.md"
    try program.write(Array(Self.document.utf8), to: path)
    let declared = try program.run("declare", "exports fail", "--procedure", path)
    #expect(declared.output.contains("SEV-1 Critical: Nobody can pay; such as: API down  :6"))
    program.remove()
  }

  @Test func `a second import under the same title changes nothing`() throws {
    let path = program.folder + "/chat.md"
    let text =
      "Intro\n\n| Time | Who | What |\n|---|---|---|\n| 23:50 | mira | down |\n| 00:10 | bo | up |\n"
    try program.write(Array(text.utf8), to: path)
    let words = [
      "import", path, "--zone", "UTC", "--date", "2026-03-02", "--title", "Mail stuck",
      "--resolved", "2026-03-03 00:20",
    ]
    let first = try program.run(words)
    #expect(first.status == 0, "\(first.errors)")
    #expect(first.errors.contains("a new day begins, 2026-03-03"))
    #expect(first.errors.contains("left out: 1 outside the table (line 1)"))
    let second = try program.run(words)
    #expect(second.lines == first.lines)
    #expect(second.errors.contains("0 entries imported, 2 already there"))
    #expect(try program.run("list", "--all").output.contains("-2") == false)
    let input = try program.run(
      ["import", "-", "--zone", "UTC", "--date", "2026-03-02", "--preview"],
      input: Array(text.utf8))
    #expect(input.lines.count == 2)
    let japanese = program.folder + "/sjis.txt"
    try program.write(
      Array("2026-03-02 14:05 ".utf8) + [0x8F, 0xE1, 0x8A, 0x51, 0x82, 0xAA, 0x94, 0xAD],
      to: japanese)
    let refused = try program.run("import", japanese, "--zone", "UTC", "--preview")
    #expect(refused.status == 2)
    #expect(refused.errors.contains("neither UTF-8"))
    program.remove()
  }
}
