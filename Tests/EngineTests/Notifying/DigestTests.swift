import Engine
import EventLog
import Testing

/// When digests are due, and which of them are still to be sent: a function of the store's log and the instant.
struct DigestTests {
  private let daily = DigestSchedule(name: "morning", minutes: 9 * 60, audience: "team")
  private let weekly = DigestSchedule(
    name: "week", day: .monday, minutes: 9 * 60 + 30, audience: "boss")

  private func plan(
    _ events: [(EventKind, String, JSON.Member?)] = [], at now: String
  ) -> (due: [DigestOrder], changes: Timestamp?) {
    var log = MemoryLog()
    var book = DigestBook()
    for (kind, at, more) in events {
      var members: [JSON.Member] = [
        .init("subject", .string("digest:\(Scenario.time("21 09:00").milliseconds)/morning")),
        .init("target", "agent:mail"), .init("attempt", 1),
      ]
      if let more { members.append(more) }
      let draft = EventDraft(kind, EventData(bytes: JSON.object(members).bytes[...]))
      book.apply(
        log.append(draft, author: Author(actor: "muster", source: "t"), at: Scenario.time(at)))
    }
    return book.plan([daily, weekly], at: Scenario.time(now), in: .utc) {
      $0 == "team" ? ["mail"] : []
    }
  }

  @Test func `each is due at its hour, of every day or of one`() {
    #expect(daily.due(at: Scenario.time("21 08:59"), in: .utc) == Scenario.time("20 09:00"))
    #expect(daily.due(at: Scenario.time("21 09:00"), in: .utc) == Scenario.time("21 09:00"))
    #expect(daily.next(after: Scenario.time("21 09:00"), in: .utc) == Scenario.time("22 09:00"))
    #expect(weekly.due(at: Scenario.time("21 09:00"), in: .utc) == Scenario.time("16 09:30"))
    #expect(weekly.next(after: Scenario.time("21 09:00"), in: .utc) == Scenario.time("23 09:30"))
  }

  @Test func `one is sent once, by every channel of its audience`() throws {
    let first = plan(at: "21 09:00:01")
    #expect(first.due.map(\.target) == ["agent:mail"])
    let order = try #require(first.due.first)
    #expect(order.from == Scenario.time("20 09:00") && order.due == Scenario.time("21 09:00"))
    #expect(first.changes == Scenario.time("22 09:00"))
    let sent = plan(
      [(.deliveryStarted, "21 09:00", nil), (.deliverySucceeded, "21 09:00:02", nil)],
      at: "21 09:01")
    #expect(sent.due.isEmpty)
  }

  @Test func `what was stopped is sent again at once, what failed after a while`() {
    let stopped = plan([(.deliveryStarted, "21 09:00", nil)], at: "21 09:00:03")
    #expect(stopped.due.map(\.attempt) == [2])
    let failed: [(EventKind, String, JSON.Member?)] = [
      (.deliveryStarted, "21 09:00", nil), (.deliveryFailed, "21 09:00:02", nil),
    ]
    #expect(plan(failed, at: "21 09:00:03").due.isEmpty)
    #expect(plan(failed, at: "21 09:00:03").changes == Scenario.time("21 09:00:07"))
    #expect(plan(failed, at: "21 09:00:07").due.map(\.attempt) == [2])
    let final = [failed[0], (EventKind.deliveryFailed, "21 09:00:02", JSON.Member("final", true))]
    #expect(plan(final, at: "21 09:30").due.isEmpty)
  }

  @Test func `what nobody sent for two hours is left to the next`() {
    #expect(plan(at: "21 11:00").due.count == 1)
    #expect(plan(at: "21 11:00:01").due.isEmpty)
  }

  @Test func `it tells what began, ended and is open in its time`() throws {
    var scenario = try Scenario(.twoSeverities)
    let context = scenario.context
    func report(_ incident: Incident, _ from: String, _ to: String) -> DigestReport {
      var report = DigestReport(from: Scenario.time(from), to: Scenario.time(to))
      report.add(incident, in: context)
      return report
    }
    let open = report(scenario.incident, "20 09:00", "21 09:00")
    #expect(open.declared.count == 1 && open.open.count == 1 && open.closed.isEmpty)
    try scenario.at("10:00", .resolve)
    try scenario.at("10:05", .close(.resolved, reason: nil))
    let closed = report(scenario.incident, "21 09:00", "22 09:00")
    #expect(closed.declared.isEmpty && closed.open.isEmpty && closed.closed.count == 1)
    // The draft of the post-mortem was owed within 48 hours.
    let overdue = report(scenario.incident, "23 09:00", "24 09:00")
    #expect(overdue.overdue.map(\.state) == ["Post-mortem draft"])
  }
}
