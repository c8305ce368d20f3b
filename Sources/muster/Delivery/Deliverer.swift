import Documents
import Engine
import EventLog
import Glibc
import Procedures
import Synchronization

/// Tries deliveries of one login, and records what came of each.
struct Deliverer {
  let home: String
  /// Who is noted to have recorded it.
  let source: String
  /// Whether what somebody else was to deliver is delivered by the commands of this person.
  var takesOver = false

  /// What came of trying.
  enum Outcome: Equatable {
    case delivered
    case failed(String)
    /// Nothing is to be tried now: it is there, it is not time yet, or it is not wanted any more.
    case nothingToDo
    /// Another process is at it.
    case busy
    /// It was tried, and the log could not take what came of it.
    case notRecorded(String)
  }

  /// Whose configuration names the commands: of this process.
  static var login: String { "\(Login.name)@\(Login.host)" }

  /// Set where commands under way are to be stopped: somebody waits for the end of the program.
  static let isEnding = Atomic(false)

  /// Attempts that this process made and that no log has: made again, they could reach people twice.
  private static let unrecorded = Mutex<Set<String>>([])

  /// Tries to deliver an update to a target once; one that is not due yet only where `isAsked`.
  func attempt(
    _ update: Int, to target: String, in id: String, isAsked: Bool, patience: Duration = .zero
  ) throws(Failure) -> Outcome {
    let lock: DeliveryLock?
    do throws(DeliveryLock.Refusal) {
      lock = try DeliveryLock(target, of: id, in: home, patience: patience)
    } catch .busy {
      return .busy
    } catch {
      // A message twice is better than none.
      lock = nil
    }
    // An attempt that was begun is also recorded.
    let shield = SignalShield()
    defer { shield.lower() }
    let outcome = try attemptUnderLock(update, target, id, isAsked, shield)
    _ = consume lock
    return outcome
  }

  private func attemptUnderLock(
    _ update: Int, _ target: String, _ id: String, _ isAsked: Bool, _ shield: SignalShield
  ) throws(Failure) -> Outcome {
    let store = try StoreAccess(home: home)
    try store.offerSpool()
    let path = try store.path(of: id)
    var session = try RecordingSession(
      store: store, log: (id, FoldedLog(path: path)), actor: "muster", at: nil, source: source)
    let incident = try session.refresh()
    let now = WallClock.now
    let dispatch = incident.dispatches(at: now).first { $0.update == update && $0.target == target }
    guard let dispatch, takesOver || dispatch.from == Self.login, dispatch.isMissing,
      isAsked || dispatch.isDue(at: now),
      !Self.isUnrecorded(dispatch, of: id, in: store),
      let event = try Self.event(update, in: path),
      let order = incident.order(for: event, to: target, attempt: dispatch.attempt)
    else { return .nothingToDo }
    let error = Self.run(order, store, shield)
    do throws(Failure) {
      _ = try session.record(occurred: nil) { _, _ throws(Failure) in order.outcome(error: error) }
    } catch {
      Self.unrecorded.withLock { _ = $0.insert(Self.name(dispatch, of: id)) }
      return .notRecorded(error.message)
    }
    return error.map { .failed($0) } ?? .delivered
  }

  private static func run(
    _ order: DeliveryOrder, _ store: StoreAccess, _ shield: SignalShield
  ) -> String? {
    let command = store.deliveries.first { $0.name == order.target }
    guard let command else { return "your config.yaml has no delivery “\(order.target)”" }
    return DeliveryProgram(
      command: command.command, timeout: .seconds(command.timeout),
      isInterrupted: { shield.hasPending || isEnding.load(ordering: .relaxed) }
    ).run(order)
  }

  private static func name(_ dispatch: Dispatch, of id: String) -> String {
    "\(id)/\(dispatch.update)/\(dispatch.target)/\(dispatch.attempt)"
  }

  /// Whether this attempt was made already, and only the log does not have it yet.
  private static func isUnrecorded(
    _ dispatch: Dispatch, of id: String, in store: StoreAccess
  ) -> Bool {
    if unrecorded.withLock({ $0.contains(name(dispatch, of: id)) }) { return true }
    return store.recorder.spool.entries().contains { entry in
      let data = entry.draft.data
      return entry.incident == id && entry.state == .notRecorded
        && data.string("subject") == Dispatch.subject(dispatch.update)
        && data.string("target") == dispatch.target
        && data.integer("attempt") == Int64(dispatch.attempt)
    }
  }

  /// The entry of an update, with its words.
  private static func event(_ sequence: Int, in path: String) throws(Failure) -> RecordedEvent? {
    var found: RecordedEvent?
    do throws(LogError) {
      _ = try LogReader(path: path).read(at: WallClock.now) { event in
        if event.sequence == sequence, found == nil { found = event.compacted() }
      }
    } catch {
      throw Failure(error)
    }
    return found
  }
}

extension StoreAccess {
  /// The commands of the person's own configuration, where this store may deliver at all.
  var deliveries: [UserConfiguration.Delivery] { settings.delivers ? user.deliveries : [] }

  var deliveryWays: [DeliveryWay] {
    deliveries.map { DeliveryWay(name: $0.name, audiences: $0.audiences) }
  }
}
