import Engine
import EventLog
import Testing

/// What is to be recorded, told and delivered now, by whoever looks.
struct DutiesTests {
  private func duties(_ scenario: Scenario, at now: String) -> Duties {
    scenario.incident.duties(at: Scenario.time(now), in: scenario.context)
  }

  private func calls(_ scenario: Scenario, at now: String) -> [NotificationDuty] {
    duties(scenario, at: now).notifications.filter { $0.deadline?.step != nil }
  }

  private func told(
    _ subject: DeliverySubject, attempt: Int, error: String? = nil
  ) -> Command {
    .recordDelivery(
      DeliveryResult(
        subject: subject.text, target: "telegram/kai", isSuccess: error == nil, attempt: attempt,
        error: error))
  }

  @Test func `a step that fell due is to be recorded and told, until somebody was`() throws {
    var scenario = try Scenario(.twoSeverities)
    #expect(duties(scenario, at: "01:14").recordings.isEmpty)
    #expect(calls(scenario, at: "01:14").isEmpty)

    let due = duties(scenario, at: "01:15")
    #expect(due.recordings.map(\.kind) == [.escalationFired])
    let call = try #require(due.notifications.first)
    #expect(call.subject == .step("engineering-lead", episode: 1, round: 1))
    #expect(call.receiver == "Engineering Lead")
    #expect(call.attempt == 1)

    scenario.notice("01:15")
    #expect(duties(scenario, at: "01:16").recordings.isEmpty)
    try scenario.at("01:15:10", told(call.subject, attempt: 1))
    #expect(calls(scenario, at: "01:16").isEmpty)
  }

  @Test func `sixty seconds after an attempt that reached nobody anybody may make the next`() throws
  {
    var scenario = try Scenario(.twoSeverities)
    let subject = DeliverySubject.step("engineering-lead", episode: 1, round: 1)
    #expect(duties(scenario, at: "01:15").notifications[0].openToAll == Scenario.time("01:16"))

    try scenario.at("01:15:20", told(subject, attempt: 1, error: "no route"))

    let next = duties(scenario, at: "01:15:30").notifications[0]
    #expect(next.attempt == 2)
    #expect(next.openToAll == Scenario.time("01:16:20"))
  }

  @Test func `who was reached need not be told`() throws {
    var scenario = try Scenario(.twoSeverities)
    try scenario.at("01:16", .reached(step: "Engineering Lead", name: "kai"))

    #expect(calls(scenario, at: "01:17").isEmpty)
  }

  @Test func `offers, tasks and promises about to break are told to whom they are for`() throws {
    var scenario = try Scenario(.twoSeverities, severity: "P3")
    let offer = try scenario.at("01:02", .offerHandover(to: "kai"))
    let task = try scenario.at("01:03", .assignTask("check disk", who: "bo", timeBox: nil))
    var update = Command.OutgoingUpdate(text: "x", audience: "customers")
    update.next = Scenario.time("01:33")
    try scenario.at("01:03", .sendUpdate(update))

    let early = duties(scenario, at: "01:10").notifications
    #expect(
      early.map(\.subject) == [.handover(offer.sequence), .task(task.sequence)])
    #expect(early.map(\.receiver) == ["kai", "bo"])

    let late = duties(scenario, at: "01:28").notifications
    #expect(
      late.first?.subject
        == .countdown("update:customers", due: Scenario.time("01:33")))
  }

  @Test func `the next change is the next moment at which something falls due or becomes soon`()
    throws
  {
    let scenario = try Scenario(.twoSeverities)

    // Detection is soon over at 01:04; nothing else moves before.
    #expect(duties(scenario, at: "01:00").changes == Scenario.time("01:04"))
    #expect(duties(scenario, at: "01:04").changes == Scenario.time("01:05"))
  }

  @Test func `an update goes out by the commands of its sender only`() throws {
    var scenario = try Scenario(.twoSeverities)
    var update = Command.OutgoingUpdate(text: "x", audience: "customers")
    (update.via, update.from) = (["page"], "mira@ops1")
    let sent = try scenario.at("01:05", .sendUpdate(update))

    let due = duties(scenario, at: "01:05")
    #expect(due.deliveries(of: "kai@ops2").isEmpty)
    #expect(
      due.deliveries(of: "mira@ops1") == [
        Delivering(incident: scenario.incident.id, update: sent.sequence, target: "page")
      ])
  }

  // MARK: - One process's book

  @Test func `a fact is handed out once, and again where nothing came of it for a while`() throws {
    let scenario = try Scenario(.twoSeverities)
    let drafts = duties(scenario, at: "01:15").recordings
    var book = DutyBook()

    #expect(book.take(drafts, at: Scenario.time("01:15:00")) == drafts)
    #expect(book.take(drafts, at: Scenario.time("01:15:14")).isEmpty)
    #expect(book.take(drafts, at: Scenario.time("01:15:15")) == drafts)
    // A clock that was set back does not keep anything back.
    #expect(book.take(drafts, at: Scenario.time("01:14:00")) == drafts)
  }

  @Test func `a delivery is tried by one at a time, and left alone for a moment afterwards`() {
    let one = Delivering(incident: "x", update: 3, target: "page")
    var book = DutyBook()

    #expect(book.take([one], at: Scenario.time("01:00:00")) == [one])
    #expect(book.take([one], at: Scenario.time("01:10:00")).isEmpty)
    book.end(one, at: Scenario.time("01:10:00"))
    #expect(book.take([one], at: Scenario.time("01:10:02")).isEmpty)
    #expect(book.take([one], at: Scenario.time("01:10:03")) == [one])
  }
}
