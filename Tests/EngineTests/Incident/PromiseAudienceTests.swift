import Engine
import EventLog
import Testing

/// A promise belongs to its audience, and one audience is one by whatever name.
struct PromiseAudienceTests {
  private func update(_ audience: String?, next: String? = nil) -> Command {
    .sendUpdate(.init(text: "x", audience: audience, next: next.map(Scenario.time)))
  }

  @Test func `a promise to the team is not kept by an update to customers`() throws {
    var scenario = try Scenario(.twoSeverities, severity: "P2")
    try scenario.at("01:05", update(nil, next: "01:30"))
    try scenario.at("01:20", update("customers"))

    #expect(scenario.due("update", at: "01:25") == Scenario.time("01:30"))
    #expect(scenario.state("update", at: "01:31") == .breached)
    let count = scenario.incident.promiseCount(at: Scenario.time("01:31"))
    #expect((count.kept, count.broken) == (0, 1))

    try scenario.at("01:32", update("the team"))
    #expect(scenario.incident.promiseCount(at: Scenario.time("01:33")).broken == 1)
    #expect(scenario.deadline("update", at: "01:33") == nil)
  }

  @Test func `an interval that names nobody is answered by an update to anybody`() throws {
    var scenario = try Scenario(.twoSeverities)
    try scenario.at("01:10", update("customers"))

    #expect(scenario.due("update", at: "01:11") == Scenario.time("01:40"))
  }

  @Test(arguments: ["customers", "status page", "users", "External", "the public"])
  func `what is owed to external is met by an update to customers or on the status page`(
    audience: String
  ) throws {
    var procedure = Procedure.twoSeverities
    procedure.severities[0].targets = [
      .init(
        kind: .communicate, within: .seconds(600), audience: "external", text: "10 min", line: 1)
    ]
    procedure.cadence = []
    var scenario = try Scenario(procedure)
    try scenario.at("01:05", update(audience, next: "01:40"))

    #expect(scenario.state("communicate:external", at: "01:06") == .met)

    try scenario.at("01:30", update("customers", next: "02:10"))
    let running = scenario.incident.deadlines(at: Scenario.time("01:31")).filter {
      $0.kind == .update && $0.state.isRunning
    }
    #expect(running.map(\.due) == [Scenario.time("02:10")])
    #expect(scenario.incident.promiseCount(at: Scenario.time("01:31")).kept == 1)
  }

  @Test func `a document that owes both keeps them apart`() throws {
    var procedure = Procedure.twoSeverities
    procedure.severities[0].targets = [
      .init(kind: .communicate, within: .seconds(600), audience: "customers", text: "", line: 1),
      .init(kind: .communicate, within: .seconds(900), audience: "status page", text: "", line: 2),
    ]
    var scenario = try Scenario(procedure)
    try scenario.at("01:05", update("customers"))

    #expect(scenario.state("communicate:customers", at: "01:06") == .met)
    #expect(scenario.state("communicate:status-page", at: "01:06") == .pending)
  }

  @Test func `a template is for those outside or inside whom its title names`() throws {
    func template(_ title: String) -> Template {
      Template(id: title.lowercased(), title: title, body: "x", line: 1)
    }
    var procedure = Procedure.twoSeverities
    procedure.cadence = []
    for index in procedure.severities.indices { procedure.severities[index].targets = [] }
    var incident = try Scenario(procedure).incident
    #expect(incident.audience(for: template("Customer e-mail")) == "customers")
    #expect(incident.audience(for: template("Status page: resolved")) == "customers")
    #expect(incident.audience(for: template("Slack update")) == nil)

    procedure.cadence = [Cadence(every: 1800, audience: "external", line: 1)]
    incident = try Scenario(procedure).incident
    #expect(incident.audience(for: template("Customer e-mail")) == "external")
  }
}
