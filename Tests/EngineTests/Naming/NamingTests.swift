import Engine
import Testing

@Suite struct `Names as people shorten them` {
  @Test(arguments: [
    ("all", nil), ("call", "Call the lead"), ("cal lea", "Call the lead"),
    ("status page", "Set the status page"), ("stat", nil), ("Set the status", "Set the status"),
    ("provider", "Call the payment provider"), ("call provider", "Call the payment provider"),
    ("rollback", nil), ("back", "Roll back"), ("確認", "状況を確認する"), ("nothing", nil), ("", nil),
  ])
  func `whole words count before beginnings, and middles never`(
    typed: String, expected: String?
  ) {
    let names = [
      "Call the lead", "Set the status page", "Set the status", "Call the payment provider",
      "Roll back", "状況を確認する",
    ]
    let found =
      typed == "call"
      ? NameMatch(typed, among: [names[0], names[1]]).only.map { names[$0] }
      : NameMatch(typed, among: names).only.map { names[$0] }
    #expect(found == expected)
  }

  @Test(arguments: [
    ("sev1", "SEV-1"), ("SEV 1", "SEV-1"), ("1", "SEV-1"), ("p1", "SEV-1"), ("Sev-2", "SEV-2"),
    ("severity 2", "SEV-2"), ("critical", "SEV-1"), ("crit", "SEV-1"), ("maj", "SEV-2"),
    ("sev9", nil), ("bad", nil), ("sev", nil), ("", nil), ("m", nil),
  ])
  func `a severity is taken where it is unmistakable`(typed: String, expected: String?) {
    var procedure = Procedure(name: "x", source: .init(path: "x.md", sha256: ""))
    procedure.severities = [
      Severity(id: "SEV-1", name: "Critical", rank: 1, line: 1),
      Severity(id: "SEV-2", name: "Major", rank: 2, line: 2),
      Severity(id: "SEV-3", name: "Minor", rank: 3, line: 3),
    ]
    #expect(procedure.severity(named: typed)?.id == expected)
  }

  @Test(arguments: [
    ("1", nil), ("high", "High"), ("p2", nil), ("crit", "Critical"), ("sev1", nil),
  ])
  func `a severity without a number has none`(typed: String, expected: String?) {
    var procedure = Procedure(name: "x", source: .init(path: "x.md", sha256: ""))
    procedure.severities = ["Critical", "High", "Low"].enumerated().map {
      Severity(id: $1, name: $1, rank: $0 + 1, line: 1)
    }
    #expect(procedure.severity(named: typed)?.id == expected)
  }

  @Test(arguments: [
    ("ic", "Incident Commander"), ("IC", "Incident Commander"), ("comms", "Communications Lead"),
    ("communications", "Communications Lead"), ("ops", "Operations Lead"),
    ("cl", "Communications Lead"),
    ("SCRIBE", "Scribe"), ("scr", "Scribe"),
  ])
  func `a role goes by a part, by initials and in any case`(typed: String, role: String) throws {
    #expect(try Self.incident().role(named: typed) == role)
  }

  @Test func `a role that several could be is asked back, and an unknown one is new`() throws {
    let incident = try Self.incident()
    #expect(
      throws: Rejection.ambiguous(
        .role, "lead", matches: ["Communications Lead", "Operations Lead"])
    ) {
      try incident.role(named: "lead")
    }
    #expect(incident.isNewRole("DBA") && !incident.isNewRole("lead") && !incident.isNewRole("ic"))
    let now = Scenario.time("01:05")
    #expect(throws: Rejection.self) {
      try incident.decide(.assign(role: "DBA", name: "kai"), at: now)
    }
    let draft = try incident.decide(.assign(role: "DBA", name: "kai", isNew: true), at: now)
    #expect(draft.data.string("role") == "DBA")
  }

  @Test(arguments: [
    ("2", [2]), ("2 3", [2, 3]), ("1,3", [1, 3]), ("1-3", [1, 2, 3]), ("3 3", [3]),
  ])
  func `several items go by their numbers`(typed: String, numbers: [Int]) throws {
    #expect(try Self.incident().items(named: typed).map(\.number) == numbers)
  }

  @Test func `an item is not found by letters in the middle of a word`() throws {
    #expect(throws: Rejection.self) { try Self.incident().item(named: "all") }
    #expect(try Self.incident().item(named: "call").number == 1)
    #expect(throws: Rejection.self) { try Self.incident().items(named: "1 9") }
  }

  @Test func `a number is never the beginning of a longer one`() {
    #expect(NameMatch("Lead 1", among: ["Lead 10", "Lead 12"]).places.isEmpty)
    #expect(NameMatch("Lead 1", among: ["Lead 10", "Lead 1"]).only == 1)
    #expect(NameMatch("sev1", among: ["SEV10", "SEV1b"]).only == 1)
  }

  @Test func `next is the phase behind the present one`() throws {
    let incident = try Self.incident()
    #expect(try incident.phase(named: "next").id == "fix")
    #expect(try incident.phase(named: "fi").id == "fix")
  }

  @Test(arguments: [
    ("kai put secret 10m", "kai", "put secret", 600), ("kai: check it 10m", "kai", "check it", 600),
    ("bo: read the logs (15m)", "bo", "read the logs", 900),
    ("look at the lag 10m", "", "look at the lag", 600),
    ("@bo vacuum orders", "bo", "vacuum orders", nil),
    ("Ana Ruiz restart api", "Ana Ruiz", "restart api", nil),
    ("check logs of the last 10m", "", "check logs of the last 10m", nil),
    ("bo: ping it in 5 min", "bo", "ping it", 300),
    ("bo: drain 5 nodes", "bo", "drain 5 nodes", nil),
    ("bo: ping it for 1h30m", "bo", "ping it", 5400), ("bo: ping it (10)", "bo", "ping it", 600),
    ("zoe put secret 10m", "zoe", "put secret", 600),
    ("vacuum orders table", "", "vacuum orders table", nil),
    ("http://x is down", "", "http://x is down", nil),
    ("10m check replicas", "", "check replicas", 600),
    ("check replicas 10m", "", "check replicas", 600),
    ("10m kai: check replicas", "kai", "check replicas", 600),
    ("kai: 10m check replicas", "kai", "check replicas", 600),
    ("bo: 5 min look", "bo", "look", 300), ("2h ago it broke", "", "2h ago it broke", nil),
  ])
  func `a task says who, what and within which time`(
    typed: String, who: String, text: String, seconds: Int?
  ) {
    let task = TaskWords(typed, people: ["kai", "Ana Ruiz"])
    #expect(task.who == who)
    #expect(task.text == text)
    #expect(task.timeBox == seconds.map { .seconds($0) })
  }

  @Test(arguments: [
    ("10m look  again", 600, "look  again"), ("5 min tea", 300, "tea"), ("10 tea", 600, "tea"),
    ("90s", 90, "timer"), ("1h30m", 5400, "timer"), ("2 hours", 7200, "timer"),
    ("10m check replicas", 600, "check replicas"), ("check replicas 10m", 600, "check replicas"),
    ("check replicas in 5 min", 300, "check replicas"), ("tea (5)", 300, "tea"),
    ("10m check the last 5m", 600, "check the last 5m"),
  ])
  func `a timer says how long and what for`(typed: String, seconds: Int64, text: String) {
    let words = TimerWords(typed)
    #expect(words?.span == .seconds(seconds) && words?.text == text)
    #expect(TimerWords("tea") == nil && TimerWords("look at the last 10m") == nil)
  }

  @Test(arguments: [
    ("Roll back? -> yes", "Roll back?", "yes"), ("Roll back? → no", "Roll back?", "no"),
    ("Roll back?", "Roll back?", ""), ("a -> b → c", "a", "b → c"),
  ])
  func `a decision may hold its choice`(typed: String, question: String, choice: String) {
    let words = DecisionWords(typed)
    #expect(words.question == question && words.choice == choice)
  }

  @Test func `reached goes by the name of whoever is called`() throws {
    var scenario = try Scenario(.twoSeverities, severity: "P1")
    try scenario.at("01:00:10", .note("x"))
    let steps = scenario.incident.deadlines(at: Scenario.time("01:01")).filter { $0.step != nil }
    let first = try #require(steps.first)
    let directory = Directory(
      contacts: [Contact(role: first.label, name: "Ada Byron", contact: "+1", line: 1)],
      rota: Rota())
    let found = scenario.incident.step(
      reachedAs: "ada", at: Scenario.time("01:01"), in: directory)
    #expect(found?.label == first.label)
    #expect(
      scenario.incident.step(
        reachedAs: "bob", at: Scenario.time("01:01"), in: directory) == nil)
  }

  /// An incident with a checklist, phases and roles.
  private static func incident() throws -> Incident {
    var procedure = Procedure(name: "x", source: .init(path: "x.md", sha256: ""))
    procedure.phases = [
      Phase(id: "see", title: "Assess", line: 1), Phase(id: "fix", title: "Fix it", line: 2),
    ]
    procedure.checklist = ["Call the lead", "Set the status page", "Roll back"].enumerated().map {
      ChecklistItem(id: "c-\($0)", text: $1, phase: "see", line: $0)
    }
    procedure.roles = ["Communications Lead", "Operations Lead", "Scribe"].map {
      Role(name: $0, line: 1)
    }
    return try Scenario(procedure, severity: nil).incident
  }
}
