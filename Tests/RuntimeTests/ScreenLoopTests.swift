import Dashboard
import Display
import Engine
import EventLog
import Runtime
import TestSupport
import Testing

/// Whole screens with all their threads, without a terminal: keys in, events in a store in memory, frames out.
struct ScreenLoopTests {
  private let headless = Headless()

  @Test func `a key becomes an event, and the event a frame`() throws {
    let id = try headless.declare("Checkout is down")
    let (surface, _) = try headless.run([
      .see("Checkout is down"), .see("NOT ACKNOWLEDGED"), .keys("a"), .gone("NOT ACKNOWLEDGED"),
      .keys("n"), .keys("rolled back⏎"), .see("rolled back"),
    ])
    #expect(headless.kinds(id).contains(.incidentAcknowledged))
    #expect(headless.events(id).last?.data.string("text") == "rolled back")
    #expect(headless.events(id).last?.source == "console")
    #expect(surface.titles.first?.contains(id) == true)
  }

  @Test func `what another process records appears without a key`() throws {
    let id = try headless.declare("Checkout is down")
    try headless.run([
      .see("Checkout is down"),
      .run { try self.headless.record(.note("from another shell"), in: id) },
      .see("from another shell"),
    ])
  }

  @Test func `an incident is declared from an empty console and shown`() throws {
    try headless.run([
      .see("NO OPEN INCIDENT"), .keys(":"), .keys("declare Mail is slow⏎"), .see("Mail is slow"),
      .see("INVESTIGATING"),
    ])
    #expect(try headless.store.ids().count == 1)
  }

  @Test func `a switch shows the other incident, and a key goes into its log alone`() throws {
    let alpha = try headless.declare("Alpha is down", severity: "SEV-1")
    let beta = try headless.declare("Beta is down", severity: "SEV-2")
    try headless.record(.note("words of Alpha"), in: alpha)
    try headless.record(.note("words of Beta"), in: beta)
    try headless.run([
      .see("words of Alpha"), .keys("I"), .see("Beta is down"), .keys("↓"), .keys("⏎"),
      .see("words of Beta"),
      .gone("words of Alpha"), .keys("a"), .gone("NOT ACKNOWLEDGED"),
    ])
    #expect(headless.count(.incidentAcknowledged, in: beta) == 1)
    #expect(headless.count(.incidentAcknowledged, in: alpha) == 0)
  }

  @Test func `a late rejection reaches the console as a fact, in the console's words`() throws {
    let id = try headless.declare("Checkout is down")
    // What the screen shows is older than the log: somebody mitigates before the key's command is decided.
    let answers = try Mailbox<Answer>()
    var thread = RecordingThread(
      HeadlessRecording(headless: headless), answers: answers, time: headless.time
    ) {}
    try headless.record(.mitigate, in: id)
    thread.perform(
      .append(Appending(ticket: 7, incident: id, command: .mitigate, occurred: nil, actor: nil)))
    let told = answers.take().compactMap { answer -> NotRecorded? in
      if case .message(.notRecorded(7, let why)) = answer { why } else { nil }
    }
    guard case .rejected = try #require(told.first) else {
      Issue.record("\(told)")
      return
    }
    #expect(headless.count(.milestoneSet, in: id) + headless.count(.statusChanged, in: id) == 1)
  }

  @Test func `words that a store does not take come back to where they were typed`() throws {
    let id = try headless.declare("Checkout is down")
    let store = headless.memory
    try headless.run([
      .see("Checkout is down"),
      .run { store.failure = .cannotWrite(path: "disk", offset: 0, error: 28) },
      .keys("n"), .keys("lost words⏎"), .see("NOT RECORDED"), .see("lost words"),
      .run { store.failure = nil }, .keys("⏎"), .gone("NOT RECORDED"),
    ])
    #expect(headless.events(id).last?.data.string("text") == "lost words")
  }

  @Test func `no key waits for a disk that does not answer`() throws {
    let id = try headless.declare("Checkout is down")
    let store = headless.store
    try headless.run([
      .see("Checkout is down"), .run { store.appending.close() }, .keys("a"),
      .keys("?"), .see("Help: type to search"), .keys("⎋"), .gone("Help: type to search"),
      .run { store.reading.close() }, .advance(.seconds(4)), .keys("I"), .see("Enter switches"),
      .keys("⎋"), .gone("Enter switches"), .see("NOT ACKNOWLEDGED"),
      .run {
        #expect(self.headless.count(.incidentAcknowledged, in: id) == 0)
        store.appending.open()
        store.reading.open()
      },
      .gone("NOT ACKNOWLEDGED"),
    ])
  }

  // MARK: - What falls due

  @Test func `a step that falls due is recorded once by two screens on one store`() throws {
    let id = try headless.declare("Checkout is down")
    let other = Headless.Together(headless)
    try other.run([
      .see("Checkout is down"), .advance(.minutes(6)), .see("CALL"),
      .until("the step is recorded") { self.headless.count(.escalationFired, in: id) > 0 },
      .advance(.seconds(1)), .advance(.seconds(1)),
    ])
    #expect(headless.count(.escalationFired, in: id) == 1)
  }

  @Test func `after the clock jumped every step that fell due is there once, in order`() throws {
    let id = try headless.declare("Checkout is down")
    try headless.run([
      .see("Checkout is down"), .advance(.hours(3)),
      .until("the steps are recorded") { self.headless.count(.escalationFired, in: id) > 0 },
      .advance(.seconds(1)),
    ])
    let before = headless.events(id)
    try headless.run([
      .see("Checkout is down"), .advance(.seconds(1)), .advance(.seconds(1)), .advance(.seconds(1)),
    ])
    #expect(headless.events(id).count == before.count)
    let dues = headless.events(id).filter { $0.kind == .escalationFired }.map(\.effective)
    #expect(dues == dues.sorted() && Set(headless.events(id).map(\.id)).count == before.count)
  }

  @Test func `a store that cannot be read is stale until it can`() throws {
    let id = try headless.declare("Checkout is down")
    let kept = try #require(headless.memory.log(of: id))
    let store = headless.memory
    try headless.run([
      .see("Checkout is down"), .run { store.put(nil, as: id) }, .advance(.seconds(6)),
      .see("STALE"), .run { store.put(kept, as: id) }, .advance(.seconds(1)), .gone("STALE"),
      .see("Checkout is down"),
    ])
  }

  @Test(arguments: [Model.Screen.console, .wall])
  func `trouble that another process met is on every screen within five seconds`(
    screen: Model.Screen
  ) throws {
    _ = try headless.declare("Checkout is down")
    let troubles = headless.troubles
    let met = StoreCondition(
      unsynced: headless.time.now, kept: 2, settings: "store.yaml: permission denied")
    try headless.run(
      on: screen,
      [
        .see("INVESTIGATING"), .advance(.seconds(1)),
        .run { troubles.meet(met) }, .advance(.seconds(4)), .see("UNSYNCED SINCE"),
        .see("2 NOT RECORDED"), .see("STORE.YAML NOT READ"),
        .run { troubles.meet(StoreCondition()) },
        .advance(.seconds(4)), .gone("NOT RECORDED"), .gone("UNSYNCED"),
      ])
  }

  // MARK: - Deliveries

  @Test func `an update that fails is tried again until it is there`() throws {
    let id = try headless.declare("Checkout is down")
    var update = Command.OutgoingUpdate(text: "We are on it", audience: "customers")
    (update.via, update.from) = (["mail"], Headless.login)
    try headless.record(.sendUpdate(update), in: id)
    headless.delivered.fail(with: ["exit 1", "exit 2"])
    func tries(_ count: Int) -> ScriptedSurface.Step {
      .pass("attempt \(count)") {
        self.headless.count(.deliveryFailed, in: id)
          + self.headless.count(.deliverySucceeded, in: id) == count
      }
    }
    try headless.run([
      .see("Checkout is down"), tries(1), tries(2), tries(3), .advance(.seconds(60)),
    ])
    #expect(headless.delivered.orders.map(\.attempt) == [1, 2, 3])
    #expect(headless.count(.deliverySucceeded, in: id) == 1)
  }
}

extension Headless {
  /// Two screens at once, the second one without a script of its own.
  struct Together {
    private let headless: Headless
    init(_ headless: Headless) { self.headless = headless }

    func run(_ script: [ScriptedSurface.Step]) throws {
      let headless = headless
      let isOver = Flag()
      let second = try Worker {
        do {
          try headless.run([.until("the first screen has ended") { isOver.isSet }])
        } catch { Issue.record("\(error)") }
      }
      try headless.run(script)
      isOver.set()
      second.join()
    }
  }
}
