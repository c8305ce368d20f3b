import Engine
import Testing

struct OpenQuestionTests {
  /// A procedure that asks in its own words, in the first of its phases and in the last.
  private static func asking() -> Procedure {
    var procedure = Procedure.twoSeverities
    procedure.checklist = [
      ChecklistItem(
        id: "users", text: "How many users? ____", phase: "detection", kind: .field, line: 1),
      ChecklistItem(id: "since", text: "Time started", phase: "triage", kind: .field, line: 2),
      ChecklistItem(id: "who", text: "Reported by", phase: "detection", kind: .field, line: 3),
      ChecklistItem(id: "do", text: "Who is affected?", phase: "detection", line: 4),
    ]
    return procedure
  }

  @Test func `what every incident has to know is open until somebody says it`() throws {
    var procedure = Procedure.twoSeverities
    procedure.checklist = []
    var scenario = try Scenario(procedure, severity: nil)
    #expect(
      scenario.incident.openQuestions(hasFindings: false)
        == [.severity, .start, .impact, .users, .cause])
    try scenario.at("01:05", .updateImpact(.init(summary: "nobody can pay", users: "all")))
    try scenario.at("01:06", .setSeverity("P1", reason: nil))
    try scenario.at("01:07", .setMilestone(.started, Scenario.time("00:50")))
    #expect(scenario.incident.openQuestions(hasFindings: true).isEmpty)
  }

  @Test func `a checklist asks in its own words, and only what can be answered by now`() throws {
    var scenario = try Scenario(Self.asking())
    try scenario.at("01:01", .enterPhase("detection"))
    #expect(
      scenario.incident.openQuestions(hasFindings: true)
        == [.field("How many users? ____"), .field("Reported by")])
    try scenario.at("01:02", .updateImpact(.init(users: "500")))
    try scenario.at("01:03", .fill("who", value: "support"))
    try scenario.at("01:04", .enterPhase("triage"))
    #expect(scenario.incident.openQuestions(hasFindings: true) == [.field("Time started")])
  }

  @Test func `nothing is open once it is over`() throws {
    var scenario = try Scenario(Self.asking())
    try scenario.at("01:20", .resolve)
    #expect(scenario.incident.openQuestions(hasFindings: false).isEmpty)
  }
}
