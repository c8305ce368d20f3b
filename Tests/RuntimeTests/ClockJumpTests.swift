import Engine
import EventLog
import Runtime
import Synchronization
import TestSupport
import Testing

/// Keeps what people are told, and tells nobody.
private final class Phone: NotificationGround {
  private let headless: Headless
  private let state = Mutex<[String]>([])

  init(_ headless: Headless) { self.headless = headless }

  var told: [String] { state.withLock { $0 } }

  func commands(for id: String) throws(LogError) -> CommandRecorder {
    try headless.commands(id, Author(actor: "muster", source: "agent"))
  }

  func send(_ order: NotificationOrder) -> NotificationResult {
    state.withLock { told in
      told += order.notices.map { "\(order.person.name): \($0.subject.text)" }
    }
    return .delivered(reference: nil)
  }
}

/// People are told once, whatever the clock does.
struct ClockJumpTests {
  private let headless = Headless()
  private let phone: Phone
  private let notifier: Notifier

  init() throws {
    phone = Phone(headless)
    notifier = try Notifier(phone, time: headless.time)
  }

  private func attendant() throws -> Attendant {
    let context = TimeContext(zone: .utc)
    let roster = Roster(
      people: [
        Person(name: "kai", role: "On-call", reach: [.init(channel: "phone", wait: .hours(9))]),
        Person(
          name: "ines", role: "Engineering Lead",
          reach: [.init(channel: "phone", wait: .hours(9))]),
      ], channels: ["phone"])
    return try Attendant(
      headless.store, recorder: Recorder(store: headless.store, spool: nil), source: "agent",
      deliverer: nil, in: context, time: headless.time, notifier: notifier,
      notices: NotificationRounds(NotificationSituation(roster: roster, context: context)))
  }

  /// Looks until nothing more comes of it.
  private func settle(_ attendant: inout Attendant) {
    for _ in 0..<4 {
      attendant.attend()
      notifier.wait()
    }
    attendant.attend()
  }

  private func calls(_ id: String) -> [String] {
    phone.told.filter { $0.contains("step:") }.sorted()
  }

  @Test(arguments: [
    Duration.hours(24 * 365), .hours(2), .zero - .hours(2), .zero - .hours(24 * 365),
  ])
  func `a clock that jumps and comes back wakes nobody twice, and loses no call`(
    jump: Duration
  ) throws {
    let id = try headless.declare("Checkout is down")
    var attendant = try attendant()
    settle(&attendant)
    headless.time.advance(by: .minutes(5))
    settle(&attendant)
    let first = calls(id)
    #expect(!first.isEmpty && Set(first).count == first.count)
    headless.time.advance(by: jump)
    settle(&attendant)
    headless.time.advance(by: .zero - jump)
    settle(&attendant)
    let after = calls(id)
    #expect(Set(after).count == after.count, "\(after)")
    // The next agent finds in the log what was told.
    var next = try self.attendant()
    settle(&next)
    headless.time.advance(by: .hours(3))
    settle(&next)
    headless.time.advance(by: .minutes(1))
    settle(&next)
    let all = calls(id)
    #expect(Set(all).count == all.count, "\(all)")
    #expect(Set(first).isSubset(of: all))
    let fired = headless.events(id).filter { $0.kind == .escalationFired }
    #expect(Set(fired.map(\.id)).count == fired.count)
    #expect(headless.count(.deliveryStarted, in: id) == headless.count(.deliverySucceeded, in: id))
  }
}
