import Engine
import EventLog
import Testing

struct DispatchTests {
  /// An incident with an update that goes by some ways, sent at 01:10.
  private func sent(_ ways: [String] = ["page"], isDrill: Bool = false) throws -> Scenario {
    var scenario = try isDrill ? drill() : Scenario(.twoSeverities)
    try scenario.at("01:10", .sendUpdate(update("We look", ways)))
    return scenario
  }

  private func update(
    _ text: String, _ ways: [String], to audience: String? = "customers"
  ) -> Command.OutgoingUpdate {
    var update = Command.OutgoingUpdate(text: text, audience: audience)
    update.via = ways
    update.from = "mira@ops1"
    return update
  }

  private func drill() throws -> Scenario {
    var scenario = try Scenario(.twoSeverities)
    let draft = try Incident.declare(
      Declaration(id: "2026-11-21-drill", title: "Drill", procedure: .twoSeverities, isDrill: true),
      at: Scenario.time("01:00"))
    scenario.log = MemoryLog()
    scenario.incident = Incident()
    scenario.record(draft, at: Scenario.time("01:00"), by: "mira")
    return scenario
  }

  /// Records an attempt that ended so.
  private func attempt(
    _ number: Int, _ scenario: inout Scenario, at time: String, update: Int = 2,
    to target: String = "page", error: String?
  ) throws {
    let outcome = Command.recordDelivery(
      DeliveryResult(
        subject: DeliverySubject.update(update).text, target: target, isSuccess: error == nil,
        attempt: number,
        error: error))
    try scenario.at(time, outcome, by: "muster")
  }

  @Test func `what is sent by a way is due at once, for each of them`() throws {
    let scenario = try sent(["page", "mail", "page"])
    let all = scenario.incident.dispatches(at: Scenario.time("01:11"))
    #expect(all.map(\.target) == ["page", "mail"])
    #expect(all.allSatisfy { $0.due == Scenario.time("01:10") && $0.attempt == 1 })
    #expect(all.allSatisfy { $0.from == "mira@ops1" && $0.isMissing })
  }

  @Test func `an update that other machines have not got yet is not sent before they have`() throws
  {
    let scenario = try sent()
    var incident = Incident()
    for var event in scenario.log.events {
      if event.kind == .updateSent { event.sequence = RecordedEvent.unsharedPlaces.lowerBound }
      incident.apply(event)
    }
    #expect(incident.dispatches(at: Scenario.time("01:11")).isEmpty)
    #expect(scenario.incident.dispatches(at: Scenario.time("01:11")).count == 1)
  }

  @Test func `what the other side says of the next attempt is obeyed`() throws {
    func state(_ answer: DeliveryAnswer) throws -> Dispatch.State? {
      var scenario = try Scenario(.twoSeverities)
      var update = Command.OutgoingUpdate(text: "We are on it", audience: "customers")
      (update.via, update.from) = (["agent:mail"], nil)
      let number = try scenario.at("01:01", .sendUpdate(update)).sequence
      try scenario.at(
        "01:02",
        .recordDelivery(
          DeliveryResult(
            subject: DeliverySubject.update(number).text, target: "agent:mail", isSuccess: false,
            attempt: 1, error: "no", answer: answer)))
      return scenario.incident.dispatches(at: Scenario.time("01:03")).first?.state
    }
    #expect(
      try state(DeliveryAnswer(notBefore: Scenario.time("01:30"))) == .due(Scenario.time("01:30")))
    #expect(try state(DeliveryAnswer()) == .due(Scenario.time("01:02:05")))
    #expect(try state(DeliveryAnswer(isFinal: true)) == .givenUp(Scenario.time("01:02")))
  }

  @Test func `the newest attempt at a delivery stands for those before it`() throws {
    var scenario = try sent(["page", "mail"])
    try attempt(1, &scenario, at: "01:11", error: "exit 1")
    #expect(scenario.incident.overtakenAttempts.isEmpty)
    try attempt(1, &scenario, at: "01:12", to: "mail", error: nil)
    try attempt(2, &scenario, at: "01:13", error: "exit 1")
    try attempt(3, &scenario, at: "01:14", error: nil)
    // The first two at the page, not what reached a target.
    #expect(scenario.incident.overtakenAttempts == [3, 5])
  }

  @Test(arguments: [
    DeliverySubject.update(17), .step("engineering-lead", episode: 2, round: 1),
    .exhausted(episode: 1), .handover(9), .task(12),
    .countdown("update:customers", due: Timestamp(milliseconds: 1_795_000_000_000)),
    .damage(offset: 4096), .unshared(since: Timestamp(milliseconds: 1_795_000_000_000)),
    .settled(.acknowledged, episode: 2), .room, .guest("kai"),
  ])
  func `the subject of a delivery leads back to what it is about`(subject: DeliverySubject) {
    #expect(DeliverySubject(subject.text) == subject)
  }

  @Test(arguments: [
    "", "update:", "update:x", "escalation:17", "17", "step:1/lead", "countdown:x/y",
  ])
  func `a subject that is not known is none`(text: String) {
    #expect(DeliverySubject(text) == nil)
  }

  @Test func `what is written down about the past goes by no way unasked`() {
    let ways = [
      DeliveryWay(name: "mail"), DeliveryWay(name: "page", audiences: ["customers"]),
      DeliveryWay(name: "board", audiences: ["board"]),
    ]
    #expect(DeliveryWay.usual(of: ways, for: "Customers", isPast: false) == ["mail", "page"])
    #expect(DeliveryWay.usual(of: ways, for: nil, isPast: false) == ["mail"])
    #expect(DeliveryWay.usual(of: ways, for: "Customers", isPast: true).isEmpty)
  }

  @Test(arguments: [
    (1, 5), (2, 10), (3, 20), (4, 40), (5, 80), (6, 160), (7, 320), (8, 600), (9, 600),
    (1_000_000, 600), (0, 5), (-3, 5),
  ])
  func `the wait doubles from five seconds to ten minutes`(failures: Int, seconds: Int) {
    #expect(Dispatch.wait(afterFailure: failures) == .seconds(seconds))
  }

  @Test func `a failed attempt is due again after its wait, and given up after the tenth`() throws {
    var scenario = try sent()
    var now = Scenario.time("01:10")
    for number in 1...Dispatch.mostAttempts {
      let due = try #require(scenario.incident.dispatches(at: now).first?.due)
      #expect(number == 1 || due == now + Dispatch.wait(afterFailure: number - 1))
      now = due
      let outcome = Command.recordDelivery(
        DeliveryResult(
          subject: "update:2", target: "page", isSuccess: false, attempt: number,
          error: "no \(number)"))
      scenario.record(try scenario.incident.decide(outcome, at: now), at: now, by: "muster")
    }
    let last = try #require(scenario.incident.dispatches(at: now).first)
    #expect(last.state == .givenUp(now))
    #expect(last.error == "no 10")
    #expect(last.due == nil)
    #expect(last.isMissing)
    // A person may still try, and then it is there.
    try attempt(11, &scenario, at: "02:30", error: nil)
    #expect(
      scenario.incident.dispatches(at: now).first?.state == .delivered(Scenario.time("02:30")))
  }

  @Test func `an attempt is recorded once, whoever records it`() throws {
    var scenario = try sent()
    try attempt(1, &scenario, at: "01:11", error: "exit 7")
    let again = Command.recordDelivery(
      DeliveryResult(
        subject: "update:2", target: "page", isSuccess: true, attempt: 1, error: nil))
    // Two processes that decided before either saw what the other wrote.
    let first = try scenario.incident.decide(again, at: Scenario.time("01:12"))
    let second = try scenario.incident.decide(again, at: Scenario.time("01:13"))
    #expect(first.identity == second.identity)
    #expect(first.identity != .fresh)
    scenario.record(first, at: Scenario.time("01:12"), by: "muster")
    scenario.record(second, at: Scenario.time("01:13"), by: "muster")
    #expect(scenario.incident.deliveries.entries.count == 1)
    #expect(scenario.incident.dispatches(at: Scenario.time("01:13")).first?.failures == 1)
  }

  @Test func `a retracted update is tried no more`() throws {
    var scenario = try sent()
    try attempt(1, &scenario, at: "01:11", error: "exit 7")
    let event = try #require(scenario.log.events.first { $0.sequence == 2 })
    #expect(scenario.incident.order(for: event, to: "page") != nil)
    try scenario.at("01:12", .retract(entry: 2, secret: false, reason: "wrong"))
    #expect(scenario.incident.dispatches(at: Scenario.time("01:13")).isEmpty)
    #expect(scenario.incident.order(for: event, to: "page") == nil)
  }

  @Test func `an older update is not sent after a newer one was delivered`() throws {
    var scenario = try sent()
    try attempt(1, &scenario, at: "01:11", error: "exit 7")
    try scenario.at("01:20", .sendUpdate(update("Fixed", ["page"])))
    try scenario.at("01:21", .sendUpdate(update("For us", ["page"], to: nil)))
    try attempt(1, &scenario, at: "01:22", update: 4, error: nil)
    try attempt(1, &scenario, at: "01:22", update: 5, error: nil)
    let states = scenario.incident.dispatches(at: Scenario.time("01:23")).map(\.state)
    #expect(states[0] == .superseded(by: 4))
    #expect(states[1] == .delivered(Scenario.time("01:22")))
  }

  /// An update that says the incident is over and did not get out, sent at 01:20.
  private func resolvedInVain() throws -> Scenario {
    var scenario = try Scenario(.twoSeverities)
    try scenario.at("01:19", .resolve)
    var last = update("This is over", ["page"])
    last.status = scenario.incident.status.change.status
    try scenario.at("01:20", .sendUpdate(last))
    try attempt(1, &scenario, at: "01:20", update: 3, error: "exit 7")
    return scenario
  }

  @Test func `that it is over is not sent after it was reopened`() throws {
    var scenario = try resolvedInVain()
    let now = Scenario.time("01:26")
    let question = try scenario.incident.consequences(of: .reopen(reason: nil), at: now)
    #expect(question.withheld.map(\.update) == [3])
    try scenario.at("01:25", .reopen(reason: nil))
    let dispatch = try #require(scenario.incident.dispatches(at: now).first)
    #expect(dispatch.state == .withheld(.reopened(Scenario.time("01:25"))))
    #expect(!dispatch.isMissing && dispatch.isUntold && dispatch.due == nil)
    #expect(scenario.incident.duties(at: now).deliveries.isEmpty)
    // The next word that gets there settles it.
    try scenario.at("01:27", .sendUpdate(update("It is back", ["page"])))
    try attempt(1, &scenario, at: "01:27", update: 6, error: nil)
    #expect(scenario.incident.dispatches(at: now).first?.state == .superseded(by: 6))
  }

  @Test func `that it is over is not sent after the resolution was taken back`() throws {
    var scenario = try resolvedInVain()
    try scenario.at("01:25", .retract(entry: 2, secret: false, reason: nil))
    let dispatch = try #require(scenario.incident.dispatches(at: Scenario.time("01:26")).first)
    #expect(dispatch.isWithheld)
  }

  @Test func `what a later status contradicts is not sent; what it bears out is`() throws {
    var scenario = try Scenario(.twoSeverities)
    var first = update("We look", ["page"])
    first.status = scenario.incident.status.change.status
    try scenario.at("01:10", .sendUpdate(first))
    try scenario.at("01:11", .note("x"))
    #expect(scenario.incident.dispatches(at: Scenario.time("01:12")).first?.isMissing == true)
    try scenario.at("01:13", .resolve)
    #expect(scenario.incident.dispatches(at: Scenario.time("01:14")).first?.isWithheld == true)
  }

  @Test func `a fix that is announced before it is recorded goes out`() throws {
    var scenario = try Scenario(.twoSeverities)
    var fixed = update("Fixed", ["page"])
    fixed.status = scenario.incident.status(withRole: .resolved).id
    try scenario.at("01:10", .sendUpdate(fixed))
    try scenario.at("01:11", .note("x"))
    #expect(scenario.incident.dispatches(at: Scenario.time("01:12")).first?.isMissing == true)
    try scenario.at("01:13", .resolve)
    #expect(scenario.incident.dispatches(at: Scenario.time("01:14")).first?.isMissing == true)
  }

  @Test func `a delivery to a file or the clipboard is reported and not retried`() throws {
    var scenario = try sent([])
    try attempt(1, &scenario, at: "01:10", to: "clipboard", error: "no terminal")
    let dispatch = try #require(scenario.incident.dispatches(at: Scenario.time("01:11")).first)
    #expect(dispatch.state == .failed(Scenario.time("01:10")))
    #expect(!dispatch.isMissing)
  }

  @Test func `a clock that was set back does not put an attempt off`() throws {
    var scenario = try sent()
    try attempt(1, &scenario, at: "01:30", error: "exit 7")
    let now = Scenario.time("01:12")
    #expect(scenario.incident.dispatches(at: now).first?.due == now + .seconds(5))
  }

  @Test func `what is two hours old does not go out unasked`() throws {
    var scenario = try sent()
    let sent = Scenario.time("01:10")
    #expect(scenario.incident.dispatches(at: sent + .hours(2)).first?.due == sent)
    let late = scenario.incident.dispatches(at: sent + .hours(2) + .seconds(1)).first
    #expect(late?.state == .givenUp(sent + .hours(2)))
    #expect(late?.isMissing == true)
    try attempt(1, &scenario, at: "03:11", error: nil)
    #expect(
      scenario.incident.dispatches(at: sent + .days(9)).first?.state
        == .delivered(Scenario.time("03:11")))
  }

  @Test(arguments: [Int64.max, 0, -7, .min])
  func `a log with impossible numbers is read like any other`(attempt: Int64) throws {
    var scenario = try sent([])
    let names = (0..<10_000).map { JSON.string("way \($0)") }
    let now = Scenario.time("01:20")
    let data = EventData(["text": .text("x"), "via": .array(names)])
    let update = scenario.record(EventDraft(.updateSent, data), at: now, by: "mira")
    let subject = "update:\(update.sequence)"
    for target in ["way 1", "elsewhere"] {
      let data = EventData([
        "subject": .text(subject), "target": .text(target), "attempt": .integer(attempt),
      ])
      scenario.record(EventDraft(.deliveryFailed, data), at: now, by: "muster")
    }
    let all = scenario.incident.dispatches(at: now)
    #expect(all.count == 65)
    #expect(all.allSatisfy { $0.attempt >= 1 && $0.failures >= 0 })
    #expect(all.count { $0.failures > 0 } == 2)
  }

  // MARK: - Drills

  @Test func `nothing leaves a drill, whatever its log says`() throws {
    var scenario = try sent(isDrill: true)
    let event = try #require(scenario.log.events.last)
    #expect(event.data.value("via") == nil)
    #expect(event.data.value("from") == nil)
    #expect(
      event.data.string("text") == "DRILL: this is an exercise, nothing has happened.\n\nWe look")
    #expect(scenario.incident.dispatches(at: Scenario.time("01:11")).isEmpty)
    #expect(scenario.incident.order(for: event, to: "page") == nil)

    // A log that claims otherwise, as one written by something else.
    let forged = EventDraft(
      .updateSent,
      EventData(["text": .text("x"), "via": .array([.string("page")]), "from": .text("mira@ops1")]))
    let line = scenario.record(forged, at: Scenario.time("01:12"), by: "mira")
    #expect(scenario.incident.dispatches(at: Scenario.time("01:13")).isEmpty)
    #expect(scenario.incident.order(for: line, to: "page") == nil)
  }

  @Test func `words that say they are a drill's are left as they are`() throws {
    let scenario = try drill()
    let update = update("DRILL We look", ["page"])
    #expect(scenario.incident.worded(update).text == "DRILL We look")
    #expect(scenario.incident.worded(update).via.isEmpty)
    #expect(try Scenario(.twoSeverities).incident.worded(update) == update)
  }

  // MARK: - Orders

  @Test func `an order holds what goes out, as corrected, and is only made of an update`() throws {
    var scenario = try sent()
    let declared = try #require(scenario.log.events.first)
    let event = try #require(scenario.log.events.last)
    #expect(scenario.incident.order(for: declared, to: "page") == nil)
    #expect(scenario.incident.order(for: event, to: "page")?.text == "We look")
    try scenario.at("01:11", .correct(entry: 2, text: "We repair"))
    let order = try #require(scenario.incident.order(for: event, to: "page", attempt: 3))
    #expect(order.text == "We repair")
    #expect((order.incident, order.update, order.attempt) == (scenario.incident.id, 2, 3))
    #expect((order.audience, order.severity) == ("customers", "P1"))
  }

  @Test(arguments: [
    ([], "customers", true), ([], nil, true), (["Customers "], "customers", true),
    (["customers"], "stakeholders", false), (["customers"], nil, false), (["team"], nil, true),
  ])
  func `a delivery command gets updates to its audiences, or all updates`(
    audiences: [String], audience: String?, expected: Bool
  ) {
    #expect(DeliveryWay(name: "x", audiences: audiences).serves(audience) == expected)
  }
}
