import Engine
import EventLog
import Glibc
import Runtime
import TestSupport
import Testing

/// A runtime without any screen: several incidents at once, woken when the next duty is due.
struct AttendantTests {
  private let headless: Headless

  init() { self.init(Headless()) }

  private init(_ headless: Headless) { self.headless = headless }

  private func attendant() throws -> Attendant {
    try Attendant(
      headless.store, recorder: Recorder(store: headless.store, spool: nil), source: "agent",
      deliverer: Deliverer(
        HeadlessDeliveries(headless: headless), login: Headless.login, time: headless.time),
      in: TimeContext(zone: .utc), time: headless.time)
  }

  @Test func `the next duty of all open incidents is known to the second`() throws {
    let one = try headless.declare("Alpha is down", severity: "SEV-1")
    headless.time.advance(by: .seconds(90))
    let two = try headless.declare("Beta is down", severity: "SEV-2")
    var attendant = try attendant()
    attendant.attend()
    let changes = [one, two].compactMap { id in
      Incident(replaying: headless.events(id))
        .duties(at: headless.time.now, in: TimeContext(zone: .utc)).changes
    }
    #expect(changes.count == 2 && attendant.next == changes.min())
    #expect(attendant.failure == nil)
  }

  @Test func `what falls due is recorded at its second, in every incident, with nobody looking`()
    throws
  {
    let ids = [try headless.declare("Alpha is down"), try headless.declare("Beta is down")]
    let (stop, headless) = (try Mailbox<Void>(), headless)
    let worker = try Worker {
      do {
        var attendant = try AttendantTests(headless).attendant()
        try attendant.run(until: stop)
      } catch { Issue.record("\(error)") }
    }
    // The first step falls due after five minutes.
    headless.time.advance(by: .seconds(299))
    for id in ids { #expect(headless.count(.escalationFired, in: id) == 0) }
    headless.time.advance(by: .seconds(1))
    let follower = try headless.store.follower()
    let limit = ContinuousClock.now + .seconds(30)
    while ids.contains(where: { headless.count(.escalationFired, in: $0) == 0 }),
      ContinuousClock.now < limit
    {
      var entry = pollfd(fd: follower.descriptor ?? -1, events: Int16(POLLIN), revents: 0)
      _ = poll(&entry, 1, 50)
    }
    stop.post(())
    worker.join()
    for id in ids {
      let fired = headless.events(id).filter { $0.kind == .escalationFired }
      #expect(fired.count == 1)
      #expect(fired.first?.data.integer("late_seconds") == 0)
      #expect(fired.first?.source == "agent")
    }
  }

  @Test func `two attendants and a screen record each due step once`() throws {
    let id = try headless.declare("Checkout is down")
    headless.time.advance(by: .hours(2))
    var (one, two) = (try attendant(), try attendant())
    one.attend()
    two.attend()
    let steps = headless.events(id).filter { $0.kind == .escalationFired }
    #expect(!steps.isEmpty)
    #expect(Set(steps.map(\.id)).count == steps.count)
    let count = headless.events(id).count
    try headless.run([.see("Checkout is down"), .advance(.seconds(1)), .advance(.seconds(1))])
    two.attend()
    #expect(headless.events(id).count == count)
  }

  @Test func `a store that fails is told, and what was due is recorded when it is back`() throws {
    let id = try headless.declare("Checkout is down")
    var attendant = try attendant()
    headless.time.advance(by: .minutes(6))
    headless.memory.failure = .cannotWrite(path: "disk", offset: 0, error: 28)
    attendant.attend()
    #expect(attendant.failure == .cannotWrite(path: "disk", offset: 0, error: 28))
    #expect(headless.count(.escalationFired, in: id) == 0)
    headless.memory.failure = nil
    // What came to nothing is begun again after a while.
    headless.time.advance(by: .seconds(16))
    attendant.attend()
    #expect(attendant.failure == nil && headless.count(.escalationFired, in: id) == 1)
  }

  @Test func `an update is delivered with nobody looking`() throws {
    let id = try headless.declare("Checkout is down")
    var update = Command.OutgoingUpdate(text: "We are on it", audience: "customers")
    (update.via, update.from) = (["mail"], Headless.login)
    try headless.record(.sendUpdate(update), in: id)
    let stop = try Mailbox<Void>()
    var attendant = try attendant()
    // What is asked to stop at once still does what is due.
    attendant.attend()
    stop.post(())
    try attendant.run(until: stop)
    #expect(headless.count(.deliverySucceeded, in: id) == 1)
    #expect(headless.delivered.orders.map(\.text) == ["We are on it"])
  }
}
