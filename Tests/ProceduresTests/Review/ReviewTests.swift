import Engine
import Procedures
import Testing

@Suite struct `What a team decides about its document` {
  private static let document = """
    # Outages

    ## Severities

    | Severity | Acknowledge | Resolve |
    |---|---|---|
    | SEV-1 | 5 min | 4 hours |
    | SEV-2 | 30 min | 1 day |

    ## Escalation

    - After 15 minutes without acknowledgement, call the Engineering Lead.
    - After 45 minutes, call the CTO if not resolved.

    Somebody should look at the board twenty times.
    """

  private let folder: Folder

  init() throws { folder = try Folder() }

  private func load(_ text: String = document, decisions: String? = nil) throws
    -> ProcedureLoader
    .Loaded
  {
    try folder.write(text, to: "OUTAGE.md")
    if let decisions { try folder.write(decisions, to: "OUTAGE.md.muster.yaml") }
    return try ProcedureLoader.load(folder.path + "/OUTAGE.md")
  }

  /// Keeps decisions as the program does, and reads everything again.
  private func reload(
    _ decisions: [ReviewDecision], _ text: String = document
  ) throws -> ProcedureLoader.Loaded {
    try load(text, decisions: ReviewFile.write(decisions, of: "OUTAGE.md"))
  }

  private func review(_ loaded: ProcedureLoader.Loaded) throws -> Review {
    try #require(loaded.review)
  }

  private func index(_ review: Review, _ read: String) throws -> Int {
    try #require(
      review.items.firstIndex { $0.decision.read == read },
      "\(review.items.map { $0.decision.read ?? $0.decision.remark ?? "" })")
  }

  private static let lead = "call Engineering Lead after 15m unless acknowledged"
  private static let acknowledge = "SEV-1: acknowledge within 5m"

  @Test func `everything that was read awaits a decision at first`() throws {
    let review = try review(load())
    #expect(!review.isComplete && review.failure == nil)
    #expect(!review.items.contains { !$0.isOpen })
    for rule in [Self.acknowledge, "SEV-2: resolve within 24h", Self.lead] {
      _ = try index(review, rule)
    }
    let item = review.items[try index(review, Self.lead)]
    #expect(item.decision.line == 12 && item.decision.under == "Escalation")
    #expect(item.decision.words.hasPrefix("- After 15 minutes without"))
  }

  @Test func `what is confirmed, struck out, corrected and added holds when it is read again`()
    throws
  {
    var loaded = try load()
    func decide(
      _ read: String, _ verdict: ReviewDecision.Verdict, _ rules: [String] = []
    ) throws {
      let review = try review(loaded)
      loaded = try reload(try review.deciding([try index(review, read)], verdict, rules: rules))
    }
    try decide(Self.acknowledge, .confirmed)
    try decide("SEV-1: resolve within 4h", .struck)
    try decide("SEV-2: acknowledge within 30m", .corrected, ["SEV-2: respond within 20-40m"])
    try decide(
      Self.lead, .corrected, ["SEV-1: call \"Lead on duty, or deputy\" after 10m unless mitigated"])
    let before = try review(loaded)
    loaded = try reload(try before.adding(["update every 30m to customers"], line: 15))

    let procedure = loaded.procedure
    #expect(procedure.severities[0].targets.map(\.kind) == [.acknowledge])
    let target = try #require(procedure.severities[1].targets.first)
    #expect(procedure.severities[1].targets.contains { $0.kind == .respond }, "\(target)")
    let step = try #require(procedure.escalation.first { $0.to == "Lead on duty, or deputy" })
    #expect(step.after == 600 && step.unless == .mitigated && step.severity == "SEV-1")
    #expect(step.line == 12 && step.text.contains("15 minutes"))
    let cadence = try #require(procedure.cadence.first)
    #expect(cadence.every == 1800 && cadence.audience == "customers" && cadence.line == 15)

    let count = try review(loaded).count
    #expect(count.corrected == 2 && count.added == 1 && count.struck == 1)
    #expect(try review(loaded).decisions.count == 5)
  }

  @Test func `an edit elsewhere leaves a decision in force, a changed line asks again`() throws {
    let first = try review(load())
    let decisions = try first.deciding(
      [try index(first, Self.lead)], .corrected, rules: ["call CTO after 5m unless acknowledged"])
    let above = "# News\n\nWe moved.\n\n" + Self.document
    let moved = try reload(decisions, above)
    #expect(moved.procedure.escalation.contains { $0.to == "CTO" && $0.after == 300 })
    #expect(try review(moved).decisions.map(\.line) == [16])

    let changed = Self.document.replacing(
      "After 15 minutes without", with: "After 20 minutes without")
    let other = try reload(decisions, changed)
    let lost = try review(other)
    #expect(!other.procedure.escalation.contains { $0.after == 300 })
    #expect(lost.count.lost == 1 && !lost.isComplete)
    _ = try index(lost, "call Engineering Lead after 20m unless acknowledged")
    #expect(other.procedure.remarks.contains { $0.text.contains("not in force") })
    // Words that come back bring the decision back.
    #expect(try review(try reload(lost.decisions)).count.lost == 0)
  }

  @Test func `lines with the same words are told apart by their headings`() throws {
    let text = """
      # Outages

      ## SEV-1

      - Acknowledge within 5 minutes

      ## SEV-2

      - Acknowledge within 5 minutes
      """
    let first = try review(load(text))
    let decisions = try first.deciding(
      [try index(first, "SEV-2: acknowledge within 5m")], .corrected,
      rules: ["SEV-2: acknowledge within 1h"])
    let moved = "\n\n\n\n" + text.replacing("## SEV-2", with: "\n## SEV-2")
    let again = try reload(decisions, moved).procedure
    #expect(
      again.severities.prefix(2).map { $0.targets.first?.within } == [
        .seconds(300), .seconds(3600),
      ])
  }

  @Test func `a correction holds where the reader reads the same words in another way`() throws {
    var decision = ReviewDecision(
      line: 12, words: "- After 15 minutes without acknowledgement, call the Engineering Lead.",
      under: "Escalation", read: "call somebody else after 1m unless resolved",
      verdict: .corrected, rules: [Self.lead])
    let same = try reload([decision])
    #expect(same.procedure.escalation.count { $0.after == 900 } == 1)
    decision.rules = ["call Head of Everything after 1h unless resolved"]
    let other = try reload([decision])
    #expect(other.procedure.escalation.contains { $0.to == "Head of Everything" })
    let review = try review(other)
    #expect(review.items[try index(review, Self.lead)].isOpen)
  }

  @Test func `an item of the checklist is added where it stands`() throws {
    let text = """
      # Outages

      ## Phase 1: Triage (0-15 minutes)

      - [ ] Look at the board

      Somebody makes coffee for everybody.

      ## Phase 2: Repair (15-60 minutes)

      - [ ] Look at the board
      """
    var decisions = try review(load(text)).adding(["item"], line: 7)
    decisions = try review(reload(decisions, text)).adding(["item Look at the board"], line: 9)
    let items = try reload(decisions, text).procedure.checklist
    #expect(items.map(\.line) == [5, 7, 9, 11])
    #expect(items[1].text == "Somebody makes coffee for everybody.")
    #expect(items[1].phase == items[0].phase && items[2].phase == items[3].phase)
    #expect(items[0].phase != items[3].phase && Set(items.map(\.id)).count == 4)
  }

  @Test func `roles, contacts and templates are added, and what is none is struck out`() throws {
    let text = """
      # Outages

      ## Handling

      - [ ] Look at the board
      - [ ] This line is an example, and nothing to do

      Somebody writes along.

      The database people have a phone.

      Customers get this text:

      ```
      We are sorry.

      It will be over soon.
      ```
      """
    var decisions = try review(load(text)).adding(["role Scribe"], line: 8)
    decisions = try review(reload(decisions, text)).adding(
      ["contact Database team at +49 30 1234"], line: 10)
    decisions = try review(reload(decisions, text)).adding(["template Customers"], line: 12)
    decisions = try review(reload(decisions, text)).adding(["no item"], line: 6)
    let procedure = try reload(decisions, text).procedure
    #expect(procedure.roles.contains { $0.name == "Scribe" && $0.line == 8 })
    #expect(
      procedure.contacts.last
        == Contact(role: "Database team", name: nil, contact: "+49 30 1234", line: 10))
    #expect(procedure.templates.last?.body == "We are sorry.\n\nIt will be over soon.")
    #expect(procedure.checklist.map(\.line) == [5])
    #expect(try review(reload(decisions, text)).count.added == 4)
    let plain = try review(load(text, decisions: ""))
    #expect(throws: RuleProblem.self) { try plain.adding(["no item"], line: 8) }
    #expect(throws: RuleProblem.self) { try plain.adding(["no rule"], line: 5) }
    #expect(throws: RuleProblem.self) { try plain.adding(["contact Database"], line: 10) }
  }

  @Test func `comments in the decisions' file survive when it is written again`() throws {
    var decisions = try review(load()).deciding([0, 1, 2], .confirmed)
    decisions[1].note = "# no comment\nbut a note"
    var text = ReviewFile.write(decisions, of: "OUTAGE.md")
    let entries = text.split(separator: "\n").filter { $0.contains("- line:") }.map(String.init)
    try #require(entries.count == 3)
    let words = decisions[1].words
    text = text.replacing(
      "    decision: confirmed\n    note", with: "    # twice\n    decision: confirmed\n    note")
    text = text.replacing("note: ", with: "note: ")
    text = "# by the platform team\n" + text + "\n# to be looked at in March\n"
    let first = try review(load(decisions: text)).decisions
    #expect(first.map(\.comments.count) == [1, 1, 1], "\(text)")
    #expect(first[1].words == words)
    let again = ReviewFile.write(first, of: "OUTAGE.md")
    for comment in ["# by the platform team", "# twice", "# to be looked at in March"] {
      #expect(again.contains(comment), "\(comment)")
    }
    // Written a second time they are there once, at the same entries.
    let second = try review(load(decisions: again)).decisions
    #expect(second.map(\.comments) == first.map(\.comments))
    #expect(ReviewFile.write(second, of: "OUTAGE.md") == again)
    #expect(second[1].note == "# no comment\nbut a note")
  }

  @Test func `a settled remark is no remark any more`() throws {
    let text = Self.document + "\n\nEscalate to the wizard within 99 minutes or so, perhaps.\n"
    let first = try review(load(text))
    guard let place = first.items.firstIndex(where: { $0.decision.remark != nil }) else { return }
    let remark = try #require(first.items[place].decision.remark)
    let again = try reload(try first.deciding([place], .confirmed), text)
    #expect(!again.procedure.remarks.contains { $0.text == remark })
    #expect(try review(again).count.openRemarks == first.count.openRemarks - 1)
  }

  @Test func `a rule that says nothing is refused, with what to write`() throws {
    let review = try review(load())
    for (text, what) in [
      ("ring the CTO", "a rule begins with"), ("SEV-9: acknowledge within 5m", "no severity"),
      ("acknowledge within soon", "is not a duration"), ("update every 0m", "with a duration"),
      ("call CTO after 30m unless bored", "not “bored”"), ("watch 30m", "after mitigated"),
      ("call after 30m", "call whom"), ("phase 0-5m Nowhere", "no phase"), ("", "begins with"),
      ("call CTO after 5m after 6m", "appears twice"),
      ("SEV-1: resolve to me within 5m", "receiver"),
    ] {
      do throws(RuleProblem) {
        _ = try review.adding([text], line: 1)
        Issue.record("\(text) was taken")
      } catch {
        #expect(error.text.contains(what), "\(text): \(error.text)")
      }
    }
  }

  @Test(arguments: [
    ("decisions:\n  - line: 1\n    words: x\n    decision: perhaps\n    read: y\n", ":4:"),
    ("decisions:\n  - line: 1\n    words: x\n    decision: added\n", ":2:"),
    ("decisions:\n  - words: x\n    decision: confirmed\n    read: y\n", ":2:"),
    ("format: 99\n", "newer"), ("- x\n", "mapping"), ("decisions: [\n", ".muster.yaml"),
  ])
  func `decisions that cannot be read cost nothing else, and are told`(
    text: String, what: String
  ) throws {
    let loaded = try load(decisions: text)
    let review = try review(loaded)
    #expect(loaded.procedure.escalation.count == 2)
    let failure = try #require(review.failure)
    #expect(failure.description.contains(what), "\(failure.description)")
    #expect(!review.isComplete)
    #expect(loaded.procedure.remarks.contains { $0.text.contains("decisions were not used") })
  }

  @Test func `a rule is added from a line with words`() throws {
    let review = try review(load())
    for line in [0, 2, 999] {
      #expect(throws: RuleProblem.self) {
        _ = try review.adding(["watch 5m after resolved"], line: line)
      }
    }
  }

  @Test func `one decision that says nothing costs no other, and is kept`() throws {
    let first = try review(load())
    var decisions = try first.deciding(
      [try index(first, Self.lead)], .corrected, rules: ["call CTO after 5m unless acknowledged"])
    decisions[0].rules = ["call CTO whenever after unless"]
    decisions = try review(reload(decisions)).decisions
    #expect(decisions.count == 1)
    let loaded = try reload(decisions)
    let review = try review(loaded)
    #expect(review.problems.map(\.line) == [12] && !review.isComplete)
    #expect(review.items[try index(review, Self.lead)].isOpen)
    #expect(loaded.procedure.remarks.contains { $0.line == 12 && $0.text.contains("not used") })
    let settled = try reload(try review.deciding([try index(review, Self.lead)], .confirmed))
    #expect(try self.review(settled).problems.isEmpty)
  }

  @Test(arguments: BuiltInProcedures.all.map(\.name) + ["OUTAGE"])
  func `every rule is what its short form says`(_ name: String) throws {
    let procedure =
      name == "OUTAGE" ? try load().procedure : try #require(BuiltInProcedures.named(name)).read()
    for rule in ReviewRule.all(in: procedure) {
      let short = RuleText.write(rule)
      let read = try RuleText.read(
        short, in: procedure, line: rule.line, words: "", correcting: rule)
      #expect(read.map(Self.plain) == [Self.plain(rule)], "\(short)")
    }
  }

  /// Whether a condition begins with its if is no matter.
  private static func plain(_ rule: ReviewRule) -> ReviewRule {
    guard case .step(var step) = rule, let condition = step.condition, condition.hasPrefix("if ")
    else { return rule }
    step.condition = String(condition.dropFirst(3))
    return .step(step)
  }

  @Test func `long spans are written in days, and a condition has one if`() throws {
    let procedure = try load().procedure
    for short in [
      "post-mortem review within 7d-14d", "call CTO after 48h unless resolved",
      "call CTO after 4d unless resolved if money is lost, or trust: at once",
    ] {
      let rules = try RuleText.read(short, in: procedure, line: 1, words: "")
      #expect(rules.map(RuleText.write) == [short])
    }
  }

  @Test func `a long document can be decided about as a whole`() throws {
    let rules = (1...1000).map {
      "- After \($0) minutes without acknowledgement, call the Engineer \($0).\n"
    }
    let text = Self.document + "\n\n## Path\n\n" + rules.joined()
    let first = try review(load(text))
    #expect(first.items.count > 1000)
    let filled = ReviewFile.write(first.draft, of: "OUTAGE.md")
      .replacing("decision: open", with: "decision: confirmed")
    #expect(filled.utf8.count > ProcedureDocument.limit)
    #expect(try review(load(text, decisions: filled)).isComplete)
  }

  @Test func `a draft has an entry for everything, which decides nothing yet`() throws {
    let first = try review(load())
    let again = try review(reload(first.draft))
    #expect(again.items == first.items && again.decisions.isEmpty)
    let filled = ReviewFile.write(first.draft, of: "OUTAGE.md")
      .replacing("decision: open", with: "decision: confirmed")
    #expect(try review(load(decisions: filled)).isComplete)
  }
}
