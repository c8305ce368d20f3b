import Engine
import Testing

@Suite struct `Fields of the checklist` {
  private static func scenario(_ items: [(String, Int)]) throws -> Scenario {
    var procedure = Procedure.twoSeverities
    procedure.checklist = items.enumerated().map { index, item in
      ChecklistItem(id: "i\(index)", text: item.0, depth: item.1, kind: .field, line: index + 1)
    }
    return try Scenario(procedure)
  }

  @Test(arguments: [
    "How many users affected?", "Number of customers", "Who is affected, and how many?",
    "Wie viele Kunden sind betroffen?",
    "Combien d'utilisateurs touchés ?", "Quantos usuários?", "影响了多少用户", "Kaç kullanıcı etkilendi?",
  ])
  func `tell how many are affected, unless somebody says otherwise`(text: String) throws {
    var scenario = try Self.scenario([(text, 0)])
    try scenario.at("01:05", .fill("i0", value: "about 300"))
    #expect(scenario.incident.impact.users == "about 300")
    try scenario.at("01:06", .updateImpact(.init(users: "412")))
    #expect(scenario.incident.impact.users == "412")
  }

  @Test(arguments: ["What do customers notice?", "What do users see?", "Was merken Kunden?"])
  func `tell what customers notice`(text: String) throws {
    var scenario = try Self.scenario([(text, 0)])
    try scenario.at("01:05", .fill("i0", value: "carts show 502"))
    #expect(scenario.incident.impact.summary == "carts show 502")
  }

  @Test func `that ask when take a time`() {
    #expect(Incident.milestone(askedBy: "When did it begin?") == .started)
    #expect(Incident.milestone(askedBy: "Have you restarted it?") == nil)
  }

  @Test func `a title that is too long is cut, and stands whole in notes`() {
    let title = String(repeating: "é", count: 50_000)
    let (cut, whole) = Declaration.fitting(title)
    #expect(cut.utf8.count <= Declaration.titleLimit && cut.hasSuffix("é…"))
    #expect(whole.joined() == "Whole title: " + title)
    #expect(whole.allSatisfy { $0.utf8.count <= Incident.textLimit })
    #expect(Declaration.fitting("short").whole.isEmpty)
  }

  @Test func `tell the root cause to templates and reports`() throws {
    var scenario = try Self.scenario([("Root cause hypothesis: ___", 0)])
    try scenario.at("01:05", .fill("i0", value: "a full disk"))
    #expect(scenario.incident.filledIn(.rootCause) == "a full disk")
    let facts = TemplateFacts(of: scenario.incident, events: [], at: Scenario.time("01:30"))
    let filled = FilledTemplate(
      "Root cause: [root cause]", procedure: scenario.incident.procedure, from: facts)
    #expect(filled.text == "Root cause: a full disk")
  }

  @Test func `are about the commander where the item above them is`() throws {
    let scenario = try Self.scenario([
      ("Designate Incident Commander", 0), ("Who: ___", 1), ("Tell support", 0), ("Who: ___", 1),
      ("Incident Commander: ___", 0),
    ])
    let checklist = scenario.incident.checklist
    let subjects = checklist.indices.map { Incident.subject(ofItemAt: $0, in: checklist) }
    #expect(subjects == [.commander, .commander, nil, nil, .commander])
  }
}
