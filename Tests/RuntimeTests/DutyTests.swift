import Dashboard
import Engine
import EventLog
import Runtime
import Synchronization
import TestSupport
import Testing

/// What a reader hands on to be recorded and delivered, without threads.
struct DutyTests {
  private let headless = Headless()

  /// What was handed on.
  private final class Handed: Sendable {
    private let state = Mutex<(drafts: [(EventDraft, String)], deliveries: [Delivering])>(([], []))
    var drafts: [(EventDraft, String)] { state.withLock { $0.drafts } }
    var deliveries: [Delivering] { state.withLock { $0.deliveries } }

    func hands(of login: String?) -> DutyHands {
      DutyHands(
        login: login,
        record: { drafts, id, _ in
          self.state.withLock { $0.drafts += drafts.map { ($0, id) } }
        }, deliver: { due in self.state.withLock { $0.deliveries += due } })
    }
  }

  private func reader(_ hands: DutyHands?) throws -> StoreReader {
    StoreReader(
      headless.store, TimeContext(zone: .utc), answers: try Mailbox(), time: headless.time,
      unconfirmed: Unconfirmed(), hands: hands)
  }

  private func send(_ id: String, from login: String) throws {
    var update = Command.OutgoingUpdate(text: "We look", audience: "customers")
    (update.via, update.from) = (["page"], login)
    try headless.record(.sendUpdate(update), in: id)
  }

  @Test func `what falls due in any open incident is handed on once`() throws {
    let ids = Set([try headless.declare("Alpha is down"), try headless.declare("Beta is down")])
    let handed = Handed()
    var reader = try reader(handed.hands(of: nil))
    reader.perform(.list)
    #expect(handed.drafts.isEmpty)
    headless.time.advance(by: .seconds(301))
    reader.perform(.list)
    #expect(Set(handed.drafts.map(\.1)) == ids)
    let count = handed.drafts.count
    reader.perform(.list)
    headless.time.advance(by: .seconds(1))
    reader.perform(.list)
    #expect(handed.drafts.count == count)
    // Nobody recorded it: it is handed on again.
    headless.time.advance(by: .seconds(20))
    reader.perform(.list)
    #expect(handed.drafts.count == 2 * count)
  }

  @Test func `a screen that may not record hands nothing on`() throws {
    let id = try headless.declare("Alpha is down")
    try send(id, from: Headless.login)
    headless.time.advance(by: .minutes(10))
    var wall = try reader(nil)
    wall.perform(.open(id))
    wall.perform(.list)
    #expect(headless.count(.escalationFired, in: id) == 0)
    let handed = Handed()
    headless.store.isReadOnly.set()
    var console = try reader(handed.hands(of: Headless.login))
    console.perform(.open(id))
    console.perform(.list)
    #expect(handed.drafts.isEmpty && handed.deliveries.isEmpty)
  }

  @Test func `deliveries of this login alone are tried, one at a time, in every incident`() throws {
    let shown = try headless.declare("Alpha is down")
    let other = try headless.declare("Beta is down")
    try send(other, from: Headless.login)
    try send(other, from: "dev@ops1")
    try send(other, from: "mira@ops2")
    let handed = Handed()
    var reader = try reader(handed.hands(of: Headless.login))
    reader.perform(.open(shown))
    reader.perform(.list)
    let first = try #require(headless.events(other).first { $0.kind == .updateSent })
    let due = Delivering(incident: other, update: first.sequence, target: "page")
    #expect(handed.deliveries == [due])
    headless.time.advance(by: .minutes(1))
    reader.perform(.list)
    #expect(handed.deliveries == [due])
    reader.perform(.deliveryEnded(due))
    headless.time.advance(by: .seconds(1))
    reader.perform(.list)
    #expect(handed.deliveries == [due])
    headless.time.advance(by: .seconds(3))
    reader.perform(.list)
    #expect(handed.deliveries == [due, due])
  }

  @Test func `a drill counts by its own clock`() throws {
    let script = [
      Injection(after: 60, actor: "kai", .note("due")), Injection(after: 600, .note("not yet")),
    ]
    let id = try headless.declareDrill("Checkout", speedPercent: 1000, script)
    let handed = Handed()
    var reader = try reader(handed.hands(of: Headless.login))
    reader.perform(.open(id))
    for _ in 0..<4 {
      headless.time.advance(by: .seconds(2))
      reader.perform(.list)
    }
    let told = handed.drafts.filter { $0.0.author == Author(actor: "kai", source: "drill") }
    #expect(told.count == 1)
  }
}
