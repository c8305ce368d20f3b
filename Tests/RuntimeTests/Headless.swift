import Dashboard
import Display
import Engine
import EventLog
import Glibc
import Procedures
import Runtime
import Synchronization
import TestSupport
import Testing

/// A store in memory, a clock that is moved by hand, and screens without a terminal on them.
final class Headless: Sendable {
  let memory = MemoryStore("memory")
  /// The same, as screens see it.
  let store: GatedStore
  let time = HandTime()
  let delivered = Delivered()
  let troubles = Troubles()
  static let login = "mira@ops1"

  init() { store = GatedStore(memory) }

  /// Declares an incident under `standard`, and answers its id.
  func declare(_ title: String, severity: String = "SEV-1") throws -> String {
    try declare(
      Declaration(
        id: "", title: title, severity: severity, procedure: try Self.procedure()))
  }

  /// Begins a drill whose clock runs faster.
  func declareDrill(_ title: String, speedPercent: Int, _ script: [Injection]) throws -> String {
    var declaration = Declaration(
      id: "", title: title, severity: "SEV-1", procedure: try Self.procedure(), isDrill: true)
    declaration.speedPercent = speedPercent
    declaration.drill = Drill(source: "test", script: script)
    return try declare(declaration)
  }

  private static func procedure() throws -> Procedure {
    try #require(BuiltInProcedures.named("standard")).read()
  }

  private func declare(_ declaration: Declaration) throws -> String {
    let first = try Incident.declare(declaration.with(id: "2026-11-21-x"), at: time.now)
    return try store.create(
      title: declaration.title, id: nil, began: nil, author: Author(actor: "mira", source: "cli"),
      now: { time.now }
    ) { id in
      // What is possible under one id is under every other.
      do throws(Rejection) {
        return try Incident.declare(declaration.with(id: id), at: time.now)
      } catch { return first }
    }.id
  }

  /// Records a command as another process would.
  func record(_ command: Command, in id: String, by actor: String = "kai") throws {
    let commands = try self.commands(id, Author(actor: actor, source: "cli"))
    let outcome = commands.record { _ in command }
    guard case .recorded = outcome else { throw Unexpected(what: "\(outcome)") }
  }

  func commands(_ id: String, _ author: Author) throws(LogError) -> CommandRecorder {
    CommandRecorder(
      try FoldedLog(of: id, in: store), by: author,
      recorder: Recorder(store: store, spool: nil), time: time)
  }

  func events(_ id: String) -> [RecordedEvent] { memory.log(of: id)?.events ?? [] }
  func kinds(_ id: String) -> [EventKind] { events(id).map(\.kind) }
  func count(_ kind: EventKind, in id: String) -> Int { kinds(id).count { $0 == kind } }

  /// Runs a screen to the end of its script, with all its threads, and answers the surface.
  @discardableResult
  func run(
    on screen: Model.Screen = .console, pinned: String? = nil, ways: [DeliveryWay] = [],
    _ script: [ScriptedSurface.Step]
  ) throws -> (surface: ScriptedSurface, model: Model) {
    let surface = ScriptedSurface(time, script)
    var model = Model(
      screen, size: surface.size, at: time.now, context: TimeContext(zone: .utc), actor: "mira")
    (model.pinned, model.ways, model.login) = (pinned, ways, Self.login)
    model.reader = DeclaringReader()
    let answers = try Mailbox<Answer>()
    let deliverer = Deliverer(
      HeadlessDeliveries(headless: self), login: Self.login, time: time)
    let crew = try ScreenCrew(
      HeadlessScreen(headless: self), deliverer: deliverer, answers: answers, time: time)
    let reading = try crew.read(store, in: model.context, attends: screen == .console)
    let recording = try crew.record()
    let effects = model.begin()
    var loop = ScreenLoop(
      model, on: surface, crew: crew, answers: answers, time: time, effects: effects)
    loop.run()
    crew.stop()
    recording.join()
    reading.join()
    crew.waitForDeliveries()
    return (surface, loop.model)
  }
}

/// What other processes met.
final class Troubles: Sendable {
  private let state = Mutex(StoreCondition())
  var now: StoreCondition { state.withLock { $0 } }
  func meet(_ troubles: StoreCondition) { state.withLock { $0 = troubles } }
}

extension Declaration {
  fileprivate func with(id: String) -> Declaration {
    var declaration = self
    declaration.id = id
    return declaration
  }
}

struct Unexpected: Error { var what: String }

/// What programs were handed, and what they answer.
final class Delivered: Sendable {
  private let state = Mutex<(orders: [DeliveryOrder], errors: [String])>(([], []))

  /// What the next attempts answer; after that all succeed.
  func fail(with errors: [String]) { state.withLock { $0.errors += errors } }
  var orders: [DeliveryOrder] { state.withLock { $0.orders } }

  func take(_ order: DeliveryOrder) -> String? {
    state.withLock { state in
      state.orders.append(order)
      return state.errors.isEmpty ? nil : state.errors.removeFirst()
    }
  }
}

struct HeadlessDeliveries: DeliveryGround {
  let headless: Headless

  func claim(
    _ target: String, of incident: String, patience: Duration
  ) throws(DeliveryBusy) -> (any DeliveryClaim)? { nil }

  func commands(for id: String) throws(LogError) -> CommandRecorder {
    try headless.commands(id, Author(actor: "muster", source: "console"))
  }

  func kept() -> [SpoolEntry] { [] }

  func run(_ order: DeliveryOrder, isInterrupted: () -> Bool) -> DeliveryEnd {
    DeliveryEnd(error: headless.delivered.take(order))
  }

  func shielded<Result>(_ attempt: (_ isInterrupted: () -> Bool) -> Result) -> Result {
    attempt { false }
  }
}

struct HeadlessScreen: ScreenGround {
  let headless: Headless

  func recording() -> any RecordingGround { HeadlessRecording(headless: headless) }

  func lines(
    of report: Report, of incident: String?, from vantage: Vantage?, width: Int
  ) -> [String] { ["a report of \(incident ?? "nothing")"] }

  func document(of incident: String?, from vantage: Vantage?, width: Int) -> DocumentPage {
    DocumentPage(name: "OUTAGE.md", obstacle: "the document of \(incident ?? "nothing")")
  }

  func condition() -> (String?) -> StoreCondition { { _ in headless.troubles.now } }

  func told(_ delivering: Delivering, _ outcome: DeliveryWorkers.Outcome) -> Told? {
    if case .tried(.failed(let error)) = outcome { Told("NOT DELIVERED: \(error)") } else { nil }
  }

  func keep(_ errands: Mailbox<Errand?>, answers: Mailbox<Answer>) {}
}

struct HeadlessRecording: RecordingGround {
  let headless: Headless
  let recorder: Recorder

  init(headless: Headless) {
    self.headless = headless
    recorder = Recorder(store: headless.store, spool: nil)
  }

  func author(_ other: String?) throws(Told) -> Author {
    Author(actor: other ?? "mira", source: "console")
  }

  func declare(
    title: String, severity: String?, by author: Author
  ) throws(Told) -> (String, [Told]) {
    do {
      let id = try headless.declare(title, severity: severity ?? "SEV-2")
      return (id, [Told("declared \(id)", isError: false)])
    } catch { throw Told("\(error)") }
  }

  func offerKept() -> [Told] { [] }
  func didRecord(_ incident: Incident, _ event: RecordedEvent) {}
  func words(_ lost: Recorder.Recorded) -> String {
    if case .notRecorded(_, _, let error) = lost.appended { "NOT RECORDED: \(error)" } else { "?" }
  }
}
