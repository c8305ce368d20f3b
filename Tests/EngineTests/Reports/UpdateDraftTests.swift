import Engine
import EventLog
import Testing

struct UpdateDraftTests {
  private func draft(_ scenario: Scenario, to audience: String?, at now: String) -> UpdateDraft {
    UpdateDraft(
      to: audience, of: scenario.incident, events: scenario.log.events, at: Scenario.time(now))
  }

  @Test func `updates are numbered for each audience, and a retracted one keeps its number`() throws
  {
    var scenario = try Scenario(.twoSeverities)
    #expect(scenario.incident.updateNumber(for: "customers") == 1)
    try scenario.at("01:05", .sendUpdate(.init(text: "one", audience: "customers")))
    try scenario.at("01:06", .sendUpdate(.init(text: "ours")))
    try scenario.at("01:07", .sendUpdate(.init(text: "two", audience: "Customers")))
    try scenario.at("01:08", .retract(entry: 4, secret: false, reason: nil))
    #expect(scenario.incident.updateNumber(for: "customers") == 3)
    #expect(scenario.incident.updateNumber(for: nil) == 4)
    let template = Template(id: "n", title: "n", body: "Update number [number]", line: 1)
    let draft = UpdateDraft(
      to: "customers", of: scenario.incident, events: scenario.log.events,
      at: Scenario.time("01:09"), template: template)
    #expect(draft.text == "Update number 3")
  }

  @Test func `no status stands in brackets where the words ask for a time`() throws {
    var scenario = try Scenario(.twoSeverities)
    for (minute, command) in [
      ("01:05", nil), ("01:10", Command.setStatus("identified")), ("01:20", .mitigate),
      ("01:30", .resolve),
    ] {
      if let command { try scenario.at(minute, command) }
      for audience in [nil, "customers", "stakeholders"] {
        let text = draft(scenario, to: audience, at: "01:40").text
        for name in ["[Investigating]", "[Identified]", "[Monitoring]", "[Resolved]"] {
          #expect(!text.contains(name), "\(text)")
        }
      }
    }
    let over = draft(scenario, to: "customers", at: "01:40").text
    #expect(over.contains("This was resolved at 01:30 UTC."))
  }

  @Test func `the next promise comes from the cadence, and from none once it is resolved`() throws {
    var scenario = try Scenario(.twoSeverities)
    #expect(draft(scenario, to: nil, at: "01:10").next == Scenario.time("01:40"))
    #expect(draft(scenario, to: "customers", at: "01:10").next == Scenario.time("01:40"))
    try scenario.at("01:20", .resolve)
    #expect(draft(scenario, to: nil, at: "01:25").next == nil)
  }

  @Test func `without a cadence the words promise what is promised, a promise that still runs`()
    throws
  {
    var procedure = Procedure.twoSeverities
    procedure.cadence = []
    procedure.templates = [
      Template(id: "status", title: "Status", body: "Next update: [time of next update]", line: 1)
    ]
    var scenario = try Scenario(procedure)
    #expect(draft(scenario, to: "board", at: "01:05").next == nil)
    let promise = Command.OutgoingUpdate(
      text: "x", audience: "board", next: Scenario.time("01:30"))
    try scenario.at("01:06", .sendUpdate(promise))
    let draft = draft(scenario, to: "board", at: "01:10")
    #expect(draft.next == Scenario.time("01:30"))
    #expect(draft.filled.promisesNext)
    #expect(draft.text.contains("01:30"))
    #expect(self.draft(scenario, to: "customers", at: "01:10").next == nil)
    #expect(self.draft(scenario, to: "board", at: "01:30").next == nil)
  }

  @Test func `an audience hears next when the first of its own deadlines is due`() throws {
    var procedure = Procedure.twoSeverities
    procedure.notices = [
      Notice(within: .seconds(2400), audience: nil, text: "once", line: 3),
      Notice(within: .seconds(300), audience: "VIP customers", text: "once", line: 4),
    ]
    let scenario = try Scenario(procedure)
    let now = Scenario.time("01:02")
    let deadlines = scenario.incident.deadlines(at: now)
    func next(_ audience: String?) -> Timestamp? {
      scenario.incident.nextWord(to: audience, by: deadlines)
    }
    #expect(next("Customers") == Scenario.time("01:10"))
    #expect(next("vip customers") == Scenario.time("01:05"))
    #expect(next(nil) == Scenario.time("01:30"))
    #expect(next("board") == nil)
  }

  @Test func `everybody who is owed an update is offered, the team last`() throws {
    var scenario = try Scenario(.twoSeverities)
    #expect(scenario.incident.audiences == [nil, "customers"])
    try scenario.at("01:05", .sendUpdate(.init(text: "x", audience: "Board")))
    try scenario.at("01:06", .sendUpdate(.init(text: "y", audience: "board")))
    #expect(scenario.incident.audiences == [nil, "customers", "Board"])
  }

  @Test(arguments: [
    ("Status: [status] since [time].", ["[status]"], ["[status]", "[time]"]),
    ("Everything is filled in.", ["[status]"], []),
    ("[x] done, see [page](https://x)", [], []),
    ("By HH:MM", ["HH:MM"], ["HH:MM"]),
  ])
  func `places that are still open are found in edited words`(
    text: String, known: [String], expected: [String]
  ) {
    #expect(UpdateDraft.openPlaces(in: text, of: known) == expected)
  }

  @Test func `what goes out ends in the newest line of the log`() {
    #expect(UpdateDraft.signed("We look", head: "4:ab") == "We look\n\n-- \nlog 4:ab\n")
    #expect(UpdateDraft.signed("We look", head: nil) == "We look")
    let head = "123456:" + String(repeating: "a", count: 64)
    for text in ["We look", "Déjà\n\n-- \nlog 1:ab", String(repeating: "é", count: 400)] {
      #expect(UpdateDraft.unsigned(UpdateDraft.signed(text, head: head)) == text)
      #expect(UpdateDraft.unsigned(text) == text)
    }
  }

  @Test func `promises are counted as the post-mortem counts them`() throws {
    var scenario = try Scenario(.twoSeverities)
    let promises: [(String, String?, String?)] = [
      ("01:05", "customers", "01:20"), ("01:10", nil, "01:15"), ("01:15", "customers", "01:30"),
      ("01:40", "customers", "02:00"), ("01:41", "board", "03:00"),
    ]
    for (now, audience, next) in promises {
      try scenario.at(
        now, .sendUpdate(.init(text: "x", audience: audience, next: next.map(Scenario.time))))
    }
    try scenario.at("01:50", .resolve)
    try scenario.at("02:10", .reopen(reason: nil))
    try scenario.at("02:11", .sendUpdate(.init(text: "x", next: Scenario.time("02:20"))))
    for now in ["02:12", "02:30"] {
      let now = Scenario.time(now)
      let episodes = Episode.all(of: scenario.incident, events: scenario.log.events)
      let conduct = Conduct(of: episodes, events: scenario.log.events, at: now)
      let count = scenario.incident.promiseCount(at: now)
      #expect(count.kept == conduct.promises.count { $0.result == .kept })
      #expect(count.broken == conduct.promises.count { $0.result == .broken })
      #expect(count.running == conduct.promises.count { $0.result == .running })
    }
    let count = scenario.incident.promiseCount(at: Scenario.time("02:30"))
    #expect((count.kept, count.broken, count.running) == (1, 3, 0))
  }

  @Test func `a promise is broken at the moment it was made for, as its countdown is over`() throws
  {
    var scenario = try Scenario(.twoSeverities)
    try scenario.at("01:05", .sendUpdate(.init(text: "x", next: Scenario.time("01:20"))))
    let due = Scenario.time("01:20")
    #expect(scenario.incident.promiseCount(at: due - .milliseconds(1)).running == 1)
    #expect(scenario.incident.promiseCount(at: due).broken == 1)
    try scenario.at("01:20", .sendUpdate(.init(text: "x")))
    #expect(scenario.incident.promiseCount(at: due).kept == 1)
  }
}
