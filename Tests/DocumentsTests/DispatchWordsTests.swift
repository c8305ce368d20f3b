import Documents
import Engine
import EventLog
import Testing
import Wording

struct DispatchWordsTests {
  private static let start = Timestamp(milliseconds: 1_795_000_000_000)

  private static func dispatch(_ state: Dispatch.State, failures: Int = 0) -> Dispatch {
    Dispatch(
      update: 17, audience: "customers", target: "page", from: "mira@ops1", failures: failures,
      error: failures > 0 ? "exit 7: no route" : nil, state: state)
  }

  @Test(arguments: [
    (dispatch(.due(start)), "NOT DELIVERED yet", "pending"),
    (
      dispatch(.due(start + .seconds(70)), failures: 1),
      "NOT DELIVERED (exit 7: no route), tried once, next attempt at", "retrying"
    ),
    (
      dispatch(.due(start), failures: 3),
      "NOT DELIVERED (exit 7: no route), tried 3 times, next attempt now", "retrying"
    ),
    (dispatch(.delivered(start), failures: 2), "delivered at", "delivered"),
    (
      dispatch(.givenUp(start), failures: 10),
      "NOT DELIVERED (exit 7: no route), given up after 10 attempts at", "given_up"
    ),
    (
      dispatch(.givenUp(start)), "NOT DELIVERED, too old to be retried automatically since",
      "given_up"
    ),
    (dispatch(.superseded(by: 19)), "not delivered; the later update 19 was", "superseded"),
    (
      dispatch(.withheld(.reopened(start)), failures: 2),
      "NOT SENT: the incident was reopened at", "withheld"
    ),
    (
      dispatch(.withheld(.status(told: "Resolved", holds: "Monitoring", since: start))),
      "NOT SENT: it says Resolved, and the status is Monitoring since", "withheld"
    ),
    (dispatch(.failed(start), failures: 1), "not delivered (exit 7: no route)", "failed"),
  ])
  func `how far it has come, in words and for programs`(
    dispatch: Dispatch, words: String, state: String
  ) {
    #expect(dispatch.words(at: Self.start, in: .utc).hasPrefix(words))
    #expect(dispatch.name == "update 17 to customers: page")
    let json = dispatch.json
    #expect(json["state"]?.string == state)
    #expect(json["update"]?.integer == 17)
    #expect((json["next_attempt"]?.string != nil) == ["pending", "retrying"].contains(state))
    #expect((json["delivered"]?.string != nil) == (state == "delivered"))
  }

  // MARK: - On every page

  /// An incident with updates of which one arrived late, one at once, and one never.
  private func incident() throws -> (Incident, MemoryLog) {
    var log = MemoryLog()
    var incident = Incident()
    var now = Self.start
    func record(_ draft: EventDraft) {
      incident.apply(log.append(draft, author: Author(actor: "mira", source: "test"), at: now))
      now = now + .seconds(60)
    }
    var procedure = Procedure(name: "test", source: .init(path: "test.md", sha256: ""))
    procedure.severities = [Severity(id: "P1", name: "Critical", rank: 1, line: 1)]
    record(
      try Incident.declare(
        Declaration(id: "2026-11-18-x", title: "It fails", severity: "P1", procedure: procedure),
        at: now))
    func send(_ ways: [String], _ attempts: [(String, Bool)]) throws {
      var update = Command.OutgoingUpdate(
        text: "We look", audience: "customers", next: now + .minutes(5))
      (update.via, update.from) = (ways, "mira@ops1")
      record(try incident.decide(.sendUpdate(update), at: now))
      let number = incident.sequence
      var counts: [String: Int] = [:]
      for (target, isSuccess) in attempts {
        counts[target, default: 0] += 1
        let outcome = Command.recordDelivery(
          DeliveryResult(
            subject: DeliverySubject.update(number).text, target: target, isSuccess: isSuccess,
            attempt: counts[target] ?? 1, error: isSuccess ? nil : "exit 7"))
        record(try incident.decide(outcome, at: now))
      }
    }
    try send(["page"], [("page", false), ("page", true)])
    try send(["page", "mail"], [("page", true), ("mail", false), ("mail", false)])
    return (incident, log)
  }

  @Test func `what is missing stands on every page, and the post-mortem judges it`() throws {
    let (incident, log) = try incident()
    let now = Self.start + .minutes(20)
    let source = ReportSource(of: incident, events: log.events, at: now)
    let missing = "update 5 to customers: mail: NOT DELIVERED (exit 7), tried 2 times"
    let situation = source.situation
    #expect(
      situation.lines(in: .utc).contains {
        $0.hasPrefix("! \(missing)")
      })
    #expect(
      situation.lines(in: .utc).contains(
        "Promises   1 kept, 1 broken"))
    #expect(situation.statusLine.contains("NOT DELIVERED mail"))
    #expect(situation.json["deliveries"]?.array?.count == 3)
    #expect(situation.json["promise_counts"]?["kept"]?.integer == 1)
    let brief = BriefReport(of: source)
    #expect(brief.markdown.contains("update 5 to customers: mail: NOT DELIVERED"))
    let report = PostmortemReport(of: source)
    #expect(report.wentWell.contains("2 of 3 updates were delivered"))
    #expect(report.wentWrong.contains("Update 5 to customers was never delivered to mail (exit 7)"))
    #expect(
      report.wentWrong.contains {
        $0.hasPrefix("Update 2 to customers was delivered to page only at")
          && $0.hasSuffix("after a failed attempt (exit 7)")
      })
  }
}
