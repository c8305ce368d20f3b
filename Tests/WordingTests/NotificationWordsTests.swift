import Engine
import EventLog
import Testing
import Wording

/// What somebody reads who was just woken.
struct NotificationWordsTests {
  private static func time(_ clock: String) throws -> Timestamp {
    try #require(Timestamp(rfc3339: "2026-11-21T\(clock).000Z"))
  }

  /// The message of a call, as it is read at an instant.
  private func order(at now: Timestamp) throws -> NotificationOrder {
    var procedure = Procedure(name: "x", source: .init(path: "OUTAGE.md", sha256: ""))
    procedure.severities = [Severity(id: "P1", name: "Worst", rank: 1, line: 1)]
    procedure.escalation = [
      EscalationStep(level: 1, to: "Lead", after: 300, text: "if not resolved in 5 min", line: 284)
    ]
    let declaration = Declaration(
      id: "2026-11-21-checkout", title: "Checkout 502", severity: "P1", procedure: procedure)
    var log = MemoryLog()
    let start = try Self.time("01:00:00")
    let event = log.append(
      try Incident.declare(declaration, at: start), author: Author(actor: "mira", source: "test"),
      at: start)
    let incident = Incident(replaying: [event])
    let roster = Roster(
      people: [Person(name: "kai", role: "Lead", reach: [.init(channel: "telegram")])],
      channels: ["telegram"])
    let plan = incident.notices(
      at: now, among: incident.deadlines(at: now),
      in: NotificationSituation(roster: roster, context: TimeContext()))
    var book = NotificationBook()
    return try #require(book.take(plan.due, at: now).orders.first)
  }

  @Test func `a call says what, since when in both zones, by which rule, and what answering does`()
    throws
  {
    let now = try Self.time("01:05:02")
    let order = try order(at: now)
    let jakarta = TimeZoneRules(
      name: "Asia/Jakarta",
      initial: .init(offset: 25_200, abbreviation: "WIB", isDaylightSaving: false))
    #expect(order.title(at: now) == "You are called as Lead: Checkout 502 (P1)")
    #expect(
      order.text(at: now, in: jakarta).split(separator: "\n").map(String.init) == [
        "You are called as Lead.", "Checkout 502, P1, Investigating.",
        "Since 08:05 WIB (01:05 UTC).", "Rule: \"if not resolved in 5 min\" OUTAGE.md:284",
        "“I have it” acknowledges the incident for you and ends this call; “Cannot” calls the next "
          + "one at once. In a shell: muster ack -i 2026-11-21-checkout, muster reached Lead "
          + "-i 2026-11-21-checkout", "Incident 2026-11-21-checkout",
      ])
  }

  /// What is told of an incident in which an update was promised and a task given.
  private func texts(at now: Timestamp) throws -> [String] {
    var log = MemoryLog()
    let start = try Self.time("01:00:00")
    let procedure = Procedure(name: "x", source: .init(path: "OUTAGE.md", sha256: ""))
    let declaration = Declaration(
      id: "2026-11-21-x", title: "x", severity: nil, procedure: procedure)
    let mira = Author(actor: "mira", source: "test")
    var incident = Incident()
    incident.apply(
      log.append(try Incident.declare(declaration, at: start), author: mira, at: start))
    let commands: [Command] = [
      .acknowledge, .assign(role: Incident.commanderRole, name: "kai"),
      .sendUpdate(
        .init(text: "x", audience: "key clients", next: try Self.time("01:10:17"))),
      .assignTask("look", who: "kai", timeBox: .seconds(60)),
    ]
    for command in commands {
      incident.apply(
        log.append(try incident.decide(command, at: start), author: mira, at: start))
    }
    let roster = Roster(
      people: [Person(name: "kai", reach: [.init(channel: "telegram")])], channels: ["telegram"])
    let plan = incident.notices(
      at: now, among: incident.deadlines(at: now),
      in: NotificationSituation(roster: roster, context: TimeContext()))
    var book = NotificationBook()
    return book.take(plan.due, at: now).orders.map { $0.text(at: now, in: .utc) }
  }

  @Test
  func `the commands that are told do what they are told for, and times are those of the duty`()
    throws
  {
    let told = try texts(at: try Self.time("01:10:32")).joined(separator: "\n")
    #expect(told.contains("muster update --audience 'key clients' -i 2026-11-21-x"), "\(told)")
    #expect(told.contains("Was due 01:10 UTC, 15 s ago."), "\(told)")
    #expect(told.contains("Promised by mira."), "\(told)")
    #expect(told.contains("muster task done 5 -i 2026-11-21-x"), "\(told)")
  }

  @Test func `one that is late says how late`() throws {
    let now = try Self.time("01:17:00")
    let text = try order(at: now).text(at: now, in: .utc)
    #expect(text.contains("Since 01:05 UTC (12 min ago: this message is late)."))
  }

  @Test(
    arguments: [
      (AgentWatch.none, nil), (.watching(channels: ["x"], trouble: nil), nil),
      (.watching(channels: [], trouble: "store.yaml:2"), "AGENT: SETTINGS OF BEFORE"),
      (.stuck(channels: [], since: .distantPast), "NOBODY WATCHES: the agent is stuck since T"),
      (.missing(since: .distantPast), "NOBODY WATCHES: no agent since T"),
    ] as [(AgentWatch, String?)])
  func `the absence of an agent is told in capitals`(watch: AgentWatch, mark: String?) {
    #expect(watch.mark { _ in "T" } == mark)
    #expect((watch.sentence { _ in "T" } == nil) == (mark == nil))
  }
}
